/** All nodes by priority, the least first; equal priorities leave in order of node number. */
export interface PriorityQueue {
  /** before heapify only */
  readonly insert: (node: number, priority: number) => void;
  readonly heapify: () => void;
  readonly isEmpty: () => boolean;
  readonly first: () => number;
  readonly priorityOf: (node: number) => number;
  readonly raiseFirst: (priority: number) => void;
  readonly removeFirst: () => void;
}

/** A binary heap on typed arrays. Cost O(log nodes) a call, O(nodes) to heapify. */
export function createPriorityQueue(nodeCount: number): PriorityQueue {
  const priority = new Uint32Array(nodeCount);
  const heap = new Uint32Array(nodeCount);
  let size = 0;

  const isBefore = (a: number, b: number): boolean => priority[a]! < priority[b]! || (priority[a]! === priority[b]! && a < b);

  function sink(start: number): void {
    const node = heap[start]!;
    let slot = start;
    for (;;) {
      let child = slot * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, node)) break;
      heap[slot] = heap[child]!;
      slot = child;
    }
    heap[slot] = node;
  }

  return {
    insert: (node, value) => {
      priority[node] = value;
      heap[size++] = node;
    },
    heapify: () => {
      for (let slot = (size >> 1) - 1; slot >= 0; slot--) sink(slot);
    },
    isEmpty: () => size === 0,
    first: () => heap[0]!,
    priorityOf: (node) => priority[node]!,
    raiseFirst: (value) => {
      priority[heap[0]!] = value;
      sink(0);
    },
    removeFirst: () => {
      heap[0] = heap[--size]!;
      if (size > 0) sink(0);
    },
  };
}
