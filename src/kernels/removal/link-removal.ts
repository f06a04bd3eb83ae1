import type { FlowNetwork } from '../assignment/flow-network.ts';
import { createTreeSearch } from '../assignment/shortest-tree.ts';
import type { TripClass } from '../assignment/trip-classes.ts';
import { createRegrowth } from './regrowth.ts';

/** What the loss of each group of arcs costs, all else unchanged. */
export interface RemovalLoss {
  /** Σ trips × (cost without the group - cost) over pairs that still have a way, by group */
  readonly addedCost: Float64Array;
  /** trips whose last way goes with the group, by group */
  readonly cutOff: Float64Array;
  /** the same sums by origin of the trips, over all groups */
  readonly originAdded: Float64Array;
  readonly originCutOff: Float64Array;
  /** the worst single group of each origin by added cost, and its cost; -1 where none adds any */
  readonly originWorst: Int32Array;
  readonly originWorstAdded: Float64Array;
}

/**
 * Remove every group of arcs in turn and measure what trips lose at fixed costs.
 *
 * Only arcs of an origin's shortest tree matter to it, and only the nodes beyond them: the part of the tree that hung on the group is searched
 * anew from its rim. A group without trips beyond it is passed over. Cost O(origins × Σ size of the parts × log); the naive way is O(groups × origins
 * × tree). Sources: Jenelius, Petersen and Mattsson (2006) doi:10.1016/j.tra.2005.11.003; Ramalingam and Reps (1996)
 * doi:10.1006/jagm.1996.0046.
 *
 * @param groupOf  group by arc; -1 for arcs that are never removed
 * @param onOrigin called after each origin with how many are done
 */
export function removeInTurn(
  network: FlowNetwork,
  cost: Float64Array,
  trips: TripClass,
  groupOf: Int32Array,
  groupCount: number,
  onOrigin: (done: number, total: number) => void = () => {},
): RemovalLoss {
  const { nodeCount } = network;
  const originCount = trips.origins.length;
  const loss: RemovalLoss = {
    addedCost: new Float64Array(groupCount),
    cutOff: new Float64Array(groupCount),
    originAdded: new Float64Array(originCount),
    originCutOff: new Float64Array(originCount),
    originWorst: new Int32Array(originCount).fill(-1),
    originWorstAdded: new Float64Array(originCount),
  };
  const search = createTreeSearch(network);
  const noCharge = new Float64Array(network.arcCount);
  const regrow = createRegrowth(network, cost, groupOf);
  const demand = new Float64Array(nodeCount);
  const beyond = new Float64Array(nodeCount);
  const nextHead = new Int32Array(nodeCount);
  const firstHead = new Int32Array(groupCount).fill(-1);
  const matters = new Uint8Array(groupCount);
  for (let index = 0; index < originCount; index++) {
    const origin = trips.origins[index]!;
    const settled = search.run(origin, cost, noCharge);
    const { label, into, order } = search;
    demand.fill(0);
    for (let pair = trips.firstPair[index]!; pair < trips.firstPair[index + 1]!; pair++)
      demand[trips.destination[pair]!]! += trips.amount[pair]!;
    beyond.set(demand);
    const groups: number[] = [];
    for (let place = settled - 1; place > 0; place--) {
      const node = order[place]!;
      const arc = into[node]!;
      beyond[network.tail[arc]!]! += beyond[node]!;
      const group = groupOf[arc]!;
      if (group < 0) continue;
      if (firstHead[group] === -1) groups.push(group);
      nextHead[node] = firstHead[group]!;
      firstHead[group] = node;
      if (beyond[node]! > 0) matters[group] = 1;
    }
    regrow.plant(label, into, order, settled);
    for (const group of groups) {
      const head = firstHead[group]!;
      firstHead[group] = -1;
      if (matters[group] === 0) continue;
      matters[group] = 0;
      const { added, cut } = regrow.without(group, head, nextHead, demand, origin);
      loss.addedCost[group]! += added;
      loss.cutOff[group]! += cut;
      loss.originAdded[index]! += added;
      loss.originCutOff[index]! += cut;
      if (added > loss.originWorstAdded[index]!) {
        loss.originWorstAdded[index] = added;
        loss.originWorst[index] = group;
      }
    }
    onOrigin(index + 1, originCount);
  }
  return loss;
}
