import { type Network, UNREACHED } from '../model/network.ts';
import { type Progress, SILENT } from '../model/progress.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';

import { type Accumulated, type Accumulation, accumulate, DEFAULT_ACCUMULATE } from './hierarchy/accumulate.ts';
import { hierarchyFor } from './hierarchy/hierarchy-for.ts';
import { createSearch } from './one-to-all.ts';

export interface Closeness {
  readonly closeness: Float64Array;
  readonly harmonic: Float64Array;
  /** others that are reached */
  readonly reached: Uint32Array;
}

/**
 * Outward closeness and harmonic centrality of every node, 1 / minute.
 *
 * closeness = (r / Σ t) · (r / (n − 1)) with r the others that are reached (Wasserman and Faust 1994); harmonic = Σ 1 / t over the reached.
 * Cost: a hierarchy and one sweep for 16 nodes, summed as it passes; where that does not pay (hierarchyFor), one tree a node.
 */
export function closeness(network: Network, progress: Progress = SILENT): Closeness {
  const { nodeCount } = network;
  const hierarchy = hierarchyFor(network, nodeCount, progress);
  if (!hierarchy) return searchedCloseness(network);
  const origins = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
  return closenessFromSums(accumulate(hierarchy, origins, CLOSENESS_SUMS, { ...DEFAULT_ACCUMULATE, progress }));
}

/** Sums over all nodes that closeness is made of. */
export const CLOSENESS_SUMS = [
  { kind: 'times' },
  { kind: 'inverse', scale: MILLISECONDS_PER_MINUTE },
] as const satisfies readonly Accumulation[];

/** Closeness of all nodes from their CLOSENESS_SUMS, in node order. */
export function closenessFromSums([times, inverse]: readonly Accumulated[]): Closeness {
  const reached = Uint32Array.from(times!.counts, (count) => count - 1);
  const values = times!.sums.map((sum, node) => closenessOf(sum, reached[node]!, reached.length));
  return { closeness: values, harmonic: inverse!.sums, reached };
}

function closenessOf(sumMilliseconds: number, reached: number, nodeCount: number): number {
  return sumMilliseconds > 0 ? (reached / (sumMilliseconds / MILLISECONDS_PER_MINUTE)) * (reached / (nodeCount - 1)) : 0;
}

/** The same by one search a node: for small networks, and where sums over a hierarchy might overflow. */
export function searchedCloseness(network: Network): Closeness {
  const { nodeCount } = network;
  const search = createSearch(network);
  const result = { closeness: new Float64Array(nodeCount), harmonic: new Float64Array(nodeCount), reached: new Uint32Array(nodeCount) };
  for (let origin = 0; origin < nodeCount; origin++) {
    const cost = search.run(origin);
    let reached = 0;
    let sum = 0;
    let inverse = 0;
    for (let node = 0; node < nodeCount; node++) {
      const time = cost[node]!;
      if (node === origin || time === UNREACHED) continue;
      reached += 1;
      sum += time;
      inverse += MILLISECONDS_PER_MINUTE / time;
    }
    result.reached[origin] = reached;
    result.harmonic[origin] = inverse;
    result.closeness[origin] = closenessOf(sum, reached, nodeCount);
  }
  return result;
}
