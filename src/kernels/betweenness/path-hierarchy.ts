import { LimitError } from '../../model/errors.ts';
import { UNREACHED } from '../../model/network.ts';
import { type ArcLists, NONE } from './arc-lists.ts';
import { type Contracted, contractPaths } from './contract-paths.ts';
import { type CountedArcs, NO_ARC } from './counted-arcs.ts';
import { localOrder } from './local-order.ts';

/** Arcs grow to this many times the arcs there were before a network is judged to be no road network. */
const MOST_ARCS_AN_ARC = 12;
/** … with room for small networks, where nothing is slow. */
const ARCS_ALWAYS_ALLOWED = 20_000;

/**
 * A contraction hierarchy that knows the number of shortest ways: what the sweeps of betweenness run over.
 *
 * Nodes are numbered by rank: see localOrder. Up arcs lead from a rank to higher ones and lie with their tail, down arcs come
 * from higher ones and lie with their head: those of rank r are first…[r] … first…[r + 1] - 1. Every shortest way of the network is exactly
 * one way up and then down here, through its node of highest rank; `count` is how many ways an arc stands for.
 */
export interface PathHierarchy {
  readonly nodeCount: number;
  readonly firstUp: Uint32Array;
  readonly upHead: Uint32Array;
  readonly upCost: Uint32Array;
  readonly upCount: Float64Array;
  readonly firstDown: Uint32Array;
  readonly downTail: Uint32Array;
  readonly downCost: Uint32Array;
  readonly downCount: Float64Array;
}

/** What the arcs of a PathHierarchy are made of; up arcs are numbered first, then down arcs. */
export interface ArcParts {
  readonly nodeOfRank: Uint32Array;
  readonly rankOfNode: Uint32Array;
  /** per arc: the arc of CountedArcs inside, or NO_ARC */
  readonly base: Uint32Array;
  /** per arc: the rank of its lower end */
  readonly holder: Uint32Array;
  /** the parts of arc a are firstPart[a] … firstPart[a + 1] - 1, each a first arc and a second one */
  readonly firstPart: Uint32Array;
  readonly partFirst: Uint32Array;
  readonly partSecond: Uint32Array;
}

/**
 * Contract a network, keeping path counts.
 *
 * @param isChainFirst  see contractPaths
 * @param isForced      go on whatever the number of arcs
 * @returns null where contraction would fill up (networks of high treewidth) or a way could be 49 days long: search from every origin instead
 * @throws LimitError where an arc stands for more paths than a float64 can hold
 * Cost: see contractPaths.
 */
export function buildPathHierarchy(
  arcs: CountedArcs,
  isChainFirst: boolean,
  isForced: boolean,
): { hierarchy: PathHierarchy; parts: ArcParts } | null {
  const arcLimit = isForced ? Number.POSITIVE_INFINITY : arcs.arcHead.length * MOST_ARCS_AN_ARC + ARCS_ALWAYS_ALLOWED;
  const contracted = contractPaths(arcs, arcLimit, isChainFirst);
  if (contracted === null) return null;
  const nodeOfRank = localOrder(contracted);
  const rankOfNode = inverse(nodeOfRank);
  const held = heldArcs(contracted, nodeOfRank);
  const { lists } = contracted;
  const hierarchy = {
    nodeCount: arcs.nodeCount,
    firstUp: held.firstUp,
    upHead: held.upArcs.map((arc) => rankOfNode[lists.head[arc]!]!),
    upCost: held.upArcs.map((arc) => lists.cost[arc]!),
    upCount: Float64Array.from(held.upArcs, (arc) => lists.count[arc]!),
    firstDown: held.firstDown,
    downTail: held.downArcs.map((arc) => rankOfNode[lists.tail[arc]!]!),
    downCost: held.downArcs.map((arc) => lists.cost[arc]!),
    downCount: Float64Array.from(held.downArcs, (arc) => lists.count[arc]!),
  };
  for (const counts of [hierarchy.upCount, hierarchy.downCount]) {
    if (!counts.every(Number.isFinite)) throw new LimitError(TOO_MANY_PATHS);
  }
  if (longestPossible(hierarchy) >= UNREACHED) return null;
  return { hierarchy, parts: { ...arcParts(lists, held), nodeOfRank, rankOfNode, holder: holders(held) } };
}

