import type { Command } from 'commander';
import { ASSIGNMENT_METHODS, type AssignmentMethod, assignTrips } from '../analysis/assignment/assign-trips.ts';
import { DEFAULT_RAIL } from '../analysis/assignment/rail-loads.ts';
import { DEFAULT_PEAK } from '../analysis/assignment/road-peak.ts';
import { type BottleneckRank, type BottleneckRow, bottlenecks } from '../analysis/bottlenecks/bottlenecks.ts';
import { linkCriticalityInParallel } from '../analysis/criticality/link-criticality.ts';
import { TRIP_MODELS } from '../analysis/demand/fit-report.ts';
import type { FlowInput } from '../model/flow-input.ts';
import type { Progress } from '../model/progress.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { isTntpNet } from '../open/open-tntp.ts';
import { withPool } from '../parallel/pool.ts';
import { cutTable, exposureTable, extraColumns, railLoadTable, usersTable } from './bottleneck-extras.ts';
import { anarchy, criticalNotes, headOf, logCsv, notesOf } from './bottleneck-notes.ts';
import { emitLinks } from './link-map.ts';
import { numberOption, oneOf, threadsOption, withNetworkOptions, withThreads } from './network-options.ts';
import { type BottleneckFlags, openFlows, openRailFlows, regionParameters, tntpParameters } from './open-flows.ts';
import { emit, formatTable, writeWhole } from './output.ts';
import { terminalProgress } from './progress.ts';
import { REMOVALS, type Removal, type RemovalQuestion, removalTable } from './removal-tables.ts';

const RANKS: readonly BottleneckRank[] = ['delay', 'criticality', 'ratio', 'id'];

export function registerBottlenecks(program: Command): void {
  withThreads(withNetworkOptions(program.command('bottlenecks <network>')))
    .description('assigned flows, volume over capacity, delay and criticality by link; a region, or a TNTP net with its trips')
    .option('--trips <file>', 'trips between zones: CSV from,to,trips or TNTP')
    .option('--demand <source>', `regions: observed (commute_flows.csv, else combined), ${TRIP_MODELS.join(', ')}`)
    .option('--constraint <constraint>', 'regions: production or doubly', 'production')
    .option('--peak-share <share>', 'regions: share of a day that falls in the hour assigned', String(DEFAULT_PEAK.peakShare))
    .option('--car-share <share>', 'regions: share of trips by car', String(DEFAULT_PEAK.carShare))
    .option('--occupancy <persons>', 'regions: persons a car', String(DEFAULT_PEAK.personsPerCar))
    .option('--rail-share <share>', 'regions, --mode rail: share of trips by rail', String(DEFAULT_RAIL.railShare))
    .option('--uniform-trips <number>', 'TNTP without trips: this many between every two zones')
    .option('--gap <number>', 'relative gap to stop at', '1e-8')
    .option('--method <method>', ASSIGNMENT_METHODS.join(', '), 'bush')
    .option('--principle <principle>', 'user (equilibrium) or system (least total cost)', 'user')
    .option('--max-iterations <number>', 'stop there, gap reached or not', '1000')
    .option('--theta <number>', 'spread of --method logit, 1/minute', '0.5')
    .option('--toll-factor <number>', 'TNTP: minutes by unit of toll', '0')
    .option('--distance-factor <number>', 'TNTP: minutes by unit of length', '0')
    .option('--minutes-per-unit <number>', 'TNTP: minutes in a unit of its times', '1')
    .option('--no-criticality', 'do not take every link out in turn')
    .option('--rank <order>', RANKS.join(', '), 'delay')
    .option('--top <number>', 'only that many links; a table on screen shows 25')
    .option('--price-of-anarchy', 'also find the system optimum and compare totals')
    .option('--marginal <number>', 'minutes saved by one more unit of capacity, for that many of the first links')
    .option('--re-equilibrate <number>', 'take that many of the most critical links out and let everyone choose anew')
    .option('--select-link <id>', 'who uses a link: its pairs of zones, in place of the table of links')
    .option('--cut <from,to>', 'the links that limit what can pass between two zones, in place of the table of links')
    .option('--exposure', 'how much each zone depends on single links, in place of the table of links')
    .option('--remove <what>', `what fails together, as rows in place of links: ${REMOVALS.join(', ')}`)
    .option('--pairs <number>', 'that many pairs of failures at once, drawn by --seed')
    .option('--seed <number>', 'of --pairs', '1')
    .option('--zones', 'what the worst failures (--top, 25) do to each zone, as rows')
    .option('--log <file>', 'write the convergence log as CSV')
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExample: corridor bottlenecks SiouxFalls_net.tntp --trips SiouxFalls_trips.tntp --gap 1e-12 --format json')
    .action((network: string, flags: BottleneckFlags) => bottlenecksCommand(network, flags));
}

