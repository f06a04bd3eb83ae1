import { DataError } from '../../model/errors.ts';
import type { Problem } from '../../model/problem.ts';
import type { FeedTables, FrequencyRow, ServiceDays } from './feed-tables.ts';
import { formatDate, weekday } from './fields.ts';
import { runsOn } from './read-calendar.ts';
import { type RouteFamily, routeFamily } from './route-types.ts';

/** Trips of a feed that are imported: of the families asked for. */
export function tripsOfFamilies(tables: FeedTables, families: readonly RouteFamily[]): Uint8Array {
  const isWanted = tables.routes.map(({ type }) => {
    const family = routeFamily(type);
    return family !== null && families.includes(family);
  });
  return Uint8Array.from(tables.trips, ({ route }) => (isWanted[route] ? 1 : 0));
}

const SATURDAY = 5;

/** Trains of the wanted trips by day, over the days on which the feed's calendar says anything. Cost O(services · days). */
export function trainsByDay(tables: FeedTables, isWanted: Uint8Array): Map<number, number> {
  const runs = runsOfTrips(tables);
  const trainsOf = new Map<ServiceDays, number>();
  tables.trips.forEach(({ service }, trip) => {
    if (isWanted[trip]) trainsOf.set(service, (trainsOf.get(service) ?? 0) + (runs.get(trip) ?? 1));
  });
  const trains = new Map<number, number>();
  for (const [service, amount] of trainsOf) {
    const days = new Set(service.added);
    for (let day = service.first; day <= service.last; day++) days.add(day);
    for (const day of days) if (runsOn(service, day)) trains.set(day, (trains.get(day) ?? 0) + amount);
  }
  return trains;
}

/** Departures of each trip that runs by headway. */
function runsOfTrips(tables: FeedTables): Map<number, number> {
  const runs = new Map<number, number>();
  for (const row of tables.frequencies) runs.set(row.trip, (runs.get(row.trip) ?? 0) + departuresOf(row));
  return runs;
}

export function departuresOf({ start, end, headway }: FrequencyRow): number {
  return Math.ceil((end - start) / headway);
}

interface DayChoice {
  /** day number of each feed, in their order */
  readonly days: readonly number[];
  readonly note: string;
  readonly problems: readonly Problem[];
}

/**
 * The day to import: the one asked for, else the weekday with the most trains on which every feed runs, the earliest of equals; where the
 * feeds share no such day, the busiest weekday of each, with a warning.
 *
 * @throws DataError where a feed has no train on any day, or none on the day asked for
 */
export function chooseDay(feeds: readonly { tables: FeedTables; trains: ReadonlyMap<number, number> }[], asked: number | null): DayChoice {
  const idle = feeds.filter(({ trains }) => (asked === null ? trains.size === 0 : !trains.has(asked)));
  if (idle.length > 0) throw new DataError(idle.map(({ tables, trains }) => noTrains(tables, trains, asked)));
  if (asked !== null) return { days: feeds.map(() => asked), note: `service day ${formatDate(asked)}, as asked`, problems: [] };
  const shared = [...(feeds[0]?.trains.keys() ?? [])].filter((day) => feeds.every(({ trains }) => trains.has(day)));
  const trainsOn = (day: number) => feeds.reduce((sum, { trains }) => sum + (trains.get(day) ?? 0), 0);
  const best = busiest(shared, trainsOn);
  if (best !== null) {
    const text = `service day ${formatDate(best)}: the busiest weekday of the calendar, ${trainsOn(best)} trains`;
    return { days: feeds.map(() => best), note: weekday(best) >= SATURDAY ? text.replace('weekday', 'day') : text, problems: [] };
  }
  const days = feeds.map(({ trains }) => busiest([...trains.keys()], (day) => trains.get(day) ?? 0) ?? 0);
  const list = feeds.map(({ tables }, index) => `${tables.name} ${formatDate(days[index] ?? 0)}`).join(', ');
  const note = `service days: the feeds share none, so each has its own busiest weekday: ${list}`;
  const problem: Problem = {
    severity: 'warning',
    kind: 'days-differ',
    file: 'calendar.txt',
    feature: 'all feeds',
    property: 'date',
    found: list,
    expected: 'a day on which all feeds run, or --date',
  };
  return { days, note, problems: [problem] };
}

/** The Monday to Friday with the most trains, any day where no weekday has one. */
function busiest(days: readonly number[], trainsOn: (day: number) => number): number | null {
  const weekdays = days.filter((day) => weekday(day) < SATURDAY);
  const among = weekdays.length > 0 ? weekdays : days;
  return among.slice().sort((a, b) => trainsOn(b) - trainsOn(a) || a - b)[0] ?? null;
}

function noTrains(tables: FeedTables, trains: ReadonlyMap<number, number>, asked: number | null): Problem {
  const days = [...trains.keys()].sort((a, b) => a - b);
  const span = days.length > 0 ? `trains from ${formatDate(days[0] ?? 0)} to ${formatDate(days.at(-1) ?? 0)}` : 'no train on any day';
  return {
    severity: 'error',
    kind: 'no-service',
    file: `${tables.name}/calendar.txt`,
    feature: asked === null ? 'every day' : formatDate(asked),
    property: 'trains of the types asked for',
    found: span,
    expected: asked === null ? 'trips of these route types (see --types) with days of service' : 'a date with service',
  };
}

/** Trips of one day, as flags. */
export function tripsOfDay(tables: FeedTables, isWanted: Uint8Array, day: number): Uint8Array {
  const runs = new Map<ServiceDays, boolean>();
  return Uint8Array.from(tables.trips, ({ service }, trip) => {
    if (!isWanted[trip]) return 0;
    const known = runs.get(service) ?? runsOn(service, day);
    runs.set(service, known);
    return known ? 1 : 0;
  });
}
