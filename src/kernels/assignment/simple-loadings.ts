import { allOrNothing } from './all-or-nothing.ts';
import { createFlowState, type FlowState, refreshCosts } from './flow-state.ts';
import { logitLoading } from './logit-loading.ts';
import { measureFlows, unitsMoved } from './measure-flows.ts';
import { createTreeSearch } from './shortest-tree.ts';
import type { AssignmentProblem } from './trip-classes.ts';
import type { ConvergenceStep } from './user-equilibrium.ts';

export interface SimpleLoading {
  readonly state: FlowState;
  readonly unserved: number;
  readonly steps: readonly ConvergenceStep[];
}

type OnStep = (step: ConvergenceStep) => void;

/** All trips on the shortest paths of the empty network. Cost: two trees an origin. */
export function loadOnce(problem: AssignmentProblem, onStep: OnStep): SimpleLoading {
  return incremental(problem, onStep, [1]);
}

/** Shares of the trips laid on in turn. */
const INCREMENTS = [0.4, 0.3, 0.2, 0.1] as const;

/**
 * Trips laid on in shares, each on the shortest paths that the shares before it left. Kept for comparison: it does not converge.
 * Cost: a tree an origin and share, and one more for the gap.
 */
export function incremental(problem: AssignmentProblem, onStep: OnStep, shares: readonly number[] = INCREMENTS): SimpleLoading {
  const search = createTreeSearch(problem.network);
  const state = createFlowState(problem.network.arcCount);
  let charged = 0;
  for (const share of shares) {
    refreshCosts(problem, state);
    const { flow, chargeCost } = allOrNothing(problem, state.time, search);
    for (let arc = 0; arc < flow.length; arc++) state.flow[arc]! += share * flow[arc]!;
    charged += share * chargeCost;
  }
  refreshCosts(problem, state);
  const target = allOrNothing(problem, state.time, search);
  const step = measureFlows(problem, state, charged, target, unitsMoved(problem) - target.unserved, shares.length);
  onStep(step);
  return { state, unserved: target.unserved, steps: [step] };
}

/** Flows that move less than this share of all trips between two averages are at rest. */
const AT_REST = 1e-6;

/**
 * Stochastic equilibrium: logit loadings at the costs that their average causes, by successive averages.
 *
 * The gap in the log is that of the deterministic equilibrium: it does not go to 0, since travellers are taken to err.
 * Cost: two trees an origin and iteration. Sources: Dial (1971); Fisk (1980) doi:10.1016/0191-2615(80)90004-1.
 */
export function logitEquilibrium(problem: AssignmentProblem, theta: number, maxIterations: number, onStep: OnStep): SimpleLoading {
  const search = createTreeSearch(problem.network);
  const state = createFlowState(problem.network.arcCount);
  const trips = unitsMoved(problem);
  const steps: ConvergenceStep[] = [];
  let charged = 0;
  for (let iteration = 0; ; iteration++) {
    refreshCosts(problem, state);
    if (iteration > 0) {
      const target = allOrNothing(problem, state.time, search);
      const step = measureFlows(problem, state, charged, target, trips - target.unserved, iteration);
      steps.push(step);
      onStep(step);
    }
    const { flow, chargeCost } = logitLoading(problem, state.time, theta, search);
    let moved = 0;
    const share = 1 / (iteration + 1);
    for (let arc = 0; arc < flow.length; arc++) {
      moved = Math.max(moved, Math.abs(flow[arc]! - state.flow[arc]!));
      state.flow[arc]! += share * (flow[arc]! - state.flow[arc]!);
    }
    charged += share * (chargeCost - charged);
    if ((iteration > 0 && moved <= AT_REST * trips) || iteration >= maxIterations) break;
  }
  refreshCosts(problem, state);
  const target = allOrNothing(problem, state.time, search);
  steps.push(measureFlows(problem, state, charged, target, trips - target.unserved, steps.length + 1));
  return { state, unserved: target.unserved, steps };
}
