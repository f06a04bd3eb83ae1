import type { FlowNetwork } from '../assignment/flow-network.ts';
import { createLabelHeap } from '../assignment/label-heap.ts';
import { NO_ARC } from '../assignment/shortest-tree.ts';

export interface Regrowth {
  readonly plant: (label: Float64Array, into: Uint32Array, order: Uint32Array, settled: number) => void;
  readonly without: (
    group: number,
    firstHead: number,
    nextHead: Int32Array,
    demand: Float64Array,
    origin: number,
  ) => { added: number; cut: number };
}

/** Searches of the part of a tree that hung on removed arcs. */
export function createRegrowth(network: FlowNetwork, cost: Float64Array, groupOf: Int32Array): Regrowth {
  const { nodeCount, firstIn, inArc, tail, firstOut, head, isClosed } = network;
  const firstChild = new Int32Array(nodeCount);
  const sibling = new Int32Array(nodeCount);
  const stamp = new Uint32Array(nodeCount);
  const fresh = new Float64Array(nodeCount);
  const heap = createLabelHeap(fresh);
  const part = new Uint32Array(nodeCount);
  let label: Float64Array = fresh;
  let clock = 0;

  function plant(treeLabel: Float64Array, into: Uint32Array, order: Uint32Array, settled: number): void {
    label = treeLabel;
    firstChild.fill(-1);
    for (let place = settled - 1; place > 0; place--) {
      const node = order[place]!;
      if (into[node] === NO_ARC) continue;
      const parent = tail[into[node]!]!;
      sibling[node] = firstChild[parent]!;
      firstChild[parent] = node;
    }
  }

  /** Nodes at and below the heads, each once; returns how many. */
  function collect(firstHead: number, nextHead: Int32Array): number {
    clock += 1;
    let size = 0;
    const enter = (node: number) => {
      if (stamp[node] === clock) return;
      stamp[node] = clock;
      part[size++] = node;
    };
    for (let top = firstHead; top >= 0; top = nextHead[top]!) {
      let read = size;
      enter(top);
      for (; read < size; read++) for (let child = firstChild[part[read]!]!; child >= 0; child = sibling[child]!) enter(child);
    }
    return size;
  }

  /** Labels of a node of the part over arcs from outside it. */
  function reachFromRim(node: number, group: number, origin: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let slot = firstIn[node]!; slot < firstIn[node + 1]!; slot++) {
      const arc = inArc[slot]!;
      const from = tail[arc]!;
      if (stamp[from] === clock || groupOf[arc] === group || (isClosed[from] === 1 && from !== origin)) continue;
      const through = label[from]! + cost[arc]!;
      if (through < least) least = through;
    }
    return least;
  }

  function relax(node: number, group: number): void {
    const here = fresh[node]!;
    for (let arc = firstOut[node]!; arc < firstOut[node + 1]!; arc++) {
      const to = head[arc]!;
      const through = here + cost[arc]!;
      if (stamp[to] !== clock || groupOf[arc] === group || through >= fresh[to]!) continue;
      fresh[to] = through;
      heap.offer(to);
    }
  }

  function without(
    group: number,
    firstHead: number,
    nextHead: Int32Array,
    demand: Float64Array,
    origin: number,
  ): { added: number; cut: number } {
    const size = collect(firstHead, nextHead);
    let waiting = 0;
    for (let at = 0; at < size; at++) {
      const node = part[at]!;
      if (demand[node]! > 0) waiting++;
      fresh[node] = reachFromRim(node, group, origin);
      if (fresh[node] !== Number.POSITIVE_INFINITY) heap.offer(node);
    }
    let added = 0;
    while (!heap.isEmpty() && waiting > 0) {
      const node = heap.take();
      if (demand[node]! > 0) {
        added += demand[node]! * (fresh[node]! - label[node]!);
        waiting--;
      }
      if (isClosed[node] === 0) relax(node, group);
    }
    heap.clear();
    let cut = 0;
    for (let at = 0; at < size && waiting > 0; at++) if (fresh[part[at]!] === Number.POSITIVE_INFINITY) cut += demand[part[at]!]!;
    return { added, cut };
  }
  return { plant, without };
}
