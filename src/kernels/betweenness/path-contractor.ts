import { UNREACHED } from '../../model/network.ts';
import { createCostHeap } from '../cost-heap.ts';
import { type ArcLists, appendArc, appendPart, NONE } from './arc-lists.ts';

/** Takes nodes out of a network one at a time, keeping the number of shortest ways of every pair that is left. */
export interface PathContractor {
  /** arcs between the node last looked at and nodes that are still in */
  readonly outArcs: readonly number[];
  readonly inArcs: readonly number[];
  /** find the arcs of a node */
  readonly collect: (node: number) => void;
  /**
   * How many arcs contracting the collected node would add.
   *
   * Each way u → m → v of cost c adds an arc u → v, or adds its paths to the arc of cost c that is there, unless a strictly shorter way
   * from u to v is found. Unlike in a hierarchy for distances alone, a way of equal cost is no reason to leave it out.
   * @param settledLimit  nodes that a search for shorter ways settles at most: finding none is slower sweeps, never a wrong count
   */
  readonly countShortcuts: (node: number, settledLimit: number) => number;
  /** adds them */
  readonly addShortcuts: (node: number, settledLimit: number) => void;
  readonly takeOut: (node: number) => void;
}

/** Cost of a contraction: one bounded search an arc into the node. Source: see contractPaths. */
export function createPathContractor(lists: ArcLists, nodeCount: number): PathContractor {
  const isOut = new Uint8Array(nodeCount);
  const { outArcs, inArcs, collect } = createNeighbours(lists, isOut);
  const witness = createWitness(lists, isOut, nodeCount);

  function shortcuts(node: number, settledLimit: number, adds: boolean): number {
    let needed = 0;
    for (const arriving of inArcs) {
      const tail = lists.tail[arriving]!;
      let limit = 0;
      for (const leaving of outArcs) {
        if (lists.head[leaving] !== tail) limit = Math.max(limit, lists.cost[arriving]! + lists.cost[leaving]!);
      }
      if (limit === 0) continue;
      witness.search(tail, node, Math.min(limit, UNREACHED - 1), settledLimit);
      for (const leaving of outArcs) {
        const head = lists.head[leaving]!;
        const through = lists.cost[arriving]! + lists.cost[leaving]!;
        if (head === tail || through >= UNREACHED || witness.cost[head]! < through) continue;
        needed += 1;
        if (adds) offerShortcut(lists, arriving, leaving, through);
      }
    }
    return needed;
  }
  const takeOut = (node: number): void => {
    isOut[node] = 1;
  };
  return {
    outArcs,
    inArcs,
    collect,
    countShortcuts: (node, settledLimit) => shortcuts(node, settledLimit, false),
    addShortcuts: (node, settledLimit) => {
      shortcuts(node, settledLimit, true);
    },
    takeOut,
  };
}

/** One path more from the tail of one arc to the head of another: a new arc, or more paths on the one that is there. */
function offerShortcut(lists: ArcLists, arriving: number, leaving: number, through: number): void {
  const tail = lists.tail[arriving]!;
  const head = lists.head[leaving]!;
  const paths = lists.count[arriving]! * lists.count[leaving]!;
  let arc = lists.firstOut[tail]!;
  while (arc !== NONE && lists.head[arc] !== head) arc = lists.nextOut[arc]!;
  if (arc === NONE) arc = appendArc(lists, tail, head, through, paths, NONE);
  else if (lists.cost[arc]! < through) return;
  else if (lists.cost[arc] === through) lists.count[arc]! += paths;
  else {
    // dearer than the new way, so on no shortest way itself
    lists.cost[arc] = through;
    lists.count[arc] = paths;
    lists.base[arc] = NONE;
    lists.firstPart[arc] = NONE;
  }
  appendPart(lists, arc, arriving, leaving);
}

/** Arcs of a node to and from nodes that are still in; arcs to nodes that are out are unlinked on the way. */
function createNeighbours(lists: ArcLists, isOut: Uint8Array) {
  const outArcs: number[] = [];
  const inArcs: number[] = [];
  return {
    outArcs,
    inArcs,
    collect: (node: number): void => {
      outArcs.length = 0;
      inArcs.length = 0;
      let before = NONE;
      for (let arc = lists.firstOut[node]!; arc !== NONE; arc = lists.nextOut[arc]!) {
        if (isOut[lists.head[arc]!] === 1) {
          if (before === NONE) lists.firstOut[node] = lists.nextOut[arc]!;
          else lists.nextOut[before] = lists.nextOut[arc]!;
          continue;
        }
        before = arc;
        outArcs.push(arc);
      }
      before = NONE;
      for (let arc = lists.firstIn[node]!; arc !== NONE; arc = lists.nextIn[arc]!) {
        if (isOut[lists.tail[arc]!] === 1) {
          if (before === NONE) lists.firstIn[node] = lists.nextIn[arc]!;
          else lists.nextIn[before] = lists.nextIn[arc]!;
          continue;
        }
        before = arc;
        inArcs.push(arc);
      }
    },
  };
}

/** Dijkstra round one node that is left out, over the nodes that are still in. */
function createWitness(lists: ArcLists, isOut: Uint8Array, nodeCount: number) {
  const cost = new Uint32Array(nodeCount).fill(UNREACHED);
  const queue = createCostHeap(cost);
  let touched: number[] = [];
  return {
    cost,
    search: (origin: number, without: number, costLimit: number, settledLimit: number): void => {
      for (const node of touched) cost[node] = UNREACHED;
      touched = [origin];
      queue.clear();
      cost[origin] = 0;
      queue.offer(origin);
      for (let settled = 0; settled < settledLimit && !queue.isEmpty(); settled++) {
        const node = queue.take();
        for (let arc = lists.firstOut[node]!; arc !== NONE; arc = lists.nextOut[arc]!) {
          const head = lists.head[arc]!;
          const through = cost[node]! + lists.cost[arc]!;
          if (through > costLimit || through >= cost[head]! || head === without || isOut[head] === 1) continue;
          if (cost[head] === UNREACHED) touched.push(head);
          cost[head] = through;
          queue.offer(head);
        }
      }
    },
  };
}
