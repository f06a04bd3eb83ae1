import type { Network } from '../model/network.ts';
import { createSearch } from './one-to-all.ts';

export interface Betweenness {
  /** per node, ends of the path left out; sums over ordered pairs, not normalised */
  readonly node: Float64Array;
  readonly arc: Float64Array;
  /** both directions of a link together */
  readonly link: Float64Array;
}

/**
 * Exact weighted betweenness of nodes, arcs and links of a directed multigraph (Brandes).
 *
 * Equally short paths share a pair's one unit; parallel arcs of equal cost are paths of their own. Path counts are float64: exact to 2^53
 * and never wrapping (32-bit counts fail on an 18 × 18 grid). Ties are exact because costs are whole milliseconds.
 * Cost O(nodes · (arcs + nodes log nodes)). Source: Brandes (2001) doi:10.1080/0022250X.2001.9990249, (2008) for arcs.
 */
export function betweenness(network: Network): Betweenness {
  const { nodeCount, arcCount, firstArc, arcHead, arcCost, arcLink } = network;
  const search = createSearch(network);
  const nodeSum = new Float64Array(nodeCount);
  const arcSum = new Float64Array(arcCount);
  const paths = new Float64Array(nodeCount);
  const dependency = new Float64Array(nodeCount);
  for (let origin = 0; origin < nodeCount; origin++) {
    const cost = search.run(origin);
    const { settled } = search;
    const count = search.settledCount();
    paths.fill(0);
    dependency.fill(0);
    paths[origin] = 1;
    for (let position = 0; position < count; position++) {
      const tail = settled[position]!;
      for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
        const head = arcHead[arc]!;
        if (cost[tail]! + arcCost[arc]! === cost[head]!) paths[head]! += paths[tail]!;
      }
    }
    for (let position = count - 1; position >= 0; position--) {
      const tail = settled[position]!;
      for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
        const head = arcHead[arc]!;
        if (cost[tail]! + arcCost[arc]! !== cost[head]!) continue;
        const share = (paths[tail]! / paths[head]!) * (1 + dependency[head]!);
        arcSum[arc]! += share;
        dependency[tail]! += share;
      }
      if (tail !== origin) nodeSum[tail]! += dependency[tail]!;
    }
  }
  const link = new Float64Array(network.linkIds.length);
  for (let arc = 0; arc < arcCount; arc++) link[arcLink[arc]!]! += arcSum[arc]!;
  return { node: nodeSum, arc: arcSum, link };
}
