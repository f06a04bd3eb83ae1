import type { Problem } from '../../model/problem.ts';
import { departuresOf, tripsOfDay } from './day-choice.ts';
import type { FeedSource } from './feed-source.ts';
import type { FeedTables } from './feed-tables.ts';
import { zoneOffsetSeconds } from './fields.ts';
import { fillTimes } from './fill-times.ts';
import type { GroupedFaults } from './grouped-faults.ts';
import { readShapes } from './read-shapes.ts';
import { readStopTimes } from './read-stop-times.ts';
import type { StopTimeColumns } from './stop-time-columns.ts';
import type { TableCount } from './table-reader.ts';
import { groupTrips, type TripPattern } from './trip-patterns.ts';

/** What one feed runs on one day. */
export interface DayFeed {
  readonly tables: FeedTables;
  readonly times: StopTimeColumns;
  readonly patterns: readonly TripPattern[];
  /** seconds to add to a trip's times for each of its runs that day: one 0, or a run a departure of frequencies.txt */
  readonly runsOf: (trip: number) => readonly number[];
  /** seconds to add to a route's times so that they read on the clock of the reference zone */
  readonly zoneShift: (route: number) => number;
  readonly counts: readonly TableCount[];
  readonly notes: readonly string[];
  /** counts of trips and rows for the summary */
  readonly tripsThatDay: number;
}

const ONE_RUN = [0];

/** Read the stop times and shapes of a feed for one day. Cost O(bytes + stop times). */
export async function readDay(
  source: FeedSource,
  tables: FeedTables,
  choice: { readonly isWanted: Uint8Array; readonly day: number; readonly referenceZone: string },
  faults: GroupedFaults,
): Promise<DayFeed> {
  const today = tripsOfDay(tables, choice.isWanted, choice.day);
  const { columns: times, count, withoutTimes, refusedTrips } = await readStopTimes(source, tables, today, faults);
  const hasTimes = (trip: number) => (times.first[trip + 1] ?? 0) > (times.first[trip] ?? 0);
  const wantedShapes = new Set(tables.trips.flatMap(({ shape }, trip) => (shape !== '' && hasTimes(trip) ? [shape] : [])));
  const { shapes, count: shapeCount } = await readShapes(source, wantedShapes, faults);
  const patterns = groupTrips(tables, times, shapes);
  const { alongShape, straight } = fillTimes(times, patterns);
  const notes: string[] = [];
  if (alongShape + straight > 0) {
    notes.push(`stop_times.txt: ${alongShape + straight} open times filled by distance (${alongShape} along shapes, ${straight} straight)`);
  }
  if (withoutTimes > 0) notes.push(`trips.txt: ${withoutTimes} trips of the day have no stop times and are left out`);
  if (refusedTrips > 0) notes.push(`stop_times.txt: ${refusedTrips} trips of the day are left out, their rows are at fault`);
  const lost = wantedShapes.size - shapes.size;
  if (lost > 0 && shapeCount) notes.push(`shapes.txt: ${lost} shapes that trips name are not there; straight lines stand in`);
  const misfits = patterns.filter(({ hasShape, trips }) => !hasShape && shapes.has(tables.trips[trips[0] ?? 0]?.shape ?? '')).length;
  if (misfits > 0) notes.push(`shapes.txt: the shapes of ${misfits} trip patterns pass over 1 km from a stop; straight lines stand in`);
  return {
    tables,
    times,
    patterns,
    runsOf: runsByFrequency(tables, times),
    zoneShift: zoneShifts(tables, choice.referenceZone, choice.day),
    counts: [...tables.counts, count, ...(shapeCount ? [shapeCount] : [])],
    notes,
    tripsThatDay: patterns.reduce((sum, { trips }) => sum + trips.length, 0),
  };
}

function runsByFrequency(tables: FeedTables, times: StopTimeColumns): (trip: number) => readonly number[] {
  const runs = new Map<number, number[]>();
  for (const row of tables.frequencies) {
    const first = times.departure[times.first[row.trip] ?? 0] ?? 0;
    const shifts = Array.from({ length: departuresOf(row) }, (_value, index) => row.start + index * row.headway - first);
    runs.set(row.trip, [...(runs.get(row.trip) ?? []), ...shifts]);
  }
  for (const shifts of runs.values()) shifts.sort((a, b) => a - b);
  return (trip) => runs.get(trip) ?? ONE_RUN;
}

function zoneShifts(tables: FeedTables, referenceZone: string, day: number): (route: number) => number {
  const reference = zoneOffsetSeconds(referenceZone, day);
  const shifts = tables.routes.map(({ timezone }) => reference - zoneOffsetSeconds(timezone, day));
  return (route) => shifts[route] ?? 0;
}

/** A count or choice of the import that a reader of the region must know. */
export function noteProblem(file: string, found: string): Problem {
  return { severity: 'note', kind: 'import', file, feature: '–', property: 'import', found, expected: 'nothing to do' };
}
