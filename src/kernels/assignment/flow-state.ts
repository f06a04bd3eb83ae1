import { costAreaAt, costAt, costSlopeAt } from './link-costs.ts';
import { type AssignmentProblem, createSum } from './trip-classes.ts';

/** Flows of a loading with the costs that they cause, kept in step. */
export interface FlowState {
  /** passenger-car units by arc */
  readonly flow: Float64Array;
  /** minutes by arc at that flow (marginal ones in the system optimum) */
  readonly time: Float64Array;
  readonly slope: Float64Array;
}

export function createFlowState(arcCount: number): FlowState {
  return { flow: new Float64Array(arcCount), time: new Float64Array(arcCount), slope: new Float64Array(arcCount) };
}

/** Times and slopes anew from the flows. Cost O(arcs). */
export function refreshCosts({ costs, network }: AssignmentProblem, state: FlowState): void {
  for (let arc = 0; arc < network.arcCount; arc++) {
    state.time[arc] = costAt(costs, arc, state.flow[arc]!);
    state.slope[arc] = costSlopeAt(costs, arc, state.flow[arc]!);
  }
}

/** Beckmann's objective without charges, Σ ∫ t. */
export function timeArea({ costs, network }: AssignmentProblem, flow: Float64Array): number {
  const sum = createSum();
  for (let arc = 0; arc < network.arcCount; arc++) if (flow[arc]! > 0) sum.add(costAreaAt(costs, arc, flow[arc]!));
  return sum.value();
}

/** Σ flow × time. */
export function timeSpent({ flow, time }: FlowState): number {
  const sum = createSum();
  for (let arc = 0; arc < flow.length; arc++) if (flow[arc]! > 0) sum.add(flow[arc]! * time[arc]!);
  return sum.value();
}
