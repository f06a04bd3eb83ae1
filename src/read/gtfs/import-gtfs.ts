import { DataError, UsageError } from '../../model/errors.ts';
import { PLAIN_DEFAULTS } from '../../model/mode-defaults.ts';
import type { Problem } from '../../model/problem.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Region, RegionManifest, Zone } from '../../model/tables.ts';
import type { Timetable } from '../../model/timetable.ts';
import { chooseDay, trainsByDay, tripsOfFamilies } from './day-choice.ts';
import { type DayFeed, noteProblem, readDay } from './day-feed.ts';
import { type FeedSource, openFeedSource } from './feed-source.ts';
import type { FeedTables } from './feed-tables.ts';
import { formatClock, formatDate } from './fields.ts';
import { GroupedFaults } from './grouped-faults.ts';
import { linesOf, StationNumbers, type Window } from './line-patterns.ts';
import { railRows } from './rail-rows.ts';
import { readFeedTables } from './read-feed.ts';
import { linkClass, RAIL_LIKE, type RouteFamily, routeFamily } from './route-types.ts';
import { stationNames, stationRows } from './station-rows.ts';
import type { TableCount } from './table-reader.ts';
import { timetableRows } from './timetable-rows.ts';
import { DEFAULT_WALKS, type WalkRules, walkRows } from './walk-rows.ts';
import { zoneRows } from './zone-rows.ts';

export interface GtfsOptions {
  /** id and name of the region */
  readonly id: string;
  /** day number from 1970-01-01; null takes the busiest weekday */
  readonly day: number | null;
  /** null counts the whole service day */
  readonly window: Window | null;
  readonly families: readonly RouteFamily[];
  readonly walks: WalkRules;
  /** zones that are there already; null makes one a station */
  readonly zones: readonly Zone[] | null;
}

export const DEFAULT_GTFS_OPTIONS: Omit<GtfsOptions, 'id'> = {
  day: null,
  window: null,
  families: RAIL_LIKE,
  walks: DEFAULT_WALKS,
  zones: null,
};

export interface GtfsImport {
  readonly region: Region;
  readonly timetable: Timetable;
  readonly problems: readonly Problem[];
  /** rows by feed and table, and trips of the day */
  readonly feeds: readonly { readonly name: string; readonly counts: readonly TableCount[]; readonly tripsThatDay: number }[];
  /** what was chosen, counted or left out, in words */
  readonly notes: readonly string[];
}

interface OpenedFeed {
  readonly source: FeedSource;
  readonly tables: FeedTables;
  readonly faults: GroupedFaults;
  readonly isWanted: Uint8Array;
  readonly trains: ReadonlyMap<number, number>;
  readonly notes: readonly string[];
}

/**
 * GTFS feeds to a region and a timetable of one service day.
 *
 * Several feeds are merged: every id then starts with its feed's name. Rows at fault are left out and named, all of them, in `problems`.
 *
 * @param paths  zips or folders
 * @throws DataError where a feed cannot be used at all; UsageError where nothing is there
 * Cost O(bytes + stop times log trips) time; memory for the day's stop times, not for the file's.
 */
export async function importGtfs(paths: readonly string[], options: GtfsOptions, progress: Progress = SILENT): Promise<GtfsImport> {
  const opened: OpenedFeed[] = [];
  try {
    const names = feedNames(paths);
    for (const [index, path] of paths.entries()) {
      progress('tables', index, paths.length);
      opened.push(await openFeed(path, names[index] ?? '', paths.length > 1, options.families));
    }
    const choice = chooseDay(opened, options.day);
    const referenceZone = opened[0]?.tables.timezone ?? 'UTC';
    const days: DayFeed[] = [];
    for (const [index, { source, tables, isWanted, faults }] of opened.entries()) {
      progress('stop times', index, opened.length);
      days.push(await readDay(source, tables, { isWanted, day: choice.days[index] ?? 0, referenceZone }, faults));
    }
    progress('links', 0, 1);
    const faults = opened.flatMap((feed) => feed.faults.problems());
    const result = assemble(days, options, { days: choice.days, referenceZone, sources: sourcesOf(days, choice.days), faults });
    progress('links', 1, 1);
    const notes = [choice.note, ...opened.flatMap(({ notes }) => notes), ...namedNotes(days), ...result.notes];
    const problems = [...faults, ...choice.problems, ...result.problems, ...notes.map((note) => noteProblem('feeds', note))];
    const feeds = days.map(({ tables, counts, tripsThatDay }) => ({ name: tables.name, counts, tripsThatDay }));
    return { region: result.region, timetable: result.timetable, problems, feeds, notes };
  } finally {
    for (const { source } of opened) source.close();
  }
}

