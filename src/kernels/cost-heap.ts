/** A 4-ary heap of nodes by cost with decrease-key, on typed arrays. Equal costs leave in order of node number. */
export interface CostHeap {
  readonly clear: () => void;
  readonly isEmpty: () => boolean;
  /** insert, or lower the cost of a node that is inside */
  readonly offer: (node: number) => void;
  readonly take: () => number;
}

const ARITY = 4;

/**
 * @param cost  cost a node; the caller lowers it before offering the node
 * Cost O(log nodes) a call. Source: Johnson (1975), d-heaps.
 */
export function createCostHeap(cost: Uint32Array): CostHeap {
  const heap = new Uint32Array(cost.length);
  const slotOf = new Int32Array(cost.length).fill(-1);
  let size = 0;

  const isBefore = (a: number, b: number): boolean => cost[a]! < cost[b]! || (cost[a]! === cost[b]! && a < b);

  function rise(start: number, node: number): void {
    let slot = start;
    while (slot > 0) {
      const parentSlot = (slot - 1) >> 2;
      const parent = heap[parentSlot]!;
      if (!isBefore(node, parent)) break;
      heap[slot] = parent;
      slotOf[parent] = slot;
      slot = parentSlot;
    }
    heap[slot] = node;
    slotOf[node] = slot;
  }

  function sink(node: number): void {
    let slot = 0;
    for (;;) {
      const first = slot * ARITY + 1;
      if (first >= size) break;
      const last = Math.min(first + ARITY, size);
      let least = first;
      for (let child = first + 1; child < last; child++) if (isBefore(heap[child]!, heap[least]!)) least = child;
      const child = heap[least]!;
      if (!isBefore(child, node)) break;
      heap[slot] = child;
      slotOf[child] = slot;
      slot = least;
    }
    heap[slot] = node;
    slotOf[node] = slot;
  }

  return {
    clear: () => {
      for (let slot = 0; slot < size; slot++) slotOf[heap[slot]!] = -1;
      size = 0;
    },
    isEmpty: () => size === 0,
    offer: (node) => {
      const slot = slotOf[node]!;
      if (slot >= 0) rise(slot, node);
      else rise(size++, node);
    },
    take: () => {
      const top = heap[0]!;
      slotOf[top] = -1;
      size -= 1;
      if (size > 0) sink(heap[size]!);
      return top;
    },
  };
}
