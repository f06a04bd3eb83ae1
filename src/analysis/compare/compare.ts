import { oneToAll } from '../../kernels/one-to-all.ts';
import { UsageError } from '../../model/errors.ts';
import type { Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { gini, palma, theil, type Weighted } from '../accessibility/equity.ts';
import { gravityDemand } from '../demand/gravity-demand.ts';
import { pairMinutes, type ZoneTimes } from '../zone-times.ts';
import { type BothStates, type CompareRow, type CompareSubject, compareRow } from './compare-row.ts';
import { linkLoads } from './link-loads.ts';
import { coreIsochrones, type Slice, type ZoneMeasure, zoneMeasures } from './slice-measures.ts';
import { type TimeBenefit, timeBenefit } from './time-benefit.ts';
import { peopleMean, worstShareMean } from './weighted.ts';

export interface CompareOptions {
  readonly measures: readonly string[];
  readonly opportunity: string;
  readonly isochroneMinutes: readonly number[];
  /** links whose trips change most are listed up to this number */
  readonly links: number;
}

export const DEFAULT_COMPARE: CompareOptions = {
  measures: ['cumulative:60', 'mean-time'],
  opportunity: 'population',
  isochroneMinutes: [30, 60, 90, 120],
  links: 15,
};

/** Changes smaller than this share of the value, or than a second, are none: winners and losers are people, not rounding. */
const LEAST_CHANGE = { share: 1e-6, minutes: 1 / 60 } as const;
const WORST_SHARE = 0.2;

export interface Comparison {
  readonly rows: readonly CompareRow[];
  readonly benefit: TimeBenefit;
  readonly before: readonly ZoneMeasure[];
  readonly after: readonly ZoneMeasure[];
}

/**
 * Everything that changes from one slice to another, by region, jurisdiction and zone, in a fixed order.
 *
 * Zone figures are weighted by the people of the slice they belong to. Trips are those of a gravity demand on the first slice; the rule of a
 * half uses those of the second beside them.
 *
 * @throws UsageError where the slices do not have the same zones
 * Cost O(zones² log zones), two trees for isochrones, one a zone and slice for link loads.
 */
export function compareSlices(before: Slice, after: Slice, options: CompareOptions = DEFAULT_COMPARE): Comparison {
  const zones = after.region.zones;
  if (zones.length !== before.region.zones.length || zones.some((zone, index) => zone.id !== before.region.zones[index]?.id)) {
    throw new UsageError('the two slices have different zones; expected the same zones in both');
  }
  const [measuresBefore, measuresAfter] = [before, after].map((slice) => zoneMeasures(slice, options.measures, options.opportunity)) as [
    ZoneMeasure[],
    ZoneMeasure[],
  ];
  const [tripsBefore, tripsAfter] = [gravityDemand(before.times), gravityDemand(after.times)];
  const benefit = timeBenefit(before.times, after.times, tripsBefore, tripsAfter);
  const pairs = measuresBefore.map((measure, index) => [measure, measuresAfter[index] ?? measure] as const);
  const compared: Compared = { before, after, pairs, benefit };
  const rows = [
    ...regionRows(compared, options.measures.length),
    ...isochroneRows(compared, options.isochroneMinutes),
    ...corePairRows(compared),
    ...loadRows(compared, tripsBefore, options.links),
    ...jurisdictionRows(compared),
    ...zoneRows(compared),
  ];
  return { rows, benefit, before: measuresBefore, after: measuresAfter };
}

type MeasurePair = readonly [ZoneMeasure, ZoneMeasure];

/** Both slices, each measure of theirs side by side, and what the change is worth in time. */
interface Compared {
  readonly before: Slice;
  readonly after: Slice;
  readonly pairs: readonly MeasurePair[];
  readonly benefit: TimeBenefit;
}

/** @param named  the first so many measures were asked for by name; the others come with them */
function regionRows({ before, after, pairs, benefit }: Compared, named: number): CompareRow[] {
  const { id, name } = after.region.manifest;
  const region: CompareSubject = { scope: 'region', id, name };
  const row = (measure: string, unit: string, ...figure: BothStates) => compareRow(region, measure, unit, figure);
  const [zones0, zones1] = [before.region.zones, after.region.zones];
  return [
    row('population', 'persons', people(zones0), people(zones1)),
    ...pairs.flatMap(([from, to], index) => {
      const worst0 = worstShareMean(zones0, from.values, from.better, WORST_SHARE);
      const worst1 = worstShareMean(zones1, to.values, to.better, WORST_SHARE);
      const { winners, losers } = winnersAndLosers(zones1, from, to);
      return [
        row(from.name, from.unit, peopleMean(zones0, from.values), peopleMean(zones1, to.values)),
        row(`worst-fifth:${from.name}`, from.unit, worst0, worst1),
        // inequality is asked of the measures named, not of the minutes and shares that come with them
        ...(index < named ? equityRows(region, from.name, [equityOf(zones0, from), equityOf(zones1, to)]) : []),
        row(`winners:${from.name}`, 'persons', 0, winners),
        row(`losers:${from.name}`, 'persons', 0, losers),
      ];
    }),
    row('mean-minutes-between-people', 'min', meanBetweenPeople(before.times), meanBetweenPeople(after.times)),
    row('pairs-without-a-way', 'pairs', pairsWithoutWay(before.times), pairsWithoutWay(after.times)),
    row('person-minutes-saved', 'person-minutes a day', 0, benefit.fixedDemand),
    row('person-minutes-saved:rule-of-half', 'person-minutes a day', 0, benefit.ruleOfHalf),
  ];
}

function zoneRows({ after, pairs, benefit }: Compared): CompareRow[] {
  const subjects = after.region.zones.map(({ id, name }): CompareSubject => ({ scope: 'zone', id, name }));
  return [
    ...pairs.flatMap(([from, to]) =>
      subjects.map((zone, index) => compareRow(zone, from.name, from.unit, [from.values[index] ?? null, to.values[index] ?? null])),
    ),
    ...subjects.map((zone, index) =>
      compareRow(zone, 'person-minutes-saved', 'person-minutes a day', [0, benefit.byResidents[index] ?? 0]),
    ),
  ];
}

function equityRows(region: CompareSubject, measure: string, [before, after]: readonly [Equity, Equity]): CompareRow[] {
  return (['gini', 'theil', 'theil-between', 'palma'] as const).map((statistic) =>
    compareRow(region, `${statistic}:${measure}`, '–', [before[statistic], after[statistic]]),
  );
}

function people(zones: readonly Zone[]): number {
  return zones.reduce((sum, zone) => sum + zone.population, 0);
}

type Equity = Readonly<Record<'gini' | 'theil' | 'theil-between' | 'palma', number | null>>;

function equityOf(zones: readonly Zone[], measure: ZoneMeasure): Equity {
  const rows = zones.flatMap((zone, index): Weighted[] => {
    const value = measure.values[index] ?? null;
    return value === null ? [] : [{ value, weight: zone.population, group: zone.admin1 }];
  });
  const { total, between } = theil(rows);
  return { gini: rows.length > 0 ? gini(rows) : null, theil: total, 'theil-between': between, palma: rows.length > 0 ? palma(rows) : null };
}

/** People of zones where a measure got better, and where it got worse. */
function winnersAndLosers(zones: readonly Zone[], before: ZoneMeasure, after: ZoneMeasure): { winners: number; losers: number } {
  let [winners, losers] = [0, 0];
  zones.forEach((zone, index) => {
    const gain = gainOf(before, after, index);
    if (gain > 0) winners += zone.population;
    if (gain < 0) losers += zone.population;
  });
  return { winners, losers };
}

/** 1 where a zone is better off, −1 where worse, 0 where neither by more than rounding. A way where none was is a gain. */
function gainOf(before: ZoneMeasure, after: ZoneMeasure, index: number): number {
  const [from, to] = [before.values[index] ?? null, after.values[index] ?? null];
  if (from === null || to === null) return Number(from === null && to !== null) - Number(from !== null && to === null);
  const least = before.unit === 'min' ? LEAST_CHANGE.minutes : LEAST_CHANGE.share * Math.max(Math.abs(from), Math.abs(to));
  if (Math.abs(to - from) <= least) return 0;
  return Math.sign(to - from) * (before.better === 'high' ? 1 : -1);
}

/** Σ P P t / Σ P P over pairs with a way, minutes. */
export function meanBetweenPeople(times: ZoneTimes): number | null {
  let [weightSum, timeSum] = [0, 0];
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const minutes = from === to ? null : pairMinutes(times, from, to);
      if (minutes === null) return;
      weightSum += zone.population * other.population;
      timeSum += zone.population * other.population * minutes;
    });
  });
  return weightSum > 0 ? timeSum / weightSum : null;
}

