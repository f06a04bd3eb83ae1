import type { TreeSearch } from './shortest-tree.ts';
import { NO_ARC } from './shortest-tree.ts';
import { type AssignmentProblem, createSum } from './trip-classes.ts';

export interface AllOrNothing {
  /** passenger-car units by arc */
  readonly flow: Float64Array;
  /** Σ charge × flow over classes */
  readonly chargeCost: number;
  /** Σ trips × shortest cost */
  readonly shortestCost: number;
  /** units whose pair has no way; they are in no other figure */
  readonly unserved: number;
}

/**
 * Every trip on one shortest path at given times.
 *
 * Cost: one tree an origin and class.
 */
export function allOrNothing({ network, classes }: AssignmentProblem, time: Float64Array, search: TreeSearch): AllOrNothing {
  const flow = new Float64Array(network.arcCount);
  const load = new Float64Array(network.nodeCount);
  const chargeSum = createSum();
  const shortest = createSum();
  let unserved = 0;
  for (const { origins, firstPair, destination, amount, charge } of classes) {
    origins.forEach((origin, index) => {
      const settled = search.run(origin, time, charge);
      for (let pair = firstPair[index]!; pair < firstPair[index + 1]!; pair++) {
        const to = destination[pair]!;
        if (search.label[to] === Number.POSITIVE_INFINITY) {
          unserved += amount[pair]!;
          continue;
        }
        load[to]! += amount[pair]!;
        shortest.add(amount[pair]! * search.label[to]!);
      }
      for (let place = settled - 1; place > 0; place--) {
        const node = search.order[place]!;
        const units = load[node]!;
        if (units === 0) continue;
        load[node] = 0;
        const arc = search.into[node]!;
        if (arc === NO_ARC) continue;
        flow[arc]! += units;
        chargeSum.add(units * charge[arc]!);
        load[network.tail[arc]!]! += units;
      }
      load[origin] = 0;
    });
  }
  return { flow, chargeCost: chargeSum.value(), shortestCost: shortest.value(), unserved };
}
