import type { Command } from 'commander';
import { ASSIGNMENT_METHODS, type Assignment, assignTrips } from '../analysis/assignment/assign-trips.ts';
import { DEFAULT_RAIL } from '../analysis/assignment/rail-loads.ts';
import { DEFAULT_PEAK } from '../analysis/assignment/road-peak.ts';
import { type BottleneckRow, bottlenecks } from '../analysis/bottlenecks/bottlenecks.ts';
import { type LinkCriticality, linkCriticalityInParallel } from '../analysis/criticality/link-criticality.ts';
import { TRIP_MODELS } from '../analysis/demand/fit-report.ts';
import type { ConvergenceStep } from '../kernels/assignment/user-equilibrium.ts';
import { UsageError } from '../model/errors.ts';
import type { FlowInput } from '../model/flow-input.ts';
import type { Progress } from '../model/progress.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { withPool } from '../parallel/pool.ts';
import { type GivenTrips, givenTrips } from '../read/trip-files.ts';
import { cutTable, exposureTable, extraColumns, railLoadTable, usersTable } from './bottleneck-extras.ts';
import { anarchy, criticalNotes, headOf, logCsv, notesOf, unservedNotes } from './bottleneck-notes.ts';
import { type BottleneckFlags, type BottleneckQuestion, bottleneckQuestion, RANKS } from './bottleneck-question.ts';
import { emitLinks } from './link-map.ts';
import { withNetworkOptions, withThreads } from './network-options.ts';
import { openFlows, openRailFlows, parametersOf } from './open-flows.ts';
import { emit, formatTable, writeWhole } from './output.ts';
import { terminalProgress } from './progress.ts';
import { REMOVALS, type RemovalQuestion, type RemovalSubject, removalTable } from './removal-tables.ts';

/** Rows that a table on screen shows. */
const ON_SCREEN = 25;

export function registerBottlenecks(program: Command): void {
  withThreads(withNetworkOptions(program.command('bottlenecks <network>')))
    .description('assigned flows, volume over capacity, delay and criticality by link; a region, or a TNTP net with its trips')
    .option('--trips <file>', 'trips between zones: CSV or Parquet with from,to,trips, OMX (FILE.omx#NAME of several matrices), TNTP')
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
    .action((network: string, flags: BottleneckFlags, command: Command) => bottlenecksCommand(network, flags, command));
}

async function bottlenecksCommand(network: string, flags: BottleneckFlags, command: Command): Promise<void> {
  const question = bottleneckQuestion(network, flags, (option) => command.getOptionValueSource(option) === 'cli');
  const { view, place } = question;
  const progress = terminalProgress(flags.quiet);
  const given = await givenTrips(flags.trips);
  if (place === 'rail') {
    emitLinks(await railResult(network, flags, question, given, progress), network, flags);
    return;
  }
  const subject = openFlows(network, flags, question, given);
  const { input, inputs } = subject;
  const parameters = parametersOf(question, flags);
  if (question.cut) {
    emitLinks(cutTable(input, inputs, question.cut, parameters), network, flags);
    return;
  }
  refuseUnknownLink(input, flags.selectLink);
  const assignment = assigned(input, question, progress);
  if (flags.log) writeWhole(flags.log, logCsv(assignment));
  if (flags.selectLink !== undefined) {
    emitLinks(usersTable(input, inputs, assignment, flags.selectLink, parameters), network, flags);
    return;
  }
  if (view === 'removal') {
    const { gap, method } = question.assignment;
    const asked = removalOf(question, flags, parameters, notesOf(input, assignment, gap, method));
    emitLinks(await withPool(question.threads, (pool) => removalTable(pool, subject, assignment, asked, progress)), network, flags);
    return;
  }
  const isCritical = flags.criticality || view === 'exposure';
  const critical = isCritical
    ? await withPool(question.threads, (pool) => linkCriticalityInParallel(pool, input, assignment, progress))
    : null;
  if (view === 'exposure' && critical) {
    emit(formatTable(exposureTable(input, inputs, assignment, critical, parameters), flags.format), flags.out);
    return;
  }
  emitLinks(linkTable(subject, assignment, critical, question, flags, progress), network, flags);
}