async function bottlenecksCommand(network: string, flags: BottleneckFlags): Promise<void> {
  const method = oneOf<AssignmentMethod>('--method', flags.method, ASSIGNMENT_METHODS);
  const principle = oneOf('--principle', flags.principle, ['user', 'system'] as const);
  const rank = oneOf<BottleneckRank>('--rank', flags.rank, RANKS);
  const gap = numberOption('--gap', flags.gap, 0, 1);
  const maxIterations = numberOption('--max-iterations', flags.maxIterations, 0, 1e6);
  const theta = numberOption('--theta', flags.theta, 1e-9, 1e6);
  const progress = terminalProgress(flags.quiet);
  const threads = threadsOption(flags.threads);
  const removal = removalQuestion(flags, gap);
  if (flags.mode === 'rail' && !isTntpNet(network)) {
    emitLinks(await railResult(network, flags, removal, progress), network, flags);
    return;
  }
  const subject = openFlows(network, flags);
  const { input, inputs } = subject;
  if (flags.cut !== undefined) {
    emitLinks(cutTable(input, inputs, flags.cut), network, flags);
    return;
  }
  const digits = Math.max(1, -Math.log10(Math.max(gap, 1e-16)));
  const assignment = assignTrips(input, {
    method,
    gap,
    maxIterations,
    principle,
    theta,
    onStep: ({ relativeGap }) =>
      progress('equilibrium, digits of the gap', Math.min(digits - 0.1, -Math.log10(relativeGap + 1e-17)), digits),
  });
  progress('equilibrium, digits of the gap', digits, digits);
  if (flags.selectLink !== undefined) {
    emitLinks(usersTable(input, inputs, assignment, flags.selectLink, headOf(assignment)), network, flags);
    return;
  }
  if (removal) {
    const table = await withPool(threads, (pool) => removalTable(pool, subject, assignment, removal, progress));
    emitLinks(table, network, flags);
    return;
  }
  const critical =
    flags.criticality || flags.exposure
      ? await withPool(threads, (pool) => linkCriticalityInParallel(pool, input, assignment, progress))
      : null;
  if (flags.exposure && critical) {
    emit(formatTable(exposureTable(input, inputs, assignment, critical), flags.format), flags.out);
    return;
  }
  const rows = bottlenecks(input, assignment, critical, rank);
  const shown = flags.top === undefined ? (flags.format === 'table' ? 25 : rows.length) : numberOption('--top', flags.top, 1, 1e9);
  if (flags.log) writeWhole(flags.log, logCsv(assignment));
  const wanted = (option: string, text: string | undefined) => (text === undefined ? 0 : numberOption(option, text, 0, rows.length));
  const extra = extraColumns(input, assignment, rows, {
    marginal: wanted('--marginal', flags.marginal),
    reEquilibrate: wanted('--re-equilibrate', flags.reEquilibrate),
    gap,
    progress,
  });
  const table: ResultTable = {
    command: 'bottlenecks',
    parameters: {
      ...(isTntpNet(network) ? tntpParameters(flags) : regionParameters(flags)),
      method,
      gap,
      principle,
      max_iterations: maxIterations,
      rank,
      ...(method === 'logit' ? { theta } : {}),
    },
    inputs,
    head: { ...headOf(assignment), ...(flags.priceOfAnarchy ? anarchy(input, assignment, gap) : {}) },
    columns: [...columnsOf(input), ...extra.columns],
    rows: rows.slice(0, shown).map((row) => [...cellsOf(input, row), ...extra.cells(row)]),
    notes: [
      ...notesOf(input, assignment, gap, method),
      ...criticalNotes(rows),
      ...input.notes,
      ...(shown < rows.length ? [`${shown} of ${rows.length} links shown; --top N shows more`] : []),
    ],
  };
  emitLinks(table, network, flags);
}

