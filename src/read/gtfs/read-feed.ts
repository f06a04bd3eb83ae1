import { DataError } from '../../model/errors.ts';
import type { Problem } from '../../model/problem.ts';
import type { FeedSource } from './feed-source.ts';
import type { FeedTables } from './feed-tables.ts';
import type { GroupedFaults } from './grouped-faults.ts';
import { readCalendar } from './read-calendar.ts';
import { readAgencies, readFeedInfo, readRoutes } from './read-routes.ts';
import { checkPathways, readStops, readTransfers } from './read-stops.ts';
import { readFrequencies, readTrips } from './read-trips.ts';
import type { TableCount } from './table-reader.ts';

const OPTIONAL = ['calendar.txt', 'calendar_dates.txt', 'frequencies.txt', 'transfers.txt', 'pathways.txt', 'feed_info.txt', 'shapes.txt'];
const REQUIRED = ['agency.txt', 'stops.txt', 'routes.txt', 'trips.txt', 'stop_times.txt'] as const;

/**
 * Read everything of a feed but its stop times and shapes.
 *
 * @throws DataError where a required table is missing or a table has no usable row: then nothing could follow
 * Cost O(bytes).
 */
export async function readFeedTables(
  source: FeedSource,
  prefix: string,
  faults: GroupedFaults,
): Promise<{ tables: FeedTables; notes: string[] }> {
  requireTables(source);
  const { agencies, count: agencyCount } = await readAgencies(source, faults);
  const { stops, count: stopCount } = await readStops(source, faults);
  const { routes, count: routeCount } = await readRoutes(source, agencies, faults);
  const { services, counts: calendarCounts } = await readCalendar(source, faults);
  const { trips, count: tripCount } = await readTrips(source, routes, services, faults);
  const stopOf = new Map(stops.flatMap(({ id, longitude }, index) => (Number.isNaN(longitude) ? [] : [[id, index] as const])));
  const tripOf = new Map(trips.map(({ id }, index) => [id, index]));
  const { frequencies, count: frequencyCount } = await readFrequencies(source, tripOf, faults);
  const { transfers, special, count: transferCount } = await readTransfers(source, stopOf, faults);
  const pathwayCount = await checkPathways(source, stopOf, faults);
  const publisher = await readFeedInfo(source, faults);
  const empty = Object.entries({ 'agency.txt': agencies, 'stops.txt': stops, 'routes.txt': routes, 'trips.txt': trips });
  const problems = empty.filter(([, rows]) => rows.length === 0).map(([file]) => nothingIn(source, file, 'no usable row', 'at least one'));
  if (problems.length > 0) throw new DataError([...problems, ...faults.problems()]);
  const counts = [agencyCount, stopCount, routeCount, ...calendarCounts, tripCount, frequencyCount, transferCount, pathwayCount];
  const notes: string[] = [];
  const unread = [...source.files.keys()].filter((file) => !OPTIONAL.includes(file) && !REQUIRED.some((name) => name === file));
  if (unread.length + source.others.length > 0) notes.push(`not read: ${[...unread, ...source.others].join(', ')}`);
  if (special > 0) notes.push(`transfers.txt: ${special} rows for single trips or routes, or in-seat, have no counterpart in a region`);
  if (pathwayCount) notes.push('pathways.txt: checked only; a station is one node');
  return {
    tables: {
      name: source.name,
      prefix,
      timezone: agencies[0]?.timezone ?? 'UTC',
      publisher:
        publisher ||
        agencies
          .map(({ name }) => name)
          .slice(0, 3)
          .join(', '),
      stops,
      stopOf,
      routes,
      services,
      trips,
      tripOf,
      frequencies,
      transfers,
      counts: counts.filter((count): count is TableCount => count !== null),
    },
    notes,
  };
}

function requireTables(source: FeedSource): void {
  const missing = REQUIRED.filter((file) => !source.files.has(file));
  const problems = missing.map((file) => nothingIn(source, file, 'no such table', 'a table that GTFS requires'));
  if (!source.files.has('calendar.txt') && !source.files.has('calendar_dates.txt')) {
    problems.push(nothingIn(source, 'calendar.txt', 'no such table', 'calendar.txt, calendar_dates.txt or both'));
  }
  if (problems.length > 0) throw new DataError(problems);
}

function nothingIn(source: FeedSource, file: string, found: string, expected: string): Problem {
  return { severity: 'error', kind: 'missing-file', file: `${source.name}/${file}`, feature: '–', property: 'file', found, expected };
}
