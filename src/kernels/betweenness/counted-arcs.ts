import type { Network } from '../../model/network.ts';

/** Marks an arc of the network that lies on no shortest way: a loop, or dearer than its neighbour between the same nodes. */
export const NO_ARC = 0xffffffff;

/** Arcs that can lie on a shortest way, each with the number of equal arcs it stands for; in compressed rows like those of Network. */
export interface CountedArcs {
  readonly nodeCount: number;
  readonly firstArc: Uint32Array;
  readonly arcHead: Uint32Array;
  /** whole milliseconds */
  readonly arcCost: Uint32Array;
  /** how many parallel arcs of this cost, float64 */
  readonly count: Float64Array;
}

/**
 * Leave out loops and, where `parallelArcs` are reduced, let one arc stand for all parallel arcs of the least cost; dearer ones are dropped.
 *
 * Exact: k equal arcs are k paths, and share the flow of their stand-in equally. Relies on the arcs of a node being sorted by head and cost.
 * @returns standIn: per arc of the network, the counted arc that stands for it, or NO_ARC
 * Cost O(arcs).
 */
export function countArcs(
  network: Network,
  { parallelArcs }: { readonly parallelArcs: boolean },
): { arcs: CountedArcs; standIn: Uint32Array } {
  const { nodeCount, arcCount, firstArc, arcHead, arcCost } = network;
  const standIn = new Uint32Array(arcCount).fill(NO_ARC);
  const first = new Uint32Array(nodeCount + 1);
  const head = new Uint32Array(arcCount);
  const cost = new Uint32Array(arcCount);
  const count = new Float64Array(arcCount);
  let kept = 0;
  for (let node = 0; node < nodeCount; node++) {
    const firstKept = kept;
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
      const neighbour = arcHead[arc]!;
      if (neighbour === node) continue;
      if (parallelArcs && kept > firstKept && head[kept - 1] === neighbour) {
        if (cost[kept - 1] !== arcCost[arc]) continue;
        count[kept - 1]! += 1;
        standIn[arc] = kept - 1;
        continue;
      }
      head[kept] = neighbour;
      cost[kept] = arcCost[arc]!;
      count[kept] = 1;
      standIn[arc] = kept;
      kept += 1;
    }
    first[node + 1] = kept;
  }
  const arcs = { nodeCount, firstArc: first, arcHead: head.slice(0, kept), arcCost: cost.slice(0, kept), count: count.slice(0, kept) };
  return { arcs, standIn };
}
