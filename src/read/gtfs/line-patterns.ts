import type { DayFeed } from './day-feed.ts';
import { SECONDS_PER_DAY } from './fields.ts';
import type { TripPattern } from './trip-patterns.ts';

/** Departures from `from` to before `to`, seconds of the clock; a time past 24:00 counts at its clock time. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** One departure of a trip. */
export interface Run {
  readonly trip: number;
  /** seconds to add to the trip's times */
  readonly shift: number;
}

/** The trips of a line that call at the same stations in the same order. */
export interface LinePattern {
  readonly feed: DayFeed;
  /** positions in the station list; no two neighbours are the same */
  readonly stations: readonly number[];
  /** position in the trip of the first and the last row at each station: two platforms of one station are one call */
  readonly firstAt: readonly number[];
  readonly lastAt: readonly number[];
  /** kilometres from the first station */
  readonly kilometres: readonly number[];
  /** the trips as the feed has them, stop by stop */
  readonly trips: Pick<TripPattern, 'isAlongShape' | 'onShape'>;
  readonly runs: readonly Run[];
}

/** A route of a feed. */
export interface Line {
  readonly id: string;
  readonly feed: DayFeed;
  readonly route: number;
  readonly patterns: readonly LinePattern[];
}

/** Numbers the stations of all feeds: a stop's station is its topmost parent. */
export class StationNumbers {
  readonly roots: { readonly feed: DayFeed; readonly stop: number }[] = [];
  readonly #numberOf = new Map<DayFeed, Map<number, number>>();

  of(feed: DayFeed, stop: number): number {
    const root = rootOf(feed, stop);
    const numbers = this.#numberOf.get(feed) ?? new Map<number, number>();
    this.#numberOf.set(feed, numbers);
    const known = numbers.get(root);
    if (known !== undefined) return known;
    numbers.set(root, this.roots.length);
    this.roots.push({ feed, stop: root });
    return this.roots.length - 1;
  }

  /** The number of a stop's station, or −1 where no train calls there. */
  find(feed: DayFeed, stop: number): number {
    return this.#numberOf.get(feed)?.get(rootOf(feed, stop)) ?? -1;
  }
}

/** A boarding area's parent is a platform, a platform's a station: two steps at most. */
function rootOf(feed: DayFeed, stop: number): number {
  const { stops } = feed.tables;
  const parent = stops[stop]?.parent ?? -1;
  if (parent < 0) return stop;
  const grand = stops[parent]?.parent ?? -1;
  return grand < 0 ? parent : grand;
}

/** Lines with their patterns of stations; only runs that depart somewhere within the window. Cost O(stop times). */
export function linesOf(feeds: readonly DayFeed[], numbers: StationNumbers, window: Window | null): Line[] {
  return feeds.flatMap((feed) => {
    const patterns = new Map<number, LinePattern[]>();
    for (const pattern of feed.patterns) {
      const shift = feed.zoneShift(pattern.route);
      const runs = pattern.trips.flatMap((trip) => runsInWindow(feed, trip, shift, window));
      const { roots, ...calls } = mergeCalls(feed, pattern.stops, pattern.kilometres);
      if (runs.length === 0 || roots.length < 2) continue;
      const known = patterns.get(pattern.route) ?? [];
      patterns.set(pattern.route, known);
      known.push({ feed, stations: roots.map((root) => numbers.of(feed, root)), ...calls, trips: pattern, runs });
    }
    return [...patterns].map(([route, list]): Line => {
      return { id: feed.tables.prefix + (feed.tables.routes[route]?.id ?? ''), feed, route, patterns: list };
    });
  });
}

function mergeCalls(feed: DayFeed, stops: Uint32Array, along: Float64Array) {
  const roots: number[] = [];
  const firstAt: number[] = [];
  const lastAt: number[] = [];
  const kilometres: number[] = [];
  stops.forEach((stop, position) => {
    const root = rootOf(feed, stop);
    if (root === roots.at(-1)) {
      lastAt[lastAt.length - 1] = position;
      return;
    }
    roots.push(root);
    firstAt.push(position);
    lastAt.push(position);
    kilometres.push(along[position] ?? 0);
  });
  return { roots, firstAt, lastAt, kilometres };
}

function runsInWindow(feed: DayFeed, trip: number, zoneShift: number, window: Window | null): Run[] {
  const { first, departure } = feed.times;
  return feed.runsOf(trip).flatMap((start): Run[] => {
    const shift = start + zoneShift;
    if (!window) return [{ trip, shift }];
    for (let row = first[trip] ?? 0; row < (first[trip + 1] ?? 0) - 1; row++) {
      if (isWithin((departure[row] ?? 0) + shift, window)) return [{ trip, shift }];
    }
    return [];
  });
}

/** Whether a time falls in a window, by the clock. */
export function isWithin(seconds: number, window: Window | null): boolean {
  if (!window) return true;
  const clock = ((seconds % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY;
  return clock >= window.from && clock < window.to;
}
