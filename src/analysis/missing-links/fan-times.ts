import type { Hierarchy } from '../../kernels/hierarchy/hierarchy.ts';
import { hierarchyFor } from '../../kernels/hierarchy/hierarchy-for.ts';
import { LANES } from '../../kernels/hierarchy/lanes-plain.ts';
import { createTargetSweeper } from '../../kernels/hierarchy/target-sweeper.ts';
import { searchTimes } from '../../kernels/many-to-many.ts';
import type { KeptParts } from '../../model/kept-parts.ts';
import type { Network } from '../../model/network.ts';
import type { Progress } from '../../model/progress.ts';

/** A node, and those that times are wanted to. */
export interface Fan {
  readonly origin: number;
  readonly targets: Uint32Array;
}

const FANS_A_PART = 32;
const STEP = 'pairs near on the map';

/**
 * Times from each origin to its own few targets, milliseconds, UNREACHED where there is no way.
 *
 * Cost: a hierarchy and a sweep for 16 origins, or one search an origin that stops when it has met its targets. Searches are kept for a run
 * that goes on from this one; sweeps are done sooner than they are read again.
 */
export function fanTimes(network: Network, fans: readonly Fan[], progress: Progress, keep: KeptParts): Uint32Array[] {
  const hierarchy = hierarchyFor(network, fans.length);
  return hierarchy ? sweptFans(hierarchy, fans, progress) : searchedFans(network, fans, progress, keep);
}

function sweptFans(hierarchy: Hierarchy, fans: readonly Fan[], progress: Progress): Uint32Array[] {
  const targets = [...new Set(fans.flatMap((fan) => [...fan.targets]))];
  const columnOf = new Map(targets.map((target, column) => [target, column]));
  const sweeper = createTargetSweeper(hierarchy, targets, { direction: 'forward' });
  const rows = new Uint32Array(LANES * targets.length);
  const times: Uint32Array[] = [];
  for (let first = 0; first < fans.length; first += LANES) {
    const own = fans.slice(first, first + LANES);
    sweeper.run(
      own.map(({ origin }) => origin),
      rows,
      0,
    );
    own.forEach((fan, lane) => {
      const row = rows.subarray(lane * targets.length, (lane + 1) * targets.length);
      times.push(fan.targets.map((target) => row[columnOf.get(target)!]!));
    });
    progress(STEP, times.length, fans.length);
  }
  return times;
}

function searchedFans(network: Network, fans: readonly Fan[], progress: Progress, keep: KeptParts): Uint32Array[] {
  const times: Uint32Array[] = [];
  for (let first = 0; first < fans.length; first += FANS_A_PART) {
    const own = fans.slice(first, first + FANS_A_PART);
    const joined = keep.words(`pairs ${first}`, () =>
      Uint32Array.from(own.flatMap(({ origin, targets }) => [...searchTimes(network, Uint32Array.of(origin), targets)])),
    );
    let start = 0;
    for (const { targets } of own) {
      times.push(joined.slice(start, start + targets.length));
      start += targets.length;
    }
    progress(STEP, times.length, fans.length);
  }
  return times;
}
