import { NO_ALIGHTING_FLAG, NO_BOARDING_FLAG } from '../../model/timetable.ts';
import type { FeedSource } from './feed-source.ts';
import type { FeedTables } from './feed-tables.ts';
import { BAD_TIME, formatClock, NO_TIME, parseCount, parseDecimal, parseTime } from './fields.ts';
import type { GroupedFaults } from './grouped-faults.ts';
import { type OrderedRows, type StopTimeColumns, type StopTimeRow, StopTimeStore } from './stop-time-columns.ts';
import { type Columns, field, readTable, type TableCount } from './table-reader.ts';

const FILE = 'stop_times.txt';
const REQUIRED = ['trip_id', 'arrival_time', 'departure_time', 'stop_id', 'stop_sequence'] as const;
const OPTIONAL = ['pickup_type', 'drop_off_type', 'shape_dist_traveled'] as const;
const SHAPE = { file: FILE, required: REQUIRED, optional: OPTIONAL } as const;
type Name = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

interface StopTimes {
  readonly columns: StopTimeColumns;
  readonly count: TableCount;
  /** trips asked for that have no rows */
  readonly withoutTimes: number;
  /** trips asked for that a fault keeps out */
  readonly refusedTrips: number;
}

/**
 * Stream stop_times.txt: every row is checked, the rows of the trips asked for are kept.
 *
 * @param isWanted  flag a trip
 * @returns  rows by trip and sequence; times that the feed leaves open are NO_TIME
 * Cost O(rows) time, 33 bytes a kept row.
 */
export async function readStopTimes(
  source: FeedSource,
  tables: FeedTables,
  isWanted: Uint8Array,
  faults: GroupedFaults,
): Promise<StopTimes> {
  const store = new StopTimeStore();
  const count = await readTable(source, SHAPE, faults, (columns) => rowReader(columns, tables, isWanted, store, faults));
  let refusedTrips = 0;
  let seen = 0;
  const columns = store.columns(tables.trips.length, (_trip, rows) => {
    seen += 1;
    const isSound = checkTrip(rows, faults);
    if (!isSound) refusedTrips += 1;
    return isSound;
  });
  const wanted = isWanted.reduce((sum, flag) => sum + flag, 0);
  return { columns, count: count ?? { file: FILE, rows: 0, taken: 0 }, withoutTimes: wanted - seen, refusedTrips };
}

function rowReader(
  columns: Columns<Name>,
  tables: FeedTables,
  isWanted: Uint8Array,
  store: StopTimeStore,
  faults: GroupedFaults,
): (record: readonly string[], line: number) => boolean {
  const row: StopTimeRow = { trip: 0, stop: 0, sequence: 0, arrival: 0, departure: 0, shapeDistance: 0, flags: 0, line: 0 };
  let lastId = '';
  let lastTrip: number | undefined;
  return (record, line) => {
    const id = field(record, columns.trip_id);
    // most files keep a trip's rows together
    if (id !== lastId || lastTrip === undefined) {
      lastId = id;
      lastTrip = tables.tripOf.get(id);
    }
    const stop = tables.stopOf.get(field(record, columns.stop_id));
    row.arrival = parseTime(field(record, columns.arrival_time));
    row.departure = parseTime(field(record, columns.departure_time));
    row.sequence = parseCount(field(record, columns.stop_sequence));
    if (lastTrip === undefined || stop === undefined || row.arrival === BAD_TIME || row.departure === BAD_TIME || row.sequence < 0) {
      nameFaults(record, line, columns, { trip: lastTrip, stop, row }, faults);
      return false;
    }
    if (!isWanted[lastTrip]) return true;
    if (row.arrival === NO_TIME) row.arrival = row.departure;
    if (row.departure === NO_TIME) row.departure = row.arrival;
    row.trip = lastTrip;
    row.stop = stop;
    row.shapeDistance = parseDecimal(field(record, columns.shape_dist_traveled));
    row.flags =
      (isRefused(record, columns.pickup_type) ? NO_BOARDING_FLAG : 0) | (isRefused(record, columns.drop_off_type) ? NO_ALIGHTING_FLAG : 0);
    row.line = line;
    store.add(row);
    return true;
  };
}

/** pickup_type or drop_off_type 1: nobody may. */
function isRefused(record: readonly string[], column: number): boolean {
  const value = field(record, column);
  return value === '1' || value === '1.0';
}

function nameFaults(
  record: readonly string[],
  line: number,
  columns: Columns<Name>,
  found: { trip: number | undefined; stop: number | undefined; row: StopTimeRow },
  faults: GroupedFaults,
): void {
  const text = (name: Name) => field(record, columns[name]);
  if (found.trip === undefined) faults.error('unknown-reference', FILE, line, 'trip_id', text('trip_id'), 'a trip_id of trips.txt');
  if (found.stop === undefined) faults.error('unknown-reference', FILE, line, 'stop_id', text('stop_id'), 'a stop_id of stops.txt');
  for (const [name, value] of [['arrival_time', found.row.arrival] as const, ['departure_time', found.row.departure] as const]) {
    if (value === BAD_TIME) faults.error('bad-value', FILE, line, name, text(name), 'H:MM:SS');
  }
  if (found.row.sequence < 0) faults.error('bad-value', FILE, line, 'stop_sequence', text('stop_sequence'), 'a whole number of at least 0');
}

/** A trip needs two stops in an order of their own, times at both ends and none that goes back; else it is left out and named. */
function checkTrip(rows: OrderedRows, faults: GroupedFaults): boolean {
  const { count } = rows;
  if (count < 2) {
    faults.warning('single-stop', FILE, rows.line(0), 'trip_id', 'one stop time', 'at least two; the trip is left out');
    return false;
  }
  for (const index of [0, count - 1]) {
    if (rows.departure(index) === NO_TIME) {
      faults.error('missing-time', FILE, rows.line(index), 'arrival_time', '', 'a time at the first and last stop; the trip is left out');
      return false;
    }
  }
  for (let index = 1, before = rows.departure(0); index < count; index++) {
    if (rows.sequence(index) === rows.sequence(index - 1)) {
      const found = String(rows.sequence(index));
      faults.error('duplicate-id', FILE, rows.line(index), 'stop_sequence', found, 'one row a sequence number; the trip is left out');
      return false;
    }
    if (rows.arrival(index) === NO_TIME) continue;
    if (!isForward(rows, index, before, faults)) return false;
    before = rows.departure(index);
  }
  return isForward(rows, 0, rows.arrival(0), faults);
}

function isForward(rows: OrderedRows, index: number, before: number, faults: GroupedFaults): boolean {
  const [arrival, departure] = [rows.arrival(index), rows.departure(index)];
  if (arrival >= before && departure >= arrival) return true;
  const [property, found] = arrival < before ? ['arrival_time', arrival] : ['departure_time', departure];
  const expected = 'no time before the one that precedes it; the trip is left out';
  faults.error('time-goes-back', FILE, rows.line(index), property, formatClock(found), expected);
  return false;
}
