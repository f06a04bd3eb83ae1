import type { FlowInput, FlowLink } from '../../model/flow-input.ts';
import { type Assignment, assignTrips } from './assign-trips.ts';

/** What new links do to everyone, at the equilibrium that they lead to. */
export interface NewLinkEffect {
  /** total cost with the links - without, minutes: above 0 they make travel worse (Braess 1968) */
  readonly addedMinutes: number;
  /** trips that had no way before and have one now */
  readonly newlyServedTrips: number;
  readonly relativeGap: number;
}

/**
 * Try new links by assignment: the fixed-time gain of a new link is an upper bound, and can be wrong in sign.
 *
 * Trips that had no way before are in the new total alone: hold newlyServedTrips against it. It begins afresh, not from the bushes before, so that
 * a search that was resumed gives the same bytes.
 * @param links  one row a direction, ends as indices into input.nodeIds
 * Cost: an equilibrium.
 */
export function withNewLinks(
  input: FlowInput,
  before: Pick<Assignment, 'totalCost' | 'unserved'>,
  links: readonly FlowLink[],
  gap = 1e-8,
): NewLinkEffect {
  const after = assignTrips({ ...input, links: [...input.links, ...links] }, { gap, maxIterations: 300 });
  return {
    addedMinutes: after.totalCost - before.totalCost,
    newlyServedTrips: Math.max(0, before.unserved - after.unserved),
    relativeGap: after.end.relativeGap,
  };
}
