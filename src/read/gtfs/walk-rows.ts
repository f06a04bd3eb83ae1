import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Place, Transfer } from '../../model/tables.ts';
import { byCodePoint, travelMinutes } from '../../model/units.ts';
import type { DayFeed } from './day-feed.ts';
import type { StationNumbers } from './line-patterns.ts';

export interface WalkRules {
  /** stations at most this far apart (straight) get a walk where transfers.txt names none; 0 adds none */
  readonly walkKilometres: number;
  readonly walkKilometresPerHour: number;
  /** walked over straight distance */
  readonly circuity: number;
}

export const DEFAULT_WALKS: WalkRules = { walkKilometres: 0.3, walkKilometresPerHour: 4.5, circuity: 1.3 };

const NOT_POSSIBLE = 3;

interface WalkRows {
  readonly transfers: Transfer[];
  /** of transfers.txt with its own time, of it timed by distance, and added between near stations */
  readonly counts: { readonly given: number; readonly timedByDistance: number; readonly added: number; readonly within: number };
}

/**
 * Walks between stations: those of transfers.txt (the longer of the two ways, since a walk of a region is the same both ways), and between
 * stations near each other that no row forbids. Rows within one station (platform to platform) have no place in a region; they are counted.
 *
 * Cost O(transfers + stations log stations).
 */
export function walkRows(feeds: readonly DayFeed[], numbers: StationNumbers, stations: readonly Place[], rules: WalkRules): WalkRows {
  const byDistance = (a: number, b: number) => {
    const [one, two] = [stations[a], stations[b]];
    const straight = one && two ? greatCircleKilometres(one.longitude, one.latitude, two.longitude, two.latitude) : 0;
    return travelMinutes(straight * rules.circuity, rules.walkKilometresPerHour);
  };
  const { walks, forbidden, within } = feedWalks(feeds, numbers, byDistance);
  const counts = { given: 0, timedByDistance: 0, added: 0, within };
  for (const { source } of walks.values()) counts[source === GIVEN ? 'given' : 'timedByDistance'] += 1;
  for (const [from, to] of nearPairs(stations, rules.walkKilometres)) {
    const key = pairOf(from, to);
    if (walks.has(key) || forbidden.has(key)) continue;
    walks.set(key, { from, to, minutes: byDistance(from, to), source: 'added by distance' });
    counts.added += 1;
  }
  const transfers = [...walks.values()].map(({ from, to, minutes, source }): Transfer => {
    const ends = [stations[from]?.id ?? '', stations[to]?.id ?? ''].sort(byCodePoint);
    return { from: ends[0] ?? '', to: ends[1] ?? '', minutes: Number(minutes.toFixed(3)), kept: { source } };
  });
  return { transfers, counts };
}

interface Walk {
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  readonly source: string;
}

const GIVEN = 'transfers.txt';

function pairOf(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function feedWalks(
  feeds: readonly DayFeed[],
  numbers: StationNumbers,
  byDistance: (a: number, b: number) => number,
): { walks: Map<string, Walk>; forbidden: Set<string>; within: number } {
  const walks = new Map<string, Walk>();
  const forbidden = new Set<string>();
  let within = 0;
  for (const feed of feeds) {
    for (const row of feed.tables.transfers) {
      const [from, to] = [numbers.find(feed, row.from), numbers.find(feed, row.to)];
      const key = pairOf(from, to);
      if (from < 0 || to < 0 || from === to) within += 1;
      else if (row.type === NOT_POSSIBLE) forbidden.add(key);
      else keepLonger(walks, key, from, to, row.seconds, byDistance);
    }
  }
  return { walks, forbidden, within };
}

function keepLonger(
  walks: Map<string, Walk>,
  key: string,
  from: number,
  to: number,
  seconds: number,
  byDistance: (a: number, b: number) => number,
): void {
  const isTimed = seconds >= 0;
  const minutes = isTimed ? seconds / 60 : byDistance(from, to);
  const known = walks.get(key);
  if (!known || minutes > known.minutes) walks.set(key, { from, to, minutes, source: isTimed ? GIVEN : `${GIVEN}, timed by distance` });
}

function nearPairs(stations: readonly Place[], kilometres: number): [number, number][] {
  if (stations.length === 0 || kilometres <= 0) return [];
  const index = new KDBush(stations.length);
  for (const { longitude, latitude } of stations) index.add(longitude, latitude);
  index.finish();
  return stations.flatMap(({ longitude, latitude }, from) =>
    around(index, longitude, latitude, Number.POSITIVE_INFINITY, kilometres)
      .filter((to) => to > from)
      .map((to): [number, number] => [from, to]),
  );
}
