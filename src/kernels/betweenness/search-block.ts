import { LimitError } from '../../model/errors.ts';
import { UNREACHED } from '../../model/network.ts';
import { assertNoOverflow } from '../many-to-many.ts';
import { createSearch, type Search } from '../one-to-all.ts';
import type { CountedArcs } from './counted-arcs.ts';
import { FIRST_PATH } from './lanes.ts';
import { TOO_MANY_PATHS } from './path-hierarchy.ts';
import { type BetweennessWork, type BlockFlows, type BlockRunner, isWithin } from './work.ts';

/** Sums of a block and scratch of one origin, by node. */
interface Sums {
  readonly flow: Float64Array;
  readonly through: Float64Array;
  readonly arrivals: Float64Array;
  readonly paths: Float64Array;
  readonly worth: Float64Array;
  readonly drawn: Float64Array;
}

/**
 * Prepare blocks of origins that are searched one by one (Brandes): for networks that resist contraction, and for short limits.
 *
 * Cost of an origin O(arcs + nodes log nodes) within the limit. Source: Brandes (2001) doi:10.1080/0022250X.2001.9990249.
 * @throws LimitError from a block where two nodes are joined by more ways than float64 counts, or by a way of 49 days
 */
export function createSearchBlocks(work: BetweennessWork, arcs: CountedArcs): BlockRunner {
  const search = createSearch(arcs);
  const longestArc = arcs.arcCost.reduce((longest, cost) => Math.max(longest, cost), 0);
  const scratch = {
    paths: new Float64Array(arcs.nodeCount),
    worth: new Float64Array(arcs.nodeCount),
    drawn: new Float64Array(arcs.nodeCount),
  };

  return (block: number): BlockFlows => {
    const begin = work.starts[block]!;
    const end = work.starts[block + 1]!;
    const sums: Sums = {
      ...scratch,
      flow: new Float64Array(arcs.arcHead.length),
      through: new Float64Array(arcs.nodeCount),
      arrivals: new Float64Array(arcs.nodeCount),
    };
    const departures = new Float64Array(end - begin);
    const served = { trips: 0, tripMilliseconds: 0 };
    for (let index = begin; index < end; index++) {
      const origin = work.origins[index]!;
      const cost = search.run(origin, Math.min(work.limitMilliseconds, UNREACHED - 1));
      if (work.limitMilliseconds === UNREACHED) assertNoOverflow(arcs, cost, search.settled[search.settledCount() - 1]!, longestArc);
      countPaths(arcs, search, sums.paths, origin);
      departures[index - begin] = drawDemand(work, search, sums, index, served);
      carryBack(arcs, search, sums, origin);
    }
    const { flow, through, arrivals } = sums;
    return { flow, through, arrivals, departures, served: served.trips, servedMilliseconds: served.tripMilliseconds };
  };
}

function countPaths(arcs: CountedArcs, search: Search, paths: Float64Array, origin: number): void {
  const { firstArc, arcHead, arcCost, count } = arcs;
  const { settled, cost } = search;
  const settledCount = search.settledCount();
  for (let place = 0; place < settledCount; place++) paths[settled[place]!] = 0;
  paths[origin] = FIRST_PATH;
  let sum = 0;
  for (let place = 0; place < settledCount; place++) {
    const tail = settled[place]!;
    sum += paths[tail]!;
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      const head = arcHead[arc]!;
      const through = cost[tail]! + arcCost[arc]!;
      if (through === cost[head]! && through < UNREACHED) paths[head]! += paths[tail]! * count[arc]!;
    }
  }
  if (!Number.isFinite(sum)) throw new LimitError(TOO_MANY_PATHS);
}

/** Let what is reached draw from the origin, in the units of worth (per path); returns what the origin reaches. */
function drawDemand(
  work: BetweennessWork,
  search: Search,
  sums: Sums,
  index: number,
  served: { trips: number; tripMilliseconds: number },
): number {
  const { settled, cost } = search;
  const { worth, arrivals, paths, drawn } = sums;
  const settledCount = search.settledCount();
  const origin = work.origins[index]!;
  const weight = work.weights[index]!;
  let reached = 0;
  for (let place = 0; place < settledCount; place++) {
    const node = settled[place]!;
    worth[node] = 0;
    drawn[node] = 0;
    if (node === origin) continue;
    arrivals[node]! += weight;
    reached += work.attraction[node]!;
    if (!work.demand) drawn[node] = (work.attraction[node]! * weight) / paths[node]!;
  }
  if (!work.demand) return reached;
  const { targets, trips } = work.demand;
  for (let column = 0; column < targets.length; column++) {
    const amount = trips[index * targets.length + column]!;
    const target = targets[column]!;
    if (amount === 0 || target === origin || !isWithin(cost[target]!, work.limitMilliseconds)) continue;
    drawn[target] = amount / paths[target]!;
    served.trips += amount;
    served.tripMilliseconds += amount * cost[target]!;
  }
  return reached;
}

/** See ascendDemand: worth is what the ways to a node carry on from there, per path; what the node draws itself joins on the way back. */
function carryBack(arcs: CountedArcs, search: Search, sums: Sums, origin: number): void {
  const { firstArc, arcHead, arcCost, count } = arcs;
  const { settled, cost } = search;
  const { worth, drawn, paths, flow, through } = sums;
  for (let place = search.settledCount() - 1; place >= 0; place--) {
    const tail = settled[place]!;
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      const head = arcHead[arc]!;
      const through = cost[tail]! + arcCost[arc]!;
      if (through !== cost[head]! || through === UNREACHED) continue;
      const carried = (worth[head]! + drawn[head]!) * count[arc]!;
      worth[tail]! += carried;
      flow[arc]! += paths[tail]! * carried;
    }
    if (tail !== origin) through[tail]! += paths[tail]! * worth[tail]!;
  }
}
