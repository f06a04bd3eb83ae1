import { UNREACHED } from '../../model/network.ts';
import type { Hierarchy } from './hierarchy.ts';

/** Single trees over a hierarchy: see createTreeSearch. */
export interface TreeSearch {
  /**
   * @returns  by node of the network, whole milliseconds, UNREACHED where there is no way; overwritten by the next run
   * @throws   RangeError for an unknown origin
   */
  readonly run: (origin: number) => Uint32Array;
}

/**
 * One tree at a time from a fresh point (PHAST with one lane): for one origin on a large network; for several see createSweeper.
 *
 * Cost of a run O(nodes + arcs of the hierarchy), two passes over memory, no allocation. Source as createSweeper.
 */
export function createTreeSearch(hierarchy: Hierarchy, direction: 'forward' | 'backward' = 'forward'): TreeSearch {
  const { nodeCount, positionOf, out, into } = hierarchy;
  const [rising, falling] = direction === 'forward' ? [out, into] : [into, out];
  const cost = new Uint32Array(nodeCount);
  const tree = new Uint32Array(nodeCount);

  function run(origin: number): Uint32Array {
    const start = positionOf[origin];
    if (start === undefined) throw new RangeError(`origin is node ${origin}; expected 0 … ${nodeCount - 1}`);
    cost.fill(UNREACHED);
    cost[start] = 0;
    for (let position = start; position >= 0; position--) {
      const here = cost[position]!;
      if (here === UNREACHED) continue;
      for (let arc = rising.first[position]!; arc < rising.first[position + 1]!; arc++) {
        const through = here + rising.cost[arc]!;
        if (through < cost[rising.upper[arc]!]!) cost[rising.upper[arc]!] = through;
      }
    }
    const { first, upper, cost: arcCost } = falling;
    let arc = 0;
    for (let position = 0; position < nodeCount; position++) {
      let least = cost[position]!;
      for (const end = first[position + 1]!; arc < end; arc++) {
        const through = cost[upper[arc]!]! + arcCost[arc]!;
        if (through < least) least = through;
      }
      cost[position] = least;
    }
    for (let node = 0; node < nodeCount; node++) tree[node] = cost[positionOf[node]!]!;
    return tree;
  }
  return { run };
}
