import type { FeedSource } from './feed-source.ts';
import type { FrequencyRow, RouteRow, ServiceDays, TripRow } from './feed-tables.ts';
import { NO_TIME, parseCount, parseTime } from './fields.ts';
import type { GroupedFaults } from './grouped-faults.ts';
import { field, readTable, type TableCount } from './table-reader.ts';

const TRIPS = {
  file: 'trips.txt',
  required: ['route_id', 'service_id', 'trip_id'],
  optional: ['shape_id', 'block_id', 'trip_headsign'],
} as const;

/** Trips of routes and services that are known. */
export async function readTrips(
  source: FeedSource,
  routes: readonly RouteRow[],
  services: ReadonlyMap<string, ServiceDays>,
  faults: GroupedFaults,
): Promise<{ trips: TripRow[]; count: TableCount | null }> {
  const routeOf = new Map(routes.map(({ id }, index) => [id, index]));
  const trips: TripRow[] = [];
  const seen = new Set<string>();
  const count = await readTable(source, TRIPS, faults, (columns) => (record, line) => {
    const text = (column: number) => field(record, column);
    const id = text(columns.trip_id);
    if (id === '' || seen.has(id)) {
      faults.error(id === '' ? 'missing-value' : 'duplicate-id', TRIPS.file, line, 'trip_id', id, 'an id of its own');
      return false;
    }
    const route = routeOf.get(text(columns.route_id));
    const service = services.get(text(columns.service_id));
    if (route === undefined)
      faults.error('unknown-reference', TRIPS.file, line, 'route_id', text(columns.route_id), 'a route_id of routes.txt');
    if (!service) {
      const expected = 'a service_id of calendar.txt or calendar_dates.txt';
      faults.error('unknown-reference', TRIPS.file, line, 'service_id', text(columns.service_id), expected);
    }
    if (route === undefined || !service) return false;
    seen.add(id);
    trips.push({ id, route, service, shape: text(columns.shape_id), block: text(columns.block_id), headsign: text(columns.trip_headsign) });
    return true;
  });
  return { trips, count };
}

const FREQUENCIES = {
  file: 'frequencies.txt',
  required: ['trip_id', 'start_time', 'end_time', 'headway_secs'],
  optional: ['exact_times'],
} as const;
/** No railway runs closer; a smaller figure is a slip of the pen that would make thousands of trains. */
const LEAST_HEADWAY_SECONDS = 10;
const MOST_SPAN_SECONDS = 48 * 3600;

/** Headways of trips. */
export async function readFrequencies(
  source: FeedSource,
  tripOf: ReadonlyMap<string, number>,
  faults: GroupedFaults,
): Promise<{ frequencies: FrequencyRow[]; count: TableCount | null }> {
  const frequencies: FrequencyRow[] = [];
  const count = await readTable(source, FREQUENCIES, faults, (columns) => (record, line) => {
    const text = (column: number) => field(record, column);
    const trip = tripOf.get(text(columns.trip_id));
    if (trip === undefined) {
      faults.error('unknown-reference', FREQUENCIES.file, line, 'trip_id', text(columns.trip_id), 'a trip_id of trips.txt');
      return false;
    }
    const [start, end] = [parseTime(text(columns.start_time)), parseTime(text(columns.end_time))];
    const isSpan = start >= 0 && start !== NO_TIME && end > start && end - start <= MOST_SPAN_SECONDS;
    if (!isSpan) {
      const found = `${text(columns.start_time)} to ${text(columns.end_time)}`;
      faults.error(
        'bad-value',
        FREQUENCIES.file,
        line,
        'start_time, end_time',
        found,
        'H:MM:SS, the end after the start, 48 hours at most',
      );
      return false;
    }
    const headway = parseCount(text(columns.headway_secs));
    if (headway < LEAST_HEADWAY_SECONDS) {
      const expected = `whole seconds, at least ${LEAST_HEADWAY_SECONDS}`;
      faults.error('bad-value', FREQUENCIES.file, line, 'headway_secs', text(columns.headway_secs), expected);
      return false;
    }
    frequencies.push({ trip, start, end, headway, isExact: text(columns.exact_times) === '1' });
    return true;
  });
  return { frequencies, count };
}
