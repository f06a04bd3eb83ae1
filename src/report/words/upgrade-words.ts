import { digits, list, percent, shortName } from '../format.ts';
import { hours } from './section-words.ts';

export const UPGRADE_WORDS = {
  title: 'Upgrades compared',
  map: (name: string) => `From before to after ${name}: seconds a head and day that each zone saves`,
  label: (name: string, gain: number) => `Map of who gains by ${name}: ${hours(gain)} a day saved.`,
  lead: (name: string, gain: number, gainers: readonly { readonly name: string; readonly share: number }[]) =>
    `Of the upgrades on the table ${name} saves most, ${hours(gain)} a day; ${list(gainers.map((row) => `${percent(row.share)} of it goes to people of ${shortName(row.name)}`))}.`,
  nobody: (mode: string) => `No upgrade makes a trip quicker in this mode (${mode}).`,
  dated: (name: string, year: number) =>
    `${name} brings forward what is open by now: it is held against the network of ${year}, where it changes something.`,
  disagree: (names: readonly string[]) =>
    names.length === 0
      ? 'The five manuals agree on every one: each is above or below 1 under all of them.'
      : `The same scheme is above 1 under one manual and below under another: ${list(names)}.`,
  caution:
    'Each alone, on an uncongested network: a railway beside a free motorway saves nothing here although it relieves it, and comfort, crowding and reliability are not counted. Demand is modelled and held as it is today.',
  caption: 'Upgrades of the region: time saved, who gains, cost, and the ratio under five manuals',
  method: 'Method, manuals and money',
  how: 'Time saved: modelled trips of today times minutes saved, all pairs of zones; seats keep the access they have today. Cost: the price that the upgrade names, else the unit cost table. corridor compare gives ranges, other measures and maps before and after.',
  nothing: 'under half a second',
  source: 'Time saved by residents of each zone over its people.',
  seconds: (value: number) => `${digits(value, 1)} seconds a head and day`,
};
