import { UNREACHED } from '../../model/network.ts';
import type { ContractionGraph } from './contraction-graph.ts';

/** A search for ways around a node, small and often: see createWitnessSearch. */
export interface WitnessSearch {
  /**
   * Costs from a node over the graph without `avoided`, as far as needed to tell whether any target is reached within its need.
   *
   * @param need  by node, the cost of the way through the avoided node; 0 for nodes that are no target
   */
  readonly run: (
    graph: ContractionGraph,
    source: number,
    avoided: number,
    targetCount: number,
    mostCost: number,
    settleLimit: number,
  ) => void;
  /** by node, cost found by the last run: an upper bound where the search was cut short; UNREACHED elsewhere */
  readonly cost: Uint32Array;
  /** set by the caller before a run, cleared by the caller after it */
  readonly need: Uint32Array;
}

/**
 * Dijkstra with a binary heap of (cost, node) pairs and lazy deletion: searches settle tens of nodes, so that the heap stays in cache.
 * A search that is cut short finds too few witnesses, never a wrong one: a shortcut too many costs time, not correctness.
 *
 * Cost O(settleLimit · degree · log). Source: Geisberger et al. (2008) doi:10.1007/978-3-540-68552-4_24.
 */
export function createWitnessSearch(nodeCount: number): WitnessSearch {
  const cost = new Uint32Array(nodeCount).fill(UNREACHED);
  const need = new Uint32Array(nodeCount);
  let touched = new Uint32Array(1024);
  let touchedCount = 0;
  let heapCost = new Uint32Array(1024);
  let heapNode = new Uint32Array(1024);
  let heapSize = 0;

  function push(key: number, node: number): void {
    if (heapSize === heapCost.length) {
      heapCost = widened(heapCost);
      heapNode = widened(heapNode);
    }
    let slot = heapSize++;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      if (heapCost[parent]! <= key) break;
      heapCost[slot] = heapCost[parent]!;
      heapNode[slot] = heapNode[parent]!;
      slot = parent;
    }
    heapCost[slot] = key;
    heapNode[slot] = node;
  }

  function removeTop(): void {
    const key = heapCost[--heapSize]!;
    const node = heapNode[heapSize]!;
    let slot = 0;
    for (;;) {
      let child = slot * 2 + 1;
      if (child >= heapSize) break;
      if (child + 1 < heapSize && heapCost[child + 1]! < heapCost[child]!) child++;
      if (heapCost[child]! >= key) break;
      heapCost[slot] = heapCost[child]!;
      heapNode[slot] = heapNode[child]!;
      slot = child;
    }
    heapCost[slot] = key;
    heapNode[slot] = node;
  }

  function touch(node: number): void {
    if (touchedCount === touched.length) touched = widened(touched);
    touched[touchedCount++] = node;
  }

  function run(graph: ContractionGraph, source: number, avoided: number, targetCount: number, mostCost: number, settleLimit: number): void {
    const { first, size } = graph;
    const { neighbour, outCost } = graph.columns;
    for (let index = 0; index < touchedCount; index++) cost[touched[index]!] = UNREACHED;
    touchedCount = 1;
    touched[0] = source;
    cost[source] = 0;
    heapSize = 0;
    push(0, source);
    let open = targetCount;
    let settled = 0;
    while (heapSize > 0 && settled < settleLimit) {
      const here = heapCost[0]!;
      const node = heapNode[0]!;
      removeTop();
      if (here > cost[node]!) continue;
      if (need[node]! > 0 && --open === 0) return;
      settled++;
      const end = first[node]! + size[node]!;
      for (let slot = first[node]!; slot < end; slot++) {
        const through = here + outCost[slot]!;
        if (through > mostCost) continue;
        const head = neighbour[slot]!;
        const before = cost[head]!;
        if (through >= before || head === avoided) continue;
        if (before === UNREACHED) touch(head);
        cost[head] = through;
        push(through, head);
      }
    }
  }
  return { run, cost, need };
}

function widened(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(array.length * 2);
  wider.set(array);
  return wider;
}
