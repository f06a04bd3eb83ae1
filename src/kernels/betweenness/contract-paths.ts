import { createCostHeap } from '../cost-heap.ts';
import { type ArcLists, appendArc, createArcLists } from './arc-lists.ts';
import type { CountedArcs } from './counted-arcs.ts';
import { createPathContractor, type PathContractor } from './path-contractor.ts';

/** Nodes a search for shorter ways settles at most: when a node is weighed, and when it is contracted. */
const SETTLED_WEIGHING = 12;
const SETTLED_CONTRACTING = 60;
/** Among more pairs of arcs than this, none is assumed to have a shorter way when a node is weighed: looking would take too long. */
const MOST_PAIRS_WEIGHED = 400;
/** Weight of the arcs a contraction adds an arc it removes, against the node's depth, which keeps the hierarchy flat. */
const ARCS_WEIGHT = 4;
const PRIORITY_SCALE = 1000;

/** What is left of a network when every node has been contracted: arcs by the end that was contracted first. */
export interface Contracted {
  readonly lists: ArcLists;
  /** nodes in the order of contraction */
  readonly order: Uint32Array;
  /** arcs to and from nodes contracted later: those of node order[i] are upArcs[firstUp[i]] … and downArcs[firstDown[i]] … */
  readonly firstUp: Uint32Array;
  readonly upArcs: Uint32Array;
  readonly firstDown: Uint32Array;
  readonly downArcs: Uint32Array;
}

/**
 * Contract all nodes of a network, those that add fewest arcs first, keeping the number of shortest ways of every pair that is left.
 *
 * @param arcLimit      give up and return null once the arcs outgrow this: the network is no road network
 * @param isChainFirst  nodes between two neighbours go first, unweighed
 * Same input, same order: equal nodes go by number. Cost: near-linear on road networks, O(nodes³) at worst (hence arcLimit).
 * Source: Geisberger, Sanders, Schultes, Vetter (2012) doi:10.1287/trsc.1110.0401; the path counts are added here.
 */
export function contractPaths(arcs: CountedArcs, arcLimit: number, isChainFirst: boolean): Contracted | null {
  const { nodeCount } = arcs;
  const lists = listArcs(arcs);
  const contractor = createPathContractor(lists, nodeCount);
  const depth = new Uint32Array(nodeCount);
  const order: number[] = [];
  const upArcs: number[] = [];
  const downArcs: number[] = [];
  const firstUp = new Uint32Array(nodeCount + 1);
  const firstDown = new Uint32Array(nodeCount + 1);

  /** Contract a node whose arcs are collected; false once there are too many arcs. */
  function contract(node: number): boolean {
    contractor.takeOut(node);
    contractor.addShortcuts(node, SETTLED_CONTRACTING);
    order.push(node);
    for (const arc of contractor.outArcs) {
      upArcs.push(arc);
      depth[lists.head[arc]!] = Math.max(depth[lists.head[arc]!]!, depth[node]! + 1);
    }
    for (const arc of contractor.inArcs) {
      downArcs.push(arc);
      depth[lists.tail[arc]!] = Math.max(depth[lists.tail[arc]!]!, depth[node]! + 1);
    }
    firstUp[order.length] = upArcs.length;
    firstDown[order.length] = downArcs.length;
    return lists.arcCount <= arcLimit;
  }

  const isDone = new Uint8Array(nodeCount);
  if (isChainFirst && !contractChains(lists, contractor, contract, isDone)) return null;
  if (!contractByWeight(contractor, contract, depth, isDone)) return null;
  return {
    lists,
    order: Uint32Array.from(order),
    firstUp,
    firstDown,
    upArcs: Uint32Array.from(upArcs),
    downArcs: Uint32Array.from(downArcs),
  };
}

function listArcs({ nodeCount, firstArc, arcHead, arcCost, count }: CountedArcs): ArcLists {
  const lists = createArcLists(nodeCount, arcHead.length * 3 + 16);
  for (let tail = 0; tail < nodeCount; tail++) {
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      appendArc(lists, tail, arcHead[arc]!, arcCost[arc]!, count[arc]!, arc);
    }
  }
  return lists;
}

/**
 * Contract nodes with at most two neighbours, no two next to each other in one round: a chain of k nodes takes log k rounds.
 *
 * @returns false once there are too many arcs
 */
function contractChains(lists: ArcLists, contractor: PathContractor, contract: (node: number) => boolean, isDone: Uint8Array): boolean {
  const roundOf = new Uint32Array(isDone.length);
  let candidates = Array.from(isDone, (_done, node) => node);
  for (let round = 1; candidates.length > 0; round++) {
    const later = new Set<number>();
    for (const node of candidates) {
      if (isDone[node] === 1) continue;
      contractor.collect(node);
      const around = neighbours(lists, contractor);
      if (around === null) continue;
      // its turn comes in the next round when a neighbour has just gone
      if (roundOf[node] === round) later.add(node);
      else {
        isDone[node] = 1;
        if (!contract(node)) return false;
        for (const neighbour of around) {
          roundOf[neighbour] = round;
          later.add(neighbour);
        }
      }
    }
    candidates = [...later].sort((a, b) => a - b);
  }
  return true;
}

/** The one or two neighbours of the collected node; null for none or more. */
function neighbours(lists: ArcLists, { outArcs, inArcs }: PathContractor): Set<number> | null {
  const found = new Set<number>();
  for (const arc of outArcs) found.add(lists.head[arc]!);
  for (const arc of inArcs) found.add(lists.tail[arc]!);
  return found.size > 0 && found.size <= 2 ? found : null;
}

/** Contract what is left, least weight first; false once there are too many arcs. */
function contractByWeight(
  contractor: PathContractor,
  contract: (node: number) => boolean,
  depth: Uint32Array,
  isDone: Uint8Array,
): boolean {
  const weight = new Uint32Array(isDone.length);
  const queue = createCostHeap(weight);
  const weigh = (node: number): number => {
    contractor.collect(node);
    const [leaving, arriving] = [contractor.outArcs.length, contractor.inArcs.length];
    const removed = leaving + arriving;
    const pairs = leaving * arriving;
    const added = pairs > MOST_PAIRS_WEIGHED ? pairs - Math.min(leaving, arriving) : contractor.countShortcuts(node, SETTLED_WEIGHING);
    return Math.round(PRIORITY_SCALE * (depth[node]! + (removed === 0 ? 0 : (ARCS_WEIGHT * added) / removed)));
  };
  for (let node = 0; node < isDone.length; node++) {
    if (isDone[node] === 1) continue;
    weight[node] = weigh(node);
    queue.offer(node);
  }
  while (!queue.isEmpty()) {
    const node = queue.take();
    const before = weight[node]!;
    weight[node] = weigh(node);
    // its neighbours have changed: it goes back where it is no longer the lightest
    if (weight[node]! > before && !queue.isEmpty()) {
      queue.offer(node);
      const lightest = queue.take();
      if (lightest !== node) {
        queue.offer(lightest);
        continue;
      }
    }
    if (!contract(node)) return false;
  }
  return true;
}
