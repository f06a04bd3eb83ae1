import type { ContractionGraph } from './contraction-graph.ts';

/**
 * Nodes so that each stands after all more important nodes that it has arcs to or from, and soon after the last of them.
 *
 * Taking whichever node has become free last keeps a neighbourhood together in memory, where the order of contraction itself scatters it.
 * Cost O(nodes + arcs). Kahn's algorithm (1962) with a stack.
 */
export function sweepOrder(graph: ContractionGraph, order: Uint32Array): Uint32Array {
  const { nodeCount, first, size } = graph;
  const { neighbour } = graph.columns;
  const lowerCount = new Uint32Array(nodeCount + 1);
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = first[node]!; slot < first[node]! + size[node]!; slot++) lowerCount[neighbour[slot]! + 1]!++;
  }
  for (let node = 0; node < nodeCount; node++) lowerCount[node + 1]! += lowerCount[node]!;
  const firstLower = lowerCount;
  const lower = new Uint32Array(firstLower[nodeCount]!);
  const next = firstLower.slice(0, nodeCount);
  // least important first, so that the most important is freed last and taken first
  for (const node of order) {
    for (let slot = first[node]!; slot < first[node]! + size[node]!; slot++) lower[next[neighbour[slot]!]!++] = node;
  }
  const waiting = Uint32Array.from(size);
  const stack = new Uint32Array(nodeCount);
  let height = 0;
  for (const node of order) if (size[node] === 0) stack[height++] = node;
  const result = new Uint32Array(nodeCount);
  let count = 0;
  while (height > 0) {
    const node = stack[--height]!;
    result[count++] = node;
    for (let index = firstLower[node]!; index < firstLower[node + 1]!; index++) {
      const below = lower[index]!;
      if (--waiting[below]! === 0) stack[height++] = below;
    }
  }
  return result;
}
