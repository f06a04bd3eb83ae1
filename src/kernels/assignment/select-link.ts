import type { Bush } from './bush.ts';
import type { FlowNetwork } from './flow-network.ts';

/** Flow of one pair over a set of arcs. */
export interface SelectedPair {
  readonly origin: number;
  readonly destination: number;
  readonly units: number;
}

export interface Selection {
  readonly pairs: readonly SelectedPair[];
  /** by arc: flow of those trips that pass the set */
  readonly flow: Float64Array;
}

/**
 * Who uses a set of arcs, and where else they go: trips between pairs that pass it at least once, from the bushes of an equilibrium.
 *
 * Every node passes its flow on in the proportions of its arcs in the bush, so that the parts of a link add up to its flow exactly as far as
 * sums of doubles do. Pair flows are those of this proportional split: equilibrium fixes link flows, not path flows.
 * Cost O(arcs of all bushes × trips' destinations of those that use the set). Source: Bar-Gera (2010) doi:10.1016/j.trb.2009.11.006.
 */
export function selectLink(network: FlowNetwork, bushes: readonly Bush[], isSelected: Uint8Array): Selection {
  const { nodeCount, arcCount, tail } = network;
  const flow = new Float64Array(arcCount);
  const pairs: SelectedPair[] = [];
  const passed = new Float64Array(nodeCount);
  const intake = new Float64Array(nodeCount);
  const back = new Float64Array(nodeCount);
  for (const bush of bushes) {
    const { order, first, arc, flow: own, origin } = bush;
    if (!arc.some((by, slot) => isSelected[by] === 1 && own[slot]! > 0)) continue;
    const { firstPair, destination, amount } = bush.tripClass;
    passed[origin] = 0;
    for (let place = 0; place < order.length; place++) back[order[place]!] = 0;
    for (let place = 1; place < order.length; place++) {
      const node = order[place]!;
      let [sum, through] = [0, 0];
      for (let slot = first[place]!; slot < first[place + 1]!; slot++) {
        sum += own[slot]!;
        through += own[slot]! * (isSelected[arc[slot]!] === 1 ? 1 : passed[tail[arc[slot]!]!]!);
      }
      intake[node] = sum;
      passed[node] = sum > 0 ? through / sum : 0;
    }
    for (let pair = firstPair[bush.index]!; pair < firstPair[bush.index + 1]!; pair++) {
      const node = destination[pair]!;
      const units = amount[pair]! * passed[node]!;
      if (units > 0 && intake[node]! > 0) pairs.push({ origin, destination: node, units });
      back[node]! += amount[pair]!;
    }
    spreadBack(network, bush, isSelected, { passed, intake, back }, flow);
  }
  return { pairs, flow };
}

interface Spread {
  /** share of the flow into a node that has passed the set */
  readonly passed: Float64Array;
  readonly intake: Float64Array;
  /** on entry trips that end at a node */
  readonly back: Float64Array;
}

/**
 * Flow over each arc of trips that pass the set before or after it: all flow, less what neither came by it nor will.
 * `miss` is the chance that flow leaving a node towards its ends never meets the set.
 */
function spreadBack(
  { tail }: FlowNetwork,
  { order, first, arc, flow: own, origin }: Bush,
  isSelected: Uint8Array,
  { passed, back }: Spread,
  flow: Float64Array,
): void {
  const leaving = new Map<number, number>();
  const missing = new Map<number, number>();
  for (const node of order) {
    leaving.set(node, back[node]!);
    missing.set(node, back[node]!);
  }
  for (let place = order.length - 1; place > 0; place--) {
    const node = order[place]!;
    const out = leaving.get(node) ?? 0;
    const miss = out > 0 ? (missing.get(node) ?? 0) / out : 0;
    for (let slot = first[place]!; slot < first[place + 1]!; slot++) {
      const by = arc[slot]!;
      const from = tail[by]!;
      const units = own[slot]!;
      if (units === 0) continue;
      const isOn = isSelected[by] === 1;
      leaving.set(from, (leaving.get(from) ?? 0) + units);
      if (!isOn) missing.set(from, (missing.get(from) ?? 0) + units * miss);
      const before = from === origin ? 0 : passed[from]!;
      flow[by]! += isOn ? units : units * (1 - (1 - before) * miss);
    }
  }
}
