import { greatCircleKilometres } from '../../model/place.ts';
import type { Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { Fairness } from './choose.ts';
import type { SetProblem } from './set-problem.ts';

/** Which jurisdiction a zone belongs to. */
export type Jurisdiction = 'admin1' | 'admin2';

/** Points at which a scheme's line is asked whose land it is on. */
const SAMPLES = 40;

/**
 * Part of a straight line on the land of each jurisdiction, by the nearest zone seat (no borders in the tables): who would pay for it if each
 * paid for what lies on its land. Adds up to 1. Cost O(samples · zones).
 */
export function landShares(
  zones: readonly Zone[],
  from: readonly [number, number],
  to: readonly [number, number],
  by: Jurisdiction,
): Map<string, number> {
  const shares = new Map<string, number>();
  for (let sample = 0; sample < SAMPLES; sample++) {
    const part = (sample + 0.5) / SAMPLES;
    const [longitude, latitude] = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    let nearest = '';
    let least = Number.POSITIVE_INFINITY;
    for (const zone of zones) {
      const kilometres = greatCircleKilometres(longitude, latitude, zone.longitude, zone.latitude);
      if (kilometres < least) [least, nearest] = [kilometres, zone[by]];
    }
    shares.set(nearest, (shares.get(nearest) ?? 0) + 1 / SAMPLES);
  }
  return shares;
}

/** Sums of a figure of zones by jurisdiction, in code-point order. */
export function byJurisdiction(zones: readonly Zone[], values: ArrayLike<number>, by: Jurisdiction): Map<string, number> {
  const sums = new Map<string, number>();
  for (const name of [...new Set(zones.map((zone) => zone[by]))].sort(byCodePoint)) sums.set(name, 0);
  zones.forEach((zone, index) => {
    sums.set(zone[by], (sums.get(zone[by]) ?? 0) + (values[index] ?? 0));
  });
  return sums;
}

/** How one scheme looks from where it is paid for. */
export interface LocalInterest {
  readonly payers: readonly { readonly name: string; readonly costShare: number; readonly gainShare: number; readonly ownRatio: number }[];
  /** part of the gain that goes to residents of jurisdictions that pay nothing */
  readonly gainOutside: number;
  /** worth its cost as a whole, but to none of those who pay for it, by their own residents' gain against their own part of the cost */
  readonly isDefect: boolean;
}

/**
 * Who pays and who gains: the gain of each payer's own residents against its part of the cost.
 *
 * @param ratio  benefit–cost ratio of the scheme as a whole; a payer's own is ratio · gain share / cost share
 */
export function localInterest(landShare: ReadonlyMap<string, number>, gains: ReadonlyMap<string, number>, ratio: number): LocalInterest {
  const all = [...gains.values()].reduce((sum, gain) => sum + gain, 0);
  const payers = [...landShare]
    .sort((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0]))
    .map(([name, costShare]) => {
      const gainShare = all > 0 ? (gains.get(name) ?? 0) / all : 0;
      return { name, costShare, gainShare, ownRatio: (ratio * gainShare) / costShare };
    });
  const gainOutside = 1 - payers.reduce((sum, payer) => sum + payer.gainShare, 0);
  return { payers, gainOutside, isDefect: ratio >= 1 && payers.every((payer) => payer.ownRatio < 1) };
}

/**
 * Fairness: every jurisdiction gains at least so many seconds a head and day. Fulfilled is the mean over jurisdictions of min(1, gain / floor),
 * which never falls when a scheme is added.
 */
export function floorFairness(problem: SetProblem, zones: readonly Zone[], by: Jurisdiction, secondsPerHead: number): Fairness {
  const people = byJurisdiction(
    zones,
    zones.map((zone) => zone.population),
    by,
  );
  return {
    fulfilled: (set) => {
      const gains = byJurisdiction(zones, problem.value(set).byZone, by);
      let sum = 0;
      for (const [name, heads] of people) sum += Math.min(1, ((gains.get(name) ?? 0) * 60) / (heads * secondsPerHead));
      return sum / people.size;
    },
  };
}
