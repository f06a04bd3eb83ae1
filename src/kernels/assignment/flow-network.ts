/**
 * A directed multigraph for flows: arcs in compressed sparse rows by tail, and again by head.
 *
 * Invariant: the arcs out of node n are firstOut[n] … firstOut[n + 1] - 1; the arcs into it are inArc[firstIn[n] … firstIn[n + 1] - 1];
 * rowOf gives the caller's row of an arc. A closed node starts and ends trips, and carries none through.
 */
export interface FlowNetwork {
  readonly nodeCount: number;
  readonly arcCount: number;
  readonly firstOut: Uint32Array;
  readonly tail: Uint32Array;
  readonly head: Uint32Array;
  readonly firstIn: Uint32Array;
  readonly inArc: Uint32Array;
  /** caller's row by arc */
  readonly rowOf: Uint32Array;
  /** 1: no through traffic */
  readonly isClosed: Uint8Array;
}

/**
 * Compile rows of arcs; loops are left out, since no trip uses them.
 *
 * @throws RangeError on an end outside the nodes
 * Cost O(nodes + arcs).
 */
export function compileFlowNetwork(
  nodeCount: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  isClosed: Uint8Array = new Uint8Array(nodeCount),
): FlowNetwork {
  const firstOut = new Uint32Array(nodeCount + 1);
  const firstIn = new Uint32Array(nodeCount + 1);
  let arcCount = 0;
  for (let row = 0; row < from.length; row++) {
    const [a, b] = [from[row]!, to[row]!];
    if (!(a >= 0 && a < nodeCount && b >= 0 && b < nodeCount))
      throw new RangeError(`row ${row}: ${a} → ${b}; expected nodes below ${nodeCount}`);
    if (a === b) continue;
    firstOut[a + 1]!++;
    firstIn[b + 1]!++;
    arcCount++;
  }
  for (let node = 0; node < nodeCount; node++) {
    firstOut[node + 1]! += firstOut[node]!;
    firstIn[node + 1]! += firstIn[node]!;
  }
  const [nextOut, nextIn] = [firstOut.slice(), firstIn.slice()];
  const tail = new Uint32Array(arcCount);
  const head = new Uint32Array(arcCount);
  const rowOf = new Uint32Array(arcCount);
  for (let row = 0; row < from.length; row++) {
    const [a, b] = [from[row]!, to[row]!];
    if (a === b) continue;
    const arc = nextOut[a]!++;
    tail[arc] = a;
    head[arc] = b;
    rowOf[arc] = row;
  }
  const inArc = new Uint32Array(arcCount);
  for (let arc = 0; arc < arcCount; arc++) inArc[nextIn[head[arc]!]!++] = arc;
  return { nodeCount, arcCount, firstOut, tail, head, firstIn, inArc, rowOf, isClosed };
}
