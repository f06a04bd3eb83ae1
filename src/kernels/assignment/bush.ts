import type { FlowNetwork } from './flow-network.ts';
import { NO_ARC, type TreeSearch } from './shortest-tree.ts';
import type { TripClass } from './trip-classes.ts';

/**
 * All flow of one class out of one origin, on arcs that form no cycle.
 *
 * order holds the nodes reached, the origin first, so that every arc leads forwards; the arcs into order[p] are
 * arc[first[p]] … arc[first[p + 1] - 1], with their flow beside them.
 */
export interface Bush {
  readonly tripClass: TripClass;
  /** place of the origin in tripClass.origins */
  readonly index: number;
  readonly origin: number;
  order: Uint32Array;
  first: Uint32Array;
  arc: Uint32Array;
  flow: Float64Array;
}

/** Arrays by node and arc that all bushes of a problem share while they are worked on. */
export interface BushScratch {
  /** cost of the cheapest way within the bush */
  readonly least: Float64Array;
  /** cost of the dearest way within the bush, over arcs that count */
  readonly most: Float64Array;
  /** slot of the arc that gives least and most; -1 where none */
  readonly leastSlot: Int32Array;
  readonly mostSlot: Int32Array;
  /** place of a node in the order of the bush; -1 outside */
  readonly placeOf: Int32Array;
  /** cost of the cheapest way over the whole network */
  readonly shortest: Float64Array;
  readonly units: Float64Array;
  /** by arc: slot in the bush plus 1, 0 outside */
  readonly slotOf: Uint32Array;
  readonly degree: Uint32Array;
  readonly queue: Uint32Array;
  readonly isQueued: Uint8Array;
}

export function createBushScratch({ nodeCount, arcCount }: FlowNetwork): BushScratch {
  return {
    least: new Float64Array(nodeCount),
    most: new Float64Array(nodeCount),
    leastSlot: new Int32Array(nodeCount).fill(-1),
    mostSlot: new Int32Array(nodeCount).fill(-1),
    placeOf: new Int32Array(nodeCount).fill(-1),
    shortest: new Float64Array(nodeCount),
    units: new Float64Array(nodeCount),
    slotOf: new Uint32Array(arcCount),
    degree: new Uint32Array(nodeCount),
    queue: new Uint32Array(nodeCount + 1),
    isQueued: new Uint8Array(nodeCount),
  };
}

/**
 * The shortest tree of an origin with all its trips on it.
 *
 * @returns the bush and the units whose destination cannot be reached, which are left out
 */
export function plantBush(
  network: FlowNetwork,
  tripClass: TripClass,
  index: number,
  time: Float64Array,
  search: TreeSearch,
): { bush: Bush; unserved: number } {
  const origin = tripClass.origins[index]!;
  const settled = search.run(origin, time, tripClass.charge);
  const order = search.order.slice(0, settled);
  const units = new Float64Array(network.nodeCount);
  const unserved = layTrips(tripClass, index, units, (node) => search.label[node] !== Number.POSITIVE_INFINITY);
  const first = new Uint32Array(settled + 1);
  const arc = new Uint32Array(Math.max(0, settled - 1));
  const flow = new Float64Array(arc.length);
  for (let place = settled - 1; place > 0; place--) {
    const node = order[place]!;
    const into = search.into[node]!;
    first[place + 1] = place;
    if (into === NO_ARC) throw new RangeError('a settled node has no arc into it');
    arc[place - 1] = into;
    flow[place - 1] = units[node]!;
    units[network.tail[into]!]! += units[node]!;
  }
  return { bush: { tripClass, index, origin, order, first, arc, flow }, unserved };
}

/** Trips of an origin by destination node, added to units; returns those that isServed refuses. */
function layTrips(
  { firstPair, destination, amount }: TripClass,
  index: number,
  units: Float64Array,
  isServed: (node: number) => boolean,
): number {
  let unserved = 0;
  for (let pair = firstPair[index]!; pair < firstPair[index + 1]!; pair++) {
    if (isServed(destination[pair]!)) units[destination[pair]!]! += amount[pair]!;
    else unserved += amount[pair]!;
  }
  return unserved;
}

