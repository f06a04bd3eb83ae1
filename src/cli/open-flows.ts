import { basename } from 'node:path';
import { railPeak, withFullWaits } from '../analysis/assignment/rail-loads.ts';
import { DEFAULT_PEAK, roadPeak } from '../analysis/assignment/road-peak.ts';
import { netLandmarks, railLandmarks, roadLandmarks } from '../analysis/criticality/landmarks.ts';
import type { TripModel } from '../analysis/demand/fit.ts';
import { TRIP_MODELS } from '../analysis/demand/fit-report.ts';
import type { Constraint } from '../analysis/demand/trip-models.ts';
import type { RailFlowLinks } from '../build/rail-flow-links.ts';
import type { Cell } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { openNetwork, openRegion, regionFolder } from '../open/open-network.ts';
import { isTntpNet, openTntpFlows } from '../open/open-tntp.ts';
import { graphOptions, type NetworkFlags, numberOption, oneOf, parameters } from './network-options.ts';
import { inputHashes, sha256 } from './output.ts';
import { commuteFile, regionTrips } from './region-trips.ts';
import type { RemovalSubject } from './removal-tables.ts';

export type BottleneckFlags = NetworkFlags & {
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
  readonly remove?: string;
  readonly pairs?: string;
  readonly seed: string;
  readonly zones?: boolean;
  readonly threads: string;
  readonly log?: string;
  readonly quiet?: boolean;
};

export function tntpParameters(flags: BottleneckFlags): Record<string, Cell> {
  const { tollFactor, distanceFactor, minutesPerUnit } = flags;
  return { toll_factor: Number(tollFactor), distance_factor: Number(distanceFactor), minutes_per_unit: Number(minutesPerUnit) };
}

export function regionParameters(flags: BottleneckFlags): Record<string, Cell> {
  const { demand = 'observed', constraint, peakShare, carShare, occupancy } = flags;
  const shares = { peak_share: Number(peakShare), car_share: Number(carShare), occupancy: Number(occupancy) };
  return { ...parameters(graphOptions(flags), flags.upgrade), mode: 'road', demand: flags.trips ? 'file' : demand, constraint, ...shares };
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

/** Trips and links of a TNTP net or of the roads of a region, with what failures are grouped by. */
export function openFlows(network: string, flags: BottleneckFlags): RemovalSubject {
  if (!isTntpNet(network)) return openRegionFlows(network, flags);
  const opened = openTntpFlows(network, {
    trips: flags.trips ?? null,
    uniformTrips: flags.uniformTrips === undefined ? null : numberOption('--uniform-trips', flags.uniformTrips, 0, 1e12),
    tollFactor: numberOption('--toll-factor', flags.tollFactor, -1e9, 1e9),
    distanceFactor: numberOption('--distance-factor', flags.distanceFactor, -1e9, 1e9),
    minutesPerUnit: numberOption('--minutes-per-unit', flags.minutesPerUnit, 1e-9, 1e9),
  });
  return { ...opened, landmarks: netLandmarks(opened.input), people: null };
}

function openRegionFlows(network: string, flags: BottleneckFlags): RemovalSubject {
  const { region, trips, notes, inputs } = tripsOfRegion(network, flags);
  const { graph } = openNetwork(region, { ...graphOptions(flags), mode: 'road' });
  const input = roadPeak(region, graph, trips, notes, {
    ...DEFAULT_PEAK,
    peakShare: numberOption('--peak-share', flags.peakShare, 0, 1),
    carShare: numberOption('--car-share', flags.carShare, 0, 1),
    personsPerCar: numberOption('--occupancy', flags.occupancy, 0.1, 100),
  });
  return { input, inputs, landmarks: roadLandmarks(region, input), people: region.zones.map(({ population }) => population) };
}

/** Passengers of the busiest hour on the railways of a region. */
export function openRailFlows(network: string, flags: BottleneckFlags): { subject: RemovalSubject; links: RailFlowLinks; region: Region } {
  const { region: given, trips, notes, inputs } = tripsOfRegion(network, flags);
  const region = withFullWaits(given);
  const { graph, imputed } = openNetwork(region, { ...graphOptions(flags), mode: 'rail' });
  const told = [...notes, ...imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`)];
  const { input, links } = railPeak(region, graph, trips, told, {
    peakShare: numberOption('--peak-share', flags.peakShare, 0, 1),
    railShare: numberOption('--rail-share', flags.railShare, 0, 1),
  });
  const people = region.zones.map(({ population }) => population);
  return { subject: { input, inputs, landmarks: railLandmarks(region, graph, links), people }, links, region };
}
