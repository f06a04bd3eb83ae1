import { type Batch, type Flows, LANES, type Scratch } from './lanes.ts';
import type { PathHierarchy } from './path-hierarchy.ts';

/**
 * Carry the demand of all ranks back along the shortest ways, as far as ways come down.
 *
 * With σ(v) the paths from the origin to v and d(v) what v draws, worth(v) = d(v) / σ(v) + Σ count · worth(x) over the tight arcs v → x down.
 * An arc's flow is then σ(v) · count · worth(x): Brandes' dependency without its quotient of two path counts on every arc.
 * Lanes are summed even ones apart from odd ones, as two-lane vectors do, so that both give the same bytes.
 * @param limit  ways longer than this many milliseconds carry nothing; below UNREACHED
 * Cost O(down arcs · LANES), less where few are tight.
 */
export function ascendDemand(hierarchy: PathHierarchy, batch: Batch, scratch: Scratch, flows: Flows, limit: number): void {
  const { nodeCount, firstDown, downTail, downCount } = hierarchy;
  const { paths, worth, tight } = scratch;
  const firstDownFlow = hierarchy.upHead.length;
  for (let rank = 0; rank < nodeCount; rank++) {
    drawDemand(batch, scratch, flows, limit, rank);
    const row = rank * LANES;
    for (let arc = firstDown[rank]!; arc < firstDown[rank + 1]!; arc++) {
      let lanes = tight[arc]!;
      if (lanes === 0) continue;
      const from = downTail[arc]! * LANES;
      const arcCount = downCount[arc]!;
      let even = 0;
      let odd = 0;
      for (; lanes !== 0; lanes &= lanes - 1) {
        const lane = 31 - Math.clz32(lanes & -lanes);
        const carried = worth[row + lane]! * arcCount;
        worth[from + lane]! += carried;
        const flow = paths[from + lane]! * carried;
        if ((lane & 1) === 0) even += flow;
        else odd += flow;
      }
      flows.arc[firstDownFlow + arc]! += even + odd;
    }
  }
}

/** Count what passes a rank downwards, then let the rank draw its own demand. */
function drawDemand(batch: Batch, scratch: Scratch, flows: Flows, limit: number, rank: number): void {
  const { cost, paths, worth, startsHere } = scratch;
  const row = rank * LANES;
  const attraction = batch.attraction[rank]!;
  const starting = startsHere[rank]!;
  let even = 0;
  let odd = 0;
  let arrived = 0;
  for (let lane = 0; lane < LANES; lane++) {
    if (((starting >> lane) & 1) !== 0) continue;
    const passing = paths[row + lane]! * worth[row + lane]!;
    if ((lane & 1) === 0) even += passing;
    else odd += passing;
    if (cost[row + lane]! > limit) continue;
    const weight = batch.weight[lane]!;
    arrived += weight;
    const drawn = batch.demand === null ? attraction * weight : batch.demand[row + lane]!;
    worth[row + lane]! += drawn / paths[row + lane]!;
  }
  flows.through[rank]! += even + odd;
  flows.arrivals[rank]! += arrived;
}

/**
 * Carry what has come back on to the origins, along the ways that only climb. Call after ascendDemand.
 *
 * Cost O(arcs above the origins · LANES).
 */
export function returnToOrigins(hierarchy: PathHierarchy, scratch: Scratch, flows: Flows, slots: number): void {
  const { firstUp, upHead, upCost: arcCosts, upCount } = hierarchy;
  const { cost, worth, climbed, slotOf, upPaths, startsHere, carried } = scratch;
  for (let slot = slots - 1; slot >= 0; slot--) {
    const rank = climbed[slot]!;
    const row = rank * LANES;
    const own = slot * LANES;
    carried.fill(0);
    for (let arc = firstUp[rank]!; arc < firstUp[rank + 1]!; arc++) {
      const aboveRow = upHead[arc]! * LANES;
      const above = slotOf[upHead[arc]!]! * LANES;
      let even = 0;
      let odd = 0;
      for (let lane = 0; lane < LANES; lane++) {
        // without ways that climb to its head, an arc upwards lies on no shortest way even if its time would fit
        if (cost[row + lane]! + arcCosts[arc]! !== cost[aboveRow + lane]! || upPaths[above + lane] === 0) continue;
        const share = worth[aboveRow + lane]! * upCount[arc]!;
        carried[lane]! += share;
        const flow = upPaths[own + lane]! * share;
        if ((lane & 1) === 0) even += flow;
        else odd += flow;
      }
      flows.arc[arc]! += even + odd;
    }
    let even = 0;
    let odd = 0;
    for (let lane = 0; lane < LANES; lane++) {
      if (((startsHere[rank]! >> lane) & 1) === 0) {
        const passing = upPaths[own + lane]! * carried[lane]!;
        if ((lane & 1) === 0) even += passing;
        else odd += passing;
      }
      worth[row + lane] = carried[lane]! + worth[row + lane]!;
    }
    flows.through[rank]! += even + odd;
  }
}
