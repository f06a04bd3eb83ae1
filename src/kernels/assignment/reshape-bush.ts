import { type Bush, type BushScratch, balanceBush, labelBush, leaveBush } from './bush.ts';
import type { FlowNetwork } from './flow-network.ts';

/** What a bush lacks to equilibrium at the costs it was reshaped at. */
export interface BushGap {
  /** Σ flow × (cost of its way - cost of the cheapest way of the network) */
  readonly excess: number;
  /** Σ charge × flow */
  readonly charge: number;
  /** largest difference between the dearest used and the cheapest way of a pair */
  readonly widest: number;
  /** how many arcs came in */
  readonly added: number;
}

/**
 * Drop the arcs that carry nothing, add those that shorten a way, keep the order, and measure the gap.
 *
 * An arc i → j comes in where the dearest way to i plus the arc is under the dearest way to j, so that no cycle can arise, and where it also
 * shortens the cheapest way to j; if no arc does both while some shortens, the first condition is enough.
 * Cost O(nodes + arcs). Source: Dial (2006) doi:10.1016/j.trb.2006.02.008; Nie (2010) doi:10.1016/j.trb.2009.06.005.
 */
export function reshapeBush(network: FlowNetwork, bush: Bush, scratch: BushScratch, time: Float64Array): BushGap {
  labelBush(network, bush, scratch, time, 'flow');
  balanceBush(network, bush, scratch);
  labelBush(network, bush, scratch, time, 'flow');
  shortestFromBush(network, bush, scratch, time);
  const gap = measure(network, bush, scratch, time);
  labelBush(network, bush, scratch, time, 'flow-and-tree');
  const kept = keepUsed(bush, scratch);
  const added = findShortcuts(network, bush, scratch, time);
  leaveBush(bush, scratch);
  if (added.length > 0 || kept < bush.arc.length) rebuild(network, bush, scratch, added, kept + added.length);
  else for (const arc of bush.arc) scratch.slotOf[arc] = 0;
  return { ...gap, added: added.length };
}

/** True shortest costs, by label correcting from those of the bush. Near equilibrium few labels change. */
function shortestFromBush(network: FlowNetwork, bush: Bush, scratch: BushScratch, time: Float64Array): void {
  const { firstOut, head, isClosed, nodeCount } = network;
  const { least, shortest, queue, isQueued, placeOf } = scratch;
  const { charge } = bush.tripClass;
  let [read, write, waiting] = [0, 0, 0];
  const room = nodeCount + 1;
  for (const node of bush.order) {
    shortest[node] = least[node]!;
    queue[write++] = node;
    isQueued[node] = 1;
    waiting++;
  }
  write %= room;
  while (waiting > 0) {
    const node = queue[read]!;
    read = read + 1 === room ? 0 : read + 1;
    waiting--;
    isQueued[node] = 0;
    if (isClosed[node] === 1 && node !== bush.origin) continue;
    const here = shortest[node]!;
    for (let arc = firstOut[node]!; arc < firstOut[node + 1]!; arc++) {
      const to = head[arc]!;
      const through = here + time[arc]! + charge[arc]!;
      if (placeOf[to]! < 0 || through >= shortest[to]!) continue;
      shortest[to] = through;
      if (isQueued[to] === 1) continue;
      isQueued[to] = 1;
      queue[write] = to;
      write = write + 1 === room ? 0 : write + 1;
      waiting++;
    }
  }
}

function measure(network: FlowNetwork, bush: Bush, scratch: BushScratch, time: Float64Array): Omit<BushGap, 'added'> {
  const { order, first, arc, flow } = bush;
  const { charge, firstPair, destination } = bush.tripClass;
  const { shortest, most, placeOf } = scratch;
  let [excess, charged, widest] = [0, 0, 0];
  for (let place = 1; place < order.length; place++) {
    const here = shortest[order[place]!]!;
    for (let slot = first[place]!; slot < first[place + 1]!; slot++) {
      if (flow[slot] === 0) continue;
      const by = arc[slot]!;
      excess += flow[slot]! * Math.max(0, shortest[network.tail[by]!]! + (time[by]! + charge[by]!) - here);
      charged += flow[slot]! * charge[by]!;
    }
  }
  for (let pair = firstPair[bush.index]!; pair < firstPair[bush.index + 1]!; pair++) {
    const node = destination[pair]!;
    if (placeOf[node]! >= 0 && most[node]! >= 0) widest = Math.max(widest, most[node]! - shortest[node]!);
  }
  return { excess, charge: charged, widest };
}

