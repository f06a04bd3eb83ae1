import type { RegionGraph } from '../../build/graph-types.ts';
import { byCodePoint } from '../../model/units.ts';

export interface Island {
  readonly size: number;
  /** the first node by id */
  readonly example: string;
}

/** Weakly connected pieces of a graph, largest first, ties by id. Cost O(nodes + links). */
export function describeNetwork(graph: RegionGraph): Island[] {
  const seen = new Set<string>();
  const islands: Island[] = [];
  for (const start of graph.nodes().sort(byCodePoint)) {
    if (seen.has(start)) continue;
    const stack = [start];
    seen.add(start);
    let size = 0;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      size += 1;
      graph.forEachNeighbor(node, (neighbour) => {
        if (seen.has(neighbour)) return;
        seen.add(neighbour);
        stack.push(neighbour);
      });
    }
    islands.push({ size, example: start });
  }
  return islands.sort((a, b) => b.size - a.size || byCodePoint(a.example, b.example));
}
