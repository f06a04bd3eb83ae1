/**
 * A 4-ary heap of (cost, node) pairs on typed arrays, without decrease-key: a node that has become cheaper is pushed again, and the caller
 * passes over pairs that are out of date. Equal costs leave in order of node number.
 */
export interface PairHeap {
  readonly clear: () => void;
  readonly isEmpty: () => boolean;
  readonly push: (cost: number, node: number) => void;
  readonly leastCost: () => number;
  readonly leastNode: () => number;
  readonly removeLeast: () => void;
}

/**
 * @param capacity  pairs at a time, at most
 * Cost O(log pairs) a call. Source: Johnson (1975), d-heaps.
 */
export function createPairHeap(capacity: number): PairHeap {
  const heapCost = new Uint32Array(capacity);
  const heapNode = new Uint32Array(capacity);
  let heapSize = 0;

  function push(key: number, node: number): void {
    let slot = heapSize++;
    while (slot > 0) {
      const parent = (slot - 1) >> 2;
      const above = heapCost[parent]!;
      if (above < key || (above === key && heapNode[parent]! <= node)) break;
      heapCost[slot] = above;
      heapNode[slot] = heapNode[parent]!;
      slot = parent;
    }
    heapCost[slot] = key;
    heapNode[slot] = node;
  }

  function removeLeast(): void {
    const key = heapCost[--heapSize]!;
    const node = heapNode[heapSize]!;
    let slot = 0;
    for (;;) {
      const first = slot * 4 + 1;
      if (first >= heapSize) break;
      const last = Math.min(first + 4, heapSize);
      let least = first;
      let leastCost = heapCost[first]!;
      for (let child = first + 1; child < last; child++) {
        const below = heapCost[child]!;
        if (below < leastCost || (below === leastCost && heapNode[child]! < heapNode[least]!)) {
          leastCost = below;
          least = child;
        }
      }
      if (leastCost > key || (leastCost === key && heapNode[least]! >= node)) break;
      heapCost[slot] = leastCost;
      heapNode[slot] = heapNode[least]!;
      slot = least;
    }
    heapCost[slot] = key;
    heapNode[slot] = node;
  }

  return {
    clear: () => {
      heapSize = 0;
    },
    isEmpty: () => heapSize === 0,
    push,
    leastCost: () => heapCost[0]!,
    leastNode: () => heapNode[0]!,
    removeLeast,
  };
}
