import { type Bush, type BushScratch, createBushScratch, plantBush, unservedBy } from './bush.ts';
import { equilibrateBush } from './equilibrate-bush.ts';
import { createFlowState, type FlowState, refreshCosts, timeArea, timeSpent } from './flow-state.ts';
import { unitsMoved } from './measure-flows.ts';
import { createPatternMove, markPattern, movePattern, type PatternMove } from './pattern-move.ts';
import { reshapeBush } from './reshape-bush.ts';
import { createTreeSearch } from './shortest-tree.ts';
import { type AssignmentProblem, createSum } from './trip-classes.ts';

/** One line of a convergence log. All figures belong to the flows at the start of the step. */
export interface ConvergenceStep {
  readonly iteration: number;
  /** (total cost - cost of all trips on shortest paths at these costs) / total cost */
  readonly relativeGap: number;
  /** the same difference by unit of trips, minutes */
  readonly averageExcessCost: number;
  /** Beckmann's objective */
  readonly objective: number;
  /** no feasible flow has a lower objective than this */
  readonly lowerBound: number;
  /** Σ charge × flow */
  readonly charged: number;
  /** largest difference between the dearest used and the cheapest path of a pair, minutes; null where paths are not known */
  readonly widestPair: number | null;
}

export interface EquilibriumOptions {
  /** relative gap to stop at */
  readonly gap: number;
  readonly maxIterations: number;
  /** passes over all bushes between two measurements of the gap */
  readonly innerPasses: number;
  /** bushes of an earlier run on the same arcs and trips, to start from; they are changed */
  readonly start: readonly Bush[] | null;
  readonly onStep: (step: ConvergenceStep) => void;
}

const DEFAULT_EQUILIBRIUM: EquilibriumOptions = { gap: 1e-8, maxIterations: 1000, innerPasses: 20, start: null, onStep: () => {} };

export interface Equilibrium {
  readonly state: FlowState;
  readonly bushes: readonly Bush[];
  /** units whose pair has no way; they are in no other figure */
  readonly unserved: number;
  readonly steps: readonly ConvergenceStep[];
}

/** Under this gap rounding is felt; a run that betters nothing for so many iterations there is at the end of what doubles can do. */
const ROUNDING_GAP = 1e-13;
const PATIENCE = 10;
/** Pattern moves begin where so many iterations together leave more than this share of the gap, and go on to the end of the run. */
const SLOW_ITERATIONS = 3;
const SLOW_SHARE = 0.1;

/**
 * User equilibrium by bushes, one an origin and class: link flows at which no trip has a cheaper way (Wardrop's first principle).
 *
 * @throws RangeError on an arc whose cost is negative
 * It ends at the gap, at the iteration limit, or where no number can be bettered any more. Where the gap falls slowly, all bushes also move
 * together (pattern-move.ts), at 2 more doubles an arc of a bush. Cost of an iteration O(origins × arcs).
 * Source: Dial (2006) doi:10.1016/j.trb.2006.02.008 (Algorithm B).
 */
export function userEquilibrium(problem: AssignmentProblem, options: Partial<EquilibriumOptions> = {}): Equilibrium {
  const { gap, maxIterations, innerPasses, start, onStep } = { ...DEFAULT_EQUILIBRIUM, ...options };
  const { network } = problem;
  const scratch = createBushScratch(network);
  const state = createFlowState(network.arcCount);
  refreshCosts(problem, state);
  refuseNegative(problem, state.time);
  const { bushes, unserved } = start ? { bushes: start, unserved: unservedBy(start, scratch) } : plantAll(problem, state);
  const trips = unitsMoved(problem) - unserved;
  const steps: ConvergenceStep[] = [];
  let pattern: PatternMove | null = null;
  let [best, bestAt] = [Number.POSITIVE_INFINITY, 0];
  for (let iteration = 0; ; iteration++) {
    sumBushes(bushes, state.flow);
    refreshCosts(problem, state);
    const excess = createSum();
    const charged = createSum();
    let widestPair = 0;
    let added = 0;
    for (const bush of bushes) {
      const found = reshapeBush(network, bush, scratch, state.time);
      excess.add(found.excess);
      charged.add(found.charge);
      widestPair = Math.max(widestPair, found.widest);
      added += found.added;
    }
    const total = timeSpent(state) + charged.value();
    const objective = timeArea(problem, state.flow) + charged.value();
    const step = {
      iteration,
      relativeGap: total > 0 ? excess.value() / total : 0,
      averageExcessCost: trips > 0 ? excess.value() / trips : 0,
      objective,
      lowerBound: objective - excess.value(),
      charged: charged.value(),
      widestPair,
    };
    steps.push(step);
    onStep(step);
    if (step.relativeGap < best) [best, bestAt] = [step.relativeGap, iteration];
    const isAtRest = best < ROUNDING_GAP && iteration - bestAt >= PATIENCE;
    if (step.relativeGap <= gap || isAtRest || iteration >= maxIterations) return { state, bushes, unserved, steps };
    const before = steps[iteration - SLOW_ITERATIONS];
    if (before && step.relativeGap > SLOW_SHARE * before.relativeGap) pattern ??= createPatternMove(problem, bushes);
    const moved = passOver(problem, bushes, scratch, state, innerPasses, pattern);
    if (!moved && added === 0) return { state, bushes, unserved, steps };
  }
}

/** Passes over all bushes, with a pattern also back and on along it after every second one; returns whether anything moved. */
function passOver(
  problem: AssignmentProblem,
  bushes: readonly Bush[],
  scratch: BushScratch,
  state: FlowState,
  innerPasses: number,
  pattern: PatternMove | null,
): boolean {
  for (let pass = 0; pass < innerPasses; pass++) {
    const isBack = pattern !== null && pass % 2 === 1;
    if (pattern && !isBack) markPattern(pattern);
    let widest = 0;
    for (let at = 0; at < bushes.length; at++) {
      const bush = bushes[isBack ? bushes.length - 1 - at : at]!;
      widest = Math.max(widest, equilibrateBush(problem, bush, scratch, state));
    }
    if (isBack && pass + 2 < innerPasses) movePattern(pattern, state);
    if (widest === 0) return pass > 0;
  }
  return true;
}

function refuseNegative({ network, classes }: AssignmentProblem, time: Float64Array): void {
  for (const { charge } of classes) {
    for (let arc = 0; arc < network.arcCount; arc++) {
      if (!(time[arc]! + charge[arc]! >= 0)) {
        throw new RangeError(`arc of row ${network.rowOf[arc]} costs ${time[arc]! + charge[arc]!} when empty; expected at least 0`);
      }
    }
  }
}

/** Trees of all origins, each at the costs that those before it caused. */
function plantAll(problem: AssignmentProblem, state: FlowState): { bushes: Bush[]; unserved: number } {
  const search = createTreeSearch(problem.network);
  const bushes: Bush[] = [];
  let missing = 0;
  for (const tripClass of problem.classes) {
    for (let index = 0; index < tripClass.origins.length; index++) {
      const { bush, unserved } = plantBush(problem.network, tripClass, index, state.time, search);
      missing += unserved;
      bushes.push(bush);
      bush.arc.forEach((arc, slot) => {
        state.flow[arc]! += bush.flow[slot]!;
      });
      if (index % 8 === 7) refreshCosts(problem, state);
    }
  }
  return { bushes, unserved: missing };
}

function sumBushes(bushes: readonly Bush[], flow: Float64Array): void {
  flow.fill(0);
  for (const { arc, flow: own } of bushes) for (let slot = 0; slot < arc.length; slot++) flow[arc[slot]!]! += own[slot]!;
}
