import type { FrozenNetwork } from '../build/freeze.ts';
import { timesBetween } from '../kernels/many-to-many.ts';
import { reverseNetwork } from '../kernels/reverse-network.ts';
import { UNREACHED } from '../model/network.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import type { ZoneTimes } from './zone-times.ts';

/** Times from every zone to every candidate end, and from every end to every zone. */
export interface EndTimes {
  readonly ends: ReadonlyMap<string, number>;
  /** milliseconds, row-major zone × end */
  readonly outward: Uint32Array;
  /** milliseconds end → zone, row-major zone × end */
  readonly homeward: Uint32Array;
}

/** Trees of all zones both ways, restricted to the nodes where a new link could start. Cost: two trees a zone. */
export function endTimes(frozen: FrozenNetwork, times: ZoneTimes, nodes: readonly string[]): EndTimes {
  const nodeOf = (id: string) => frozen.nodeOf.get(id) ?? 0;
  const targets = Uint32Array.from(nodes, nodeOf);
  const origins = Uint32Array.from(times.zones, (zone) => nodeOf(`zone-origin/${zone.id}`));
  const destinations = Uint32Array.from(times.zones, (zone) => nodeOf(`zone-destination/${zone.id}`));
  return {
    ends: new Map(nodes.map((id, position) => [id, position])),
    outward: timesBetween(frozen.network, origins, targets),
    homeward: timesBetween(reverseNetwork(frozen.network), destinations, targets),
  };
}

/**
 * Exact gain of one new two-way link for all zone pairs, person-minutes a day.
 *
 * The new time of a pair is min(old, i→u + link + v→j, i→v + link + u→j), which is what a full recomputation gives when one link is added:
 * a shortest path uses it at most once. Pairs that had no way before are not counted (their saving has no number).
 *
 * @param trips  a day, row-major zone × zone
 * Cost O(zones²), less where the link brings an origin no nearer to its far end.
 */
export function newLinkGain(
  times: ZoneTimes,
  ends: EndTimes,
  trips: Float64Array,
  link: { from: string; to: string; milliseconds: number },
): number {
  const u = ends.ends.get(link.from);
  const v = ends.ends.get(link.to);
  if (u === undefined || v === undefined) return 0;
  return oneWayGain(times, ends, trips, u, v, link.milliseconds) + oneWayGain(times, ends, trips, v, u, link.milliseconds);
}

/**
 * Both directions can be summed: were i→u→v→j and i→v→u→j both quicker than today, then i→v < i→u + link < i→v, which cannot be.
 */
function oneWayGain(times: ZoneTimes, ends: EndTimes, trips: Float64Array, u: number, v: number, milliseconds: number): number {
  const zoneCount = times.zones.length;
  const endCount = ends.ends.size;
  let gain = 0;
  for (let from = 0; from < zoneCount; from++) {
    const toFarEnd = (ends.outward[from * endCount + u] ?? UNREACHED) + milliseconds;
    if (toFarEnd >= (ends.outward[from * endCount + v] ?? UNREACHED)) continue;
    for (let to = 0; to < zoneCount; to++) {
      const pair = from * zoneCount + to;
      const before = times.milliseconds[pair] ?? UNREACHED;
      const saved = before - toFarEnd - (ends.homeward[to * endCount + v] ?? UNREACHED);
      if (saved > 0 && before !== UNREACHED) gain += saved * (trips[pair] ?? 0);
    }
  }
  return gain / MILLISECONDS_PER_MINUTE;
}
