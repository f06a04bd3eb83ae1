import type { FlowNetwork } from '../assignment/flow-network.ts';
import { createTreeSearch } from '../assignment/shortest-tree.ts';
import type { TripClass } from '../assignment/trip-classes.ts';
import { createRegrowth } from './regrowth.ts';

/** What all blocks of origins of one removal share: plain data, so that threads can be given it. */
export interface RemovalWork {
  readonly network: FlowNetwork;
  /** by arc */
  readonly cost: Float64Array;
  readonly trips: TripClass;
  /** group by arc; -1 for arcs that are never removed */
  readonly groupOf: Int32Array;
  readonly groupCount: number;
}

/** Origins first … end - 1 of the trips. */
export interface OriginBlock {
  readonly first: number;
  readonly end: number;
}

/** What the loss of each group of arcs costs, all else unchanged. */
export interface RemovalLoss {
  /** Σ trips × (cost without the group - cost) over pairs that still have a way, by group */
  readonly addedCost: Float64Array;
  /** trips whose last way goes with the group, by group */
  readonly cutOff: Float64Array;
  /** the same sums by origin of the trips (of a block: from its first), over all groups */
  readonly originAdded: Float64Array;
  readonly originCutOff: Float64Array;
  /** the worst single group of each origin by added cost, and its cost; -1 where none adds any */
  readonly originWorst: Int32Array;
  readonly originWorstAdded: Float64Array;
}

/** Origins to a block: sums of blocks are added in their order, so that their size, not the number of threads, decides the last digits. */
const ORIGINS_A_BLOCK = 32;

function emptyLoss(groupCount: number, originCount: number): RemovalLoss {
  return {
    addedCost: new Float64Array(groupCount),
    cutOff: new Float64Array(groupCount),
    originAdded: new Float64Array(originCount),
    originCutOff: new Float64Array(originCount),
    originWorst: new Int32Array(originCount).fill(-1),
    originWorstAdded: new Float64Array(originCount),
  };
}

/** Prepare the memory of a removal; the function returned does a block of origins. */
export function createRemoval({ network, cost, trips, groupOf, groupCount }: RemovalWork): (block: OriginBlock) => RemovalLoss {
  const { nodeCount } = network;
  const search = createTreeSearch(network);
  const noCharge = new Float64Array(network.arcCount);
  const regrow = createRegrowth(network, cost, groupOf);
  const demand = new Float64Array(nodeCount);
  const beyond = new Float64Array(nodeCount);
  const nextHead = new Int32Array(nodeCount);
  const firstHead = new Int32Array(groupCount).fill(-1);
  const matters = new Uint8Array(groupCount);

  /** Groups of the tree just searched, with the nodes that hang on each chained from firstHead. */
  function groupsOfTree(settled: number): number[] {
    const { into, order } = search;
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
    return groups;
  }

  return ({ first, end }) => {
    const loss = emptyLoss(groupCount, end - first);
    for (let index = first; index < end; index++) {
      const place = index - first;
      const origin = trips.origins[index]!;
      const settled = search.run(origin, cost, noCharge);
      demand.fill(0);
      for (let pair = trips.firstPair[index]!; pair < trips.firstPair[index + 1]!; pair++)
        demand[trips.destination[pair]!]! += trips.amount[pair]!;
      beyond.set(demand);
      const groups = groupsOfTree(settled);
      regrow.plant(search.label, search.into, search.order, settled);
      for (const group of groups) {
        const head = firstHead[group]!;
        firstHead[group] = -1;
        if (matters[group] === 0) continue;
        matters[group] = 0;
        const { added, cut } = regrow.without(group, head, nextHead, demand, origin);
        loss.addedCost[group]! += added;
        loss.cutOff[group]! += cut;
        loss.originAdded[place]! += added;
        loss.originCutOff[place]! += cut;
        if (added > loss.originWorstAdded[place]!) {
          loss.originWorstAdded[place] = added;
          loss.originWorst[place] = group;
        }
      }
    }
    return loss;
  };
}

/** A removal cut into blocks, which may be done anywhere and are added in their order. */
export interface RemovalPlan {
  readonly blocks: readonly OriginBlock[];
  /** takes the loss of a block; call in the order of the blocks */
  readonly add: (loss: RemovalLoss, block: number) => void;
  readonly finish: () => RemovalLoss;
}

export function planRemoval({ trips, groupCount }: RemovalWork): RemovalPlan {
  const originCount = trips.origins.length;
  const blocks = Array.from({ length: Math.ceil(originCount / ORIGINS_A_BLOCK) }, (_value, block) => {
    return { first: block * ORIGINS_A_BLOCK, end: Math.min((block + 1) * ORIGINS_A_BLOCK, originCount) };
  });
  const total = emptyLoss(groupCount, originCount);
  return {
    blocks,
    add: (loss, block) => {
      for (let group = 0; group < groupCount; group++) {
        total.addedCost[group]! += loss.addedCost[group]!;
        total.cutOff[group]! += loss.cutOff[group]!;
      }
      const { first } = blocks[block]!;
      total.originAdded.set(loss.originAdded, first);
      total.originCutOff.set(loss.originCutOff, first);
      total.originWorst.set(loss.originWorst, first);
      total.originWorstAdded.set(loss.originWorstAdded, first);
    },
    finish: () => total,
  };
}

/**
 * Remove every group of arcs in turn and measure what trips lose at fixed costs.
 *
 * Only arcs of an origin's shortest tree matter to it, and only the nodes beyond them: the part of the tree that hung on the group is searched
 * anew from its rim. A group without trips beyond it is passed over. Cost O(origins × Σ size of the parts × log); the naive way is O(groups × origins
 * × tree). Sources: Jenelius, Petersen and Mattsson (2006) doi:10.1016/j.tra.2005.11.003; Ramalingam and Reps (1996)
 * doi:10.1006/jagm.1996.0046.
 *
 * @param onOrigin called after each block with how many origins are done
 */
export function removeInTurn(work: RemovalWork, onOrigin: (done: number, total: number) => void = () => {}): RemovalLoss {
  const plan = planRemoval(work);
  const block = createRemoval(work);
  plan.blocks.forEach((part, place) => {
    plan.add(block(part), place);
    onOrigin(part.end, work.trips.origins.length);
  });
  return plan.finish();
}
