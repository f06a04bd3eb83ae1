import type { Network } from '../model/network.ts';

/**
 * Carry amounts from nodes back to the root of a tree of quickest ways, and add them to the links they pass.
 *
 * Of equally quick arcs into a node the one with the lowest number in the reversed network is taken, so the same input gives the same flows.
 *
 * @param inward   the network turned round: arcs into each node (reverseNetwork)
 * @param cost     milliseconds of the tree, one a node
 * @param settled  nodes in the order the search settled them, root first
 * @param count    how many of `settled` count
 * @param passing  amounts to carry, one a node; overwritten
 * @param loads    amounts by link; added to
 * Cost O(nodes + arcs), no allocation.
 */
export function addTreeFlows(
  inward: Network,
  cost: Uint32Array,
  settled: Uint32Array,
  count: number,
  passing: Float64Array,
  loads: Float64Array,
): void {
  const { firstArc, arcHead, arcCost, arcLink } = inward;
  for (let order = count - 1; order > 0; order--) {
    const node = settled[order]!;
    const amount = passing[node]!;
    if (amount === 0) continue;
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
      const tail = arcHead[arc]!;
      if (cost[tail]! + arcCost[arc]! !== cost[node]!) continue;
      passing[tail]! += amount;
      loads[arcLink[arc]!]! += amount;
      break;
    }
  }
}