/** Units whose destination is in no bush of their origin. Cost O(nodes × origins + pairs). */
export function unservedBy(bushes: readonly Bush[], scratch: BushScratch): number {
  let unserved = 0;
  for (const bush of bushes) {
    bush.order.forEach((node, place) => {
      scratch.placeOf[node] = place;
    });
    unserved += layTrips(bush.tripClass, bush.index, scratch.units, (node) => scratch.placeOf[node]! >= 0);
    leaveBush(bush, scratch);
  }
  return unserved;
}

/** Arcs of a bush that its dearest way may take. */
export type DearestOver = 'flow' | 'flow-and-tree';

/**
 * Cheapest and dearest ways within a bush, in one pass.
 *
 * @param dearestOver  the arcs that the dearest way may take: those with flow, or also those of the cheapest ways
 * Cost O(arcs of the bush).
 */
export function labelBush(network: FlowNetwork, bush: Bush, scratch: BushScratch, time: Float64Array, dearestOver: DearestOver): void {
  const countsTree = dearestOver === 'flow-and-tree';
  const { order, first, arc, flow, origin } = bush;
  const { charge } = bush.tripClass;
  const { least, most, leastSlot, mostSlot, placeOf } = scratch;
  const { tail } = network;
  least[origin] = 0;
  most[origin] = 0;
  leastSlot[origin] = -1;
  mostSlot[origin] = -1;
  placeOf[origin] = 0;
  for (let place = 1; place < order.length; place++) {
    const node = order[place]!;
    placeOf[node] = place;
    let low = Number.POSITIVE_INFINITY;
    let lowSlot = -1;
    let high = -1;
    let highSlot = -1;
    for (let slot = first[place]!; slot < first[place + 1]!; slot++) {
      const from = tail[arc[slot]!]!;
      const cost = time[arc[slot]!]! + charge[arc[slot]!]!;
      if (least[from]! + cost < low) {
        low = least[from]! + cost;
        lowSlot = slot;
      }
      if (flow[slot]! > 0 && most[from]! >= 0 && most[from]! + cost > high) {
        high = most[from]! + cost;
        highSlot = slot;
      }
    }
    if (countsTree && lowSlot >= 0) {
      const by = arc[lowSlot]!;
      const through = most[tail[by]!]! + time[by]! + charge[by]!;
      if (through > high) {
        high = through;
        highSlot = lowSlot;
      }
    }
    least[node] = low;
    leastSlot[node] = lowSlot;
    most[node] = high;
    mostSlot[node] = highSlot;
  }
}

/**
 * Share the trips of the origin out anew over the arcs of the bush, in the proportions that its flows have: what was lost by rounding comes
 * back, and every node passes on exactly what it takes in. Cost O(arcs of the bush).
 */
export function balanceBush(network: FlowNetwork, bush: Bush, scratch: BushScratch): void {
  const { order, first, arc, flow } = bush;
  const { units, leastSlot, placeOf } = scratch;
  for (let place = 0; place < order.length; place++) units[order[place]!] = 0;
  layTrips(bush.tripClass, bush.index, units, (node) => placeOf[node]! >= 0);
  for (let place = order.length - 1; place > 0; place--) {
    const node = order[place]!;
    const need = units[node]!;
    let sum = 0;
    for (let slot = first[place]!; slot < first[place + 1]!; slot++) sum += flow[slot]!;
    for (let slot = first[place]!; slot < first[place + 1]!; slot++) {
      if (need === 0) flow[slot] = 0;
      else if (sum === 0) flow[slot] = slot === leastSlot[node] ? need : 0;
      else if (sum !== need) flow[slot] = flow[slot]! * (need / sum);
      units[network.tail[arc[slot]!]!]! += flow[slot]!;
    }
  }
}

/** Forget the places of a bush's nodes. */
export function leaveBush(bush: Bush, scratch: BushScratch): void {
  for (const node of bush.order) scratch.placeOf[node] = -1;
}
