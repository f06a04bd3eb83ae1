import type { ImprovedPairs } from '../../kernels/gain/link-gain.ts';
import { UNREACHED } from '../../model/network.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import { accessibility, type Measure } from '../accessibility/accessibility.ts';
import { gini, theil, type Weighted } from '../accessibility/equity.ts';
import type { ZoneTimes } from '../zone-times.ts';
import type { Candidate } from './candidate.ts';
import type { LinkGains } from './link-gains.ts';

/** What a link changes beyond person-minutes, each exact. */
export interface LinkEffects {
  /** population-weighted mean of the measure, before and after */
  readonly accessBefore: number;
  readonly accessAfter: number;
  readonly giniChange: number;
  readonly theilChange: number;
  /** mean change of the measure in the zones of the worst-off fifth of people (before) */
  readonly worstFifthChange: number;
  /** person-minutes a day saved on pairs of two jurisdictions (admin1) */
  readonly borderPersonMinutes: number;
  /** person-minutes a day saved by jurisdiction of the traveller's home (admin1) */
  readonly byJurisdiction: ReadonlyMap<string, number>;
  /** pairs that have a way only now */
  readonly pairsJoined: number;
}

const WORST_SHARE = 0.2;

/**
 * Accessibility, equity and border minutes with a link added: the new times of every improved pair put into the table of times.
 *
 * @param amounts  opportunities a zone
 * Cost: the measure twice, O(improved pairs).
 */
export function linkEffects(
  candidate: Pick<Candidate, 'arcs'>,
  times: ZoneTimes,
  gains: LinkGains,
  amounts: Float64Array,
  measure: Measure,
): LinkEffects {
  const improved = gains.improved(candidate.arcs);
  const before = valuesOf(times, amounts, measure);
  const after = valuesOf(timesWith(times, improved), amounts, measure);
  const worst = worstOff(before);
  const mean = (rows: readonly Weighted[]) => rows.reduce((sum, row) => sum + row.value * row.weight, 0) / peopleOf(rows);
  const rowsAt = (rows: readonly Weighted[]) => worst.flatMap((index) => rows[index] ?? []);
  return {
    accessBefore: mean(before),
    accessAfter: mean(after),
    giniChange: gini(after) - gini(before),
    theilChange: theil(after).total - theil(before).total,
    worstFifthChange: mean(rowsAt(after)) - mean(rowsAt(before)),
    ...minutesByJurisdiction(times, gains, improved),
  };
}

/** A table of times with pairs improved; the old one stays as it is. */
function timesWith(times: ZoneTimes, improved: ImprovedPairs): ZoneTimes {
  const milliseconds = times.milliseconds.slice();
  improved.pairs.forEach((pair, position) => {
    milliseconds[pair] = improved.milliseconds[position] ?? UNREACHED;
  });
  return { zones: times.zones, milliseconds };
}

function valuesOf(times: ZoneTimes, amounts: Float64Array, measure: Measure): Weighted[] {
  return accessibility(times, amounts, measure).map((value, zone) => {
    const { population = 0, admin1 = '' } = times.zones[zone] ?? {};
    return { value: value ?? 0, weight: population, group: admin1 };
  });
}

function peopleOf(rows: readonly Weighted[]): number {
  return rows.reduce((sum, row) => sum + row.weight, 0) || 1;
}

/** Zones of the worst-off fifth of people; the zone that the fifth ends in counts whole. */
function worstOff(rows: readonly Weighted[]): number[] {
  const order = rows.map((_row, index) => index).sort((a, b) => (rows[a]?.value ?? 0) - (rows[b]?.value ?? 0) || a - b);
  const limit = WORST_SHARE * peopleOf(rows);
  const worst: number[] = [];
  let people = 0;
  for (const index of order) {
    if (people >= limit) break;
    people += rows[index]?.weight ?? 0;
    worst.push(index);
  }
  return worst;
}

/** Person-minutes a day saved by jurisdiction of the traveller's home (admin1). Cost O(improved pairs). */
export function gainByHome(candidate: Pick<Candidate, 'arcs'>, times: ZoneTimes, gains: LinkGains): ReadonlyMap<string, number> {
  return minutesByJurisdiction(times, gains, gains.improved(candidate.arcs)).byJurisdiction;
}

function minutesByJurisdiction(times: ZoneTimes, gains: LinkGains, improved: ImprovedPairs) {
  const { zones, milliseconds } = times;
  const byJurisdiction = new Map<string, number>();
  let borderPersonMinutes = 0;
  let pairsJoined = 0;
  improved.pairs.forEach((pair, position) => {
    const before = milliseconds[pair] ?? UNREACHED;
    if (before === UNREACHED) {
      pairsJoined += 1;
      return;
    }
    const saved = ((before - (improved.milliseconds[position] ?? 0)) * (gains.trips[pair] ?? 0)) / MILLISECONDS_PER_MINUTE;
    const home = zones[Math.floor(pair / zones.length)]?.admin1 ?? '';
    byJurisdiction.set(home, (byJurisdiction.get(home) ?? 0) + saved);
    if (home !== zones[pair % zones.length]?.admin1) borderPersonMinutes += saved;
  });
  return { borderPersonMinutes, byJurisdiction, pairsJoined };
}
