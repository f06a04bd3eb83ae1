import { oneToAll } from '../../kernels/one-to-all.ts';
import { UsageError } from '../../model/errors.ts';
import type { Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { gini, palma, theil, type Weighted } from '../accessibility/equity.ts';
import { gravityDemand } from '../demand/gravity-demand.ts';
import { pairMinutes, type ZoneTimes } from '../zone-times.ts';
import { linkLoads } from './link-loads.ts';
import { coreIsochrones, type Slice, type ZoneMeasure, zoneMeasures } from './slice-measures.ts';
import { type TimeBenefit, timeBenefit } from './time-benefit.ts';
import { peopleMean, worstShareMean } from './weighted.ts';

/** One figure before and after; null where there is none. */
export interface CompareRow {
  readonly scope: 'region' | 'admin1' | 'zone' | 'link';
  readonly id: string;
  readonly name: string;
  readonly measure: string;
  readonly unit: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
}

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
  const rows: CompareRow[] = [];
  const add: AddRow = (scope, id, name, measure, unit, from, to) =>
    rows.push({ scope, id, name, measure, unit, before: from, after: to, change: from === null || to === null ? null : to - from });
  const pairs = measuresBefore.map((measure, index) => [measure, measuresAfter[index] ?? measure] as const);
  regionRows(add, before, after, pairs, options.measures.length, benefit);
  isochroneRows(add, before, after, options.isochroneMinutes);
  corePairRows(add, before, after);
  loadRows(add, before, after, tripsBefore, options.links);
  jurisdictionRows(add, before, after, pairs, benefit);
  for (const [from, to] of pairs) {
    zones.forEach((zone, index) => {
      add('zone', zone.id, zone.name, from.name, from.unit, from.values[index] ?? null, to.values[index] ?? null);
    });
  }
  zones.forEach((zone, index) => {
    add('zone', zone.id, zone.name, 'person-minutes-saved', 'person-minutes a day', 0, benefit.byResidents[index] ?? 0);
  });
  return { rows, benefit, before: measuresBefore, after: measuresAfter };
}

type AddRow = (
  scope: CompareRow['scope'],
  id: string,
  name: string,
  measure: string,
  unit: string,
  before: number | null,
  after: number | null,
) => void;

type MeasurePair = readonly [ZoneMeasure, ZoneMeasure];

function regionRows(add: AddRow, before: Slice, after: Slice, pairs: readonly MeasurePair[], named: number, benefit: TimeBenefit): void {
  const { id, name } = after.region.manifest;
  const [zones0, zones1] = [before.region.zones, after.region.zones];
  const row = (measure: string, unit: string, from: number | null, to: number | null) => add('region', id, name, measure, unit, from, to);
  row('population', 'persons', people(zones0), people(zones1));
  pairs.forEach(([from, to], index) => {
    row(from.name, from.unit, peopleMean(zones0, from.values), peopleMean(zones1, to.values));
    const worst0 = worstShareMean(zones0, from.values, from.better, WORST_SHARE);
    const worst1 = worstShareMean(zones1, to.values, to.better, WORST_SHARE);
    row(`worst-fifth:${from.name}`, from.unit, worst0, worst1);
    // inequality is asked of the measures named, not of the minutes and shares that come with them
    if (index < named) equityRows(row, [equityOf(zones0, from), equityOf(zones1, to)], from.name);
    const { winners, losers } = winnersAndLosers(zones1, from, to);
    row(`winners:${from.name}`, 'persons', 0, winners);
    row(`losers:${from.name}`, 'persons', 0, losers);
  });
  row('mean-minutes-between-people', 'min', meanBetweenPeople(before.times), meanBetweenPeople(after.times));
  row('pairs-without-a-way', 'pairs', pairsWithoutWay(before.times), pairsWithoutWay(after.times));
  row('person-minutes-saved', 'person-minutes a day', 0, benefit.fixedDemand);
  row('person-minutes-saved:rule-of-half', 'person-minutes a day', 0, benefit.ruleOfHalf);
}

type RegionRow = (measure: string, unit: string, from: number | null, to: number | null) => void;

