import { UNREACHED } from '../../model/network.ts';

/**
 * Times between zones, and between zones and the nodes where a new link may end.
 *
 * Invariant: `outward` and `homeward` are true shortest times of the same network as `zoneTimes`, so that
 * zoneTimes[i][j] ≤ outward[e][i] + homeward[e][j] for every end e.
 */
export interface GainTables {
  readonly zoneCount: number;
  readonly endCount: number;
  /** milliseconds, zone × zone, row-major */
  readonly zoneTimes: Uint32Array;
  /** milliseconds zone → end, row-major end × zone */
  readonly outward: Uint32Array;
  /** milliseconds end → zone, row-major end × zone */
  readonly homeward: Uint32Array;
}

export interface GainScratch {
  /** zones that an end can still help, and their times */
  readonly receiver: Uint32Array;
  readonly receiverTime: Uint32Array;
  /** new time of a pair while arcs are tried, 0 where none has shortened it */
  readonly best: Uint32Array;
  readonly touched: Uint32Array;
}

/** Scratch for one thread. Memory: 8 bytes a zone pair. */
export function createGainScratch(zoneCount: number): GainScratch {
  return {
    receiver: new Uint32Array(zoneCount),
    receiverTime: new Uint32Array(zoneCount),
    best: new Uint32Array(zoneCount * zoneCount),
    touched: new Uint32Array(zoneCount * zoneCount),
  };
}

/**
 * Exact gain of one new arc for all zone pairs: Σ weight · (old − new), weight × milliseconds.
 *
 * A shortest path uses the arc at most once, so the new time of a pair is min(old, i→tail + cost + head→j). Pairs are pruned by zones: pair
 * (i, j) can only gain if the arc brings i nearer to the head (i→tail + cost < i→head) and j nearer to the tail (cost + head→j < tail→j);
 * otherwise the triangle inequality through head or tail shows that the old time is no longer. For a two-way link the gains of its two arcs
 * add up: were i→u→v→j and i→v→u→j both shorter than today, then i→v < i→u + cost < i→v, which cannot be.
 *
 * @param weights  zone × zone; 0 where a pair shall not count (no way before: its saving has no number)
 * Cost O(zones + senders · receivers), no allocation.
 */
export function arcGain(
  tables: GainTables,
  weights: Float64Array,
  tail: number,
  head: number,
  milliseconds: number,
  scratch: GainScratch,
): number {
  const { zoneCount, zoneTimes, outward } = tables;
  const { receiver, receiverTime } = scratch;
  const receivers = collectReceivers(tables, tail, head, milliseconds, scratch);
  if (receivers === 0) return 0;
  const fromTail = tail * zoneCount;
  const fromHead = head * zoneCount;
  let gain = 0;
  for (let from = 0; from < zoneCount; from++) {
    const toTail = outward[fromTail + from]!;
    if (toTail === UNREACHED) continue;
    const toHead = toTail + milliseconds;
    if (toHead >= outward[fromHead + from]!) continue;
    const row = from * zoneCount;
    for (let position = 0; position < receivers; position++) {
      const pair = row + receiver[position]!;
      const saved = zoneTimes[pair]! - toHead - receiverTime[position]!;
      if (saved > 0) gain += saved * weights[pair]!;
    }
  }
  return gain;
}

/** Zones that the arc brings nearer to its tail, with their times from the head. */
function collectReceivers(tables: GainTables, tail: number, head: number, milliseconds: number, scratch: GainScratch): number {
  const { zoneCount, homeward } = tables;
  const { receiver, receiverTime } = scratch;
  let receivers = 0;
  for (let to = 0; to < zoneCount; to++) {
    const onward = homeward[head * zoneCount + to]!;
    if (onward === UNREACHED || onward + milliseconds >= homeward[tail * zoneCount + to]!) continue;
    receiver[receivers] = to;
    receiverTime[receivers++] = onward;
  }
  return receivers;
}

/** A set of arcs of which a shortest path uses at most one: the two ways of a link, or the turns of an interchange. */
export interface ArcSet {
  readonly tails: Uint32Array;
  readonly heads: Uint32Array;
  readonly milliseconds: Uint32Array;
}

/** Pairs that became shorter, ascending, with their new times; pairs that had no way before included. */
export interface ImprovedPairs {
  /** from · zoneCount + to */
  readonly pairs: Uint32Array;
  readonly milliseconds: Uint32Array;
}

/**
 * Every zone pair that a set of arcs shortens, with its exact new time.
 *
 * Cost O(arcs · (zones + senders · receivers) + pairs log pairs); allocates the result alone.
 */
export function improvedPairs(tables: GainTables, arcs: ArcSet, scratch: GainScratch): ImprovedPairs {
  const { best, touched } = scratch;
  let count = 0;
  for (let arc = 0; arc < arcs.tails.length; arc++) {
    count = shorten(tables, arcs.tails[arc]!, arcs.heads[arc]!, arcs.milliseconds[arc]!, scratch, count);
  }
  const pairs = touched.slice(0, count).sort();
  const milliseconds = new Uint32Array(count);
  for (let position = 0; position < count; position++) {
    milliseconds[position] = best[pairs[position]!]!;
    best[pairs[position]!] = 0;
  }
  return { pairs, milliseconds };
}

function shorten(tables: GainTables, tail: number, head: number, milliseconds: number, scratch: GainScratch, before: number): number {
  const { zoneCount, zoneTimes, outward } = tables;
  const { receiver, receiverTime, best, touched } = scratch;
  const receivers = collectReceivers(tables, tail, head, milliseconds, scratch);
  let count = before;
  for (let from = 0; from < zoneCount; from++) {
    const toTail = outward[tail * zoneCount + from]!;
    if (toTail === UNREACHED) continue;
    const toHead = toTail + milliseconds;
    if (toHead >= outward[head * zoneCount + from]!) continue;
    for (let position = 0; position < receivers; position++) {
      const pair = from * zoneCount + receiver[position]!;
      const time = toHead + receiverTime[position]!;
      if (time >= zoneTimes[pair]! || (best[pair] !== 0 && time >= best[pair]!)) continue;
      if (best[pair] === 0) touched[count++] = pair;
      best[pair] = time;
    }
  }
  return count;
}

/** Σ weight · (old − new) over improved pairs, weight × milliseconds. Cost O(pairs). */
export function gainOfPairs(tables: GainTables, weights: Float64Array, improved: ImprovedPairs): number {
  let gain = 0;
  for (let position = 0; position < improved.pairs.length; position++) {
    const pair = improved.pairs[position]!;
    gain += (tables.zoneTimes[pair]! - improved.milliseconds[position]!) * weights[pair]!;
  }
  return gain;
}