/** Short and different: the file's name, with a number where two are the same. */
function feedNames(paths: readonly string[]): string[] {
  const bare = paths.map(
    (path) =>
      path
        .replace(/[/\\]+$/, '')
        .split(/[/\\]/)
        .at(-1)
        ?.replace(/\.zip$/i, '') ?? path,
  );
  return bare.map((name, index) => {
    const before = bare.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
}

async function openFeed(path: string, name: string, isOneOfMany: boolean, families: readonly RouteFamily[]): Promise<OpenedFeed> {
  const opened = await openFeedSource(path);
  const source = { ...opened, name };
  const faults = new GroupedFaults(isOneOfMany ? `${name}/` : '');
  try {
    const { tables, notes } = await readFeedTables(source, isOneOfMany ? `${name}:` : '', faults);
    const isWanted = tripsOfFamilies(tables, families);
    return {
      source,
      tables,
      faults,
      isWanted,
      trains: trainsByDay(tables, isWanted),
      notes: [...notes.map((note) => (isOneOfMany ? `${name}/${note}` : note)), ...leftOut(tables, families)],
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

/** Routes and trips by class that the person did not ask for. */
function leftOut(tables: FeedTables, families: readonly RouteFamily[]): string[] {
  const counts = new Map<string, { routes: number; trips: number }>();
  const classOf = tables.routes.map(({ type }) => {
    const family = routeFamily(type) ?? 'other';
    if (families.includes(family)) return null;
    const name = linkClass(type, family);
    const count = counts.get(name) ?? { routes: 0, trips: 0 };
    count.routes += 1;
    counts.set(name, count);
    return name;
  });
  for (const { route } of tables.trips) {
    const count = counts.get(classOf[route] ?? '');
    if (count) count.trips += 1;
  }
  return [...counts].map(
    ([name, { routes, trips }]) => `${tables.name}: left out by --types: ${routes} routes of ${name} with ${trips} trips`,
  );
}

function sourcesOf(days: readonly DayFeed[], dayNumbers: readonly number[]): string[] {
  return days.map(({ tables }, index) => `GTFS ${tables.name} (${tables.publisher}), service day ${formatDate(dayNumbers[index] ?? 0)}`);
}

function namedNotes(days: readonly DayFeed[]): string[] {
  return days.flatMap(({ tables, notes }) => notes.map((note) => (days.length > 1 ? `${tables.name}/${note}` : note)));
}

interface Context {
  readonly days: readonly number[];
  readonly referenceZone: string;
  readonly sources: readonly string[];
  /** rows at fault so far: named where nothing is left */
  readonly faults: readonly Problem[];
}

function assemble(feeds: readonly DayFeed[], options: GtfsOptions, context: Context) {
  const numbers = new StationNumbers();
  const lines = linesOf(feeds, numbers, options.window);
  const sourceOf = new Map(feeds.map((feed, index) => [feed, context.sources[index] ?? '']));
  const { stations, trainsAt } = stationRows(lines, numbers, (feed) => sourceOf.get(feed) ?? '');
  const names = stationNames(stations);
  const rows = lines.map((line) => railRows(line, names, options.window, sourceOf.get(line.feed) ?? ''));
  const links = rows.flatMap((row) => row.links);
  if (links.length === 0) throw nothingLeft(options, [...context.faults, ...rows.flatMap(({ problems }) => problems)]);
  const walks = walkRows(feeds, numbers, stations, options.walks);
  const { problems: zoneProblems, ...zoned } = zoneRows(stations, trainsAt, options.zones);
  const region: Region = {
    manifest: manifest(options, stations, zoned.core, context.sources),
    zones: zoned.zones,
    stations: zoned.stations,
    junctions: [],
    rail: links,
    roads: [],
    services: rows.flatMap(({ services }) => services),
    transfers: walks.transfers,
    plans: [],
    references: [],
  };
  const date = [...new Set(context.days.map(formatDate))].join(',');
  const timetable = timetableRows(feeds, numbers, (station) => names.idOf(station) || stationOutside(numbers, station), {
    date,
    timezone: context.referenceZone,
  });
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const { given, timedByDistance, added, within } = walks.counts;
  const { window } = options;
  const notes = [
    `walks: ${given} of transfers.txt with their time, ${timedByDistance} of it timed by distance, ${added} added between stations within ` +
      `${options.walks.walkKilometres} km; ${within} rows inside a station or at stations without trains`,
    ...(window
      ? [`only departures from ${formatClock(window.from)} to ${formatClock(window.to)} count; service hours per day are set to its length`]
      : []),
    ...shapeNotes(
      links.length,
      sum(({ alongShape }) => alongShape),
      sum(({ lengthened }) => lengthened),
    ),
    ...(sum(({ byMean }) => byMean) > 0
      ? [`run times: ${sum(({ byMean }) => byMean)} links have no usable median, the mean stands in`]
      : []),
    ...(sum(({ byHalfMinute }) => byHalfMinute) > 0
      ? [`run times: ${sum(({ byHalfMinute }) => byHalfMinute)} links take 0 minutes in the timetable, half a minute stands in`]
      : []),
  ];
  return { region, timetable, problems: [...rows.flatMap(({ problems }) => problems), ...zoneProblems], notes };
}

/** How links are drawn and measured. */
function shapeNotes(links: number, alongShape: number, lengthened: number): string[] {
  const lengths =
    lengthened > 0 ? [`${lengthened} links are given the straight line between their stations, because their shape is shorter`] : [];
  if (alongShape === 0) return [`the ${links} links are drawn straight from station to station: no shape of the feed fits them`];
  return [`${alongShape} of ${links} links are drawn and measured along a shape, the others straight`, ...lengths];
}

/** A station of the timetable that no train in the window serves. */
function stationOutside(numbers: StationNumbers, station: number): string {
  const root = numbers.roots[station];
  return root ? root.feed.tables.prefix + (root.feed.tables.stops[root.stop]?.id ?? '') : '';
}

function nothingLeft(options: GtfsOptions, problems: readonly Problem[]): Error {
  if (options.window && problems.length === 0) {
    return new UsageError(`--window ${formatClock(options.window.from)}-${formatClock(options.window.to)}: no train departs within it`);
  }
  const expected = 'trips with two stops or more that are served by usable stop times';
  const found = 'no link between two stations';
  return new DataError([
    ...problems,
    { severity: 'error', kind: 'no-links', file: 'stop_times.txt', feature: '–', property: 'trips', found, expected },
  ]);
}

function manifest(options: GtfsOptions, stations: Region['stations'], core: string, sources: readonly string[]): RegionManifest {
  const longitudes = stations.map(({ longitude }) => longitude);
  const latitudes = stations.map(({ latitude }) => latitude);
  const low = (values: readonly number[]) => values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return {
    id: options.id,
    name: options.id,
    nameLocal: options.id,
    boundingBox: [low(longitudes), low(latitudes), high(longitudes), high(latitudes)],
    areaSquareKilometres: null,
    areaSource: '',
    primaryCore: core,
    secondaryCores: [],
    currency: '',
    valueOfTimePerHour: 0,
    defaults: {
      ...PLAIN_DEFAULTS,
      walkKilometresPerHour: options.walks.walkKilometresPerHour,
      serviceHoursPerDay: options.window ? (options.window.to - options.window.from) / 3600 : PLAIN_DEFAULTS.serviceHoursPerDay,
    },
    sources: [...sources],
  };
}
