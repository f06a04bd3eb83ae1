import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { DataError, UsageError } from '../model/errors.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import type { Zone } from '../model/tables.ts';
import { faultsInto } from '../read/features.ts';
import { parseDate } from '../read/gtfs/fields.ts';
import { DEFAULT_GTFS_OPTIONS, type GtfsImport, importGtfs } from '../read/gtfs/import-gtfs.ts';
import type { Window } from '../read/gtfs/line-patterns.ts';
import { FAMILY_ALIASES, RAIL_LIKE, ROUTE_FAMILIES, type RouteFamily } from '../read/gtfs/route-types.ts';
import { DEFAULT_WALKS } from '../read/gtfs/walk-rows.ts';
import { readZones } from '../read/region-places.ts';
import { writeRegion } from '../write/region-folder.ts';
import { timetableBytes } from '../write/timetable-file.ts';
import { numberOption } from './network-options.ts';
import { tellNextSteps } from './next-steps.ts';
import { writeWhole } from './output.ts';
import { terminalProgress } from './progress.ts';

const TIMETABLE_FILE = 'timetable.bin';

interface GtfsFlags {
  readonly out: string;
  readonly date?: string;
  readonly window?: string;
  readonly types: string;
  readonly walkMetres: string;
  readonly zones?: string;
  readonly quiet?: boolean;
}

export function registerImportGtfs(parent: Command): void {
  parent
    .command('gtfs <feeds...>')
    .description('from GTFS timetables, zips or folders; several are merged, each id then starts with its feed’s name')
    .requiredOption('--out <folder>', 'the region folder to write')
    .option('--date <day>', 'service day, YYYY-MM-DD (default: the weekday with the most trains)')
    .option('--window <span>', 'count only departures within, HH:MM-HH:MM by the clock (default: the whole service day)')
    .option('--types <names>', `route types: ${ROUTE_FAMILIES.join(', ')} or all; commas between`, RAIL_LIKE.join(','))
    .option('--walk-metres <metres>', 'stations this near are joined by a walk', String(DEFAULT_WALKS.walkKilometres * 1000))
    .option('--zones <file>', 'zones.geojson of a region folder, for people and jobs (default: one zone a station, of unknown population)')
    .option('--quiet', 'no progress line')
    .addHelpText(
      'after',
      '\nExample: corridor import gtfs metro.zip buses.zip --date 2026-05-12 --types rail,metro,bus --out networks/my-city',
    )
    .action((feeds: string[], flags: GtfsFlags) => importFeeds(feeds, flags));
}

async function importFeeds(feeds: readonly string[], flags: GtfsFlags): Promise<void> {
  const id = resolve(flags.out).split(/[/\\]/).at(-1) ?? 'region';
  const options = {
    ...DEFAULT_GTFS_OPTIONS,
    id,
    day: readDay(flags.date),
    window: readWindow(flags.window),
    families: readFamilies(flags.types),
    walks: { ...DEFAULT_WALKS, walkKilometres: numberOption('--walk-metres', flags.walkMetres, 0, 5000) / 1000 },
    zones: readGivenZones(flags.zones),
  };
  const imported = await importGtfs(feeds, options, terminalProgress(flags.quiet));
  writeRegion(imported.region, imported.problems, flags.out);
  writeWhole(join(flags.out, TIMETABLE_FILE), timetableBytes(imported.timetable));
  process.stdout.write(summary(imported));
  tellProblems(imported.problems.filter(({ severity }) => severity !== 'note'));
  if (imported.problems.some(({ severity }) => severity === 'error')) process.exitCode = 1;
  else tellNextSteps(flags.out, imported.region.zones);
}

function readGivenZones(file: string | undefined): Zone[] | null {
  if (file === undefined) return null;
  if (!existsSync(file)) throw new UsageError(`--zones is "${file}"; expected the zones.geojson of a region folder`);
  const problems: Problem[] = [];
  const zones = readZones(dirname(file), faultsInto(problems), problems, basename(file));
  const faults = problems.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  if (zones.length === 0) throw new UsageError(`--zones is "${file}"; expected at least one zone in it`);
  return zones;
}

function readDay(date: string | undefined): number | null {
  if (date === undefined) return null;
  const day = parseDate(date);
  if (day === null) throw new UsageError(`--date is "${date}"; expected a day such as 2026-05-12`);
  return day;
}

function readWindow(span: string | undefined): Window | null {
  if (span === undefined) return null;
  const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(span);
  const [from = 0, to = 0] = match ? [Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])] : [];
  if (!match || from >= to || to > 24 * 60 || Number(match[2]) > 59 || Number(match[4]) > 59) {
    throw new UsageError(`--window is "${span}"; expected HH:MM-HH:MM within one day, such as 07:00-09:30`);
  }
  return { from: from * 60, to: to * 60 };
}

function readFamilies(names: string): readonly RouteFamily[] {
  if (names === 'all') return ROUTE_FAMILIES;
  return names.split(',').map((name) => {
    const family = FAMILY_ALIASES[name.trim()] ?? ROUTE_FAMILIES.find((known) => known === name.trim());
    if (!family) throw new UsageError(`--types names "${name}"; expected ${ROUTE_FAMILIES.join(', ')} or all`);
    return family;
  });
}

function summary({ region, timetable, feeds, notes }: GtfsImport): string {
  const rows = feeds.flatMap(({ name, counts, tripsThatDay }) => {
    const tables = counts.map(({ file, rows: all, taken }) => `${file.replace('.txt', '')} ${taken === all ? all : `${taken} of ${all}`}`);
    return [`${name}: ${tables.join(', ')}; ${tripsThatDay} trips that day`];
  });
  const { stations, rail, services, transfers } = region;
  const day = `${timetable.date} ${timetable.timezone}`;
  rows.push(
    ...notes,
    `${stations.length} stations, ${rail.length} links, ${services.length} services, ${transfers.length} walks; ` +
      `timetable of ${day}: ${timetable.tripIds.length} trips, ${timetable.arrival.length} stop times`,
  );
  return `${rows.join('\n')}\n`;
}

/** Faults named a kind before the rest is only counted. */
const NAMED_PER_KIND = 20;

/** Warnings and errors on standard error, the first of each kind; all of them stand in import-problems.csv. */
export function tellProblems(problems: readonly Problem[]): void {
  const told = new Map<string, number>();
  for (const problem of problems) {
    const count = (told.get(problem.kind) ?? 0) + 1;
    told.set(problem.kind, count);
    if (count <= NAMED_PER_KIND) process.stderr.write(`${shortened(describeProblem(problem))}\n`);
  }
  for (const [kind, count] of told) {
    if (count > NAMED_PER_KIND) process.stderr.write(`… and ${count - NAMED_PER_KIND} more of ${kind} in import-problems.csv\n`);
  }
}

/** A group of rows may name thousands of lines: a terminal gets the start, the file has them all. */
function shortened(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)} … (whole in import-problems.csv)` : text;
}
