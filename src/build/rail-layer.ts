import { greatCircleKilometres } from '../model/place.ts';
import type { Place, RailLink, Region, Service } from '../model/tables.ts';
import { isInSlice, type LinkAttributes, type RegionGraph } from './graph-types.ts';
import { linePieces } from './line-pieces.ts';

/**
 * Stations, line nodes and services of a region.
 *
 * Riding is between nodes of a line (`aboard/line/station`); boarding costs the region's gate time plus half the headway up to a cap;
 * alighting is free; walks join stations. Services that skip stops are lines of their own. Headway = service hours / trains a day.
 * A link without trains a day takes the region's headway of its class, counted in `imputed`; links with zero trains carry no passengers.
 */
export function addRailLayer(graph: RegionGraph, region: Region, year: number | null, imputed: Map<string, number>): void {
  const stations = new Map(region.stations.map((station) => [station.id, station]));
  for (const { id, longitude, latitude } of region.stations) {
    graph.addNode(`station/${id}`, { kind: 'station', place: id, longitude, latitude });
  }
  const open = region.rail.filter((link) => isInSlice(link, year));
  const links = open.filter((link) => link.trainsPerDay !== 0);
  // a line whose links carry no stopping train may still have services of its own
  const runs = servicesInSlice(region, open);
  addStoppingTrains(graph, region, stations, links, imputed);
  for (const service of region.services) if (runs(service)) addService(graph, region, stations, service, imputed);
  for (const transfer of region.transfers) {
    const walk: LinkAttributes = { link: null, kind: 'walk', minutes: transfer.minutes, lengthKilometres: 0 };
    if (!stations.has(transfer.from) || !stations.has(transfer.to)) continue;
    graph.addEdge(`station/${transfer.from}`, `station/${transfer.to}`, walk);
    graph.addEdge(`station/${transfer.to}`, `station/${transfer.from}`, walk);
  }
}

/**
 * Whether a service's trains can run on the links of a slice. Its line, where it names one, must be open; each hop must be joined by the line's
 * own links where the whole line joins it, else by links of any line where all links together join it (trains that change lines on their way
 * name none). A hop that no links of the tables join is taken on trust.
 */
function servicesInSlice(region: Region, links: readonly RailLink[]): (service: Service) => boolean {
  const lines = new Set(links.map((link) => link.line));
  const built = linePieces(region.rail);
  const open = linePieces(links);
  return ({ line, stops, trainsPerDay }) => {
    if (trainsPerDay <= 0 || (line !== '' && !lines.has(line))) return false;
    return stops.every((stop, position) => {
      const before = stops[position - 1];
      if (before === undefined || before === stop) return true;
      if (built.isJoinedBy(line, before, stop)) return open.isJoinedBy(line, before, stop);
      return !built.isJoined(before, stop) || open.isJoined(before, stop);
    });
  };
}

/** Half the headway, capped, plus the gate time: minutes. */
export function boardingMinutes(region: Region, headwayMinutes: number): number {
  const { boardingMinutes, waitCapMinutes } = region.manifest.defaults;
  return boardingMinutes + Math.min(waitCapMinutes, headwayMinutes / 2);
}

function headwayMinutes(region: Region, link: RailLink, imputed: Map<string, number>): number {
  const { serviceHoursPerDay, headwayMinutesByClass, waitCapMinutes } = region.manifest.defaults;
  if (link.trainsPerDay !== null) return (serviceHoursPerDay * 60) / link.trainsPerDay;
  const given = headwayMinutesByClass[link.class];
  const kind = given === undefined ? `headway of ${link.class}: the waiting cap` : `headway of ${link.class}: ${given} min by class`;
  imputed.set(kind, (imputed.get(kind) ?? 0) + 1);
  return given ?? 2 * waitCapMinutes;
}

function addStoppingTrains(
  graph: RegionGraph,
  region: Region,
  stations: ReadonlyMap<string, Place>,
  links: readonly RailLink[],
  imputed: Map<string, number>,
): void {
  const headways = new Map<string, number>();
  for (const link of links) {
    const headway = headwayMinutes(region, link, imputed);
    const ride: LinkAttributes = { link: link.id, kind: 'ride', minutes: link.minutes, lengthKilometres: link.lengthKilometres };
    const ends = [link.from, link.to].map((stop) => {
      const node = `aboard/${link.line}/${stop}`;
      addAboard(graph, node, stations.get(stop));
      headways.set(node, Math.min(headway, headways.get(node) ?? Number.POSITIVE_INFINITY));
      return node;
    });
    graph.addEdgeWithKey(`rail/${link.id}>`, ends[0], ends[1], ride);
    graph.addEdgeWithKey(`rail/${link.id}<`, ends[1], ends[0], ride);
  }
  for (const [node, headway] of headways) addBoarding(graph, region, node, headway);
}

/** A hop that the timetable rounds to nothing still takes a few seconds: minutes. */
const SHORTEST_HOP_MINUTES = 0.1;

function addService(
  graph: RegionGraph,
  region: Region,
  stations: ReadonlyMap<string, Place>,
  service: Service,
  imputed: Map<string, number>,
): void {
  const headway = (region.manifest.defaults.serviceHoursPerDay * 60) / service.trainsPerDay;
  const directions = service.bidirectional ? ['>', '<'] : ['>'];
  for (const direction of directions) {
    let previous: { node: string; minutes: number; place: Place } | null = null;
    service.stops.forEach((stop, position) => {
      const place = stations.get(stop);
      const minutes = service.minutes[position];
      if (!place || minutes === undefined) return;
      const node = `aboard/${service.id}${direction}/${position}`;
      addAboard(graph, node, place);
      addBoarding(graph, region, node, headway);
      if (previous) {
        if (minutes - previous.minutes < SHORTEST_HOP_MINUTES) {
          const kind = `minutes of a service's hop of 0: ${SHORTEST_HOP_MINUTES} min`;
          imputed.set(kind, (imputed.get(kind) ?? 0) + 1);
        }
        const lengthKilometres = greatCircleKilometres(previous.place.longitude, previous.place.latitude, place.longitude, place.latitude);
        const ride: LinkAttributes = {
          link: `service:${service.id}:${position - 1}`,
          kind: 'ride',
          minutes: Math.max(minutes - previous.minutes, SHORTEST_HOP_MINUTES),
          lengthKilometres,
        };
        if (direction === '>') graph.addEdge(previous.node, node, ride);
        else graph.addEdge(node, previous.node, ride);
      }
      previous = { node, minutes, place };
    });
  }
}

function addAboard(graph: RegionGraph, node: string, place: Place | undefined): void {
  if (!place || graph.hasNode(node)) return;
  graph.addNode(node, { kind: 'aboard', place: place.id, longitude: place.longitude, latitude: place.latitude });
}

function addBoarding(graph: RegionGraph, region: Region, node: string, headway: number): void {
  const station = `station/${graph.getNodeAttribute(node, 'place')}`;
  graph.addEdge(station, node, { link: null, kind: 'board', minutes: boardingMinutes(region, headway), lengthKilometres: 0 });
  graph.addEdge(node, station, { link: null, kind: 'alight', minutes: 0, lengthKilometres: 0 });
}
