import type { Command } from 'commander';
import type { Estimate } from '../analysis/borders/border-times.ts';
import { type BorderReport, borders, DEFAULT_BORDERS, soundRegion } from '../analysis/borders/borders.ts';
import type { Level } from '../analysis/borders/jurisdictions.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { UsageError } from '../model/errors.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { openNetwork, openZonedRegion, regionFolder } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, numberOption, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';

type BorderFlags = NetworkFlags & { level: string; upTo: string; within: string };

export function registerBorders(program: Command): void {
  withNetworkOptions(program.command('borders <network>'))
    .description('minutes a border costs at equal distance and people, crossings, dead ends, speeds across')
    .option('--level <level>', 'admin1 (provinces, prefectures, states) or admin2', DEFAULT_BORDERS.level)
    .option('--up-to <km>', 'pairs of zones up to this distance', String(DEFAULT_BORDERS.maximumKilometres))
    .option('--within <km>', 'dead ends this near to a border', String(DEFAULT_BORDERS.deadEnds.withinKilometres))
    .addHelpText('after', '\nExample: corridor borders jing-jin-ji --mode road --format csv')
    .action((network: string, flags: BorderFlags) => bordersCommand(network, flags));
}

const COLUMNS = [
  column('kind'),
  column('id'),
  column('name'),
  column('value', '', 2),
  column('unit'),
  column('low', '', 2),
  column('high', '', 2),
  column('count'),
  column('longitude', '°', 5),
  column('latitude', '°', 5),
];

function bordersCommand(network: string, flags: BorderFlags): void {
  const options = graphOptions(flags);
  const level = levelOf(flags.level);
  const opened = openZonedRegion(network, flags.upgrade).region;
  const { region, left } = soundRegion(opened, level);
  const withinKilometres = numberOption('--within', flags.within, 0.1, 500);
  const settings = {
    ...DEFAULT_BORDERS,
    level,
    maximumKilometres: numberOption('--up-to', flags.upTo, 0.1, 2000),
    deadEnds: { ...DEFAULT_BORDERS.deadEnds, withinKilometres, counterpartKilometres: 2 * withinKilometres },
  };
  const minimumKilometres = Math.min(settings.minimumKilometres, settings.maximumKilometres / 10);
  if (new Set(region.zones.map((zone) => zone[level])).size < 2) {
    throw new UsageError(`${network} has no border at --level ${level}: its zones name one jurisdiction at most`);
  }
  const times = zoneTimes(openNetwork(region, options).frozen, region.zones);
  const report = borders(region, times, { ...settings, minimumKilometres });
  const table: ResultTable = {
    command: 'borders',
    parameters: {
      ...parameters(options, flags.upgrade),
      level,
      up_to_km: settings.maximumKilometres,
      within_km: settings.deadEnds.withinKilometres,
    },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns: COLUMNS,
    rows: [...costRows(report), ...permeabilityRows(report), ...profileRows(report), ...deadEndRows(report), ...pairRows(report, region)],
    notes: notesOf(report, left, level),
  };
  if (flags.format !== 'geojson') emit(formatTable(table, flags.format), flags.out);
  else emit(geojson(table), flags.out);
}

function levelOf(text: string): Level {
  if (text === 'admin1' || text === 'admin2') return text;
  throw new UsageError(`--level is "${text}"; expected admin1 or admin2`);
}

function spoken(border: string): string {
  if (border === 'all') return 'all borders';
  return border === 'apart' ? 'jurisdictions that do not touch' : border.replace('|', ' – ');
}

function costRows({ fit }: BorderReport): Cell[][] {
  const row = (border: string, what: string, unit: string, { value, low, high }: Estimate, count: number): Cell[] => {
    return ['border', border, `${spoken(border)}: ${what}`, value, unit, low, high, count, null, null];
  };
  return fit.costs.flatMap((cost) => [
    row(cost.border, 'extra time at equal distance and people', '%', cost.percent, cost.pairs),
    row(cost.border, "the border's part of a pair's time", 'min', cost.minutes, cost.pairs),
    ...(cost.percentWithZones
      ? [row(cost.border, 'extra time, each zone compared with itself', '%', cost.percentWithZones, cost.pairs)]
      : []),
    ...(cost.matchedMinutes
      ? [row(cost.border, 'minutes over matched pairs within one jurisdiction', 'min', cost.matchedMinutes, cost.matchedPairs)]
      : []),
  ]);
}

