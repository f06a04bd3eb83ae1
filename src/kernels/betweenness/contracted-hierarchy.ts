import { type ArcLists, NONE } from './arc-lists.ts';
import { type Contracted, contractPaths } from './contract-paths.ts';
import { type CountedArcs, NO_ARC } from './counted-arcs.ts';
import { localOrder } from './local-order.ts';
import { type ArcParts, type CountedHierarchy, holders } from './path-hierarchy.ts';

/** A path hierarchy by contraction with searches for shorter ways; null once arcs outgrow the limit: see contractPaths. */
export function contractHierarchy(arcs: CountedArcs, arcLimit: number, isChainFirst: boolean): CountedHierarchy | null {
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
  const parts = { ...arcParts(lists, held), holder: holders(held) };
  return { hierarchy, nodeOfRank, rankOfNode, parts: () => parts };
}

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

function arcParts(lists: ArcLists, { upArcs, downArcs }: HeldArcs): Omit<ArcParts, 'holder'> {
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
