import { basename } from 'node:path';
import type { Command } from 'commander';
import { parseMeasure } from '../analysis/accessibility/accessibility.ts';
import type { Level } from '../analysis/borders/jurisdictions.ts';
import { gravityDemand } from '../analysis/demand/gravity-demand.ts';
import type { CandidateRules, CandidateSource, NewLink } from '../analysis/missing-links/candidate.ts';
import { fitGapModel, type GapModel } from '../analysis/missing-links/gap-model.ts';
import { RAIL_CANDIDATES, ROAD_CANDIDATES, rankLinks, searchLinks } from '../analysis/missing-links/missing-links.ts';
import type { DrawnLine } from '../analysis/missing-links/more-candidates.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import { DataError, UsageError } from '../model/errors.ts';
import { KEEP_NOTHING, type KeptParts, keptUnder } from '../model/kept-parts.ts';
import type { Progress } from '../model/progress.ts';
import { column } from '../model/results.ts';
import { openNetwork, openZonedRegion, regionFolder, shippedRegions } from '../open/open-network.ts';
import { readPlainLines } from '../read/plain-geojson.ts';
import { backtestTable, fitScoreText, pooledTable, recordText } from './backtest-command.ts';
import { linksAtEquilibrium } from './links-at-equilibrium.ts';
import { describedRows, LINK_COLUMNS, type OpenedSearch } from './missing-links-rows.ts';
import { graphOptions, type NetworkFlags, parameters, wholeOption, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';
import { terminalProgress } from './progress.ts';
import { RESUME_OPTION, resumeFolder, runIdentity } from './resume-folder.ts';

interface MissingFlags extends NetworkFlags {
  readonly plans?: boolean;
  readonly sources: string;
  readonly limit: string;
  readonly benchmark?: string;
  readonly drawn?: string;
  readonly measure: string;
  readonly failures: string;
  readonly level: string;
  readonly equilibrium?: string;
  readonly backtest?: string;
  readonly pooled?: boolean;
  readonly fitScore?: boolean;
  readonly recordBacktest?: boolean;
  readonly resume?: string;
  readonly quiet?: boolean;
}

const SOURCES: readonly CandidateSource[] = ['detour', 'dead-end', 'interchange', 'benchmark', 'plan', 'drawn', 'upgrade'];

export function registerMissingLinks(program: Command): void {
  withNetworkOptions(program.command('missing-links [network]'))
    .description('links that a region lacks, with their exact gain under a gravity demand')
    .option(
      '--sources <names>',
      `where candidates come from: ${SOURCES.join(', ')}; commas between`,
      'detour,dead-end,interchange,benchmark',
    )
    .option('--plans', 'planned links in place of candidates: --sources plan')
    .option('--drawn <file>', 'GeoJSON lines drawn by hand: adds the source "drawn"')
    .option('--benchmark <names>', 'regions that set what is usual, or none (default: the other shipped ones)')
    .option('--limit <count>', 'how many links to list', '25')
    .option('--measure <name>', 'accessibility whose change is told', 'cumulative:60')
    .option('--failures <count>', 'single failures that the redundancy is told for; each costs two trees a zone', '0')
    .option('--level <level>', 'borders for dead ends: admin1 or admin2', 'admin1')
    .option('--equilibrium <count>', 'try that many of the first road links by user equilibrium: a new link can make things worse')
    .option('--backtest <year>', 'cut the network back to a year and hold the score against what was opened since')
    .option('--pooled', 'the backtest over all regions and years of the protocol together (minutes of work)')
    .option('--fit-score', 'fit the score of the backtest again on the shipped regions (minutes of work) and print its file')
    .option('--record-backtest', 'pooled and single results of all cases as the file that reports read (minutes of work)')
    .option(...RESUME_OPTION)
    .option('--quiet', 'no progress line')
    .addHelpText('after', '\nExample: corridor missing-links tokyo --backtest 2000 --format csv')
    .addHelpText('after', 'Example: corridor missing-links boston-washington --mode rail --format json')
    .action((network: string | undefined, flags: MissingFlags) => {
      const progress = terminalProgress(flags.quiet);
      const keep = keptParts(network, flags);
      if (flags.fitScore) return emit(fitScoreText(progress, keep), flags.out);
      if (flags.recordBacktest) return emit(recordText(progress, keep), flags.out);
      if (flags.pooled) return emit(formatTable(pooledTable(progress, keep), flags.format), flags.out);
      if (network === undefined)
        throw new UsageError(`network is missing; expected one of ${shippedRegions().join(', ')} or a region folder`);
      if (flags.backtest === undefined) return missingCommand(network, flags, progress, keep);
      const year = wholeOption('--backtest', flags.backtest, 1800, 2200);
      return emit(formatTable(backtestTable(network, year, graphOptions(flags).mode, progress, keep), flags.format), flags.out);
    });
}

/** Parts of an earlier run of the same call, where a folder for them is named. */
function keptParts(network: string | undefined, flags: MissingFlags): KeptParts {
  if (flags.resume === undefined) return KEEP_NOTHING;
  const benchmark = flags.benchmark?.split(',').filter((name) => name !== 'none') ?? [];
  const regions = [...(network === undefined ? [] : [network]), ...shippedRegions(), ...benchmark];
  return resumeFolder(flags.resume, runIdentity('missing-links', { network, ...flags }, regions, [flags.drawn]));
}

function missingCommand(network: string, flags: MissingFlags, progress: Progress, keep: KeptParts): void {
  const options = graphOptions(flags);
  const measure = parseMeasure(flags.measure);
  const limit = wholeOption('--limit', flags.limit, 1, 10_000);
  const failures = wholeOption('--failures', flags.failures, 0, 1000);
  const tried = flags.equilibrium === undefined ? 0 : wholeOption('--equilibrium', flags.equilibrium, 1, limit);
  const { region } = openZonedRegion(network, flags.upgrade);
  const { frozen } = openNetwork(region, options);
  const times = zoneTimes(frozen, region.zones);
  const opened = { region, options, frozen, times, trips: gravityDemand(times) };
  const { links, notes } = findLinks(opened, network, flags, limit, progress, keep);
  const rows = describedRows(opened, links, measure, failures, progress, keptUnder(keep, 'rows'));
  const atEquilibrium = tried > 0 ? linksAtEquilibrium(network, region, options, links, tried, progress, keep) : null;
  const columns = atEquilibrium
    ? [...LINK_COLUMNS, column('equilibrium_person_minutes', 'person-minutes in the busiest hour', 0)]
    : LINK_COLUMNS;
  const cells = rows.cells.map((row, place) => (atEquilibrium ? [...row, atEquilibrium.addedPersonMinutes[place] ?? null] : row));
  const table = {
    command: 'missing-links',
    parameters: {
      ...parameters(options, flags.upgrade),
      sources: sourcesOf(flags).join(' '),
      limit,
      measure: flags.measure,
      failures,
      level: flags.level,
      ...(tried > 0 ? { equilibrium: tried } : {}),
    },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns,
    rows: cells,
    notes: [...notes, ...rows.notes, ...(atEquilibrium?.notes ?? [])],
  };
  if (flags.format !== 'geojson') {
    emit(formatTable(table, flags.format), flags.out);
    return;
  }
  const features = links.map((link, index) => ({
    type: 'Feature',
    id: link.id,
    geometry: { type: 'LineString', coordinates: [link.fromLonLat, link.toLonLat] },
    properties: Object.fromEntries(columns.map(({ name }, position) => [name, cells[index]?.[position] ?? null])),
  }));
  emit(`${JSON.stringify({ type: 'FeatureCollection', features })}\n`, flags.out);
}

const STANDARD_NOTES = {
  road: 'a new road is a motorway at the harmonised speed of its place, 1.15 × the straight line long; from 15 km on, between named places',
  rail: 'a new railway runs at 38 (under 10 km), 70 (under 35 km) or 140 km/h over 1.1 × the straight line, boarding 10.5 min',
};

/** Road and rail candidates on the network of the mode, ranked together. */
function findLinks(
  opened: OpenedSearch,
  network: string,
  flags: MissingFlags,
  limit: number,
  progress: Progress,
  keep: KeptParts,
): { links: NewLink[]; notes: string[] } {
  const { options } = opened;
  const modes: readonly CandidateRules[] =
    options.mode === 'multimodal' ? [ROAD_CANDIDATES, RAIL_CANDIDATES] : [options.mode === 'road' ? ROAD_CANDIDATES : RAIL_CANDIDATES];
  const sources = sourcesOf(flags);
  const level: Level = flags.level === 'admin2' ? 'admin2' : 'admin1';
  const gapModel = sources.includes('benchmark') ? benchmarkModel(network, flags, options, progress, keep) : null;
  const drawn = flags.drawn === undefined ? [] : drawnLines(flags.drawn);
  const notes = [
    'demand: gravity, one trip between zones a person and day, decay 0.03 a minute (modelled, not observed)',
    ...modes.map((rules) => STANDARD_NOTES[rules.mode]),
  ];
  const all: NewLink[] = [];
  for (const rules of modes) {
    const found = searchLinks(
      { ...opened, rules: { ...rules, limit }, speeds: options.speeds, year: options.year, level, sources, gapModel, drawn },
      progress,
      keep,
    );
    all.push(...found.links);
    const counts = [...found.counts].map(([source, count]) => `${count} ${source}`).join(', ');
    notes.push(`${rules.mode} candidates evaluated: ${counts || 'none'}`);
    if (found.left.length > 0) notes.push(`${rules.mode}: ends not in the network, not evaluated: ${found.left.join(', ')}`);
  }
  if (gapModel) {
    const { regions, pairs, rSquared, sigma } = gapModel;
    notes.push(
      `benchmark: ${regions.join(', ')}, ${pairs} pairs of 5–150 km, R² ${rSquared.toFixed(2)}, standard deviation of ln minutes ${sigma.toFixed(2)}; a gap lies above the one-sided 95% bound`,
    );
  }
  return { links: rankLinks(all).slice(0, limit), notes };
}

function sourcesOf(flags: MissingFlags): CandidateSource[] {
  if (flags.plans) return ['plan'];
  const chosen = flags.sources.split(',').map((name) => {
    const source = SOURCES.find((known) => known === name.trim());
    if (!source) throw new UsageError(`--sources names "${name}"; expected ${SOURCES.join(', ')}`);
    return source;
  });
  return flags.drawn !== undefined && !chosen.includes('drawn') ? [...chosen, 'drawn'] : chosen;
}

function benchmarkModel(network: string, flags: MissingFlags, options: GraphOptions, progress: Progress, keep: KeptParts): GapModel | null {
  if (flags.benchmark === 'none') return null;
  const names = flags.benchmark?.split(',') ?? shippedRegions().filter((name) => name !== basename(network));
  const regions = names.map((name, done) => {
    progress('benchmark regions', done, names.length);
    const { region } = openZonedRegion(name);
    const { zones } = region;
    const timesOf = () => zoneTimes(openNetwork(region, { ...options, year: null }).frozen, zones).milliseconds;
    return { name, times: { zones, milliseconds: keep.words(`benchmark ${name}`, timesOf) } };
  });
  progress('benchmark regions', names.length, names.length);
  return fitGapModel(regions);
}

/** @throws DataError with every fault of the file */
function drawnLines(file: string): readonly DrawnLine[] {
  const { lines, problems } = readPlainLines(file);
  const faults = problems.filter((problem) => problem.severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  return lines;
}
