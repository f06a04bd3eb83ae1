import type { FlowLink, FlowZone } from '../model/flow-input.ts';
import type { Region } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import type { RegionGraph } from './graph-types.ts';

/** A piece of a line between neighbouring stations, one way. */
interface RideSection {
  /** line, from station, to station */
  readonly id: string;
  readonly line: string;
  readonly class: string;
  readonly from: string;
  readonly to: string;
}

export interface RailFlowLinks {
  readonly nodeIds: readonly string[];
  readonly links: readonly FlowLink[];
  readonly zones: readonly FlowZone[];
  /** pieces of line that a ride runs over, by row of links; none for boarding, walks and doors */
  readonly sections: readonly (readonly RideSection[])[];
  /** trains an hour by section, of all services over it */
  readonly trainsPerHour: ReadonlyMap<string, number>;
}

/**
 * The rail graph of a region as links that passengers can be assigned to. No link slows down with flow: crowding is told, not felt.
 *
 * Trains an hour = trains a day / service hours, or by the class's headway where the tables give no trains (counted when the graph was built).
 * Cost O(edges log edges).
 */
export function railFlowLinks(region: Region, graph: RegionGraph): RailFlowLinks {
  const nodes = graph.nodes().sort(byCodePoint);
  const nodeOf = new Map(nodes.map((id, node) => [id, node]));
  const rides = ridesOf(region);
  const pieces = linePieces(region);
  const trainsPerHour = new Map<string, number>();
  const rows = graph.mapEdges((_edge, { link, kind, minutes }, source, target) => {
    const ride = kind === 'ride' ? rides.get(link ?? '') : undefined;
    const stops = [graph.getNodeAttribute(source, 'place'), graph.getNodeAttribute(target, 'place')] as const;
    const over = ride ? pieces(ride.line, ...stops) : [];
    const sections = over.map(([from, to]) => ({
      id: `${ride?.line}:${from}>${to}`,
      line: ride?.line ?? '',
      class: ride?.class ?? '',
      from,
      to,
    }));
    for (const { id } of sections) trainsPerHour.set(id, (trainsPerHour.get(id) ?? 0) + (ride?.trainsPerHour ?? 0));
    const flowLink: FlowLink = {
      id: ride ? `${ride.line}:${stops.join('>')}` : `${source} → ${target}`,
      from: nodeOf.get(source) ?? 0,
      to: nodeOf.get(target) ?? 0,
      name: ride?.line ?? '',
      isConnector: !ride,
      capacity: null,
      freeMinutes: minutes,
      curve: 'bpr',
      b: 0,
      power: 0,
      chargeMinutes: 0,
    };
    return { sections, flowLink };
  });
  rows.sort(
    ({ flowLink: a }, { flowLink: b }) => byCodePoint(a.id, b.id) || a.from - b.from || a.to - b.to || a.freeMinutes - b.freeMinutes,
  );
  const zones = region.zones.map(({ id, name, admin1 }) => ({
    id,
    name,
    admin1,
    origin: nodeOf.get(`zone-origin/${id}`) ?? 0,
    destination: nodeOf.get(`zone-destination/${id}`) ?? 0,
  }));
  const links = rows.map(({ flowLink }) => flowLink);
  return { nodeIds: nodes, links, zones, sections: rows.map(({ sections }) => sections), trainsPerHour };
}

/** Trains an hour, line and class by the link id that ride edges carry. */
function ridesOf(region: Region): Map<string, { line: string; class: string; trainsPerHour: number }> {
  const { serviceHoursPerDay, headwayMinutesByClass, waitCapMinutes } = region.manifest.defaults;
  const rides = new Map<string, { line: string; class: string; trainsPerHour: number }>();
  const classOf = new Map<string, string>();
  for (const link of region.rail) {
    classOf.set(link.line, link.class);
    const imputed = 60 / (headwayMinutesByClass[link.class] ?? 2 * waitCapMinutes);
    const trainsPerHour = link.trainsPerDay === null ? imputed : link.trainsPerDay / serviceHoursPerDay;
    rides.set(link.id, { line: link.line, class: link.class, trainsPerHour });
  }
  for (const { id, line, stops, trainsPerDay } of region.services) {
    stops.forEach((_stop, place) => {
      const ride = { line, class: classOf.get(line) ?? '', trainsPerHour: trainsPerDay / serviceHoursPerDay };
      rides.set(`service:${id}:${place}`, ride);
    });
  }
  return rides;
}

/** Neighbouring stations of a line between two of its stops, by the fewest stations; the two stops themselves where the line does not say. */
function linePieces(region: Region): (line: string, from: string, to: string) => readonly (readonly [string, string])[] {
  const neighbours = new Map<string, Map<string, string[]>>();
  for (const { line, from, to } of region.rail) {
    const stations = neighbours.get(line) ?? new Map<string, string[]>();
    neighbours.set(line, stations);
    stations.set(from, [...(stations.get(from) ?? []), to]);
    stations.set(to, [...(stations.get(to) ?? []), from]);
  }
  const known = new Map<string, readonly (readonly [string, string])[]>();
  return (line, from, to) => {
    const key = JSON.stringify([line, from, to]);
    const found = known.get(key) ?? fewestStations(neighbours.get(line), from, to);
    known.set(key, found);
    return found;
  };
}

function fewestStations(stations: ReadonlyMap<string, readonly string[]> | undefined, from: string, to: string): [string, string][] {
  const before = new Map<string, string>([[from, from]]);
  const queue = [from];
  for (let read = 0; read < queue.length && !before.has(to); read++) {
    const here = queue[read] ?? '';
    for (const next of stations?.get(here) ?? []) {
      if (before.has(next)) continue;
      before.set(next, here);
      queue.push(next);
    }
  }
  if (!before.has(to)) return [[from, to]];
  const pieces: [string, string][] = [];
  for (let at = to; at !== from; at = before.get(at) ?? from) pieces.push([before.get(at) ?? from, at]);
  return pieces.reverse();
}
