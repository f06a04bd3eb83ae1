/** Arc or part that is not there. */
export const NONE = -1;

/** Growing arcs in linked lists a node, each with its number of paths and what it is made of: see createArcLists. */
export interface ArcLists {
  readonly firstOut: Int32Array;
  readonly firstIn: Int32Array;
  tail: Uint32Array;
  head: Uint32Array;
  cost: Uint32Array;
  /** paths the arc stands for, those of its parts together */
  count: Float64Array;
  nextOut: Int32Array;
  nextIn: Int32Array;
  /** the arc of CountedArcs inside, or NONE */
  base: Int32Array;
  firstPart: Int32Array;
  arcCount: number;
  partFirst: Uint32Array;
  partSecond: Uint32Array;
  nextPart: Int32Array;
  partCount: number;
}

export function createArcLists(nodeCount: number, capacity: number): ArcLists {
  return {
    firstOut: new Int32Array(nodeCount).fill(NONE),
    firstIn: new Int32Array(nodeCount).fill(NONE),
    tail: new Uint32Array(capacity),
    head: new Uint32Array(capacity),
    cost: new Uint32Array(capacity),
    count: new Float64Array(capacity),
    nextOut: new Int32Array(capacity),
    nextIn: new Int32Array(capacity),
    base: new Int32Array(capacity),
    firstPart: new Int32Array(capacity),
    arcCount: 0,
    partFirst: new Uint32Array(capacity),
    partSecond: new Uint32Array(capacity),
    nextPart: new Int32Array(capacity),
    partCount: 0,
  };
}

/** Append an arc to the lists of its ends. Amortised O(1). */
export function appendArc(lists: ArcLists, tail: number, head: number, cost: number, count: number, base: number): number {
  if (lists.arcCount === lists.tail.length) growArcs(lists);
  const arc = lists.arcCount++;
  lists.tail[arc] = tail;
  lists.head[arc] = head;
  lists.cost[arc] = cost;
  lists.count[arc] = count;
  lists.base[arc] = base;
  lists.firstPart[arc] = NONE;
  lists.nextOut[arc] = lists.firstOut[tail]!;
  lists.firstOut[tail] = arc;
  lists.nextIn[arc] = lists.firstIn[head]!;
  lists.firstIn[head] = arc;
  return arc;
}

/** Note that an arc can be walked as one arc after another. Amortised O(1). */
export function appendPart(lists: ArcLists, arc: number, first: number, second: number): void {
  if (lists.partCount === lists.partFirst.length) growParts(lists);
  const part = lists.partCount++;
  lists.partFirst[part] = first;
  lists.partSecond[part] = second;
  lists.nextPart[part] = lists.firstPart[arc]!;
  lists.firstPart[arc] = part;
}

function growArcs(lists: ArcLists): void {
  const capacity = lists.tail.length * 2 + 16;
  lists.tail = grown(lists.tail, new Uint32Array(capacity));
  lists.head = grown(lists.head, new Uint32Array(capacity));
  lists.cost = grown(lists.cost, new Uint32Array(capacity));
  lists.count = grown(lists.count, new Float64Array(capacity));
  lists.nextOut = grown(lists.nextOut, new Int32Array(capacity));
  lists.nextIn = grown(lists.nextIn, new Int32Array(capacity));
  lists.base = grown(lists.base, new Int32Array(capacity));
  lists.firstPart = grown(lists.firstPart, new Int32Array(capacity));
}

function growParts(lists: ArcLists): void {
  const capacity = lists.partFirst.length * 2 + 16;
  lists.partFirst = grown(lists.partFirst, new Uint32Array(capacity));
  lists.partSecond = grown(lists.partSecond, new Uint32Array(capacity));
  lists.nextPart = grown(lists.nextPart, new Int32Array(capacity));
}

function grown<T extends Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
