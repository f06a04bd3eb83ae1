import type { Change, Upgrade } from '../model/upgrade.ts';

/** Names that files spell otherwise than the program. */
const OUTSIDE: Readonly<Record<string, string>> = {
  speedKilometresPerHour: 'speed_kmh',
  lengthKilometres: 'length_km',
  trainsPerDay: 'trains_per_day',
  minutesFactor: 'minutes_factor',
  nameLocal: 'name_local',
  lineName: 'line_name',
};

/** What added rows take from the head of the file, or from nowhere. */
const OF_THE_HEAD = new Set(['source', 'confidence', 'basis', 'status', 'kept']);

function outside(row: object, without: ReadonlySet<string> = new Set()): object {
  return Object.fromEntries(Object.entries(row).flatMap(([key, value]) => (without.has(key) ? [] : [[OUTSIDE[key] ?? key, value]])));
}

function changeRow(change: Change): object {
  if ('place' in change) return { change: change.change, ...outside(change.place, OF_THE_HEAD) };
  if ('link' in change) return { change: change.change, ...outside(change.link, OF_THE_HEAD) };
  if ('service' in change) return { change: change.change, ...outside(change.service, OF_THE_HEAD) };
  if ('transfer' in change) return { change: change.change, ...outside(change.transfer, OF_THE_HEAD) };
  if ('select' in change) return { change: change.change, select: change.select, set: outside(change.set) };
  return change;
}

/** An upgrade as the text of a file that readUpgrade gives back: one line a change. Cost O(changes). */
export function upgradeText(upgrade: Upgrade): string {
  const { openingYear, costs, changes, id, name, description, status, source, confidence, basis } = upgrade;
  const head = { id, name, description, status, opening_year: openingYear, source, confidence, basis };
  const lines = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const rows = (values: readonly object[]) => values.map((value) => `\n    ${JSON.stringify(value)}`).join(',');
  const money = costs.map(({ priceYear, ...cost }) => ({ ...cost, price_year: priceYear }));
  return `{\n${lines.join('')}  "costs": [${rows(money)}\n  ],\n  "changes": [${rows(changes.map(changeRow))}\n  ]\n}\n`;
}
