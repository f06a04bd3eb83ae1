import type { Contracted } from './contract-paths.ts';

/**
 * Renumber a contraction so that neighbours lie near each other in memory: nodes from the lowest to the highest, each below all nodes that
 * its arcs lead to, and just below the last of them where that can be.
 *
 * Any such order serves the sweeps; that of contraction itself scatters a neighbourhood over all memory. Cost O(nodes + arcs).
 * Source: Kahn (1962) doi:10.1145/368996.369025, with a stack.
 */
export function localOrder({ order, lists, firstUp, upArcs, firstDown, downArcs }: Contracted): Uint32Array {
  const nodeCount = order.length;
  const firstBelow = new Uint32Array(nodeCount + 1);
  const waiting = new Uint32Array(nodeCount);
  const eachAbove = (visit: (above: number, node: number) => void): void => {
    for (let rank = 0; rank < nodeCount; rank++) {
      for (let arc = firstUp[rank]!; arc < firstUp[rank + 1]!; arc++) visit(lists.head[upArcs[arc]!]!, order[rank]!);
      for (let arc = firstDown[rank]!; arc < firstDown[rank + 1]!; arc++) visit(lists.tail[downArcs[arc]!]!, order[rank]!);
    }
  };
  eachAbove((above, node) => {
    firstBelow[above + 1]!++;
    waiting[node]!++;
  });
  for (let node = 0; node < nodeCount; node++) firstBelow[node + 1]! += firstBelow[node]!;
  const below = new Uint32Array(firstBelow[nodeCount]!);
  const next = firstBelow.slice(0, nodeCount);
  // lowest first, so that the highest is freed last and taken next
  eachAbove((above, node) => {
    below[next[above]!++] = node;
  });
  const stack: number[] = [];
  for (const node of order) if (waiting[node] === 0) stack.push(node);
  const result = new Uint32Array(nodeCount);
  for (let place = nodeCount - 1; place >= 0; place--) {
    const node = stack.pop()!;
    result[place] = node;
    for (let index = firstBelow[node]!; index < firstBelow[node + 1]!; index++)
      if (--waiting[below[index]!]! === 0) stack.push(below[index]!);
  }
  return result;
}
