import type { Network } from '../../model/network.ts';

/** As much of a network as does not change with its costs. */
export type Topology = Pick<Network, 'nodeCount' | 'arcCount' | 'firstArc' | 'arcHead'>;

/** Nodes joined by an arc either way, without loops and repeats: those of a node are list[first[node]] … list[first[node + 1] - 1]. */
export interface Neighbours {
  readonly nodeCount: number;
  readonly first: Uint32Array;
  readonly list: Uint32Array;
}

/** Cost O(nodes + arcs). */
export function neighboursOf({ nodeCount, firstArc, arcHead }: Topology): Neighbours {
  const end = new Uint32Array(nodeCount + 1);
  for (let tail = 0; tail < nodeCount; tail++) {
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      end[tail + 1]!++;
      end[arcHead[arc]! + 1]!++;
    }
  }
  for (let node = 0; node < nodeCount; node++) end[node + 1]! += end[node]!;
  const both = new Uint32Array(end[nodeCount]!);
  const next = end.slice(0, nodeCount);
  for (let tail = 0; tail < nodeCount; tail++) {
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      const head = arcHead[arc]!;
      both[next[tail]!++] = head;
      both[next[head]!++] = tail;
    }
  }
  const seenFrom = new Int32Array(nodeCount).fill(-1);
  const first = new Uint32Array(nodeCount + 1);
  let kept = 0;
  for (let node = 0; node < nodeCount; node++) {
    seenFrom[node] = node;
    for (let slot = end[node]!; slot < end[node + 1]!; slot++) {
      const other = both[slot]!;
      if (seenFrom[other] === node) continue;
      seenFrom[other] = node;
      both[kept++] = other;
    }
    first[node + 1] = kept;
  }
  return { nodeCount, first, list: both.subarray(0, kept) };
}
