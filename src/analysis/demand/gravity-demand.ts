import { pairMinutes, type ZoneTimes } from '../zone-times.ts';

export interface DemandOptions {
  /** trips between zones that a person makes on a day */
  readonly tripsPerPersonPerDay: number;
  /** decay of trips with minutes, exp(-β t) */
  readonly decayPerMinute: number;
}

/** One trip out of the zone a person and day, decaying to half every 23 minutes: an assumption, told with every result. */
export const DEFAULT_DEMAND: DemandOptions = { tripsPerPersonPerDay: 1, decayPerMinute: 0.03 };

/**
 * Trips a day between zones, row-major: singly constrained gravity T_ij = P_i r · P_j e^(-β t_ij) / Σ_k P_k e^(-β t_ik), no trips within.
 * Cost O(zones²). Source: Wilson (1971) doi:10.1068/a030001.
 */
export function gravityDemand(times: ZoneTimes, options: DemandOptions = DEFAULT_DEMAND): Float64Array {
  const { zones } = times;
  const trips = new Float64Array(zones.length * zones.length);
  zones.forEach((zone, from) => {
    let sum = 0;
    zones.forEach((other, to) => {
      const minutes = to === from ? null : pairMinutes(times, from, to);
      const weight = minutes === null ? 0 : other.population * Math.exp(-options.decayPerMinute * minutes);
      trips[from * zones.length + to] = weight;
      sum += weight;
    });
    if (sum > 0) {
      const scale = (zone.population * options.tripsPerPersonPerDay) / sum;
      for (let to = 0; to < zones.length; to++) trips[from * zones.length + to] = (trips[from * zones.length + to] ?? 0) * scale;
    }
  });
  return trips;
}
