import type { Bush } from './bush.ts';
import { combine, room, shareOut, type Trace } from './bush-aims.ts';
import type { FlowState } from './flow-state.ts';
import { costAt, costSlopeAt } from './link-costs.ts';
import type { AssignmentProblem } from './trip-classes.ts';

/** How often within a move bushes that met an empty arc may stay behind while the others go on. */
const ROUNDS = 4;
/** A step under this part of the aim: the way that bounds are met does not suit. */
const SHORT = 0.1;
/** Newton steps of one line search. */
const STEPS = 20;
/** Longest step of a search that reads no bounds, in Newton's steps: where costs hardly rise, one is far too short. */
const LONGEST = 1024;
/** A derivative under this share of the terms that it is summed from is rounding. */
const NOISE = 1e-15;

/** Moves of all bushes at once, along what passes over them changed. */
export interface PatternMove {
  readonly problem: AssignmentProblem;
  readonly bushes: readonly Bush[];
  readonly traces: readonly Trace[];
  /** scratch by arc: totals of the change since the mark, of the last move, of the direction */
  readonly change: Float64Array;
  readonly last: Float64Array;
  readonly along: Float64Array;
  /** scratch by node */
  readonly through: Float64Array;
  /** true: what an aim lacks at bounds is shared out; false: bushes stop at their bounds */
  isShared: boolean;
}

/** Memory 2 doubles an arc of a bush, taken at the first mark. */
export function createPatternMove(problem: AssignmentProblem, bushes: readonly Bush[]): PatternMove {
  const { arcCount, nodeCount } = problem.network;
  return {
    problem,
    bushes,
    traces: bushes.map(() => ({ arc: new Uint32Array(0), before: new Float64Array(0), last: new Float64Array(0), bound: 0 })),
    isShared: true,
    change: new Float64Array(arcCount),
    last: new Float64Array(arcCount),
    along: new Float64Array(arcCount),
    through: new Float64Array(nodeCount),
  };
}

/** Remember the flows from which the next passes start. */
export function markPattern({ bushes, traces }: PatternMove): void {
  for (const [at, { arc, flow }] of bushes.entries()) {
    const trace = traces[at]!;
    if (trace.arc !== arc) {
      trace.arc = arc;
      trace.before = new Float64Array(arc.length);
      trace.last = new Float64Array(arc.length);
    }
    trace.before.set(flow);
  }
}

/**
 * Step on along what the passes since the mark changed and along the last move; the state follows.
 *
 * Passes over bushes one by one are slow where what one origin shifts another undoes: their changes then point along a narrow valley of
 * Beckmann's objective, and a step along it for all bushes together reaches its floor. With u the change since the mark and p that of the
 * move before, the aim is a u + b p with a, b by Newton's equations on the link totals. Bounds are met in one of two ways. Shared: what
 * would be negative becomes 0 and every node shares what it needs over its arcs in the proportions aimed at; that keeps every bush moving,
 * but bends the direction. Stopped: all bushes go the same part of the way, and one that meets an empty arc stays there; that keeps the
 * direction. The way is changed where the last step came to less than a tenth. A line search on the objective follows, so that no move
 * makes it worse. On a quadratic objective, with passes there and back, and away from bounds, this is the method of conjugate gradients
 * with those passes as preconditioner.
 *
 * Cost O(arcs of all bushes + arcs × Newton steps); the same numbers whatever the machine.
 * Source: Hooke and Jeeves (1961) doi:10.1145/321062.321069 (pattern moves); Narkiss and Zibulevsky (2005), CCIT 559 (two directions).
 */
export function movePattern(pattern: PatternMove, state: FlowState): void {
  const { problem, bushes, traces, through } = pattern;
  const weights = aim(pattern, state);
  if (weights) {
    for (const [at, bush] of bushes.entries()) {
      const trace = traces[at]!;
      trace.bound = pattern.isShared ? 1 : room(bush.flow, combine(problem.network, bush, trace, weights, through));
      if (pattern.isShared) shareOut(problem.network, bush, trace, weights, through);
    }
    if (follow(pattern, state) < SHORT) pattern.isShared = !pattern.isShared;
  }
  remember(pattern);
}

/** Line search along the directions of all bushes; returns the part of the way done. */
function follow(pattern: PatternMove, state: FlowState): number {
  let done = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { charged, nearest } = sumAlong(pattern, done);
    const step = search(pattern, state, charged, nearest - done);
    if (step === 0) break;
    advance(pattern, state, done, done + step);
    done += step;
    if (done < nearest || nearest === 1) break;
  }
  return done;
}

/** Totals of the directions of bushes that can still go on, and where the next of them stops. */
function sumAlong({ bushes, traces, along }: PatternMove, done: number): { charged: number; nearest: number } {
  along.fill(0);
  let [charged, nearest] = [0, 1];
  for (const [at, { arc, tripClass }] of bushes.entries()) {
    const { bound, last: direction } = traces[at]!;
    if (bound <= done) continue;
    nearest = Math.min(nearest, bound);
    for (let slot = 0; slot < arc.length; slot++) {
      along[arc[slot]!]! += direction[slot]!;
      charged += direction[slot]! * tripClass.charge[arc[slot]!]!;
    }
  }
  return { charged, nearest };
}

