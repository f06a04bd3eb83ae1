import { isWithin, type Line, type LinePattern, type Window } from './line-patterns.ts';
import type { ShapePiece } from './link-shape.ts';

/** From one station straight to the next, one way. */
export interface Hop {
  readonly from: number;
  readonly to: number;
  readonly kilometres: number;
  /** the part of the shape along which it was measured; null where it is straight */
  readonly piece: ShapePiece | null;
}

/** Kilometres between two stations as the crow flies. */
export type Distance = (from: number, to: number) => number;

/** The way by the stations between may be this many times the direct way: more, and it is another way round. */
const MOST_DETOUR = 2;

export const hopKey = (from: number, to: number): string => `${from}>${to}`;
export const pairKey = (from: number, to: number): string => (from < to ? `${from}-${to}` : `${to}-${from}`);

/** Every hop of a line by key. */
export function hopsOf(line: Line): Map<string, Hop> {
  const hops = new Map<string, Hop>();
  for (const pattern of line.patterns) {
    const { stations, kilometres } = pattern;
    for (let index = 1; index < stations.length; index++) {
      const [from = 0, to = 0] = [stations[index - 1], stations[index]];
      const key = hopKey(from, to);
      const hop = { from, to, kilometres: (kilometres[index] ?? 0) - (kilometres[index - 1] ?? 0), piece: pieceOf(pattern, index) };
      const known = hops.get(key);
      if (!known || isBetter(hop, known)) hops.set(key, hop);
    }
  }
  return hops;
}

/** The part of a pattern's shape up to a station from the one before, where every stop on the way was measured along it. */
function pieceOf({ trips, firstAt }: LinePattern, index: number): ShapePiece | null {
  const [fromStop = 0, toStop = 0] = [firstAt[index - 1], firstAt[index]];
  const isAlong = trips.isAlongShape.subarray(fromStop + 1, toStop + 1).every((along) => along === 1);
  return trips.onShape && isAlong ? { ...trips.onShape, fromStop, toStop } : null;
}

/** Along a shape rather than straight, and the shorter of two shapes, the first by name of equals: whatever the order of the trips. */
function isBetter(hop: Hop, known: Hop): boolean {
  if ((hop.piece === null) !== (known.piece === null)) return hop.piece !== null;
  if (hop.kilometres !== known.kilometres) return hop.kilometres < known.kilometres;
  return (hop.piece?.id ?? '') < (known.piece?.id ?? '');
}

/**
 * The pairs of neighbours between which no train of the line stops: the links of the line. A hop that passes a stop of another train is
 * not among them: some train of the line calls at both ends, either way, with stops between; each step of that way is shorter than the hop
 * and the whole at most MOST_DETOUR times as long (as the crow flies), or else it is another way round, as on a ring.
 *
 * Since every step is shorter than what it replaces, each hop breaks down into links: the line stays in one piece.
 * Cost O(patterns · stations²).
 */
export function linkPairs(line: Line, hops: ReadonlyMap<string, Hop>, distance: Distance): Set<string> {
  const skipping = new Set<string>();
  for (const { stations } of line.patterns) {
    const steps = stations.map((to, index) => (index === 0 ? 0 : distance(stations[index - 1] ?? to, to)));
    stations.forEach((a, start) => {
      let length = steps[start + 1] ?? 0;
      let longest = length;
      for (let end = start + 2; end < stations.length; end++) {
        const [b = a, step = 0] = [stations[end], steps[end]];
        length += step;
        longest = Math.max(longest, step);
        if (a === b || !(hops.has(hopKey(a, b)) || hops.has(hopKey(b, a)))) continue;
        const direct = distance(a, b);
        if (longest < direct && length <= MOST_DETOUR * direct) skipping.add(pairKey(a, b));
      }
    });
  }
  const pairs = [...hops.values()].map(({ from, to }) => pairKey(from, to));
  return new Set(pairs.filter((key) => !skipping.has(key)));
}

/**
 * The patterns of trains that stop everywhere, both ways: each hop is a link, and the line's other such trains come back over it. What
 * passes stations by, or runs one way only, is no such pattern and becomes a service of its own, because a link of a region is two-way.
 */
export function stoppingPatterns(line: Line, links: ReadonlySet<string>): LinePattern[] {
  const neighbours = ({ stations }: LinePattern) => stations.slice(1).map((to, index): [number, number] => [stations[index] ?? 0, to]);
  let kept = line.patterns.filter((pattern) => neighbours(pattern).every(([from, to]) => links.has(pairKey(from, to))));
  for (;;) {
    const served = new Set(kept.flatMap((pattern) => neighbours(pattern).map(([from, to]) => hopKey(from, to))));
    const twoWay = kept.filter((pattern) => neighbours(pattern).every(([from, to]) => served.has(hopKey(to, from))));
    if (twoWay.length === kept.length) return kept;
    kept = twoWay;
  }
}

/** Seconds from the departure of one station to that of the next (arrival at the last), a value a train. Cost O(runs · stations). */
export function hopSamples(patterns: readonly LinePattern[], window: Window | null): Map<string, number[]> {
  const samples = new Map<string, number[]>();
  for (const pattern of patterns) {
    for (let index = 1; index < pattern.stations.length; index++) {
      const key = hopKey(pattern.stations[index - 1] ?? 0, pattern.stations[index] ?? 0);
      const list = samples.get(key) ?? [];
      samples.set(key, list);
      for (const { trip, shift } of pattern.runs) {
        const start = leaves(pattern, trip, index - 1);
        if (isWithin(start + shift, window)) list.push(leaves(pattern, trip, index) - start);
      }
    }
  }
  return samples;
}

/** When a trip leaves a station, or reaches the last one: seconds of the trip's own times. */
export function leaves({ feed, firstAt, lastAt }: LinePattern, trip: number, index: number): number {
  const { first, arrival, departure } = feed.times;
  const start = first[trip] ?? 0;
  const isLast = index === firstAt.length - 1;
  return (isLast ? arrival[start + (firstAt[index] ?? 0)] : departure[start + (lastAt[index] ?? 0)]) ?? 0;
}

/** The middle value, the lower of two; NaN of nothing. Cost O(n log n). */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
