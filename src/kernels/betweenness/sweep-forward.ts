import { UNREACHED } from '../../model/network.ts';
import { type Batch, FIRST_PATH, LANES, NO_ORIGIN, type Scratch } from './lanes.ts';
import type { PathHierarchy } from './path-hierarchy.ts';

/**
 * Find every rank that an origin of the batch can climb to, ascending, and give each a slot and an empty row.
 *
 * @returns how many there are; scratch.climbed holds them
 * Cost O(arcs above the origins + ranks / 32).
 */
export function findClimb(hierarchy: PathHierarchy, batch: Batch, scratch: Scratch): number {
  const { firstUp, upHead } = hierarchy;
  const { slotOf, climbed, pending, startsHere, cost, paths } = scratch;
  for (let lane = 0; lane < LANES; lane++) {
    const origin = batch.origin[lane]!;
    if (origin === NO_ORIGIN) continue;
    startsHere[origin]! |= 1 << lane;
    pending[origin >> 5]! |= 1 << (origin & 31);
  }
  let slots = 0;
  for (let word = 0; word < pending.length; word++) {
    while (pending[word] !== 0) {
      const bit = 31 - Math.clz32(pending[word]! & -pending[word]!);
      pending[word]! &= ~(1 << bit);
      const rank = (word << 5) + bit;
      slotOf[rank] = slots;
      climbed[slots++] = rank;
      cost.fill(UNREACHED, rank * LANES, (rank + 1) * LANES);
      paths.fill(0, rank * LANES, (rank + 1) * LANES);
      for (let arc = firstUp[rank]!; arc < firstUp[rank + 1]!; arc++) pending[upHead[arc]! >> 5]! |= 1 << (upHead[arc]! & 31);
    }
  }
  for (let lane = 0; lane < LANES; lane++) {
    const origin = batch.origin[lane]!;
    if (origin === NO_ORIGIN) continue;
    cost[origin * LANES + lane] = 0;
    paths[origin * LANES + lane] = FIRST_PATH;
  }
  return slots;
}

/**
 * Times and path counts of all ways that only climb.
 *
 * Ranks are taken in ascending order, so all of a rank's ways are known when its arcs are followed: no heap. Call after findClimb.
 * Cost O(arcs above the origins · LANES).
 */
export function climb(hierarchy: PathHierarchy, scratch: Scratch, slots: number): void {
  const { firstUp, upHead, upCost: arcCosts, upCount } = hierarchy;
  const { cost, paths, climbed } = scratch;
  for (let slot = 0; slot < slots; slot++) {
    const rank = climbed[slot]!;
    const row = rank * LANES;
    for (let arc = firstUp[rank]!; arc < firstUp[rank + 1]!; arc++) {
      const headRow = upHead[arc]! * LANES;
      const arcCost = arcCosts[arc]!;
      const arcCount = upCount[arc]!;
      for (let lane = 0; lane < LANES; lane++) {
        const through = cost[row + lane]! + arcCost;
        const there = cost[headRow + lane]!;
        if (through < there) {
          cost[headRow + lane] = through;
          paths[headRow + lane] = paths[row + lane]! * arcCount;
        } else if (through === there) paths[headRow + lane]! += paths[row + lane]! * arcCount;
      }
    }
  }
}

/**
 * Sweep from the highest rank to the lowest: final times and path counts of all ranks, and which down arcs lie on shortest ways.
 *
 * Every rank reads higher ones only, which are final. Call after climb. Also empties scratch.worth for the way back.
 * @returns the sum of all path counts: Infinity when float64 was too small
 * Cost O(down arcs · LANES). Source: Delling, Goldberg, Nowatzyk, Werneck (2013) doi:10.1016/j.jpdc.2012.02.007 (PHAST), counts added here.
 */
export function descend(hierarchy: PathHierarchy, scratch: Scratch): number {
  const { nodeCount, firstDown, downTail, downCost, downCount } = hierarchy;
  const { cost, paths, worth, tight, slotOf } = scratch;
  const before = new Uint32Array(LANES);
  let pathSum = 0;
  for (let rank = nodeCount - 1; rank >= 0; rank--) {
    const row = rank * LANES;
    const end = row + LANES;
    const slot = slotOf[rank]!;
    // paths that were climbed stay for now: ways from above may be shorter
    if (slot < 0) cost.fill(UNREACHED, row, end);
    else before.set(cost.subarray(row, end));
    for (let arc = firstDown[rank]!; arc < firstDown[rank + 1]!; arc++) {
      let from = downTail[arc]! * LANES;
      const arcCost = downCost[arc]!;
      for (let cell = row; cell < end; cell++) {
        const through = cost[from++]! + arcCost;
        if (through < cost[cell]!) cost[cell] = through;
      }
    }
    if (slot < 0) paths.fill(0, row, end);
    else dropDearClimbs(scratch, before, row, slot * LANES);
    for (let arc = firstDown[rank]!; arc < firstDown[rank + 1]!; arc++) {
      const from = downTail[arc]! * LANES;
      const arcCost = downCost[arc]!;
      let lanes = 0;
      for (let lane = 0; lane < LANES; lane++) if (cost[from + lane]! + arcCost === cost[row + lane]!) lanes |= 1 << lane;
      tight[arc] = lanes;
      for (; lanes !== 0; lanes &= lanes - 1) {
        const lane = 31 - Math.clz32(lanes & -lanes);
        paths[row + lane]! += paths[from + lane]! * downCount[arc]!;
      }
    }
    for (let cell = row; cell < end; cell++) {
      pathSum += paths[cell]!;
      worth[cell] = 0;
    }
  }
  return pathSum;
}

/** Ways that only climb but take longer than one from above are no shortest ways; the rest are noted for the way back. */
function dropDearClimbs({ cost, paths, upPaths }: Scratch, before: Uint32Array, row: number, slotRow: number): void {
  for (let lane = 0; lane < LANES; lane++) {
    if (before[lane]! > cost[row + lane]!) paths[row + lane] = 0;
    upPaths[slotRow + lane] = paths[row + lane]!;
  }
}
