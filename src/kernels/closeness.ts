import { type Network, UNREACHED } from '../model/network.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import { createSearch } from './one-to-all.ts';

/**
 * Outward closeness and harmonic centrality of every node, 1 / minute.
 *
 * closeness = (r / Σ t) · (r / (n − 1)) with r the others that are reached (Wasserman and Faust 1994); harmonic = Σ 1 / t over the reached.
 * Cost: one tree a node.
 */
export function closeness(network: Network): { closeness: Float64Array; harmonic: Float64Array; reached: Uint32Array } {
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
    if (sum > 0) result.closeness[origin] = (reached / (sum / MILLISECONDS_PER_MINUTE)) * (reached / (nodeCount - 1));
  }
  return result;
}
