import { basename } from 'node:path';
import type { Command } from 'commander';
import { type Assignment, assignTrips } from '../analysis/assignment/assign-trips.ts';
import { elasticEquilibrium, pairCosts } from '../analysis/assignment/elastic-demand.ts';
import { DEFAULT_PEAK, type PeakOptions, roadPeak } from '../analysis/assignment/road-peak.ts';
import type { CompareRow } from '../analysis/compare/compare-row.ts';
import { flowChange } from '../analysis/compare/flow-change.ts';
import { commuterTrips } from '../analysis/demand/commuter-trips.ts';
import type { RegionTrips } from '../analysis/demand/region-demand.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import { UsageError } from '../model/errors.ts';
import type { Cell, ResultTable } from '../model/results.ts';
import { regionFolder } from '../open/open-network.ts';
import { networkOf, type OpenedSlice } from '../open/slices.ts';
import type { GivenTrips, TripTable } from '../read/trip-files.ts';
import { numberOption } from './network-options.ts';
import { sha256 } from './output.ts';
import { commuteFile, observedTrips } from './region-trips.ts';

export interface CompareFlowFlags {
  readonly flows?: boolean;
  readonly trips?: string;
  readonly peakShare: string;
  readonly carShare: string;
  readonly occupancy: string;
  readonly gap: string;
  readonly elastic?: string;
}

/** Largest lack of trips of a pair that ends an elastic run, as a share of all trips. */
const TOLERANCE = 1e-7;

const OPTIONS = ['trips', 'peakShare', 'carShare', 'occupancy', 'gap', 'elastic'] as const;

export function withFlowOptions(command: Command): Command {
  return command
    .option('--flows', 'roads: flows at user equilibrium in both states, and the bottlenecks relieved or moved')
    .option('--trips <file>', 'with --flows: trips a day between zones: CSV or Parquet with from,to,trips, OMX, TNTP')
    .option('--peak-share <share>', 'with --flows: share of a day that falls in the hour assigned', String(DEFAULT_PEAK.peakShare))
    .option('--car-share <share>', 'with --flows: share of trips by car', String(DEFAULT_PEAK.carShare))
    .option('--occupancy <persons>', 'with --flows: persons a car', String(DEFAULT_PEAK.personsPerCar))
    .option('--gap <number>', 'with --flows: relative gap to stop at', '1e-6')
    .option('--elastic <theta>', 'with --flows: trips react to their minutes by exp(-theta × change); without it they are the same');
}

interface FlowQuestion {
  readonly peak: PeakOptions;
  readonly gap: number;
  /** 1/minute; null where trips do not react */
  readonly theta: number | null;
}

/** @throws UsageError where the options of --flows come without it, or the mode has no roads; null without --flows */
export function flowQuestion(flags: CompareFlowFlags, { mode }: GraphOptions, command: Command): FlowQuestion | null {
  if (!flags.flows) {
    const given = OPTIONS.filter((option) => command.getOptionValueSource(option) === 'cli');
    if (given.length === 0) return null;
    const names = given.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
    throw new UsageError(`${names.join(', ')} say how trips are assigned; expected --flows beside`);
  }
  if (mode === 'rail') throw new UsageError('--flows assigns cars to roads; expected --mode road or multimodal');
  return {
    peak: {
      ...DEFAULT_PEAK,
      peakShare: numberOption('--peak-share', flags.peakShare, 0, 1),
      carShare: numberOption('--car-share', flags.carShare, 0, 1),
      personsPerCar: numberOption('--occupancy', flags.occupancy, 0.1, 100),
    },
    gap: numberOption('--gap', flags.gap, 0, 1),
    theta: flags.elastic === undefined ? null : numberOption('--elastic', flags.elastic, 0, 10),
  };
}

export interface ComparedFlows {
  readonly rows: readonly CompareRow[];
  readonly notes: readonly string[];
  readonly parameters: Record<string, Cell>;
  readonly inputs: ResultTable['inputs'];
}

/** Flows of the busiest hour on the roads of two states, under the demand of the state before. Cost: two equilibria, the second from the first. */
export function comparedFlows(
  network: string,
  [before, after]: readonly [OpenedSlice, OpenedSlice],
  options: GraphOptions,
  { peak, gap, theta }: FlowQuestion,
  given: GivenTrips | null,
  limit: number,
): ComparedFlows {
  const observed = given?.file ?? commuteFile(regionFolder(network));
  const demand = demandOf(before, options, observed, given?.table);
  const roads = { ...options, mode: 'road' } as const;
  const first = networkOf(before, roads);
  const second = networkOf(after, roads, first);
  const inputs = [
    roadPeak(before.region, first.graph, demand.trips, [], peak),
    roadPeak(after.region, second.graph, demand.trips, [], peak),
  ];
  const [from, to] = inputs as [(typeof inputs)[0], (typeof inputs)[0]];
  const old = assignTrips(from, { gap });
  const elastic = theta === null ? null : elasticEquilibrium(to, pairCosts(old), { theta, gap, start: old, tolerance: TOLERANCE });
  const now = elastic?.assignment ?? assignTrips(to, { gap, start: old });
  return {
    rows: flowChange(old, now, after.region.manifest, limit),
    notes: [
      ...demand.notes.map((note) => `flows: ${note}`),
      elastic
        ? `flows: trips react to their minutes: those of the state before times exp(-${theta} × change of minutes of their pair), destinations as before; ${elastic.rounds} equilibria to ${elastic.residual.toPrecision(2)} of all trips`
        : 'flows: the same trips in both states, drawn on the state before: nobody moves or travels more because of the change; user equilibrium on the roads, each side by itself',
      `flows: ${certificate(old)} before, ${certificate(now)} after: changes of totals below that share of them are none`,
      'bottleneck: flow / capacity 1 and over; relieved: under 1 after; moved: a link of both states that is over 1 only after; new: a link that only the state after has; gone: its link is; kept: over 1 in both',
      ...from.notes.map((note) => `flows: ${note}`),
      ...to.notes.filter((note) => !from.notes.includes(note)).map((note) => `flows after: ${note}`),
    ],
    parameters: {
      flows: true,
      flow_gap: gap,
      ...(theta === null ? {} : { elastic: theta }),
      flow_demand: given ? 'file' : observed ? 'observed' : 'combined',
      peak_share: peak.peakShare,
      car_share: peak.carShare,
      occupancy: peak.personsPerCar,
    },
    inputs: observed === null ? [] : [{ file: basename(observed), sha256: sha256(observed) }],
  };
}

function demandOf(before: OpenedSlice, options: GraphOptions, observed: string | null, table?: TripTable): RegionTrips {
  if (observed !== null) {
    const trips = observedTrips(observed, before.region.zones, table);
    const sum = trips.reduce((total, amount) => total + amount, 0);
    return { trips, notes: [`demand: ${basename(observed)}, ${Math.round(sum)} trips a day as given`] };
  }
  const { frozen } = networkOf(before, { ...options, mode: 'multimodal' });
  return commuterTrips(zoneTimes(frozen, before.region.zones), 'combined', 'production');
}

function certificate({ end, steps }: Assignment): string {
  return `relative gap ${end.relativeGap.toPrecision(2)} in ${steps.length - 1} iterations`;
}
