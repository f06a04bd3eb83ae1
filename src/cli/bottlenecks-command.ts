import { basename } from 'node:path';
import type { Command } from 'commander';
import { ASSIGNMENT_METHODS, type Assignment, type AssignmentMethod, assignTrips } from '../analysis/assignment/assign-trips.ts';
import { isFlowUnique } from '../analysis/assignment/flow-problem.ts';
import { DEFAULT_PEAK, roadPeak } from '../analysis/assignment/road-peak.ts';
import { type BottleneckRank, type BottleneckRow, bottlenecks } from '../analysis/bottlenecks/bottlenecks.ts';
import { linkCriticality } from '../analysis/criticality/link-criticality.ts';
import type { TripModel } from '../analysis/demand/fit.ts';
import { TRIP_MODELS } from '../analysis/demand/fit-report.ts';
import type { Constraint } from '../analysis/demand/trip-models.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import type { FlowInput } from '../model/flow-input.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { openNetwork, openRegion, regionFolder } from '../open/open-network.ts';
import { isTntpNet, type OpenedFlows, openTntpFlows } from '../open/open-tntp.ts';
import { graphOptions, type NetworkFlags, numberOption, oneOf, withNetworkOptions } from './network-options.ts';
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
  const { input, inputs } = open(network, flags);
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
  const critical = flags.criticality ? linkCriticality(input, assignment, progress) : null;
  const rows = bottlenecks(input, assignment, critical, rank);
  const shown = flags.top === undefined ? (flags.format === 'table' ? 25 : rows.length) : numberOption('--top', flags.top, 1, 1e9);
  if (flags.log) writeWhole(flags.log, logCsv(assignment));
  const table: ResultTable = {
    command: 'bottlenecks',
    parameters: {
      method,
      gap,
      principle,
      max_iterations: maxIterations,
      rank,
      ...(method === 'logit' ? { theta } : {}),
      ...(flags.upgrade === undefined ? {} : { upgrade: flags.upgrade }),
    },
    inputs,
    head: headOf(assignment),
    columns: columnsOf(input),
    rows: rows.slice(0, shown).map(cellsOf),
    notes: [
      ...notesOf(input, assignment, gap, method),
      ...criticalNotes(rows),
      ...input.notes,
      ...(shown < rows.length ? [`${shown} of ${rows.length} links shown; --top N shows more`] : []),
    ],
  };
  emit(formatTable(table, flags.format), flags.out);
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
  const options: GraphOptions = { ...graphOptions(flags), mode: 'road' };
  const folder = regionFolder(network);
  const { region } = openRegion(network, flags.upgrade);
  const model = oneOf<TripModel | 'observed'>('--demand', flags.demand ?? 'observed', ['observed', ...TRIP_MODELS]);
  const observed = flags.trips ?? (model === 'observed' ? commuteFile(folder) : null);
  const constraint = oneOf<Constraint>('--constraint', flags.constraint, ['production', 'doubly']);
  const { trips, notes } = regionTrips(region, observed, model === 'observed' ? 'combined' : model, constraint);
  const { graph } = openNetwork(region, options);
  const input = roadPeak(region, graph, trips, notes, {
    ...DEFAULT_PEAK,
    peakShare: numberOption('--peak-share', flags.peakShare, 0, 1),
    carShare: numberOption('--car-share', flags.carShare, 0, 1),
    personsPerCar: numberOption('--occupancy', flags.occupancy, 0.1, 100),
  });
  const tripInputs = observed === null ? [] : [{ file: basename(observed), sha256: sha256(observed) }];
  return { input, inputs: [...inputHashes(folder, flags.upgrade), ...tripInputs] };
}

function columnsOf(input: FlowInput): ResultTable['columns'] {
  return [
    column('link'),
    column('from'),
    column('to'),
    column('name'),
    column('flow', input.flowUnit, 6),
    column('capacity', input.flowUnit, 3),
    column('ratio', 'flow / capacity', 6),
    column('free_minutes', input.timeUnit, 6),
    column('minutes', input.timeUnit, 6),
    column('delay_person_minutes', 'person-minutes in the period', 3),
    column('criticality_person_minutes', 'person-minutes in the period', 3),
    column('cost_minutes', `${input.timeUnit}, charges included`, 6),
    column('cut_off_trips', input.flowUnit, 3),
    column('main_origin'),
    column('main_origin_share', 'share of flow', 4),
  ];
}

