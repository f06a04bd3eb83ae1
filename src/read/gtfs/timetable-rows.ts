import { LimitError } from '../../model/errors.ts';
import { NO_BLOCK, type Timetable } from '../../model/timetable.ts';
import { byCodePoint } from '../../model/units.ts';
import type { DayFeed } from './day-feed.ts';
import { formatClock } from './fields.ts';
import type { StationNumbers } from './line-patterns.ts';

/** Stop times of a day beyond this come from frequencies gone wild. */
const MOST_STOP_TIMES = 50_000_000;

interface TimetableTrip {
  readonly id: string;
  readonly block: string;
  readonly arrival: Int32Array;
  readonly departure: Int32Array;
}

interface Group {
  readonly line: string;
  readonly stops: readonly string[];
  readonly stations: readonly string[];
  readonly flags: Uint8Array;
  readonly trips: TimetableTrip[];
}

/**
 * The whole service day of all feeds on the clock of one zone; frequencies are written out, a trip a departure.
 *
 * @throws LimitError beyond MOST_STOP_TIMES
 * Cost O(stop times log trips).
 */
export function timetableRows(
  feeds: readonly DayFeed[],
  numbers: StationNumbers,
  stationId: (station: number) => string,
  head: { readonly date: string; readonly timezone: string },
): Timetable {
  const groups = groupsOf(feeds, numbers, stationId)
    .flatMap(splitOvertaking)
    .map((group) => ({ group, key: [group.line, ...group.stops, group.flags.join('')].join('\n') }))
    .sort((a, b) => byCodePoint(a.key, b.key) || byCodePoint(a.group.trips[0]?.id ?? '', b.group.trips[0]?.id ?? ''))
    .map(({ group }) => group);
  const stationOf = new Map(groups.flatMap(({ stops, stations }) => stops.map((stop, index) => [stop, stations[index] ?? ''] as const)));
  const stopIds = [...stationOf.keys()].sort(byCodePoint);
  const stationIds = [...new Set(stationOf.values())].sort(byCodePoint);
  const lineIds = [...new Set(groups.map(({ line }) => line))].sort(byCodePoint);
  const blocks = groups.flatMap(({ trips }) => trips.map(({ block }) => block)).filter((block) => block !== '');
  const [stopNumber, stationNumber, lineNumber, blockNumber] = [stopIds, stationIds, lineIds, [...new Set(blocks)].sort(byCodePoint)].map(
    (list) => new Map(list.map((id, index) => [id, index])),
  );
  const trips = groups.flatMap((group) => group.trips);
  return {
    ...head,
    stationIds,
    stopIds,
    stopStation: Uint32Array.from(stopIds, (stop) => stationNumber?.get(stationOf.get(stop) ?? '') ?? 0),
    lineIds,
    patternLine: Uint32Array.from(groups, ({ line }) => lineNumber?.get(line) ?? 0),
    patternFirstStop: firsts(groups.map(({ stops }) => stops.length)),
    patternStop: Uint32Array.from(groups.flatMap(({ stops }) => stops.map((stop) => stopNumber?.get(stop) ?? 0))),
    patternFlags: joined(
      Uint8Array,
      groups.map(({ flags }) => flags),
    ),
    patternFirstTrip: firsts(groups.map((group) => group.trips.length)),
    tripIds: trips.map(({ id }) => id),
    tripBlock: Uint32Array.from(trips, ({ block }) => (block === '' ? NO_BLOCK : (blockNumber?.get(block) ?? NO_BLOCK))),
    arrival: joined(
      Int32Array,
      trips.map(({ arrival }) => arrival),
    ),
    departure: joined(
      Int32Array,
      trips.map(({ departure }) => departure),
    ),
  };
}

function groupsOf(feeds: readonly DayFeed[], numbers: StationNumbers, stationId: (station: number) => string): Group[] {
  const groups = new Map<string, Group>();
  let size = 0;
  for (const feed of feeds) {
    const { prefix, stops: stopRows, routes } = feed.tables;
    for (const { route, stops: stopNumbers, flags, trips } of feed.patterns) {
      const line = prefix + (routes[route]?.id ?? '');
      const stops = Array.from(stopNumbers, (stop) => prefix + (stopRows[stop]?.id ?? ''));
      const key = [line, ...stops, flags.join('')].join('\n');
      const stations = Array.from(stopNumbers, (stop) => stationId(numbers.of(feed, stop)));
      const group = groups.get(key) ?? { line, stops, stations, flags, trips: [] };
      groups.set(key, group);
      for (const trip of trips) {
        size += feed.runsOf(trip).length * stops.length;
        if (size > MOST_STOP_TIMES)
          throw new LimitError(`the day holds over ${MOST_STOP_TIMES} stop times; expected fewer: see frequencies.txt`);
        group.trips.push(...timetableTrips(feed, trip, feed.zoneShift(route)));
      }
    }
  }
  return [...groups.values()];
}

/** A trip, or one a departure where it runs by headway: its id then ends with the time it leaves. */
function timetableTrips({ tables, times, runsOf }: DayFeed, trip: number, zoneShift: number): TimetableTrip[] {
  const [from = 0, to = 0] = [times.first[trip], times.first[trip + 1]];
  const { id = '', block: ownBlock = '' } = tables.trips[trip] ?? {};
  const block = ownBlock === '' ? '' : tables.prefix + ownBlock;
  const runs = runsOf(trip);
  return runs.map((run): TimetableTrip => {
    const departure = times.departure.slice(from, to).map((time) => time + run + zoneShift);
    const arrival = times.arrival.slice(from, to).map((time) => time + run + zoneShift);
    const isPlain = runs.length === 1 && run === 0;
    return { id: `${tables.prefix}${id}${isPlain ? '' : `@${formatClock(departure[0] ?? 0)}`}`, block, arrival, departure };
  });
}

/** Trips in order of departure; each joins the first row of trips whose last one it does not overtake anywhere. */
function splitOvertaking(group: Group): Group[] {
  const rows: TimetableTrip[][] = [];
  const order = (a: TimetableTrip, b: TimetableTrip) =>
    (a.departure[0] ?? 0) - (b.departure[0] ?? 0) || (a.arrival.at(-1) ?? 0) - (b.arrival.at(-1) ?? 0) || byCodePoint(a.id, b.id);
  for (const trip of group.trips.sort(order)) {
    const row = rows.find((trips) => follows(trip, trips.at(-1)));
    if (row) row.push(trip);
    else rows.push([trip]);
  }
  return rows.map((trips) => ({ ...group, trips }));
}

function follows(trip: TimetableTrip, before: TimetableTrip | undefined): boolean {
  if (!before) return true;
  for (let index = 0; index < trip.arrival.length; index++) {
    if ((trip.arrival[index] ?? 0) < (before.arrival[index] ?? 0) || (trip.departure[index] ?? 0) < (before.departure[index] ?? 0))
      return false;
  }
  return true;
}

function firsts(lengths: readonly number[]): Uint32Array {
  const first = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, index) => {
    first[index + 1] = (first[index] ?? 0) + length;
  });
  return first;
}

function joined<T extends Uint8Array | Int32Array>(Make: new (length: number) => T, parts: readonly T[]): T {
  const whole = new Make(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