/** Ordered pairs of zones without a way. */
export function pairsWithoutWay(times: ZoneTimes): number {
  return times.zones.reduce(
    (sum, _zone, from) => sum + times.zones.filter((_other, to) => pairMinutes(times, from, to) === null).length,
    0,
  );
}

function isochroneRows({ before, after }: Compared, minutes: readonly number[]): CompareRow[] {
  const { primaryCore } = after.region.manifest;
  const name = after.region.zones.find((zone) => zone.id === primaryCore)?.name ?? primaryCore;
  const core: CompareSubject = { scope: 'region', id: primaryCore, name };
  const bands = [before, after].map((slice) => {
    const origin = slice.frozen.nodeOf.get(`zone-origin/${primaryCore}`);
    return origin === undefined ? [] : coreIsochrones(slice, oneToAll(slice.frozen.network, origin), minutes);
  });
  return minutes.flatMap((limit) => {
    const [from, to] = bands.map((own) => own.find((band) => band.minutes === limit) ?? null);
    return [
      compareRow(core, `isochrone-area:${limit}`, 'km²', [from?.areaSquareKilometres ?? null, to?.areaSquareKilometres ?? null]),
      compareRow(core, `isochrone-population:${limit}`, 'persons', [from?.population ?? null, to?.population ?? null]),
    ];
  });
}

