import { type FrozenNetwork, nodeNumber } from '../../build/freeze.ts';
import { UNREACHED } from '../../model/network.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Region } from '../../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import { accessibility, opportunities, parseMeasure } from '../accessibility/accessibility.ts';
import { DEFAULT_ISOCHRONES, type IsochroneBand, isochrones } from '../isochrones/isochrones.ts';
import { pairMinutes, type ZoneTimes } from '../zone-times.ts';

/** One state of a region: a year, an upgrade, a portfolio, or several at once. */
export interface Slice {
  /** as a person named it, e.g. "today", "2010", "plans" */
  readonly label: string;
  readonly region: Region;
  readonly frozen: FrozenNetwork;
  readonly times: ZoneTimes;
}

/** A measure of every zone; null where it has no value there. */
export interface ZoneMeasure {
  readonly name: string;
  readonly unit: string;
  /** which way is better for a traveller */
  readonly better: 'high' | 'low';
  readonly values: readonly (number | null)[];
}

/** Speed of the straight lines that efficiency is held against, km/h. */
const IDEAL_KILOMETRES_PER_HOUR = 100;

/**
 * Measures of accessibility by name, then minutes to the primary core and to the nearest core, and efficiency: Σ 1/t over Σ 1/t of straight
 * lines at 100 km/h (Latora and Marchiori 2001), by zone.
 *
 * @param names  as parseMeasure reads them
 * @throws UsageError for a measure or an opportunity that is not known
 * Cost O(zones² log zones).
 */
export function zoneMeasures(slice: Slice, names: readonly string[], opportunity: string): ZoneMeasure[] {
  const { region, times } = slice;
  const { values: amounts } = opportunities(region.zones, opportunity);
  const named = names.map((name): ZoneMeasure => {
    const measure = parseMeasure(name);
    const isTime = measure.kind === 'mean-time' || measure.kind === 'dual';
    return { name, unit: isTime ? 'min' : opportunity, better: isTime ? 'low' : 'high', values: accessibility(times, amounts, measure) };
  });
  const { primaryCore, secondaryCores } = region.manifest;
  return [
    ...named,
    { name: 'core-minutes', unit: 'min', better: 'low', values: minutesTo(times, [primaryCore]) },
    { name: 'nearest-core-minutes', unit: 'min', better: 'low', values: minutesTo(times, [primaryCore, ...secondaryCores]) },
    { name: 'efficiency', unit: '%', better: 'high', values: efficiencyByZone(times) },
  ];
}

function minutesTo(times: ZoneTimes, cores: readonly string[]): (number | null)[] {
  const targets = cores.map((core) => times.zones.findIndex((zone) => zone.id === core)).filter((index) => index >= 0);
  return times.zones.map((_zone, from) => {
    const reached = targets.flatMap((to) => pairMinutes(times, from, to) ?? []);
    return reached.length > 0 ? Math.min(...reached) : null;
  });
}

function efficiencyByZone(times: ZoneTimes): (number | null)[] {
  return times.zones.map((zone, from) => {
    let real = 0;
    let ideal = 0;
    times.zones.forEach((other, to) => {
      const kilometres = greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
      if (from === to || kilometres === 0) return;
      const minutes = pairMinutes(times, from, to);
      real += minutes ? 1 / minutes : 0;
      ideal += IDEAL_KILOMETRES_PER_HOUR / 60 / kilometres;
    });
    return ideal > 0 ? (real / ideal) * 100 : null;
  });
}

/** Isochrones of the primary core. Cost: one tree and the grid of isochrones. */
export function coreIsochrones(slice: Slice, costs: Uint32Array, minutes: readonly number[]): IsochroneBand[] {
  const zones = slice.region.zones.map((zone) => {
    const cost = costs[nodeNumber(slice.frozen.nodeOf, `zone-destination/${zone.id}`)] ?? UNREACHED;
    return { zone, minutes: cost === UNREACHED ? null : cost / MILLISECONDS_PER_MINUTE };
  });
  return isochrones(slice.frozen.network, costs, zones, { ...DEFAULT_ISOCHRONES, minutes });
}
