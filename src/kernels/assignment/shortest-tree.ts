import type { FlowNetwork } from './flow-network.ts';
import { createLabelHeap } from './label-heap.ts';

export const NO_ARC = 0xffffffff;

/** Scratch of shortest-tree searches over one network at floating-point costs. */
export interface TreeSearch {
  /** cost by node; Infinity where there is no way */
  readonly label: Float64Array;
  /** arc by which a node is reached, NO_ARC at the origin and where there is no way */
  readonly into: Uint32Array;
  /** nodes as they were settled */
  readonly order: Uint32Array;
  /** runs from a node at costs time[arc] + charge[arc]; returns how many nodes were settled */
  readonly run: (origin: number, time: Float64Array, charge: Float64Array) => number;
}

/**
 * Prepare trees over costs that may be zero; closed nodes end paths. Equal labels leave in order of node number.
 *
 * Cost of a run O((nodes + arcs) log nodes). Source: Dijkstra (1959) doi:10.1007/BF01386390; Johnson (1975), d-heaps.
 */
export function createTreeSearch(network: FlowNetwork): TreeSearch {
  const { nodeCount, firstOut, head, isClosed } = network;
  const label = new Float64Array(nodeCount);
  const into = new Uint32Array(nodeCount);
  const order = new Uint32Array(nodeCount);
  const heap = createLabelHeap(label);

  function run(origin: number, time: Float64Array, charge: Float64Array): number {
    label.fill(Number.POSITIVE_INFINITY);
    into.fill(NO_ARC);
    let settled = 0;
    label[origin] = 0;
    heap.offer(origin);
    while (!heap.isEmpty()) {
      const node = heap.take();
      order[settled++] = node;
      if (isClosed[node] === 1 && node !== origin) continue;
      const here = label[node]!;
      for (let arc = firstOut[node]!; arc < firstOut[node + 1]!; arc++) {
        const to = head[arc]!;
        const through = here + time[arc]! + charge[arc]!;
        if (through >= label[to]!) continue;
        label[to] = through;
        into[to] = arc;
        heap.offer(to);
      }
    }
    return settled;
  }
  return { label, into, order, run };
}