/** Loads of the railways, or what fails on them. */
async function railResult(
  network: string,
  flags: BottleneckFlags,
  removal: RemovalQuestion | null,
  progress: Progress,
): Promise<ResultTable> {
  const { subject, links, region } = openRailFlows(network, flags);
  const assignment = assignTrips(subject.input, { method: 'bush', gap: 1e-12 });
  if (removal) return withPool(threadsOption(flags.threads), (pool) => removalTable(pool, subject, assignment, removal, progress));
  return railLoadTable(region, subject, links, assignment, {
    peakShare: Number(flags.peakShare),
    railShare: Number(flags.railShare),
    top: flags.top === undefined ? (flags.format === 'table' ? 25 : null) : numberOption('--top', flags.top, 1, 1e9),
  });
}

/** What --remove, --pairs and --zones ask; null where none of them is given. */
function removalQuestion(flags: BottleneckFlags, gap: number): RemovalQuestion | null {
  const { remove, pairs, zones, seed, reEquilibrate, top, format } = flags;
  if (remove === undefined && pairs === undefined && !zones) return null;
  return {
    kind: oneOf<Removal>('--remove', remove ?? 'links', REMOVALS),
    pairs: pairs === undefined ? null : numberOption('--pairs', pairs, 1, 1e6),
    seed: numberOption('--seed', seed, 0, 2147483645),
    isByZone: zones === true,
    reEquilibrate: reEquilibrate === undefined ? 0 : numberOption('--re-equilibrate', reEquilibrate, 0, 1e6),
    gap,
    top: top === undefined ? null : numberOption('--top', top, 1, 1e9),
    isOnScreen: format === 'table',
  };
}

function columnsOf(input: FlowInput): ResultTable['columns'] {
  return [
    column('link'),
    column('from'),
    column('to'),
    column('name'),
    column('flow', input.flowUnit, 6),
    column('capacity', input.flowUnit, 3),
    column('ratio', '', 6),
    column('free_minutes', input.timeUnit, 6),
    column('minutes', input.timeUnit, 6),
    column('delay_person_minutes', 'person-min', 3),
    column('criticality_person_minutes', 'person-min', 3),
    column('cost_minutes', input.timeUnit, 6),
    column('cut_off_trips', input.flowUnit, 3),
    ...(input.valueOfTime ? [column('delay_cost', `${input.valueOfTime.currency} in the hour`, 2)] : []),
    ...(input.dayProfile ? [column('hours_over_capacity', 'h a day')] : []),
    column('main_origin'),
    column('main_origin_share', '', 4),
  ];
}

function cellsOf(input: FlowInput, row: BottleneckRow): Cell[] {
  const { link, from, to, name, flow, capacity, ratio, freeMinutes, minutes } = row;
  const head = [link, from, to, name, flow, capacity, ratio, freeMinutes, minutes, row.delayPersonMinutes];
  return [
    ...head,
    row.criticalityPersonMinutes,
    row.costMinutes,
    row.cutOffTrips,
    ...(input.valueOfTime ? [row.delayCost] : []),
    ...(input.dayProfile ? [row.hoursOverCapacity] : []),
    row.mainOrigin,
    row.mainOriginShare,
  ];
}
