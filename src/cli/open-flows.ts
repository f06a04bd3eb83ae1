import { basename } from 'node:path';
import { railPeak, withFullWaits } from '../analysis/assignment/rail-loads.ts';
import { roadPeak } from '../analysis/assignment/road-peak.ts';
import { netLandmarks, railLandmarks, roadLandmarks } from '../analysis/criticality/landmarks.ts';
import type { RailFlowLinks } from '../build/rail-flow-links.ts';
import type { Cell } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { openNetwork, openZonedRegion, regionFolder } from '../open/open-network.ts';
import { openTntpFlows } from '../open/open-tntp.ts';
import type { GivenTrips } from '../read/trip-files.ts';
import type { BottleneckFlags, BottleneckQuestion } from './bottleneck-question.ts';
import { parameters } from './network-options.ts';
import { inputHashes, sha256 } from './output.ts';
import { commuteFile, regionTrips } from './region-trips.ts';
import type { RemovalSubject } from './removal-tables.ts';

/** What a result was made with: the network, the trips and, where any were assigned, how. */
export function parametersOf(question: BottleneckQuestion, flags: BottleneckFlags): Record<string, Cell> {
  const { place, view, assignment, net, demand, peak, railShare, graph } = question;
  const isAssigned = view !== 'cut' && place !== 'rail';
  const { method, gap, principle, maxIterations, theta } = assignment;
  const how = { method, gap, principle, max_iterations: maxIterations, ...(method === 'logit' ? { theta } : {}) };
  if (place === 'net') {
    const { tollFactor, distanceFactor, minutesPerUnit, uniformTrips } = net;
    const uniform = uniformTrips === null ? {} : { uniform_trips: uniformTrips };
    const factors = { toll_factor: tollFactor, distance_factor: distanceFactor, minutes_per_unit: minutesPerUnit };
    return { ...factors, ...uniform, ...(isAssigned ? how : {}) };
  }
  const shares = place === 'rail' ? { rail_share: railShare } : { car_share: peak.carShare, occupancy: peak.personsPerCar };
  return {
    ...parameters(graph, flags.upgrade),
    mode: place,
    demand: flags.trips ? 'file' : demand.model,
    constraint: demand.constraint,
    peak_share: peak.peakShare,
    ...shares,
    ...(isAssigned ? how : {}),
  };
}

/** Trips of a region by --trips, --demand and --constraint. */
function tripsOfRegion(
  network: string,
  flags: BottleneckFlags,
  { demand: { model, constraint } }: BottleneckQuestion,
  given: GivenTrips | null,
) {
  const folder = regionFolder(network);
  const { region } = openZonedRegion(network, flags.upgrade);
  const observed = given?.file ?? (model === 'observed' ? commuteFile(folder) : null);
  const { trips, notes } = regionTrips(region, observed, model === 'observed' ? 'combined' : model, constraint, given?.table);
  const tripInputs = observed === null ? [] : [{ file: basename(observed), sha256: sha256(observed) }];
  return { region, trips, notes, inputs: [...inputHashes(folder, flags.upgrade), ...tripInputs] };
}

/** Trips and links of a TNTP net or of the roads of a region, with what failures are grouped by. */
export function openFlows(network: string, flags: BottleneckFlags, question: BottleneckQuestion, given: GivenTrips | null): RemovalSubject {
  if (question.place !== 'net') return openRegionFlows(network, flags, question, given);
  const opened = openTntpFlows(network, { trips: given?.file ?? null, tripTable: given?.table ?? null, ...question.net });
  return { ...opened, landmarks: netLandmarks(opened.input), isRail: false, people: null };
}

function openRegionFlows(network: string, flags: BottleneckFlags, question: BottleneckQuestion, given: GivenTrips | null): RemovalSubject {
  const { region, trips, notes, inputs } = tripsOfRegion(network, flags, question, given);
  const { graph } = openNetwork(region, { ...question.graph, mode: 'road' });
  const input = roadPeak(region, graph, trips, notes, question.peak);
  return {
    input,
    inputs,
    landmarks: roadLandmarks(region, input),
    isRail: false,
    people: region.zones.map(({ population }) => population),
  };
}

/** Passengers of the busiest hour on the railways of a region. */
export function openRailFlows(
  network: string,
  flags: BottleneckFlags,
  question: BottleneckQuestion,
  own: GivenTrips | null,
): { subject: RemovalSubject; links: RailFlowLinks; region: Region } {
  const { region: plain, trips, notes, inputs } = tripsOfRegion(network, flags, question, own);
  const region = withFullWaits(plain);
  const { graph, imputed } = openNetwork(region, question.graph);
  const told = [...notes, ...imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`)];
  const { peak, railShare } = question;
  const { input, links } = railPeak(region, graph, trips, told, { peakShare: peak.peakShare, railShare });
  const people = region.zones.map(({ population }) => population);
  return { subject: { input, inputs, landmarks: railLandmarks(region, graph, links), isRail: true, people }, links, region };
}
