import { type FrozenNetwork, nodeNumber } from '../build/freeze.ts';
import { timesBetween } from '../kernels/many-to-many.ts';
import { UNREACHED } from '../model/network.ts';
import type { Zone } from '../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import type { Pool, RunOptions } from '../parallel/pool.ts';
import { timesInParallel } from '../parallel/times.ts';

/** Door-to-door times of all zone pairs. */
export interface ZoneTimes {
  readonly zones: readonly Zone[];
  /** whole milliseconds, row-major from × to; UNREACHED where there is no way; 0 on the diagonal */
  readonly milliseconds: Uint32Array;
}

/**
 * Travel times between all zones. A zone's time to itself is 0: its own people and jobs count as reached at once (stated with every result).
 *
 * @throws RangeError naming a zone that the network has no seat for
 * Cost: one tree a zone.
 */
export function zoneTimes(frozen: FrozenNetwork, zones: readonly Zone[]): ZoneTimes {
  return ownAtOnce(
    zones,
    timesBetween(frozen.network, zoneNodes(frozen, zones, 'zone-origin'), zoneNodes(frozen, zones, 'zone-destination')),
  );
}

/** The same on the threads of a pool, to the byte. */
export async function zoneTimesInParallel(
  pool: Pool,
  frozen: FrozenNetwork,
  zones: readonly Zone[],
  run: RunOptions = {},
): Promise<ZoneTimes> {
  const [origins, targets] = [zoneNodes(frozen, zones, 'zone-origin'), zoneNodes(frozen, zones, 'zone-destination')];
  return ownAtOnce(zones, await timesInParallel(pool, frozen.network, origins, targets, run));
}

function zoneNodes(frozen: FrozenNetwork, zones: readonly Zone[], kind: string): Uint32Array {
  return Uint32Array.from(zones, ({ id }) => nodeNumber(frozen.nodeOf, `${kind}/${id}`));
}

function ownAtOnce(zones: readonly Zone[], milliseconds: Uint32Array): ZoneTimes {
  zones.forEach((_zone, index) => {
    milliseconds[index * zones.length + index] = 0;
  });
  return { zones, milliseconds };
}

/** Minutes of one pair, or null where unreachable. */
export function pairMinutes(times: ZoneTimes, from: number, to: number): number | null {
  const milliseconds = times.milliseconds[from * times.zones.length + to] ?? UNREACHED;
  return milliseconds === UNREACHED ? null : milliseconds / MILLISECONDS_PER_MINUTE;
}
