import type { Batch, Flows, Scratch } from './lanes.ts';
import { TOTAL } from './lanes.ts';
import type { PathHierarchy } from './path-hierarchy.ts';
import { ascendDemand, returnToOrigins } from './sweep-back.ts';
import { climb, descend, findClimb } from './sweep-forward.ts';

/**
 * Add the flows of up to LANES origins at once.
 *
 * Cost O(arcs of the hierarchy · LANES) and no sorting: the order of ranks is right for every origin.
 */
export function sweepBatch(hierarchy: PathHierarchy, batch: Batch, scratch: Scratch, flows: Flows): void {
  const slots = findClimb(hierarchy, batch, scratch);
  climb(hierarchy, scratch, slots);
  flows.totals[TOTAL.paths]! += descend(hierarchy, scratch);
  ascendDemand(hierarchy, batch, scratch, flows);
  returnToOrigins(hierarchy, scratch, flows, slots);
}
