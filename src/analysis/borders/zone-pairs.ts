import { UNREACHED } from '../../model/network.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import type { ZoneTimes } from '../zone-times.ts';
import { borderId, type JurisdictionMap } from './jurisdictions.ts';

/** An unordered pair of zones, as border regressions see it. */
export interface ZonePair {
  readonly from: number;
  readonly to: number;
  readonly kilometres: number;
  /** mean of both directions */
  readonly minutes: number;
  /** ln of the product of people, zones without people count as one person */
  readonly logMass: number;
  /** border between the two jurisdictions; null within one */
  readonly border: string | null;
}

export interface PairLimits {
  readonly minimumKilometres: number;
  readonly maximumKilometres: number;
}

/** Every pair within the limits that has a way both ways, and how many have none. Cost O(zones²). */
export function zonePairs(times: ZoneTimes, map: JurisdictionMap, limits: PairLimits): { pairs: ZonePair[]; withoutWay: number } {
  const { zones, milliseconds } = times;
  const pairs: ZonePair[] = [];
  let withoutWay = 0;
  zones.forEach((zone, from) => {
    for (let to = from + 1; to < zones.length; to++) {
      const other = zones[to];
      if (!other) continue;
      const kilometres = greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
      if (kilometres < limits.minimumKilometres || kilometres > limits.maximumKilometres) continue;
      const there = milliseconds[from * zones.length + to] ?? UNREACHED;
      const back = milliseconds[to * zones.length + from] ?? UNREACHED;
      if (there === UNREACHED || back === UNREACHED) {
        withoutWay += 1;
        continue;
      }
      pairs.push({
        from,
        to,
        kilometres,
        minutes: (there + back) / 2 / MILLISECONDS_PER_MINUTE,
        logMass: Math.log(Math.max(1, zone.population)) + Math.log(Math.max(1, other.population)),
        border: zone[map.level] === other[map.level] ? null : borderId(zone[map.level], other[map.level]),
      });
    }
  });
  return { pairs, withoutWay };
}
