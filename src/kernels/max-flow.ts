import type { FlowNetwork } from './assignment/flow-network.ts';

export interface MaxFlow {
  /** what can pass from source to sink at most; equal to the capacity of the cut */
  readonly value: number;
  /** flow by arc that reaches it */
  readonly flow: Float64Array;
  /** 1: a node on the source's side of the least cut that is nearest to the source */
  readonly isSourceSide: Uint8Array;
  /** arcs from the source's side to the other: the cut */
  readonly cut: Uint32Array;
}

/**
 * Largest flow between two nodes under arc capacities, and the least cut that limits it. Closed nodes count as any other.
 *
 * @param capacity  by arc, at least 0; Infinity for arcs that never limit
 * @throws RangeError where source and sink are one node, or arcs without limit join them
 * Cost O(nodes² × arcs), on road networks far less. Source: Dinic (1970); Ford and Fulkerson (1956) doi:10.4153/CJM-1956-045-5 for the cut.
 */
export function maxFlow(network: FlowNetwork, capacity: Float64Array, source: number, sink: number): MaxFlow {
  if (source === sink) throw new RangeError(`source and sink are both node ${source}`);
  const { nodeCount, arcCount, firstOut, firstIn, inArc, head, tail } = network;
  const finite = capacity.filter((value) => value !== Number.POSITIVE_INFINITY);
  const endless = finite.reduce((sum, value) => sum + value, 0) * 2 + 1;
  const limit = capacity.map((value) => (value === Number.POSITIVE_INFINITY ? endless : value));
  const flow = new Float64Array(arcCount);
  const level = new Int32Array(nodeCount);
  const cursor = new Uint32Array(nodeCount);
  const queue = new Uint32Array(nodeCount);
  const path = new Int32Array(nodeCount + 1);

  /** Residual arcs of a node: its out-arcs forwards, then its in-arcs backwards; numbers below 0 stand for backwards. */
  const residual = (node: number, place: number): number => {
    const out = firstOut[node + 1]! - firstOut[node]!;
    if (place < out) return firstOut[node]! + place;
    const at = firstIn[node]! + place - out;
    return at < firstIn[node + 1]! ? ~inArc[at]! : Number.NaN;
  };
  const room = (step: number) => (step >= 0 ? limit[step]! - flow[step]! : flow[~step]!);
  const end = (step: number) => (step >= 0 ? head[step]! : tail[~step]!);
  const start = (step: number) => (step >= 0 ? tail[step]! : head[~step]!);

  function rankNodes(): boolean {
    level.fill(-1);
    level[source] = 0;
    queue[0] = source;
    let size = 1;
    for (let read = 0; read < size; read++) {
      const node = queue[read]!;
      for (let place = 0, step = residual(node, 0); !Number.isNaN(step); step = residual(node, ++place)) {
        if (level[end(step)] !== -1 || room(step) <= 0) continue;
        level[end(step)] = level[node]! + 1;
        queue[size++] = end(step);
      }
    }
    return level[sink]! >= 0;
  }

  /** Push flow along one path of rising levels; false where none is left. */
  function augment(): boolean {
    let node = source;
    let depth = 0;
    while (node !== sink) {
      const step = residual(node, cursor[node]!);
      if (Number.isNaN(step)) {
        if (depth === 0) return false;
        depth -= 1;
        node = start(path[depth]!);
        cursor[node]!++;
      } else if (room(step) > 0 && level[end(step)] === level[node]! + 1) {
        path[depth++] = step;
        node = end(step);
      } else cursor[node]!++;
    }
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < depth; at++) least = Math.min(least, room(path[at]!));
    for (let at = 0; at < depth; at++) {
      const step = path[at]!;
      if (step >= 0) flow[step] = room(step) === least ? limit[step]! : flow[step]! + least;
      else flow[~step] = flow[~step]! === least ? 0 : flow[~step]! - least;
    }
    return true;
  }

  while (rankNodes()) {
    cursor.fill(0);
    while (augment());
  }
  const isSourceSide = Uint8Array.from(level, (value) => (value >= 0 ? 1 : 0));
  const cut: number[] = [];
  let value = 0;
  for (let arc = 0; arc < arcCount; arc++) {
    if (isSourceSide[tail[arc]!] === 0 || isSourceSide[head[arc]!] === 1 || capacity[arc] === 0) continue;
    cut.push(arc);
    value += capacity[arc]!;
  }
  if (value === Number.POSITIVE_INFINITY) throw new RangeError(`nodes ${source} and ${sink} are joined by arcs without limit`);
  return { value, flow, isSourceSide, cut: Uint32Array.from(cut) };
}
