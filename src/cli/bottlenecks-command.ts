import { basename } from 'node:path';
import type { Command } from 'commander';
import { ASSIGNMENT_METHODS, type AssignmentMethod, assignTrips } from '../analysis/assignment/assign-trips.ts';
import { DEFAULT_RAIL, withFullWaits } from '../analysis/assignment/rail-loads.ts';
import { DEFAULT_PEAK, roadPeak } from '../analysis/assignment/road-peak.ts';
import { type BottleneckRank, type BottleneckRow, bottlenecks } from '../analysis/bottlenecks/bottlenecks.ts';
import { linkCriticality } from '../analysis/criticality/link-criticality.ts';
import type { TripModel } from '../analysis/demand/fit.ts';
import { TRIP_MODELS } from '../analysis/demand/fit-report.ts';
import type { Constraint } from '../analysis/demand/trip-models.ts';
import type { FlowInput } from '../model/flow-input.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { openNetwork, openRegion, regionFolder } from '../open/open-network.ts';
import { isTntpNet, type OpenedFlows, openTntpFlows } from '../open/open-tntp.ts';
import { cutTable, exposureTable, extraColumns, railLoadTable, usersTable } from './bottleneck-extras.ts';
import { anarchy, criticalNotes, headOf, logCsv, notesOf } from './bottleneck-notes.ts';
import { emitLinks } from './link-map.ts';
import { graphOptions, type NetworkFlags, numberOption, oneOf, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes, sha256, writeWhole } from './output.ts';
import { terminalProgress } from './progress.ts';
import { commuteFile, regionTrips } from './region-trips.ts';

type BottleneckFlags = NetworkFlags & {
  readonly trips?: string;
  readonly uniformTrips?: string;
  readonly demand?: string;
  readonly constraint: string;
  readonly peakShare: string;
  readonly carShare: string;
  readonly occupancy: string;
  readonly railShare: string;
  readonly gap: string;
  readonly method: string;
  readonly principle: string;
  readonly maxIterations: string;
  readonly theta: string;
  readonly tollFactor: string;
  readonly distanceFactor: string;
  readonly minutesPerUnit: string;
  readonly criticality: boolean;
  readonly rank: string;
  readonly top?: string;
  readonly priceOfAnarchy?: boolean;
  readonly marginal?: string;
  readonly reEquilibrate?: string;
  readonly selectLink?: string;
  readonly cut?: string;
  readonly exposure?: boolean;
  readonly log?: string;
  readonly quiet?: boolean;
};

const RANKS: readonly BottleneckRank[] = ['delay', 'criticality', 'ratio', 'id'];

export function registerBottlenecks(program: Command): void {
  withNetworkOptions(program.command('bottlenecks <network>'))
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
    .option('--log <file>', 'write the convergence log as CSV')
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExample: corridor bottlenecks SiouxFalls_net.tntp --trips SiouxFalls_trips.tntp --gap 1e-12 --format json')
    .action((network: string, flags: BottleneckFlags) => bottlenecksCommand(network, flags));
}

function bottlenecksCommand(network: string, flags: BottleneckFlags): void {
  const method = oneOf<AssignmentMethod>('--method', flags.method, ASSIGNMENT_METHODS);
  const principle = oneOf('--principle', flags.principle, ['user', 'system'] as const);
  const rank = oneOf<BottleneckRank>('--rank', flags.rank, RANKS);
  const gap = numberOption('--gap', flags.gap, 0, 1);
  const maxIterations = numberOption('--max-iterations', flags.maxIterations, 0, 1e6);
  const theta = numberOption('--theta', flags.theta, 1e-9, 1e6);
  const progress = terminalProgress(flags.quiet);
  if (flags.mode === 'rail' && !isTntpNet(network)) {
    emitLinks(railTable(network, flags), network, flags);
    return;
  }
  const { input, inputs } = open(network, flags);
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
  const critical = flags.criticality || flags.exposure ? linkCriticality(input, assignment, progress) : null;
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

function tntpParameters(flags: BottleneckFlags): Record<string, Cell> {
  const { tollFactor, distanceFactor, minutesPerUnit } = flags;
  return { toll_factor: Number(tollFactor), distance_factor: Number(distanceFactor), minutes_per_unit: Number(minutesPerUnit) };
}

function regionParameters(flags: BottleneckFlags): Record<string, Cell> {
  const { demand = 'observed', constraint, peakShare, carShare, occupancy } = flags;
  const shares = { peak_share: Number(peakShare), car_share: Number(carShare), occupancy: Number(occupancy) };
  return { ...parameters(graphOptions(flags), flags.upgrade), mode: 'road', demand: flags.trips ? 'file' : demand, constraint, ...shares };
}

function railTable(network: string, flags: BottleneckFlags): ResultTable {
  const { region: given, trips, notes, inputs } = tripsOfRegion(network, flags);
  const region = withFullWaits(given);
  const { graph, imputed } = openNetwork(region, { ...graphOptions(flags), mode: 'rail' });
  const told = [...notes, ...imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`)];
  return railLoadTable(region, graph, trips, told, inputs, {
    peakShare: numberOption('--peak-share', flags.peakShare, 0, 1),
    railShare: numberOption('--rail-share', flags.railShare, 0, 1),
    top: flags.top === undefined ? (flags.format === 'table' ? 25 : null) : numberOption('--top', flags.top, 1, 1e9),
  });
}

/** Trips of a region by --trips, --demand and --constraint. */
function tripsOfRegion(network: string, flags: BottleneckFlags) {
  const folder = regionFolder(network);
  const { region } = openRegion(network, flags.upgrade);
  const model = oneOf<TripModel | 'observed'>('--demand', flags.demand ?? 'observed', ['observed', ...TRIP_MODELS]);
  const observed = flags.trips ?? (model === 'observed' ? commuteFile(folder) : null);
  const constraint = oneOf<Constraint>('--constraint', flags.constraint, ['production', 'doubly']);
  const { trips, notes } = regionTrips(region, observed, model === 'observed' ? 'combined' : model, constraint);
  const tripInputs = observed === null ? [] : [{ file: basename(observed), sha256: sha256(observed) }];
  return { region, trips, notes, inputs: [...inputHashes(folder, flags.upgrade), ...tripInputs] };
}

function open(network: string, flags: BottleneckFlags): OpenedFlows {
  if (!isTntpNet(network)) return openRegionFlows(network, flags);
  return openTntpFlows(network, {
    trips: flags.trips ?? null,
    uniformTrips: flags.uniformTrips === undefined ? null : numberOption('--uniform-trips', flags.uniformTrips, 0, 1e12),
    tollFactor: numberOption('--toll-factor', flags.tollFactor, -1e9, 1e9),
    distanceFactor: numberOption('--distance-factor', flags.distanceFactor, -1e9, 1e9),
    minutesPerUnit: numberOption('--minutes-per-unit', flags.minutesPerUnit, 1e-9, 1e9),
  });
}

function openRegionFlows(network: string, flags: BottleneckFlags): OpenedFlows {
  const { region, trips, notes, inputs } = tripsOfRegion(network, flags);
  const { graph } = openNetwork(region, { ...graphOptions(flags), mode: 'road' });
  const input = roadPeak(region, graph, trips, notes, {
    ...DEFAULT_PEAK,
    peakShare: numberOption('--peak-share', flags.peakShare, 0, 1),
    carShare: numberOption('--car-share', flags.carShare, 0, 1),
    personsPerCar: numberOption('--occupancy', flags.occupancy, 0.1, 100),
  });
  return { input, inputs };
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
