import { LimitError } from '../../model/errors.ts';
import { UNREACHED } from '../../model/network.ts';
import { TOO_MANY_PATHS } from './path-hierarchy.ts';
import type { PathMemory } from './path-memory.ts';
import { ascendDemand, returnToOrigins } from './sweep-back.ts';
import { climb, descend, findClimb } from './sweep-forward.ts';

/**
 * Add the flows of up to LANES origins, as memory.batch names them, to memory.flows.
 *
 * Costs O(arcs of the hierarchy · LANES) and no sorting: the order of ranks is right for every origin.
 * @param limitMilliseconds  ways longer than this carry nothing
 * @throws LimitError where two nodes are joined by more ways than float64 counts
 */
export function sweepBatch(memory: PathMemory, limitMilliseconds: number): void {
  const { hierarchy, batch, scratch, flows, functions, table } = memory;
  const limit = Math.min(limitMilliseconds, UNREACHED - 1);
  const slots = findClimb(hierarchy, batch, scratch);
  let pathSum: number;
  if (functions) {
    functions.climb(table, slots);
    pathSum = functions.descend(table);
    functions.ascendDemand(
      table,
      limit,
      batch.weight.reduce((sum, weight) => sum + weight, 0),
    );
    functions.returnToOrigins(table, slots);
  } else {
    climb(hierarchy, scratch, slots);
    pathSum = descend(hierarchy, scratch);
    ascendDemand(hierarchy, batch, scratch, flows, limit);
    returnToOrigins(hierarchy, scratch, flows, slots);
  }
  for (let slot = 0; slot < slots; slot++) {
    const rank = scratch.climbed[slot]!;
    scratch.slotOf[rank] = -1;
    scratch.startsHere[rank] = 0;
  }
  if (!Number.isFinite(pathSum)) throw new LimitError(TOO_MANY_PATHS);
}