function permeabilityRows({ permeability }: BorderReport): Cell[][] {
  return permeability.flatMap((row): Cell[][] => {
    const inside = row.parallelPer100Kilometres;
    const name = `${spoken(row.border)}: ${row.class}`;
    const across = ['border', row.border, `${name}, crossings per 100 km of border`, row.crossingsPer100Kilometres, 'per 100 km'];
    const parallel = ['border', row.border, `${name}, crossings per 100 km of parallels inside`, inside, 'per 100 km'];
    const share = inside ? row.crossingsPer100Kilometres / inside : null;
    return [
      [...across, null, null, row.crossings, null, null],
      [...parallel, null, null, row.parallelCrossings, null, null],
      ['border', row.border, `${name}, permeability (border / parallels)`, share, '–', null, null, row.crossings, null, null],
    ];
  });
}

function profileRows({ profile }: BorderReport): Cell[][] {
  return profile.map(({ border, fromKilometres, toKilometres, pairs, speed }): Cell[] => {
    const [first = '', second = ''] = border.split('|');
    const side = fromKilometres < 0 ? first : second;
    const [near, far] = [
      Math.min(Math.abs(fromKilometres), Math.abs(toKilometres)),
      Math.max(Math.abs(fromKilometres), Math.abs(toKilometres)),
    ];
    const told = (kilometres: number) => Number(kilometres.toPrecision(2));
    const name = `${spoken(border)}: straight-line speed ${told(near)}–${told(far)} km into ${side}`;
    return ['border', border, name, speed, 'km/h', null, null, pairs, null, null];
  });
}

function deadEndRows({ deadEnds, knownGaps }: BorderReport): Cell[][] {
  const found = deadEnds.map((end): Cell[] => {
    const around = end.networkKilometres === null ? 'no way round by this class' : `${end.networkKilometres.toFixed(0)} km round`;
    const name = `${end.route} (${end.class}) stops at ${end.place.name || end.place.id}; beyond the ${spoken(end.border)} border: ${end.counterpart.name || end.counterpart.id}, ${around}`;
    return ['dead-end', end.place.id, name, end.gapKilometres, 'km', null, null, null, end.place.longitude, end.place.latitude];
  });
  const known = knownGaps.map((gap): Cell[] => {
    return ['dead-end', gap.id, `known gap at the ${spoken(gap.border)} border: ${gap.name}`, null, 'km', null, null, null, ...gap.lonLat];
  });
  return [...found, ...known];
}

function pairRows({ slowPairs }: BorderReport, region: Region): Cell[][] {
  return slowPairs.map(({ pair, expectedMinutes }): Cell[] => {
    const [from, to] = [region.zones[pair.from], region.zones[pair.to]];
    const name = `${from?.name} – ${to?.name}: ${pair.kilometres.toFixed(0)} km, ${pair.minutes.toFixed(0)} min; ${expectedMinutes.toFixed(0)} min would be usual`;
    const extra = pair.minutes - expectedMinutes;
    return ['pair', `${from?.id}:${to?.id}`, name, extra, 'min', null, null, null, from?.longitude ?? null, from?.latitude ?? null];
  });
}

function notesOf({ fit, pairsWithoutWay }: BorderReport, left: number, level: Level): string[] {
  return [
    `left out, because a border costs nothing on them by construction: ${left} assumed neighbour roads and assumed accesses across a border`,
    `borders: Voronoi cells of zone seats by ${level}`,
    `fit: ln minutes on ln km, its square, ln of both populations and a border dummy; ${fit.pairs} pairs, ${fit.within} within one jurisdiction, ${pairsWithoutWay} without a way left out; R² ${fit.rSquared.toFixed(2)}, elasticity of distance ${fit.distanceElasticity.toFixed(2)}, of people ${fit.massElasticity.toFixed(3)}`,
    'low, high: 95% interval, bootstrap over zones, 200 draws (100 for zones compared with themselves), seed 1; an interval that holds 0 shows no border effect',
    'terrain and streets on the way are not in the model: where mountains, water or a dense core lie along a border, they are part of its minutes',
    'dead ends: roads and railways of every mode',
  ];
}

function geojson(table: ResultTable): string {
  const names = table.columns.map(({ name }) => name);
  const features = table.rows.flatMap((row) => {
    const [longitude, latitude] = [row[names.indexOf('longitude')], row[names.indexOf('latitude')]];
    if (typeof longitude !== 'number' || typeof latitude !== 'number') return [];
    const properties = Object.fromEntries(names.slice(0, -2).map((name, index) => [name, row[index] ?? null]));
    return [{ type: 'Feature', geometry: { type: 'Point', coordinates: [longitude, latitude] }, properties }];
  });
  return `${JSON.stringify({ type: 'FeatureCollection', features })}\n`;
}