function equityRows(row: RegionRow, [before, after]: readonly [Equity, Equity], measure: string): void {
  for (const statistic of ['gini', 'theil', 'theil-between', 'palma'] as const) {
    row(`${statistic}:${measure}`, '–', before[statistic], after[statistic]);
  }
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

function isochroneRows(add: AddRow, before: Slice, after: Slice, minutes: readonly number[]): void {
  const { primaryCore } = after.region.manifest;
  const name = after.region.zones.find((zone) => zone.id === primaryCore)?.name ?? primaryCore;
  const bands = [before, after].map((slice) => {
    const origin = slice.frozen.nodeOf.get(`zone-origin/${primaryCore}`);
    return origin === undefined ? [] : coreIsochrones(slice, oneToAll(slice.frozen.network, origin), minutes);
  });
  for (const limit of minutes) {
    const [from, to] = bands.map((own) => own.find((band) => band.minutes === limit) ?? null);
    const area = [from?.areaSquareKilometres ?? null, to?.areaSquareKilometres ?? null] as const;
    add('region', primaryCore, name, `isochrone-area:${limit}`, 'km²', ...area);
    add('region', primaryCore, name, `isochrone-population:${limit}`, 'persons', from?.population ?? null, to?.population ?? null);
  }
}

function corePairRows(add: AddRow, before: Slice, after: Slice): void {
  const { primaryCore, secondaryCores } = after.region.manifest;
  const indexOf = (id: string) => after.region.zones.findIndex((zone) => zone.id === id);
  const nameOf = (id: string) => after.region.zones[indexOf(id)]?.name ?? id;
  const cores = [primaryCore, ...secondaryCores];
  for (const from of cores) {
    for (const to of cores) {
      if (from === to) continue;
      const [a, b] = [indexOf(from), indexOf(to)];
      const minutes = [pairMinutes(before.times, a, b), pairMinutes(after.times, a, b)] as const;
      add('region', `${from}→${to}`, `${nameOf(from)} → ${nameOf(to)}`, 'pair-minutes', 'min', ...minutes);
    }
  }
}

function loadRows(add: AddRow, before: Slice, after: Slice, trips: Float64Array, limit: number): void {
  if (limit === 0) return;
  const [from, to] = [before, after].map((slice) => linkLoads(slice.frozen, slice.region.zones, trips)) as [
    Map<string, number>,
    Map<string, number>,
  ];
  const ids = [...new Set([...from.keys(), ...to.keys()])];
  const changeOf = (id: string) => Math.abs((to.get(id) ?? 0) - (from.get(id) ?? 0));
  const changed = ids.filter((id) => changeOf(id) >= 1).sort((a, b) => changeOf(b) - changeOf(a) || byCodePoint(a, b));
  for (const id of changed.slice(0, limit)) add('region', id, id, 'link-trips', 'trips a day', from.get(id) ?? 0, to.get(id) ?? 0);
}

function jurisdictionRows(add: AddRow, before: Slice, after: Slice, pairs: readonly MeasurePair[], benefit: TimeBenefit): void {
  const [zones0, zones1] = [before.region.zones, after.region.zones];
  const names = [...new Set(zones1.map((zone) => zone.admin1))].sort(byCodePoint);
  for (const admin1 of names) {
    const isIn = (index: number) => zones1[index]?.admin1 === admin1;
    const row = (measure: string, unit: string, from: number | null, to: number | null) =>
      add('admin1', admin1, admin1, measure, unit, from, to);
    for (const [from, to] of pairs) {
      row(from.name, from.unit, peopleMean(zones0, from.values, isIn), peopleMean(zones1, to.values, isIn));
      const own = zones1.filter((_zone, index) => isIn(index));
      const part = (measure: ZoneMeasure) => ({ ...measure, values: measure.values.filter((_value, index) => isIn(index)) });
      const { winners, losers } = winnersAndLosers(own, part(from), part(to));
      row(`winners:${from.name}`, 'persons', 0, winners);
      row(`losers:${from.name}`, 'persons', 0, losers);
    }
    const saved = benefit.byResidents.reduce((sum, minutes, index) => (isIn(index) ? sum + minutes : sum), 0);
    row('person-minutes-saved', 'person-minutes a day', 0, saved);
    for (const other of names) {
      const minutes = [before, after].map(({ times }) => meanBetween(times, admin1, other)) as [number | null, number | null];
      add('admin1', `${admin1}→${other}`, `${admin1} → ${other}`, 'pair-minutes', 'min', ...minutes);
    }
  }
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