function assigned(input: FlowInput, { assignment }: BottleneckQuestion, progress: Progress): Assignment {
  const digits = Math.max(1, -Math.log10(Math.max(assignment.gap, 1e-16)));
  const step = 'equilibrium, digits of the gap';
  const onStep = ({ relativeGap }: ConvergenceStep) => progress(step, Math.min(digits - 0.1, -Math.log10(relativeGap + 1e-17)), digits);
  const found = assignTrips(input, { ...assignment, onStep });
  progress(step, digits, digits);
  return found;
}

/** @throws UsageError before any trips are assigned */
function refuseUnknownLink({ links }: FlowInput, id: string | undefined): void {
  if (id !== undefined && !links.some((link) => link.id === id))
    throw new UsageError(`--select-link is "${id}"; expected an id of the column link`);
}

/** Every link, or the first of them, with what was asked beside. */
function linkTable(
  { input, inputs }: RemovalSubject,
  assignment: Assignment,
  critical: LinkCriticality | null,
  question: BottleneckQuestion,
  flags: BottleneckFlags,
  progress: Progress,
): ResultTable {
  const { rank, marginal, reEquilibrate } = question;
  const { gap, method } = question.assignment;
  const rows = bottlenecks(input, assignment, critical, rank);
  const shown = question.top ?? (flags.format === 'table' ? ON_SCREEN : rows.length);
  const extra = extraColumns(input, assignment, rows, { marginal, reEquilibrate, gap, progress });
  return {
    command: 'bottlenecks',
    parameters: { ...parametersOf(question, flags), rank },
    inputs,
    head: { ...headOf(assignment), ...(flags.priceOfAnarchy ? anarchy(input, assignment, gap) : {}) },
    columns: [...columnsOf(input), ...extra.columns],
    rows: rows.slice(0, shown).map((row) => [...cellsOf(input, row), ...extra.cells(row)]),
    notes: [
      ...notesOf(input, assignment, gap, method),
      ...criticalNotes(rows),
      ...extra.notes,
      ...input.notes,
      ...(shown < rows.length ? [`${shown} of ${rows.length} links shown; --top N shows more`] : []),
    ],
  };
}

/** Loads of the railways, or what fails on them. */
async function railResult(
  network: string,
  flags: BottleneckFlags,
  question: BottleneckQuestion,
  given: GivenTrips | null,
  progress: Progress,
): Promise<ResultTable> {
  const { subject, links, region } = openRailFlows(network, flags, question, given);
  const assignment = assignTrips(subject.input, { method: 'bush', gap: 1e-12 });
  const parameters = parametersOf(question, flags);
  if (question.view === 'removal') {
    const asked = removalOf(question, flags, parameters, unservedNotes(assignment));
    return withPool(question.threads, (pool) => removalTable(pool, subject, assignment, asked, progress));
  }
  return railLoadTable(region, subject, links, assignment, parameters, question.top ?? (flags.format === 'table' ? ON_SCREEN : null));
}

function removalOf(
  { removal, reEquilibrate, assignment, top }: BottleneckQuestion,
  { format }: BottleneckFlags,
  parameters: RemovalQuestion['parameters'],
  notes: readonly string[],
): RemovalQuestion {
  return { ...removal, reEquilibrate, gap: assignment.gap, top, isOnScreen: format === 'table', parameters, notes };
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
    column('delay_person_minutes', 'person-min', 3),
    column('criticality_person_minutes', 'person-min', 3),
    column('cut_off_trips', input.flowUnit, 3),
    column('free_minutes', input.timeUnit, 6),
    column('minutes', input.timeUnit, 6),
    column('cost_minutes', input.timeUnit, 6),
    ...(input.valueOfTime ? [column('delay_cost', `${input.valueOfTime.currency} in the hour`, 2)] : []),
    ...(input.dayProfile ? [column('hours_over_capacity', 'h a day')] : []),
    column('main_origin'),
    column('main_origin_share', '', 4),
  ];
}

function cellsOf(input: FlowInput, row: BottleneckRow): Cell[] {
  const { link, from, to, name, flow, capacity, ratio } = row;
  return [
    ...[link, from, to, name, flow, capacity, ratio, row.delayPersonMinutes, row.criticalityPersonMinutes, row.cutOffTrips],
    ...[row.freeMinutes, row.minutes, row.costMinutes],
    ...(input.valueOfTime ? [row.delayCost] : []),
    ...(input.dayProfile ? [row.hoursOverCapacity] : []),
    row.mainOrigin,
    row.mainOriginShare,
  ];
}
