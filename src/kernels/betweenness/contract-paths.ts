import { UNREACHED } from '../../model/network.ts';
import { createCostHeap } from '../cost-heap.ts';
import { type ArcLists, appendArc, appendPart, createArcLists, NONE } from './arc-lists.ts';
import type { CountedArcs } from './counted-arcs.ts';

/** Nodes a witness search settles at most: when a rank is weighed, and when the node is contracted. */
const SETTLED_WEIGHING = 12;
const SETTLED_CONTRACTING = 500;
/** Weight of a node's depth against the arcs its contraction adds a removed one: keeps the hierarchy flat. */
const ARCS_WEIGHT = 4;
const PRIORITY_SCALE = 1000;

/** What is left of the network when every node has been contracted: arcs by the node that held them. */
export interface Contracted {
  readonly lists: ArcLists;
  /** node by rank, lowest first */
  readonly order: Uint32Array;
  /** arcs to and from higher nodes: those of node order[r] are upArcs[firstUp[r]] … and downArcs[firstDown[r]] … */
  readonly firstUp: Uint32Array;
  readonly upArcs: Uint32Array;
  readonly firstDown: Uint32Array;
  readonly downArcs: Uint32Array;
}

/**
 * Contract nodes one by one, cheapest first, keeping the number of shortest ways of every pair that is left.
 *
 * Taking node m out, each way u → m → v of cost c adds an arc u → v, or adds its paths to the arc of cost c that is there, unless a
 * strictly shorter way from u to v remains. Unlike in a hierarchy for distances alone, a way of equal cost is no reason to leave it out.
 * @param arcLimit  give up and return null once the arcs outgrow this: the network is no road network
 * Cost as contraction hierarchies: near-linear on road networks, O(nodes³) at worst (hence arcLimit).
 * Source: Geisberger, Sanders, Schultes, Delling (2012) doi:10.1287/trsc.1110.0401, with path counts added here.
 */
export function contractPaths(arcs: CountedArcs, arcLimit: number): Contracted | null {
  const { nodeCount } = arcs;
  const lists = createArcLists(nodeCount, arcs.tail.length * 3 + 16);
  for (let arc = 0; arc < arcs.tail.length; arc++) {
    appendArc(lists, arcs.tail[arc]!, arcs.head[arc]!, arcs.cost[arc]!, arcs.count[arc]!, arc);
  }
  const isOut = new Uint8Array(nodeCount);
  const depth = new Uint32Array(nodeCount);
  const priority = new Uint32Array(nodeCount);
  const neighbours = createNeighbours(lists, isOut);
  const witness = createWitness(lists, isOut, nodeCount);
  const queue = createCostHeap(priority);
  const result = {
    order: new Uint32Array(nodeCount),
    firstUp: new Uint32Array(nodeCount + 1),
    firstDown: new Uint32Array(nodeCount + 1),
    upArcs: [] as number[],
    downArcs: [] as number[],
  };

  const weigh = (node: number): number => {
    neighbours.collect(node);
    const { outArcs, inArcs } = neighbours;
    const added = shortcuts(node, SETTLED_WEIGHING, false);
    const removed = outArcs.length + inArcs.length;
    return Math.round(PRIORITY_SCALE * (depth[node]! + (removed === 0 ? 0 : (ARCS_WEIGHT * added) / removed)));
  };

  /** Shortcuts round a node whose neighbours are collected: their number, and the arcs themselves when `isReal`. */
  function shortcuts(node: number, settledLimit: number, isReal: boolean): number {
    const { outArcs, inArcs } = neighbours;
    let added = 0;
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
        added += 1;
        if (isReal) offerShortcut(lists, arriving, leaving, through);
      }
    }
    return added;
  }

  for (let node = 0; node < nodeCount; node++) {
    priority[node] = weigh(node);
    queue.offer(node);
  }
  for (let rank = 0; rank < nodeCount; rank++) {
    const node = takeLeast(queue, priority, weigh);
    neighbours.collect(node);
    isOut[node] = 1;
    shortcuts(node, SETTLED_CONTRACTING, true);
    if (lists.arcCount > arcLimit) return null;
    result.order[rank] = node;
    for (const arc of neighbours.outArcs) result.upArcs.push(arc);
    for (const arc of neighbours.inArcs) result.downArcs.push(arc);
    result.firstUp[rank + 1] = result.upArcs.length;
    result.firstDown[rank + 1] = result.downArcs.length;
    for (const arc of neighbours.outArcs) depth[lists.head[arc]!] = Math.max(depth[lists.head[arc]!]!, depth[node]! + 1);
    for (const arc of neighbours.inArcs) depth[lists.tail[arc]!] = Math.max(depth[lists.tail[arc]!]!, depth[node]! + 1);
  }
  return { ...result, lists, upArcs: Uint32Array.from(result.upArcs), downArcs: Uint32Array.from(result.downArcs) };
}

/** The node of least priority, weighed again since its neighbours have changed: it goes back where it is no longer the least. */
function takeLeast(queue: ReturnType<typeof createCostHeap>, priority: Uint32Array, weigh: (node: number) => number): number {
  for (;;) {
    const node = queue.take();
    const fresh = weigh(node);
    const isLeast = fresh <= priority[node]! || queue.isEmpty();
    priority[node] = fresh;
    if (isLeast) return node;
    queue.offer(node);
    const next = queue.take();
    if (next === node) return node;
    queue.offer(next);
  }
}

/** One path more from the tail of one arc to the head of another: a new arc, or more paths on the one that is there. */
function offerShortcut(lists: ArcLists, arriving: number, leaving: number, through: number): void {
  const tail = lists.tail[arriving]!;
  const head = lists.head[leaving]!;
  const paths = lists.count[arriving]! * lists.count[leaving]!;
  let arc = lists.firstOut[tail]!;
  while (arc !== NONE && lists.head[arc] !== head) arc = lists.nextOut[arc]!;
  if (arc === NONE) arc = appendArc(lists, tail, head, through, paths, NONE);
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