/** Mark the arcs that stay, those with flow and those of the cheapest ways; returns how many. */
function keepUsed({ order, first, arc, flow }: Bush, { leastSlot, slotOf }: BushScratch): number {
  let kept = 0;
  for (let place = 1; place < order.length; place++) {
    for (let slot = first[place]!; slot < first[place + 1]!; slot++) {
      if (flow[slot]! > 0 || slot === leastSlot[order[place]!]) {
        slotOf[arc[slot]!] = slot + 1;
        kept++;
      }
    }
  }
  return kept;
}

function findShortcuts(network: FlowNetwork, bush: Bush, scratch: BushScratch, time: Float64Array): number[] {
  const { firstOut, head, isClosed } = network;
  const { least, most, slotOf, placeOf } = scratch;
  const { charge } = bush.tripClass;
  const strict: number[] = [];
  const loose: number[] = [];
  let shortens = false;
  for (const node of bush.order) {
    if (isClosed[node] === 1 && node !== bush.origin) continue;
    for (let arc = firstOut[node]!; arc < firstOut[node + 1]!; arc++) {
      const to = head[arc]!;
      if (slotOf[arc] !== 0 || to === bush.origin || placeOf[to]! < 0) continue;
      const cost = time[arc]! + charge[arc]!;
      const isShorter = least[node]! + cost < least[to]!;
      if (isShorter) shortens = true;
      if (!(most[node]! + cost < most[to]!)) continue;
      if (isShorter) strict.push(arc);
      else loose.push(arc);
    }
  }
  return strict.length > 0 || !shortens ? strict : loose;
}

/** The bush over its marked and its new arcs, in a fresh order (Kahn 1962 doi:10.1145/368996.369025). */
function rebuild(network: FlowNetwork, bush: Bush, scratch: BushScratch, added: readonly number[], arcCount: number): void {
  const { head, firstOut, firstIn, inArc } = network;
  const { slotOf, degree } = scratch;
  const old = bush.flow;
  const fresh = old.length + 1;
  for (const arc of added) slotOf[arc] = fresh;
  for (const node of bush.order) {
    let count = 0;
    for (let at = firstIn[node]!; at < firstIn[node + 1]!; at++) if (slotOf[inArc[at]!] !== 0) count++;
    degree[node] = count;
  }
  const order = new Uint32Array(bush.order.length);
  order[0] = bush.origin;
  let write = 1;
  for (let read = 0; read < write; read++) {
    const node = order[read]!;
    for (let arc = firstOut[node]!; arc < firstOut[node + 1]!; arc++) {
      if (slotOf[arc] === 0) continue;
      degree[head[arc]!]!--;
      if (degree[head[arc]!] === 0) order[write++] = head[arc]!;
    }
  }
  if (write !== order.length) throw new RangeError(`a bush of origin node ${bush.origin} has a cycle`);
  const first = new Uint32Array(order.length + 1);
  const arcs = new Uint32Array(arcCount);
  const flow = new Float64Array(arcCount);
  let slot = 0;
  for (let place = 0; place < order.length; place++) {
    const node = order[place]!;
    first[place] = slot;
    for (let at = firstIn[node]!; at < firstIn[node + 1]!; at++) {
      const arc = inArc[at]!;
      if (slotOf[arc] === 0) continue;
      arcs[slot] = arc;
      flow[slot] = slotOf[arc] === fresh ? 0 : old[slotOf[arc]! - 1]!;
      slot++;
    }
  }
  first[order.length] = slot;
  for (const arc of arcs) slotOf[arc] = 0;
  bush.order = order;
  bush.first = first;
  bush.arc = arcs;
  bush.flow = flow;
}