function cellsOf(row: BottleneckRow): Cell[] {
  const { link, from, to, name, flow, capacity, ratio, freeMinutes, minutes } = row;
  const head = [link, from, to, name, flow, capacity, ratio, freeMinutes, minutes, row.delayPersonMinutes];
  return [...head, row.criticalityPersonMinutes, row.costMinutes, row.cutOffTrips, row.mainOrigin, row.mainOriginShare];
}

/** Thirteen significant digits: what comes after depends on the order of sums. */
function rounded(value: number): number {
  return Number(value.toPrecision(13));
}

function headOf({ end, steps, totalMinutes, totalCost, unserved, trips }: Assignment): Record<string, Cell> {
  return {
    relative_gap: Number(end.relativeGap.toPrecision(6)),
    iterations: steps.length === 1 ? end.iteration : steps.length - 1,
    objective: rounded(end.objective),
    lower_bound: rounded(end.lowerBound),
    average_excess_cost: Number(end.averageExcessCost.toPrecision(6)),
    widest_pair_minutes: end.widestPair === null ? null : Number(end.widestPair.toPrecision(6)),
    total_minutes: rounded(totalMinutes),
    total_cost_minutes: rounded(totalCost),
    trips: rounded(trips),
    unserved_trips: rounded(unserved),
  };
}

function notesOf(input: FlowInput, assignment: Assignment, gap: number, method: string): string[] {
  const { end, compiled, unserved } = assignment;
  const notes = [
    'relative_gap = (total cost - cost of all trips on their cheapest paths at the resulting costs) / total cost; ' +
      'average_excess_cost = the same difference by unit of trips; lower_bound = objective - that difference; ' +
      'widest_pair_minutes: largest difference between the dearest used and the cheapest path of a pair',
  ];
  const converges = !['incremental', 'all-or-nothing', 'logit'].includes(method);
  if (converges && end.relativeGap > gap)
    notes.push(`the gap asked for, ${gap}, was not reached: these flows are not yet an equilibrium to that measure`);
  if (!converges) notes.push(`${method} does not aim at equilibrium: the gap says how far from it the flows are`);
  const constant = input.links.filter((link) => !link.isConnector && !isFlowUnique(link)).length;
  if (constant > 0)
    notes.push(
      `${constant} links have a cost that does not depend on flow: their flows are one of several equal answers, their costs are not`,
    );
  if (compiled.shut.length > 0) {
    const named = compiled.shut.slice(0, 10).map((row) => input.links[row]?.id);
    notes.push(`${compiled.shut.length} links of capacity 0 can carry nothing and were left out: ${named.join(', ')}`);
  }
  if (unserved > 0) notes.push(`${rounded(unserved)} trips have no way between their zones: they are in no figure but unserved_trips`);
  return notes;
}

function criticalNotes(rows: readonly BottleneckRow[]): string[] {
  const only = rows.filter(({ cutOffTrips }) => (cutOffTrips ?? 0) > 0).sort((a, b) => (b.cutOffTrips ?? 0) - (a.cutOffTrips ?? 0));
  if (rows[0]?.criticalityPersonMinutes === null) return [];
  const notes = [
    'criticality_person_minutes: the link (both directions) out, every trip on its next best path at the times of this table; ' +
      'trips that have no way left are in cut_off_trips alone',
  ];
  if (only.length > 0) {
    const named = only.slice(0, 10).map(({ link, from, to, cutOffTrips }) => `${link} (${from} → ${to}: ${rounded(cutOffTrips ?? 0)})`);
    notes.push(`${only.length} links are the only way of some trips, most first: ${named.join(', ')}`);
  }
  return notes;
}

/** The convergence log, one row an iteration. */
function logCsv({ steps }: Assignment): string {
  const names = ['iteration', 'relative_gap', 'average_excess_cost', 'objective', 'lower_bound', 'widest_pair_minutes'];
  const lines = steps.map((step) =>
    [step.iteration, step.relativeGap, step.averageExcessCost, step.objective, step.lowerBound, step.widestPair ?? ''].join(','),
  );
  return `${[names.join(','), ...lines].join('\n')}\n`;
}
