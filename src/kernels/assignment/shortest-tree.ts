import type { FlowNetwork } from './flow-network.ts';

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

const ARITY = 4;

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
  const heap = new Uint32Array(nodeCount);
  const slotOf = new Int32Array(nodeCount);
  let size = 0;

  const isBefore = (a: number, b: number): boolean => label[a]! < label[b]! || (label[a] === label[b] && a < b);

  function rise(start: number, node: number): void {
    let slot = start;
    while (slot > 0) {
      const above = (slot - 1) >> 2;
      const parent = heap[above]!;
      if (!isBefore(node, parent)) break;
      heap[slot] = parent;
      slotOf[parent] = slot;
      slot = above;
    }
    heap[slot] = node;
    slotOf[node] = slot;
  }

  function take(): number {
    const top = heap[0]!;
    slotOf[top] = -2;
    size -= 1;
    if (size === 0) return top;
    const node = heap[size]!;
    let slot = 0;
    for (;;) {
      const first = slot * ARITY + 1;
      if (first >= size) break;
      const last = Math.min(first + ARITY, size);
      let least = first;
      for (let child = first + 1; child < last; child++) if (isBefore(heap[child]!, heap[least]!)) least = child;
      if (!isBefore(heap[least]!, node)) break;
      heap[slot] = heap[least]!;
      slotOf[heap[slot]!] = slot;
      slot = least;
    }
    heap[slot] = node;
    slotOf[node] = slot;
    return top;
  }

  function run(origin: number, time: Float64Array, charge: Float64Array): number {
    label.fill(Number.POSITIVE_INFINITY);
    into.fill(NO_ARC);
    slotOf.fill(-1);
    let settled = 0;
    label[origin] = 0;
    size = 1;
    heap[0] = origin;
    slotOf[origin] = 0;
    while (size > 0) {
      const node = take();
      order[settled++] = node;
      if (isClosed[node] === 1 && node !== origin) continue;
      const here = label[node]!;
      for (let arc = firstOut[node]!; arc < firstOut[node + 1]!; arc++) {
        const to = head[arc]!;
        const through = here + time[arc]! + charge[arc]!;
        if (slotOf[to] === -2 || through >= label[to]!) continue;
        label[to] = through;
        into[to] = arc;
        rise(slotOf[to] === -1 ? size++ : slotOf[to]!, to);
      }
    }
    return settled;
  }
  return { label, into, order, run };
}