/** No way up and then down takes longer than this, milliseconds. */
function longestPossible({ nodeCount, firstUp, upHead, upCost, firstDown, downTail, downCost }: PathHierarchy): number {
  const longest = (first: Uint32Array, higher: Uint32Array, cost: Uint32Array): number => {
    const above = new Float64Array(nodeCount);
    let most = 0;
    for (let rank = nodeCount - 1; rank >= 0; rank--) {
      for (let arc = first[rank]!; arc < first[rank + 1]!; arc++) above[rank] = Math.max(above[rank]!, cost[arc]! + above[higher[arc]!]!);
      most = Math.max(most, above[rank]!);
    }
    return most;
  };
  return longest(firstUp, upHead, upCost) + longest(firstDown, downTail, downCost);
}

export const TOO_MANY_PATHS =
  'betweenness: two nodes are joined by more than 1e308 equally short ways; expected times that tell ways apart (are all links equally long?)';

/** Arcs by the rank of their lower end. */
interface HeldArcs {
  readonly firstUp: Uint32Array;
  readonly upArcs: Uint32Array;
  readonly firstDown: Uint32Array;
  readonly downArcs: Uint32Array;
}

function inverse(order: Uint32Array): Uint32Array {
  const placeOf = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) placeOf[order[place]!] = place;
  return placeOf;
}

function heldArcs({ order, firstUp, upArcs, firstDown, downArcs }: Contracted, nodeOfRank: Uint32Array): HeldArcs {
  const turnOf = inverse(order);
  const gather = (first: Uint32Array, arcs: Uint32Array): [Uint32Array, Uint32Array] => {
    const start = new Uint32Array(first.length);
    const gathered = new Uint32Array(arcs.length);
    let count = 0;
    for (let rank = 0; rank < nodeOfRank.length; rank++) {
      const turn = turnOf[nodeOfRank[rank]!]!;
      for (let arc = first[turn]!; arc < first[turn + 1]!; arc++) gathered[count++] = arcs[arc]!;
      start[rank + 1] = count;
    }
    return [start, gathered];
  };
  const [up, down] = [gather(firstUp, upArcs), gather(firstDown, downArcs)];
  return { firstUp: up[0], upArcs: up[1], firstDown: down[0], downArcs: down[1] };
}

function holders({ firstUp, firstDown }: HeldArcs): Uint32Array {
  const upArcCount = firstUp.at(-1)!;
  const holder = new Uint32Array(upArcCount + firstDown.at(-1)!);
  for (let rank = 0; rank + 1 < firstUp.length; rank++) {
    holder.fill(rank, firstUp[rank]!, firstUp[rank + 1]!);
    holder.fill(rank, upArcCount + firstDown[rank]!, upArcCount + firstDown[rank + 1]!);
  }
  return holder;
}

function arcParts(lists: ArcLists, { upArcs, downArcs }: HeldArcs): Omit<ArcParts, 'nodeOfRank' | 'rankOfNode' | 'holder'> {
  const numberOf = new Uint32Array(lists.arcCount);
  upArcs.forEach((arc, number) => {
    numberOf[arc] = number;
  });
  downArcs.forEach((arc, number) => {
    numberOf[arc] = upArcs.length + number;
  });
  const arcCount = upArcs.length + downArcs.length;
  const base = new Uint32Array(arcCount).fill(NO_ARC);
  const firstPart = new Uint32Array(arcCount + 1);
  const partFirst: number[] = [];
  const partSecond: number[] = [];
  for (let number = 0; number < arcCount; number++) {
    const arc = number < upArcs.length ? upArcs[number]! : downArcs[number - upArcs.length]!;
    if (lists.base[arc] !== NONE) base[number] = lists.base[arc]!;
    for (let part = lists.firstPart[arc]!; part !== NONE; part = lists.nextPart[part]!) {
      partFirst.push(numberOf[lists.partFirst[part]!]!);
      partSecond.push(numberOf[lists.partSecond[part]!]!);
    }
    firstPart[number + 1] = partFirst.length;
  }
  return { base, firstPart, partFirst: Uint32Array.from(partFirst), partSecond: Uint32Array.from(partSecond) };
}
