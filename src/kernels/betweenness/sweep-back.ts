import { UNREACHED } from '../../model/network.ts';
import { type Batch, type Flows, LANES, type Scratch, TOTAL } from './lanes.ts';
import type { PathHierarchy } from './path-hierarchy.ts';

/**
 * Carry the demand of all ranks back along the shortest ways, as far as ways come down.
 *
 * With σ(v) the paths from the origin to v and d(v) what v draws, worth(v) = d(v) / σ(v) + Σ count · worth(x) over the tight arcs v → x down.
 * An arc's flow is then σ(v) · count · worth(x): Brandes' dependency without its quotient of two path counts on every arc.
 * Lanes are summed even ones apart from odd ones, as two-lane vectors do, so that both give the same bytes.
 * Cost O(down arcs · LANES), less where few are tight.
 */
export function ascendDemand(hierarchy: PathHierarchy, batch: Batch, scratch: Scratch, flows: Flows): void {
  const { nodeCount, firstDown, downTail, downCount } = hierarchy;
  const { paths, worth, tight } = scratch;
  const firstDownFlow = hierarchy.upHead.length;
  for (let rank = 0; rank < nodeCount; rank++) {
    drawDemand(batch, scratch, flows, rank);
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
function drawDemand(batch: Batch, scratch: Scratch, flows: Flows, rank: number): void {
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
    const time = cost[row + lane]!;
    if (time === UNREACHED || time > batch.limitMilliseconds) continue;
    const weight = batch.weight[lane]!;
    arrived += weight;
    const drawn = batch.demand === null ? attraction * weight : batch.demand[row + lane]!;
    if (drawn === 0) continue;
    worth[row + lane]! += drawn / paths[row + lane]!;
    flows.totals[TOTAL.served]! += drawn;
    flows.totals[TOTAL.serviceTime]! += drawn * time;
  }
  flows.through[rank]! += even + odd;
  flows.arrivals[rank]! += arrived;
}

/**
 * Carry what has come back on to the origins, along the ways that only climb. Call after ascendDemand; empties the marks of findClimb.
 *
 * Cost O(arcs above the origins · LANES).
 */
export function returnToOrigins(hierarchy: PathHierarchy, scratch: Scratch, flows: Flows, slots: number): void {
  const { firstUp, upHead, upCost: arcCosts, upCount } = hierarchy;
  const { worth, climbed, slotOf, upCost, upPaths, upWorth, startsHere } = scratch;
  for (let slot = slots - 1; slot >= 0; slot--) {
    const rank = climbed[slot]!;
    const own = slot * LANES;
    upWorth.fill(0, own, own + LANES);
    for (let arc = firstUp[rank]!; arc < firstUp[rank + 1]!; arc++) {
      const above = slotOf[upHead[arc]!]! * LANES;
      let even = 0;
      let odd = 0;
      for (let lane = 0; lane < LANES; lane++) {
        const isTight = upCost[own + lane]! + arcCosts[arc]! === upCost[above + lane]! && upPaths[above + lane] !== 0;
        if (!isTight) continue;
        const carried = upWorth[above + lane]! * upCount[arc]!;
        upWorth[own + lane]! += carried;
        const flow = upPaths[own + lane]! * carried;
        if ((lane & 1) === 0) even += flow;
        else odd += flow;
      }
      flows.arc[arc]! += even + odd;
    }
    let even = 0;
    let odd = 0;
    for (let lane = 0; lane < LANES; lane++) {
      if (((startsHere[rank]! >> lane) & 1) === 0) {
        const passing = upPaths[own + lane]! * upWorth[own + lane]!;
        if ((lane & 1) === 0) even += passing;
        else odd += passing;
      }
      upWorth[own + lane]! += worth[rank * LANES + lane]!;
    }
    flows.through[rank]! += even + odd;
  }
  for (let slot = 0; slot < slots; slot++) {
    slotOf[climbed[slot]!] = -1;
    startsHere[climbed[slot]!] = 0;
  }
}
