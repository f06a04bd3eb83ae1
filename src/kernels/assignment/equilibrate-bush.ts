import { type Bush, type BushScratch, labelBush } from './bush.ts';
import type { FlowState } from './flow-state.ts';
import { costAt, costSlopeAt } from './link-costs.ts';
import type { AssignmentProblem } from './trip-classes.ts';

/** Newton steps of one shift. One is nearly always enough; every second one at least halves the bracket, so that these end anywhere. */
const SHIFT_STEPS = 60;

/**
 * One pass over a bush from its far end: at every node with a dear and a cheap way in, move flow from one to the other until they cost the
 * same or the dear one is empty. Flows and costs of the links follow at once.
 *
 * @returns the largest difference of cost met
 * Cost O(arcs of the bush + arcs of the ways shifted). Source: Dial (2006) doi:10.1016/j.trb.2006.02.008.
 */
export function equilibrateBush(problem: AssignmentProblem, bush: Bush, scratch: BushScratch, state: FlowState): number {
  labelBush(problem.network, bush, scratch, state.time, 'flow');
  const { order } = bush;
  const { least, most, leastSlot, mostSlot } = scratch;
  let widest = 0;
  for (let place = order.length - 1; place > 0; place--) {
    const node = order[place]!;
    if (mostSlot[node]! < 0 || mostSlot[node] === leastSlot[node]) continue;
    const difference = most[node]! - least[node]!;
    if (!(difference > most[node]! * Number.EPSILON)) continue;
    if (difference > widest) widest = difference;
    shift(problem, bush, scratch, state, node);
  }
  for (let place = 0; place < order.length; place++) scratch.placeOf[order[place]!] = -1;
  return widest;
}

/** The last node before `node` that both ways pass. */
function fork({ tail }: AssignmentProblem['network'], { arc }: Bush, { leastSlot, mostSlot, placeOf }: BushScratch, node: number): number {
  let cheap = tail[arc[leastSlot[node]!]!]!;
  let dear = tail[arc[mostSlot[node]!]!]!;
  while (cheap !== dear) {
    if (placeOf[cheap]! > placeOf[dear]!) cheap = tail[arc[leastSlot[cheap]!]!]!;
    else dear = tail[arc[mostSlot[dear]!]!]!;
  }
  return cheap;
}

function shift(problem: AssignmentProblem, bush: Bush, scratch: BushScratch, state: FlowState, node: number): void {
  const { tail } = problem.network;
  const { arc, flow } = bush;
  const { charge } = bush.tripClass;
  const { leastSlot, mostSlot } = scratch;
  const { time, slope } = state;
  const start = fork(problem.network, bush, scratch, node);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let at = node; at !== start; at = tail[arc[mostSlot[at]!]!]!) high = Math.min(high, flow[mostSlot[at]!]!);
  let moved = 0;
  let last = Number.POSITIVE_INFINITY;
  for (let step = 0; step < SHIFT_STEPS; step++) {
    let difference = 0;
    let slopes = 0;
    for (let at = node; at !== start; at = tail[arc[mostSlot[at]!]!]!) {
      const by = arc[mostSlot[at]!]!;
      difference += time[by]! + charge[by]!;
      slopes += slope[by]!;
    }
    for (let at = node; at !== start; at = tail[arc[leastSlot[at]!]!]!) {
      const by = arc[leastSlot[at]!]!;
      difference -= time[by]! + charge[by]!;
      slopes += slope[by]!;
    }
    if (difference === 0 || (difference < 0 ? step === 0 : moved === high)) return;
    if (difference > 0) low = moved;
    else high = moved;
    const wanted = aim(moved, low, high, difference, slopes, last);
    const by = wanted - moved;
    if (by === 0) return;
    apply(problem, bush, state, node, start, by, scratch);
    if (Math.abs(by) <= 1e-3 * Math.abs(wanted)) return;
    moved = wanted;
    last = Math.abs(by);
  }
}

/**
 * How much to have moved after this step: Newton's aim within what is known to be too little and too much, and their middle where that
 * falls outside or is no shorter than half the last step (a cost that bends from steep to steeper can hold plain Newton in a cycle).
 */
function aim(moved: number, low: number, high: number, difference: number, slopes: number, last: number): number {
  const isFirst = last === Number.POSITIVE_INFINITY;
  if (slopes === 0) return isFirst ? high : (low + high) / 2;
  const wanted = moved + difference / slopes;
  if (isFirst) return slopes !== Number.POSITIVE_INFINITY ? Math.min(wanted, high) : high / 2;
  return wanted > low && wanted < high && Math.abs(wanted - moved) < last / 2 ? wanted : (low + high) / 2;
}

function apply(
  { network, costs }: AssignmentProblem,
  { arc, flow }: Bush,
  { flow: total, time, slope }: FlowState,
  node: number,
  start: number,
  units: number,
  { leastSlot, mostSlot }: BushScratch,
): void {
  const { tail } = network;
  const load = (slot: number, amount: number) => {
    const by = arc[slot]!;
    flow[slot] = Math.max(0, flow[slot]! + amount);
    total[by] = Math.max(0, total[by]! + amount);
    time[by] = costAt(costs, by, total[by]!);
    slope[by] = costSlopeAt(costs, by, total[by]!);
  };
  for (let at = node; at !== start; at = tail[arc[mostSlot[at]!]!]!) load(mostSlot[at]!, -units);
  for (let at = node; at !== start; at = tail[arc[leastSlot[at]!]!]!) load(leastSlot[at]!, units);
}