function corePairRows({ before, after }: Compared): CompareRow[] {
  const { primaryCore, secondaryCores } = after.region.manifest;
  const { zones } = after.region;
  const cores = [primaryCore, ...secondaryCores].map((id) => {
    const index = zones.findIndex((zone) => zone.id === id);
    return { id, index, name: zones[index]?.name ?? id };
  });
  return cores.flatMap((from) =>
    cores
      .filter((to) => to.id !== from.id)
      .map((to) => {
        const pair: CompareSubject = { scope: 'region', id: `${from.id}→${to.id}`, name: `${from.name} → ${to.name}` };
        const minutes = (slice: Slice) => pairMinutes(slice.times, from.index, to.index);
        return compareRow(pair, 'pair-minutes', 'min', [minutes(before), minutes(after)]);
      }),
  );
}

/** Links whose trips change by one or more, the largest change first, up to `limit`. */
function loadRows({ before, after }: Compared, trips: Float64Array, limit: number): CompareRow[] {
  if (limit === 0) return [];
  const [from, to] = [before, after].map((slice) => linkLoads(slice.frozen, slice.region.zones, trips)) as [
    Map<string, number>,
    Map<string, number>,
  ];
  const ids = [...new Set([...from.keys(), ...to.keys()])];
  const changeOf = (id: string) => Math.abs((to.get(id) ?? 0) - (from.get(id) ?? 0));
  return ids
    .filter((id) => changeOf(id) >= 1)
    .sort((a, b) => changeOf(b) - changeOf(a) || byCodePoint(a, b))
    .slice(0, limit)
    .map((id) => compareRow({ scope: 'region', id, name: id }, 'link-trips', 'trips a day', [from.get(id) ?? 0, to.get(id) ?? 0]));
}

function jurisdictionRows({ before, after, pairs, benefit }: Compared): CompareRow[] {
  const [zones0, zones1] = [before.region.zones, after.region.zones];
  const names = [...new Set(zones1.map((zone) => zone.admin1))].sort(byCodePoint);
  return names.flatMap((admin1) => {
    const isIn = (index: number) => zones1[index]?.admin1 === admin1;
    const row = (measure: string, unit: string, ...figure: BothStates) =>
      compareRow({ scope: 'admin1', id: admin1, name: admin1 }, measure, unit, figure);
    const own = zones1.filter((_zone, index) => isIn(index));
    const part = (measure: ZoneMeasure) => ({ ...measure, values: measure.values.filter((_value, index) => isIn(index)) });
    const saved = benefit.byResidents.reduce((sum, minutes, index) => (isIn(index) ? sum + minutes : sum), 0);
    return [
      ...pairs.flatMap(([from, to]) => {
        const { winners, losers } = winnersAndLosers(own, part(from), part(to));
        return [
          row(from.name, from.unit, peopleMean(zones0, from.values, isIn), peopleMean(zones1, to.values, isIn)),
          row(`winners:${from.name}`, 'persons', 0, winners),
          row(`losers:${from.name}`, 'persons', 0, losers),
        ];
      }),
      row('person-minutes-saved', 'person-minutes a day', 0, saved),
      ...names.map((other) => {
        const pair: CompareSubject = { scope: 'admin1', id: `${admin1}→${other}`, name: `${admin1} → ${other}` };
        return compareRow(pair, 'pair-minutes', 'min', [meanBetween(before.times, admin1, other), meanBetween(after.times, admin1, other)]);
      }),
    ];
  });
}

/** Mean minutes from people of one jurisdiction to people of another, over pairs with a way. */
function meanBetween(times: ZoneTimes, from: string, to: string): number | null {
  let [weightSum, timeSum] = [0, 0];
  times.zones.forEach((zone, a) => {
    if (zone.admin1 !== from) return;
    times.zones.forEach((other, b) => {
      const minutes = other.admin1 !== to || a === b ? null : pairMinutes(times, a, b);
      if (minutes === null) return;
      weightSum += zone.population * other.population;
      timeSum += zone.population * other.population * minutes;
    });
  });
  return weightSum > 0 ? timeSum / weightSum : null;
}
