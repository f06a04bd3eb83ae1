import { pairMinutes, type ZoneTimes } from '../zone-times.ts';

/** Minutes a day that people save between two states of a network. */
export interface TimeBenefit {
  /** saved by the residents of each zone, trips of the first state held: Σ_j T⁰ (t⁰ − t¹) */
  readonly byResidents: Float64Array;
  readonly fixedDemand: number;
  /** with trips that react: Σ ½ (T⁰ + T¹)(t⁰ − t¹) */
  readonly ruleOfHalf: number;
  /** trips a day of pairs that have a way in one state only: they have no saving in minutes and are not counted */
  readonly tripsLeftOut: number;
}

/**
 * Person-minutes a day saved from one matrix of times to another.
 *
 * The rule of a half is exact where demand is a straight line between the two times, and an approximation elsewhere; it is not meant for
 * large changes of time or for people who move (zone changes), where fixed demand is the safer figure.
 *
 * @param tripsBefore, tripsAfter  a day, row-major zone × zone, of the same zones in the same order
 * Cost O(zones²). Source: Dupuit (1844), Lane, Powell and Prestwood Smith (1971); TAG unit A1.3.
 */
export function timeBenefit(before: ZoneTimes, after: ZoneTimes, tripsBefore: Float64Array, tripsAfter: Float64Array): TimeBenefit {
  const count = before.zones.length;
  const byResidents = new Float64Array(count);
  let ruleOfHalf = 0;
  let tripsLeftOut = 0;
  for (let from = 0; from < count; from++) {
    for (let to = 0; to < count; to++) {
      if (from === to) continue;
      const pair = from * count + to;
      const [t0, t1] = [pairMinutes(before, from, to), pairMinutes(after, from, to)];
      const [trips0, trips1] = [tripsBefore[pair] ?? 0, tripsAfter[pair] ?? 0];
      if (t0 === null || t1 === null) {
        tripsLeftOut += Math.max(trips0, trips1);
        continue;
      }
      byResidents[from] = (byResidents[from] ?? 0) + trips0 * (t0 - t1);
      ruleOfHalf += ((trips0 + trips1) / 2) * (t0 - t1);
    }
  }
  return { byResidents, fixedDemand: byResidents.reduce((sum, minutes) => sum + minutes, 0), ruleOfHalf, tripsLeftOut };
}
