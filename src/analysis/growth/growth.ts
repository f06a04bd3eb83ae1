import { gini, theil } from '../accessibility/equity.ts';
import { meanBetweenPeople, pairsWithoutWay } from '../compare/compare.ts';
import { type Slice, type ZoneMeasure, zoneMeasures } from '../compare/slice-measures.ts';
import { peopleMean, worstShareMean } from '../compare/weighted.ts';
import { pairMinutes, type ZoneTimes } from '../zone-times.ts';
import { openLengths } from './network-lengths.ts';

/** One figure of a region in one slice. */
export interface GrowthFigure {
  readonly measure: string;
  readonly unit: string;
  readonly value: number | null;
}

const CORE_LIMITS = [60, 90, 120] as const;
const WORST_SHARE = 0.2;

/**
 * The figures of one slice that a series through time is made of: lengths, accessibility, inequality, minutes to cores.
 *
 * People stay where they are today, so a series shows what the network did, not what growth of population did.
 * Cost O(zones² log zones + links).
 */
export function growthFigures(slice: Slice, year: number | null, names: readonly string[], opportunity: string): GrowthFigure[] {
  const { region, times } = slice;
  const { zones } = region;
  const measures = zoneMeasures(slice, names, opportunity);
  const named = measures.slice(0, names.length);
  return [
    ...openLengths(region, year).map(({ name, kilometres }) => ({ measure: `length:${name}`, unit: 'km', value: kilometres })),
    ...measures.map(({ name, unit, values }) => ({ measure: name, unit, value: peopleMean(zones, values) })),
    ...named.flatMap((measure) => inequality(slice, measure)),
    ...CORE_LIMITS.map((limit) => ({
      measure: `people-within-${limit}-min-of-the-primary-core`,
      unit: '%',
      value: shareWithin(times, region.manifest.primaryCore, limit),
    })),
    { measure: 'mean-minutes-between-people', unit: 'min', value: meanBetweenPeople(times) },
    { measure: 'pairs-without-a-way', unit: 'pairs', value: pairsWithoutWay(times) },
  ];
}

function inequality({ region: { zones } }: Slice, { name, unit, better, values }: ZoneMeasure): GrowthFigure[] {
  const rows = zones.flatMap((zone, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ value, weight: zone.population, group: zone.admin1 }];
  });
  const { total, between } = theil(rows);
  return [
    { measure: `gini:${name}`, unit: '–', value: rows.length > 0 ? gini(rows) : null },
    { measure: `theil-between-share:${name}`, unit: '%', value: total > 0 ? (between / total) * 100 : null },
    { measure: `worst-fifth:${name}`, unit, value: worstShareMean(zones, values, better, WORST_SHARE) },
  ];
}

function shareWithin(times: ZoneTimes, core: string, limit: number): number | null {
  const to = times.zones.findIndex((zone) => zone.id === core);
  if (to < 0) return null;
  let [inside, all] = [0, 0];
  times.zones.forEach((zone, from) => {
    all += zone.population;
    if ((pairMinutes(times, from, to) ?? Number.POSITIVE_INFINITY) <= limit) inside += zone.population;
  });
  return (inside / all) * 100;
}
