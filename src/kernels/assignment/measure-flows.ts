import type { AllOrNothing } from './all-or-nothing.ts';
import { type FlowState, timeArea, timeSpent } from './flow-state.ts';
import type { AssignmentProblem } from './trip-classes.ts';
import type { ConvergenceStep } from './user-equilibrium.ts';

/** Units that move between nodes, over all classes. */
export function unitsMoved({ classes }: AssignmentProblem): number {
  return classes.reduce((sum, { amount }) => sum + amount.reduce((all, one) => all + one, 0), 0);
}

/**
 * How far flows are from equilibrium: held against all trips on shortest paths at the costs that the flows cause.
 *
 * @param charged  Σ charge × flow
 * @param target   all or nothing at the costs of the state
 * @param trips    units served
 */
export function measureFlows(
  problem: AssignmentProblem,
  state: FlowState,
  charged: number,
  target: AllOrNothing,
  trips: number,
  iteration: number,
): ConvergenceStep {
  const total = timeSpent(state) + charged;
  const excess = Math.max(0, total - target.shortestCost);
  const objective = timeArea(problem, state.flow) + charged;
  return {
    iteration,
    relativeGap: total > 0 ? excess / total : 0,
    averageExcessCost: trips > 0 ? excess / trips : 0,
    objective,
    lowerBound: objective - excess,
    charged,
    widestPair: null,
  };
}
