import { allOrNothing } from './all-or-nothing.ts';
import { createFlowState, type FlowState, refreshCosts } from './flow-state.ts';
import { costAt, costSlopeAt } from './link-costs.ts';
import { measureFlows, unitsMoved } from './measure-flows.ts';
import { createTreeSearch } from './shortest-tree.ts';
import type { AssignmentProblem } from './trip-classes.ts';
import type { ConvergenceStep } from './user-equilibrium.ts';

/** How the next direction comes from the all-or-nothing flows. */
export type LinkMethod = 'frank-wolfe' | 'conjugate' | 'bi-conjugate' | 'averages';

export interface LinkMethodOptions {
  readonly method: LinkMethod;
  readonly gap: number;
  readonly maxIterations: number;
  readonly onStep: (step: ConvergenceStep) => void;
}

export interface LinkEquilibrium {
  readonly state: FlowState;
  readonly unserved: number;
  readonly steps: readonly ConvergenceStep[];
}

/** A point of the feasible set: flows by arc and their charge. */
interface Point {
  readonly flow: Float64Array;
  readonly charge: number;
}

/** Share of an old direction that may be kept at most: at 1 the search would stand still (Mitradjieva and Lindberg 2013). */
const MOST_KEPT = 0.99;
/** Steps longer than this start the conjugate directions anew. */
const FULL_STEP = 0.99999;

/**
 * Equilibrium by steps between link flows: Frank–Wolfe, its conjugate forms, or successive averages. No paths are known, so the last digits
 * are slow; kept as the independent check of the bushes.
 *
 * Cost of an iteration: one tree an origin and class. Sources: Frank and Wolfe (1956) doi:10.1002/nav.3800030109; LeBlanc, Morlok and
 * Pierskalla (1975) doi:10.1016/0041-1647(75)90030-1; Mitradjieva and Lindberg (2013) doi:10.1287/trsc.1120.0409.
 */
export function linkEquilibrium(problem: AssignmentProblem, { method, gap, maxIterations, onStep }: LinkMethodOptions): LinkEquilibrium {
  const search = createTreeSearch(problem.network);
  const state = createFlowState(problem.network.arcCount);
  refreshCosts(problem, state);
  const first = allOrNothing(problem, state.time, search);
  state.flow.set(first.flow);
  let charge = first.chargeCost;
  const trips = unitsMoved(problem) - first.unserved;
  const steps: ConvergenceStep[] = [];
  let older: Point | null = null;
  let old: Point | null = null;
  let oldStep = 0;
  for (let iteration = 0; ; iteration++) {
    refreshCosts(problem, state);
    const target = allOrNothing(problem, state.time, search);
    const step = measureFlows(problem, state, charge, target, trips, iteration);
    steps.push(step);
    onStep(step);
    if (step.relativeGap <= gap || iteration >= maxIterations) return { state, unserved: first.unserved, steps };
    const plain: Point = { flow: target.flow, charge: target.chargeCost };
    const here: Point = { flow: state.flow, charge };
    const aim = direction(method, plain, here, old, older, oldStep, state.slope);
    const length = method === 'averages' ? 1 / (iteration + 2) : exactStep(problem, here, aim);
    [older, old, oldStep] = length > FULL_STEP ? [null, null, 0] : [old, aim, length];
    for (let arc = 0; arc < state.flow.length; arc++) state.flow[arc]! += length * (aim.flow[arc]! - state.flow[arc]!);
    charge += length * (aim.charge - charge);
  }
}

function direction(
  method: LinkMethod,
  plain: Point,
  here: Point,
  old: Point | null,
  older: Point | null,
  oldStep: number,
  slope: Float64Array,
): Point {
  if (!old || method === 'frank-wolfe' || method === 'averages') return plain;
  if (method === 'bi-conjugate' && older) return biConjugate(plain, here, old, older, oldStep, slope) ?? plain;
  return conjugate(plain, here, old, slope);
}

/** The point between the old aim and the new one whose direction is conjugate to the old by the Hessian. */
function conjugate(plain: Point, here: Point, old: Point, slope: Float64Array): Point {
  let top = 0;
  let bottom = 0;
  for (let arc = 0; arc < slope.length; arc++) {
    const back = (old.flow[arc]! - here.flow[arc]!) * slope[arc]!;
    top += back * (plain.flow[arc]! - here.flow[arc]!);
    bottom += back * (plain.flow[arc]! - old.flow[arc]!);
  }
  const share = bottom === 0 || !Number.isFinite(top / bottom) ? 0 : Math.min(MOST_KEPT, Math.max(0, top / bottom));
  return blend([old, share], [plain, 1 - share]);
}

/** Conjugate to the last two directions; null where the numbers give none. */
function biConjugate(plain: Point, here: Point, old: Point, older: Point, oldStep: number, slope: Float64Array): Point | null {
  let [top, bottom, oldTop, oldBottom] = [0, 0, 0, 0];
  for (let arc = 0; arc < slope.length; arc++) {
    const x = here.flow[arc]!;
    const ahead = (plain.flow[arc]! - x) * slope[arc]!;
    const older2 = oldStep * old.flow[arc]! + (1 - oldStep) * older.flow[arc]! - x;
    const last = old.flow[arc]! - x;
    top += older2 * ahead;
    bottom += older2 * (older.flow[arc]! - old.flow[arc]!) * slope[arc]!;
    oldTop += last * ahead;
    oldBottom += last * last * slope[arc]!;
  }
  const mu = Math.max(0, -top / bottom);
  const nu = Math.max(0, -oldTop / oldBottom + (mu * oldStep) / (1 - oldStep));
  if (!Number.isFinite(mu) || !Number.isFinite(nu)) return null;
  const whole = 1 + mu + nu;
  return blend([plain, 1 / whole], [old, nu / whole], [older, mu / whole]);
}

function blend(...parts: readonly (readonly [Point, number])[]): Point {
  const flow = new Float64Array(parts[0]![0].flow.length);
  let charge = 0;
  for (const [point, share] of parts) {
    charge += share * point.charge;
    for (let arc = 0; arc < flow.length; arc++) flow[arc]! += share * point.flow[arc]!;
  }
  return { flow, charge };
}

/** The step to the least objective on the way to the aim: safeguarded Newton on its derivative. */
function exactStep(
  { network, costs }: AssignmentProblem,
  here: { flow: Float64Array; charge: number },
  aim: { flow: Float64Array; charge: number },
): number {
  let low = 0;
  let high = 1;
  let length = 1;
  for (let round = 0; round < 60; round++) {
    let rise = aim.charge - here.charge;
    let bend = 0;
    for (let arc = 0; arc < network.arcCount; arc++) {
      const way = aim.flow[arc]! - here.flow[arc]!;
      if (way === 0) continue;
      const flow = here.flow[arc]! + length * way;
      rise += way * costAt(costs, arc, flow);
      bend += way * way * costSlopeAt(costs, arc, flow);
    }
    if (rise <= 0 && length === 1) return 1;
    if (rise > 0) high = length;
    else low = length;
    if (rise === 0 || high - low < 1e-15) return length;
    const next = length - rise / bend;
    const safe = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(safe - length) < 1e-14) return safe;
    length = safe;
  }
  return length;
}
