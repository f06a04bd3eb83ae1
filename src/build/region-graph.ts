import { MultiDirectedGraph } from 'graphology';
import type { Place, Region } from '../model/tables.ts';
import { travelMinutes } from '../model/units.ts';
import { type GraphOptions, type Imputed, isInSlice, type LinkAttributes, type RegionGraph } from './graph-types.ts';
import { keepAccess } from './keep-access.ts';
import { nearestPlaces } from './nearest-places.ts';
import { addRailLayer } from './rail-layer.ts';
import { roadSpeed, withHarmonisedAccess } from './road-speeds.ts';
import { applyTurns } from './turn-rules.ts';

/** Stations that a seat uses in the rail mode: the nearest few within this straight-line distance. */
const STATION_ACCESS = { count: 5, kilometres: 30 };
/** Road nodes that a seat or a station joins. */
const ROAD_ACCESS = { count: 3, kilometres: 60 };

/**
 * The directed multigraph of one slice of a region, door to door.
 *
 * Road nodes appear as `before/` (from the door) and, in the multimodal graph, again as `after/` (to the door): a trip is road alone or
 * road, rail, road, and cannot drive between two trains. Every attribute is in minutes, kilometres and degrees. An upgraded region keeps the
 * connectors of its earlier state (keepAccess), so that what only adds links lengthens no pair.
 * Cost O(links + stations log stations), twice where the region was upgraded.
 */
export function buildRegionGraph(given: Region, options: GraphOptions): { graph: RegionGraph; imputed: readonly Imputed[] } {
  const { graph, imputed } = layersOf(given, options);
  if (given.earlier) keepAccess(graph, layersOf(given.earlier, options).graph);
  // last, so that the ways out of a junction are all there to be copied
  if (given.turns && options.mode !== 'rail') {
    for (const layer of options.mode === 'road' ? ['before'] : ['before', 'after']) applyTurns(graph, layer, given.turns);
  }
  return { graph, imputed };
}

function layersOf(given: Region, options: GraphOptions): { graph: RegionGraph; imputed: readonly Imputed[] } {
  const region = options.speeds === 'harmonised' ? withHarmonisedAccess(given) : given;
  const graph: RegionGraph = new MultiDirectedGraph();
  const imputed = new Map<string, number>();
  for (const zone of region.zones) {
    for (const kind of ['zone-origin', 'zone-destination'] as const) {
      graph.addNode(`${kind}/${zone.id}`, { kind, place: zone.id, longitude: zone.longitude, latitude: zone.latitude });
    }
  }
  if (options.mode !== 'rail') {
    addRoadLayer(graph, region, options, 'before');
    connectZonesToRoad(graph, region, 'before', 'before');
  }
  if (options.mode !== 'road') {
    addRailLayer(graph, region, options.year, imputed);
    if (options.mode === 'rail') connectZonesToStations(graph, region);
    else {
      addRoadLayer(graph, region, options, 'after');
      connectZonesToRoad(graph, region, null, 'after');
      connectStationsToRoad(graph, region);
    }
  }
  return { graph, imputed: [...imputed].map(([kind, count]) => ({ kind, count })) };
}

function addRoadLayer(graph: RegionGraph, region: Region, options: GraphOptions, layer: 'before' | 'after'): void {
  for (const junction of region.junctions) {
    graph.addNode(`${layer}/${junction.id}`, {
      kind: 'junction',
      place: junction.id,
      longitude: junction.longitude,
      latitude: junction.latitude,
    });
  }
  const speedOf = roadSpeed(region, options.speeds);
  for (const link of region.roads) {
    if (!isInSlice(link, options.year)) continue;
    const minutes = travelMinutes(link.lengthKilometres, speedOf(link));
    const attributes: LinkAttributes = { link: link.id, kind: 'road', minutes, lengthKilometres: link.lengthKilometres };
    graph.addEdgeWithKey(`${layer}/${link.id}>`, `${layer}/${link.from}`, `${layer}/${link.to}`, attributes);
    if (!link.oneway) graph.addEdgeWithKey(`${layer}/${link.id}<`, `${layer}/${link.to}`, `${layer}/${link.from}`, attributes);
  }
}

/** Minutes and kilometres of a connector drawn straight, at local road speed times circuity. */
function connector(region: Region, kilometres: number, speed: number): LinkAttributes {
  const lengthKilometres = kilometres * region.manifest.defaults.connectorCircuity;
  return { link: null, kind: 'access', minutes: travelMinutes(lengthKilometres, speed), lengthKilometres };
}

function usedJunctions(region: Region, graph: RegionGraph, layer: string): Place[] {
  return region.junctions.filter((junction) => graph.degree(`${layer}/${junction.id}`) > 0);
}

function connectZonesToRoad(graph: RegionGraph, region: Region, outLayer: 'before' | null, inLayer: 'before' | 'after'): void {
  const near = nearestPlaces(usedJunctions(region, graph, inLayer), ROAD_ACCESS);
  for (const zone of region.zones) {
    for (const { place, kilometres } of near(zone.longitude, zone.latitude)) {
      const attributes = connector(region, kilometres, region.manifest.defaults.localRoadKilometresPerHour);
      if (outLayer) graph.addEdge(`zone-origin/${zone.id}`, `${outLayer}/${place.id}`, attributes);
      graph.addEdge(`${inLayer}/${place.id}`, `zone-destination/${zone.id}`, attributes);
    }
  }
}

function usedStations(region: Region, graph: RegionGraph): Place[] {
  return region.stations.filter((station) => graph.degree(`station/${station.id}`) > 0);
}

function connectZonesToStations(graph: RegionGraph, region: Region): void {
  const near = nearestPlaces(usedStations(region, graph), STATION_ACCESS);
  for (const zone of region.zones) {
    for (const { place, kilometres } of near(zone.longitude, zone.latitude)) {
      const attributes = connector(region, kilometres, region.manifest.defaults.feederKilometresPerHour);
      graph.addEdge(`zone-origin/${zone.id}`, `station/${place.id}`, attributes);
      graph.addEdge(`station/${place.id}`, `zone-destination/${zone.id}`, attributes);
    }
  }
}

function connectStationsToRoad(graph: RegionGraph, region: Region): void {
  const { localRoadKilometresPerHour } = region.manifest.defaults;
  const junctions = nearestPlaces(usedJunctions(region, graph, 'after'), ROAD_ACCESS);
  for (const station of usedStations(region, graph)) {
    for (const { place, kilometres } of junctions(station.longitude, station.latitude)) {
      const attributes = connector(region, kilometres, localRoadKilometresPerHour);
      graph.addEdge(`before/${place.id}`, `station/${station.id}`, attributes);
      graph.addEdge(`station/${station.id}`, `after/${place.id}`, attributes);
    }
  }
  const stations = nearestPlaces(usedStations(region, graph), STATION_ACCESS);
  for (const zone of region.zones) {
    for (const { place, kilometres } of stations(zone.longitude, zone.latitude)) {
      const attributes = connector(region, kilometres, localRoadKilometresPerHour);
      graph.addEdge(`zone-origin/${zone.id}`, `station/${place.id}`, attributes);
      graph.addEdge(`station/${place.id}`, `zone-destination/${zone.id}`, attributes);
    }
  }
}
