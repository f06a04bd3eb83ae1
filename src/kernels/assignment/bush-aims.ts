import type { Bush } from './bush.ts';
import type { FlowNetwork } from './flow-network.ts';

/** What a move remembers of a bush; the arrays go by its slots, and arc tells whether they still do. */
export interface Trace {
  arc: Uint32Array;
  before: Float64Array;
  /** change of the last move; while one is made, its direction */
  last: Float64Array;
  /** the part of the direction after which an arc of the bush runs empty */
  bound: number;
}

/**
 * Turn the last move of a trace into the way from the bush's flows to those aimed at, all feasible: none below 0, every node passing on what it
 * takes in.
 */
export function shareOut(
  { tail }: FlowNetwork,
  { order, first, arc, flow, tripClass, index }: Bush,
  { before, last }: Trace,
  [a, b]: readonly [number, number],
  through: Float64Array,
): void {
  const { firstPair, destination, amount } = tripClass;
  for (const node of order) through[node] = 0;
  for (let pair = firstPair[index]!; pair < firstPair[index + 1]!; pair++) through[destination[pair]!]! += amount[pair]!;
  for (let place = order.length - 1; place > 0; place--) {
    const need = through[order[place]!]!;
    const [from, to] = [first[place]!, first[place + 1]!];
    let [sum, old] = [0, 0];
    for (let slot = from; slot < to; slot++) {
      const units = flow[slot]! + a * (flow[slot]! - before[slot]!) + b * last[slot]!;
      last[slot] = Math.max(0, units);
      sum += last[slot]!;
      old += flow[slot]!;
    }
    for (let slot = from; slot < to; slot++) {
      let units = 0;
      if (need > 0) units = sum > 0 ? last[slot]! * (need / sum) : old > 0 ? flow[slot]! * (need / old) : slot === from ? need : 0;
      last[slot] = units - flow[slot]!;
      through[tail[arc[slot]!]!]! += units;
    }
  }
}

/**
 * Turn the last move of a trace into the direction aimed at, bounds unread, every node passing on what it takes in: differences of flows hold the
 * rounding of the flows, which a long step would make a loss of trips. What lacks goes to the fullest arc into the node. through is scratch by node.
 */
export function combine(
  { tail }: FlowNetwork,
  { order, first, arc, flow }: Bush,
  { before, last: direction }: Trace,
  [a, b]: readonly [number, number],
  through: Float64Array,
): Float64Array {
  for (const node of order) through[node] = 0;
  for (let place = order.length - 1; place > 0; place--) {
    let [sum, fullest] = [0, first[place]!];
    for (let slot = first[place]!; slot < first[place + 1]!; slot++) {
      direction[slot] = a * (flow[slot]! - before[slot]!) + b * direction[slot]!;
      sum += direction[slot]!;
      if (flow[slot]! > flow[fullest]!) fullest = slot;
    }
    direction[fullest]! += through[order[place]!]! - sum;
    for (let slot = first[place]!; slot < first[place + 1]!; slot++) through[tail[arc[slot]!]!]! += direction[slot]!;
  }
  return direction;
}

/** The longest part of a direction, up to all of it, that leaves no flow below 0. */
export function room(flow: Float64Array, direction: Float64Array): number {
  let least = 1;
  for (let slot = 0; slot < flow.length; slot++) if (direction[slot]! < 0) least = Math.min(least, flow[slot]! / -direction[slot]!);
  return least;
}
