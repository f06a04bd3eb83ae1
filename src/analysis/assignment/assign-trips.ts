import type { Bush } from '../../kernels/assignment/bush.ts';
import type { FlowState } from '../../kernels/assignment/flow-state.ts';
import { type LinkMethod, linkEquilibrium } from '../../kernels/assignment/frank-wolfe.ts';
import { timeAt } from '../../kernels/assignment/link-costs.ts';
import { incremental, loadOnce, logitEquilibrium } from '../../kernels/assignment/simple-loadings.ts';
import { createSum } from '../../kernels/assignment/trip-classes.ts';
import { type ConvergenceStep, userEquilibrium } from '../../kernels/assignment/user-equilibrium.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import { type FlowProblem, flowProblem } from './flow-problem.ts';
import { startBushes } from './start-bushes.ts';

export const ASSIGNMENT_METHODS = [
  'bush',
  'bi-conjugate',
  'conjugate',
  'frank-wolfe',
  'averages',
  'incremental',
  'all-or-nothing',
  'logit',
] as const;
export type AssignmentMethod = (typeof ASSIGNMENT_METHODS)[number];

export interface AssignmentOptions {
  readonly method: AssignmentMethod;
  /** relative gap to stop at; not read by incremental, all-or-nothing and logit */
  readonly gap: number;
  readonly maxIterations: number;
  /** user: nobody gains by another path; system: the least total cost */
  readonly principle: 'user' | 'system';
  /** spread of the logit loading, 1/minute: large is all on the best path */
  readonly theta: number;
  /** an earlier assignment of the same trips, on links that may have changed, to start method bush from */
  readonly start: Assignment | null;
  readonly onStep: (step: ConvergenceStep) => void;
}

export const DEFAULT_ASSIGNMENT: AssignmentOptions = {
  method: 'bush',
  gap: 1e-8,
  maxIterations: 1000,
  principle: 'user',
  theta: 0.5,
  start: null,
  onStep: () => {},
};

export interface Assignment {
  readonly input: FlowInput;
  readonly compiled: FlowProblem;
  /** units by row of input.links; 0 on links left out */
  readonly flow: Float64Array;
  /** minutes at that flow, without charges */
  readonly minutes: Float64Array;
  /** Σ flow × minutes */
  readonly totalMinutes: number;
  /** Σ flow × (minutes + charges) */
  readonly totalCost: number;
  /** the last step of the log: gap, average excess cost, objective, lower bound */
  readonly end: ConvergenceStep;
  readonly steps: readonly ConvergenceStep[];
  /** units whose pair has no way: in no other figure */
  readonly unserved: number;
  /** units that move between zones, served or not */
  readonly trips: number;
  /** used paths by origin; null for methods that keep none */
  readonly bushes: readonly Bush[] | null;
}

/**
 * Assign trips to links.
 *
 * Relative gap = (total cost - cost of all trips on the cheapest paths at the resulting costs) / total cost; average excess cost = the same
 * difference by unit of trips; lower bound = objective - that difference (the objective is convex).
 *
 * @throws DataError where a link's cost is negative or no number
 * Cost: origins × arcs an iteration.
 */
export function assignTrips(input: FlowInput, options: Partial<AssignmentOptions> = {}): Assignment {
  const full = { ...DEFAULT_ASSIGNMENT, ...options };
  const compiled = flowProblem(input, full.principle === 'system');
  const { problem, arcOf } = compiled;
  const { state, steps, unserved, bushes } = run(input, compiled, full);
  const flow = Float64Array.from(arcOf, (arc) => (arc < 0 ? 0 : (state.flow[arc] ?? 0)));
  const minutes = Float64Array.from(arcOf, (arc, row) =>
    arc < 0 ? (input.links[row]?.freeMinutes ?? 0) : timeAt(problem.costs, arc, state.flow[arc] ?? 0),
  );
  const time = createSum();
  flow.forEach((units, row) => {
    if (units > 0) time.add(units * (minutes[row] ?? 0));
  });
  const trips = createSum();
  for (const { amount } of problem.classes) for (const units of amount) trips.add(units);
  const end = steps.at(-1) as ConvergenceStep;
  return {
    input,
    compiled,
    flow,
    minutes,
    totalMinutes: time.value(),
    totalCost: time.value() + end.charged,
    end,
    steps,
    unserved,
    trips: trips.value(),
    bushes,
  };
}

interface Run {
  readonly state: FlowState;
  readonly steps: readonly ConvergenceStep[];
  readonly unserved: number;
  readonly bushes: readonly Bush[] | null;
}

function run(input: FlowInput, compiled: FlowProblem, options: AssignmentOptions): Run {
  const { problem } = compiled;
  const { method, gap, maxIterations, theta, start, onStep } = options;
  if (method === 'bush') {
    return userEquilibrium(problem, { gap, maxIterations, start: start && startBushes(input, compiled, start), onStep });
  }
  if (method === 'all-or-nothing') return { ...loadOnce(problem, onStep), bushes: null };
  if (method === 'incremental') return { ...incremental(problem, onStep), bushes: null };
  if (method === 'logit') return { ...logitEquilibrium(problem, theta, maxIterations, onStep), bushes: null };
  const linkMethod: LinkMethod = method;
  return { ...linkEquilibrium(problem, { method: linkMethod, gap, maxIterations, onStep }), bushes: null };
}
