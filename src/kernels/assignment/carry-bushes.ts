import { type Bush, type BushScratch, balanceBush, createBushScratch, labelBush, leaveBush, plantBush } from './bush.ts';
import type { FlowNetwork } from './flow-network.ts';
import { createFlowState, refreshCosts } from './flow-state.ts';
import { createTreeSearch, NO_ARC, type TreeSearch } from './shortest-tree.ts';
import type { AssignmentProblem, TripClass } from './trip-classes.ts';

/** Where the arcs and nodes of a network are in a changed one; -1 for those that are gone. */
interface Carriage {
  readonly arc: Int32Array;
  readonly node: Int32Array;
}

/**
 * Bushes of an earlier equilibrium on a changed network with the same trips, to start from: an origin whose used arcs are all still there
 * keeps its flows, any other is planted anew at the costs of those kept.
 *
 * A kept bush gets an arc of the shortest tree into every node that its flow does not reach: those arcs lead out of what it uses and never back,
 * so no cycle arises. The bushes given are not changed. Cost O(origins × (nodes + arcs) log nodes).
 */
export function carryBushes(problem: AssignmentProblem, earlier: AssignmentProblem, bushes: readonly Bush[], carriage: Carriage): Bush[] {
  const kept = keptFlows(earlier, bushes, carriage);
  const state = createFlowState(problem.network.arcCount);
  for (const flows of kept.values()) for (const [arc, units] of flows) state.flow[arc] = (state.flow[arc] ?? 0) + units;
  refreshCosts(problem, state);
  const search = createTreeSearch(problem.network);
  const scratch = createBushScratch(problem.network);
  return problem.classes.flatMap((tripClass, place) =>
    Array.from(tripClass.origins, (origin, index): Bush => {
      const flows = kept.get(`${place} ${origin}`);
      if (flows) return balanced(problem.network, carry(problem.network, tripClass, index, flows, state.time, search), scratch, state.time);
      return plantBush(problem.network, tripClass, index, state.time, search).bush;
    }),
  );
}

/** All trips of the origin on the bush, those that had no way before with them. */
function balanced(network: FlowNetwork, bush: Bush, scratch: BushScratch, time: Float64Array): Bush {
  labelBush(network, bush, scratch, time, 'flow');
  balanceBush(network, bush, scratch);
  leaveBush(bush, scratch);
  return bush;
}

/** Flow by arc of the changed network, by class and origin, of the bushes that use no arc that is gone. */
function keptFlows(earlier: AssignmentProblem, bushes: readonly Bush[], { arc, node }: Carriage): Map<string, Map<number, number>> {
  const kept = new Map<string, Map<number, number>>();
  for (const bush of bushes) {
    const used = Array.from(bush.arc, (by, slot) => [arc[by] ?? -1, bush.flow[slot] ?? 0] as const).filter(([, units]) => units > 0);
    const isWhole = used.every(([by]) => by >= 0);
    if (isWhole) kept.set(`${earlier.classes.indexOf(bush.tripClass)} ${node[bush.origin] ?? -1}`, new Map(used));
  }
  return kept;
}

function carry(
  network: FlowNetwork,
  tripClass: TripClass,
  index: number,
  flows: ReadonlyMap<number, number>,
  time: Float64Array,
  search: TreeSearch,
): Bush {
  const { nodeCount, head, tail, firstOut, firstIn, inArc } = network;
  const origin = tripClass.origins[index] ?? 0;
  const settled = search.run(origin, time, tripClass.charge);
  const isIn = new Uint8Array(network.arcCount);
  const degree = new Uint32Array(nodeCount);
  const take = (arc: number) => {
    isIn[arc] = 1;
    degree[head[arc] ?? 0] = (degree[head[arc] ?? 0] ?? 0) + 1;
  };
  for (const arc of flows.keys()) take(arc);
  for (const node of search.order.subarray(0, settled)) {
    const into = search.into[node] ?? NO_ARC;
    if (degree[node] === 0 && into !== NO_ARC) take(into);
  }
  const order: number[] = [origin];
  for (const node of order) {
    for (let arc = firstOut[node] ?? 0; arc < (firstOut[node + 1] ?? 0); arc++) {
      if (isIn[arc] === 0) continue;
      const to = head[arc] ?? 0;
      degree[to] = (degree[to] ?? 0) - 1;
      if (degree[to] === 0) order.push(to);
    }
  }
  if (order.length !== settled) throw new RangeError(`a bush carried over for origin node ${origin} has a cycle`);
  const first = [0];
  const arcs: number[] = [];
  for (const node of order) {
    for (let at = firstIn[node] ?? 0; at < (firstIn[node + 1] ?? 0); at++) {
      const arc = inArc[at] ?? 0;
      if (isIn[arc] === 1 && tail[arc] !== node) arcs.push(arc);
    }
    first.push(arcs.length);
  }
  return {
    tripClass,
    index,
    origin,
    order: Uint32Array.from(order),
    first: Uint32Array.from(first),
    arc: Uint32Array.from(arcs),
    flow: Float64Array.from(arcs, (arc) => flows.get(arc) ?? 0),
  };
}
