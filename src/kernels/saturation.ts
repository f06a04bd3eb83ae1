import { LimitError } from '../model/errors.ts';
import { UNREACHED } from '../model/network.ts';
import type { SearchArcs } from './one-to-all.ts';

/**
 * Make sure that a tree left no node out because its way is too long to count.
 *
 * Searches and sweeps saturate: a way of UNREACHED milliseconds (49 days) or more is no way to them, as if there were none. Where that could
 * matter, ask after the run.
 *
 * @param cost  milliseconds by node of a whole tree from one origin (Search.run without a limit, Sweeper.copyTree)
 * @throws      LimitError naming the first node that an arc leads to, with its time; RangeError unless there is a cost for each node
 * Cost O(nodes + arcs).
 */
export function assertNothingSaturated({ nodeCount, firstArc, arcHead, arcCost }: SearchArcs, cost: Uint32Array): void {
  if (cost.length !== nodeCount) throw new RangeError(`${cost.length} costs; expected one for each of ${nodeCount} nodes`);
  for (let tail = 0; tail < nodeCount; tail++) {
    if (cost[tail] === UNREACHED) continue;
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      if (cost[arcHead[arc]!] !== UNREACHED) continue;
      throw new LimitError(
        `the way to node ${arcHead[arc]} takes ${cost[tail]! + arcCost[arc]!} ms; expected less than ${UNREACHED} ms (49 days): use a coarser unit`,
      );
    }
  }
}