/** What changed since the mark is the last move from now on. */
function remember({ bushes, traces }: PatternMove): void {
  for (const [at, { flow }] of bushes.entries()) {
    const { before, last } = traces[at]!;
    for (let slot = 0; slot < flow.length; slot++) last[slot] = flow[slot]! - before[slot]!;
  }
}

/**
 * Weights of the two directions: by Newton's equations, times the step to where the objective is least that way, bounds unread. Null where the
 * objective is flat along both, or nothing but rounding is left.
 */
function aim(pattern: PatternMove, state: FlowState): [number, number] | null {
  const { problem, bushes, traces, change, last, along } = pattern;
  const { time, slope } = state;
  change.fill(0);
  last.fill(0);
  let [chargeU, chargeP, sizeU, sizeP] = [0, 0, 0, 0];
  for (const [at, { arc, flow, tripClass }] of bushes.entries()) {
    const { before, last: own } = traces[at]!;
    const { charge } = tripClass;
    for (let slot = 0; slot < flow.length; slot++) {
      const by = arc[slot]!;
      const units = flow[slot]! - before[slot]!;
      change[by]! += units;
      last[by]! += own[slot]!;
      chargeU += units * charge[by]!;
      chargeP += own[slot]! * charge[by]!;
    }
  }
  let [gradU, gradP] = [chargeU, chargeP];
  let [uu, up, pp] = [0, 0, 0];
  for (let arc = 0; arc < problem.network.arcCount; arc++) {
    const [u, p] = [change[arc]!, last[arc]!];
    if (u === 0 && p === 0) continue;
    gradU += u * time[arc]!;
    gradP += p * time[arc]!;
    sizeU += Math.abs(u) * time[arc]!;
    sizeP += Math.abs(p) * time[arc]!;
    if (slope[arc] === Number.POSITIVE_INFINITY) continue;
    uu += u * u * slope[arc]!;
    up += u * p * slope[arc]!;
    pp += p * p * slope[arc]!;
  }
  if (Math.abs(gradU) <= NOISE * sizeU) return null;
  const isFlat = Math.abs(gradP) <= NOISE * sizeP;
  const [a, b] = isFlat ? newtonWeights(uu, 0, 0, gradU, 0) : newtonWeights(uu, up, pp, gradU, gradP);
  for (let arc = 0; arc < along.length; arc++) along[arc] = a * change[arc]! + b * last[arc]!;
  const step = search(pattern, state, a * chargeU + b * chargeP, LONGEST);
  return step > 0 ? [step * a, step * b] : null;
}

function newtonWeights(uu: number, up: number, pp: number, gradU: number, gradP: number): [number, number] {
  const determinant = uu * pp - up * up;
  if (determinant > 1e-10 * uu * pp) return [(up * gradP - pp * gradU) / determinant, (up * gradU - uu * gradP) / determinant];
  return uu > 0 ? [-gradU / uu, 0] : [0, 0];
}

/** Step in 0 … longest to where the objective's derivative is 0, by Newton within a bracket; 0 where it does not fall at first. */
function search({ problem, along }: PatternMove, { flow }: FlowState, charged: number, longest: number): number {
  let [low, high, at] = [0, longest, 0];
  for (let step = 0; step < STEPS; step++) {
    let [gradient, curve, size] = [charged, 0, Math.abs(charged)];
    for (let arc = 0; arc < along.length; arc++) {
      const units = along[arc]!;
      if (units === 0) continue;
      const there = Math.max(0, flow[arc]! + at * units);
      const term = units * costAt(problem.costs, arc, there);
      gradient += term;
      size += Math.abs(term);
      curve += units * units * costSlopeAt(problem.costs, arc, there);
    }
    if (Math.abs(gradient) <= NOISE * size) return at;
    if (gradient > 0 && step === 0) return 0;
    if (gradient < 0) low = at;
    else high = at;
    if (low === high) return high;
    const next = newton(at, gradient, curve, low, high);
    if (Math.abs(next - at) <= 1e-6 * next) return next;
    at = next;
  }
  return low;
}

/** Newton's next step; the end of the bracket, or its middle, where that leads out of it. */
function newton(at: number, gradient: number, curve: number, low: number, high: number): number {
  const next = at - gradient / curve;
  if (next > low && next < high) return next;
  if (at === 0) return Math.min(high, 1);
  return low > 0 && high > 8 * low ? 4 * low : (low + high) / 2;
}

function advance({ problem, bushes, traces, along }: PatternMove, state: FlowState, from: number, to: number): void {
  for (const [at, { arc, flow }] of bushes.entries()) {
    const { bound, last: direction } = traces[at]!;
    if (bound <= from) continue;
    const step = Math.min(bound, to) - from;
    for (let slot = 0; slot < arc.length; slot++) {
      const units = step * direction[slot]!;
      if (units === 0) continue;
      const next = flow[slot]! + units;
      const kept = next > Math.abs(units) * Number.EPSILON ? next : 0;
      state.flow[arc[slot]!]! += kept - flow[slot]!;
      flow[slot] = kept;
    }
  }
  for (let arc = 0; arc < along.length; arc++) {
    if (along[arc] === 0) continue;
    state.flow[arc] = Math.max(0, state.flow[arc]!);
    state.time[arc] = costAt(problem.costs, arc, state.flow[arc]!);
    state.slope[arc] = costSlopeAt(problem.costs, arc, state.flow[arc]!);
  }
}
