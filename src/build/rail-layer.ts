import { greatCircleKilometres } from '../model/place.ts';
import type { Place, RailLink, Region, Service } from '../model/tables.ts';
import { isInSlice, type LinkAttributes, type RegionGraph } from './graph-types.ts';

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
  const lines = new Set(open.map((link) => link.line));
  addStoppingTrains(graph, region, stations, links, imputed);
  for (const service of region.services) {
    if (service.trainsPerDay > 0 && lines.has(service.line)) addService(graph, region, stations, service);
  }
  for (const transfer of region.transfers) {
    const walk: LinkAttributes = { link: null, kind: 'walk', minutes: transfer.minutes, lengthKilometres: 0 };
    if (!stations.has(transfer.from) || !stations.has(transfer.to)) continue;
    graph.addEdge(`station/${transfer.from}`, `station/${transfer.to}`, walk);
    graph.addEdge(`station/${transfer.to}`, `station/${transfer.from}`, walk);
  }
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

function addService(graph: RegionGraph, region: Region, stations: ReadonlyMap<string, Place>, service: Service): void {
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
        const lengthKilometres = greatCircleKilometres(previous.place.longitude, previous.place.latitude, place.longitude, place.latitude);
        const ride: LinkAttributes = {
          link: `service:${service.id}:${position - 1}`,
          kind: 'ride',
          minutes: Math.max(minutes - previous.minutes, 0.1),
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
