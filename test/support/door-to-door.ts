import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DirectedGraph } from 'graphology';
import { greatCircleKilometres } from '../../src/model/place.ts';

interface Row {
  readonly [property: string]: unknown;
  readonly id: string;
  readonly at: readonly [number, number];
}

/** Rows of a table of a region folder, as plain JSON: nothing here reads them by the code under test. */
function rowsOf(folder: string, file: string): Row[] {
  const { features } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return features.map(({ id, properties, geometry }: { id: string; properties: object; geometry: { coordinates: [number, number] } }) => {
    return { ...properties, id, at: geometry.coordinates };
  });
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly line: string;
  readonly class: string;
  readonly status: string;
  readonly oneway: boolean;
  readonly length_km: number;
  readonly speed_kmh: number;
  readonly minutes: number;
  readonly trains_per_day: number | null;
}

interface Timetable {
  readonly services: readonly {
    readonly id: string;
    readonly stops: readonly string[];
    readonly minutes: readonly number[];
    readonly trains_per_day: number;
    readonly bidirectional: boolean;
  }[];
  readonly transfers: readonly { readonly from: string; readonly to: string; readonly minutes: number }[];
}

/**
 * The graph of docs/measures.md, "Time from door to door", written down once more from that page alone: nodes `from/ZONE` and `to/ZONE`,
 * weights in whole milliseconds.
 */
export function doorToDoorGraph(folder: string, mode: 'road' | 'rail' | 'multimodal'): DirectedGraph {
  const { defaults } = JSON.parse(readFileSync(join(folder, 'region.json'), 'utf8'));
  const open = (file: string) => (rowsOf(folder, file) as unknown as (Link & Row)[]).filter(({ status }) => status === 'open');
  const zones = rowsOf(folder, 'zones.geojson');
  const graph = new DirectedGraph<object, { weight: number }>();
  const arc = (from: string, to: string, minutes: number): void => {
    const weight = Math.max(1, Math.round(minutes * 60_000));
    graph.mergeNode(from);
    graph.mergeNode(to);
    graph.updateEdge(from, to, (known) => ({ weight: Math.min(weight, known.weight ?? Number.POSITIVE_INFINITY) }));
  };
  const both = (a: string, b: string, minutes: number): void => {
    arc(a, b, minutes);
    arc(b, a, minutes);
  };
  const straightMinutes = (kilometres: number, speed: number): number => ((kilometres * defaults.connectorCircuity) / speed) * 60;
  const nearest = (places: readonly Row[], { at: [x, y] }: Row, count: number, within: number) => {
    const found = places.map((place) => ({ id: place.id, kilometres: greatCircleKilometres(x, y, place.at[0], place.at[1]) }));
    found.sort((a, b) => a.kilometres - b.kilometres || (a.id < b.id ? -1 : 1));
    const near = found.filter(({ kilometres }) => kilometres <= within).slice(0, count);
    return near.length > 0 ? near : found.slice(0, 1);
  };
  const roads = open('roads.geojson');
  const onRoads = new Set(roads.flatMap(({ from, to }) => [from, to]));
  const junctions = rowsOf(folder, 'junctions.geojson').filter(({ id }) => onRoads.has(id));
  const { localRoadKilometresPerHour: local, feederKilometresPerHour: feeder } = defaults;
  for (const zone of zones) for (const end of ['from', 'to']) graph.mergeNode(`${end}/${zone.id}`);

  if (mode !== 'rail') {
    const layers = mode === 'road' ? ['first'] : ['first', 'last'];
    for (const layer of layers) {
      for (const link of roads) {
        const minutes = (link.length_km / link.speed_kmh) * 60;
        arc(`${layer}/${link.from}`, `${layer}/${link.to}`, minutes);
        if (!link.oneway) arc(`${layer}/${link.to}`, `${layer}/${link.from}`, minutes);
      }
    }
    for (const zone of zones) {
      for (const { id, kilometres } of nearest(junctions, zone, 3, 60)) {
        arc(`from/${zone.id}`, `first/${id}`, straightMinutes(kilometres, local));
        for (const layer of layers) arc(`${layer}/${id}`, `to/${zone.id}`, straightMinutes(kilometres, local));
      }
    }
  }
  if (mode === 'road') return graph;

  const used = new Set<string>();
  const dayMinutes = defaults.serviceHoursPerDay * 60;
  const board = (station: string, train: string, headway: number): void => {
    used.add(station);
    arc(`station/${station}`, train, defaults.boardingMinutes + Math.min(defaults.waitCapMinutes, headway / 2));
    arc(train, `station/${station}`, 0);
  };
  const headwayOf = (link: Link): number => {
    if (link.trains_per_day !== null) return dayMinutes / link.trains_per_day;
    return defaults.headwayMinutesByClass[link.class] ?? 2 * defaults.waitCapMinutes;
  };
  for (const link of open('rail.geojson').filter((own) => own.trains_per_day !== 0)) {
    const trains = [link.from, link.to].map((station) => `line/${link.line}/${station}`) as [string, string];
    both(...trains, link.minutes);
    board(link.from, trains[0], headwayOf(link));
    board(link.to, trains[1], headwayOf(link));
  }
  const timetable: Timetable = JSON.parse(readFileSync(join(folder, 'services.json'), 'utf8'));
  for (const { id, stops, minutes, trains_per_day: trains, bidirectional } of timetable.services) {
    for (const isBack of bidirectional ? [false, true] : [false]) {
      stops.forEach((stop, place) => {
        const train = `service/${id}/${isBack}/${place}`;
        board(stop, train, dayMinutes / trains);
        if (place === 0) return;
        const before = `service/${id}/${isBack}/${place - 1}`;
        const hop = Math.max(minutes[place]! - minutes[place - 1]!, 0.1);
        if (isBack) arc(train, before, hop);
        else arc(before, train, hop);
      });
    }
  }
  for (const { from, to, minutes } of timetable.transfers) {
    both(`station/${from}`, `station/${to}`, minutes);
    used.add(from).add(to);
  }
  const stations = rowsOf(folder, 'stations.geojson').filter(({ id }) => used.has(id));
  for (const zone of zones) {
    for (const { id, kilometres } of nearest(stations, zone, 5, 30)) {
      const minutes = straightMinutes(kilometres, mode === 'rail' ? feeder : local);
      arc(`from/${zone.id}`, `station/${id}`, minutes);
      arc(`station/${id}`, `to/${zone.id}`, minutes);
    }
  }
  if (mode === 'rail') return graph;
  for (const station of stations) {
    for (const { id, kilometres } of nearest(junctions, station, 3, 60)) {
      arc(`first/${id}`, `station/${station.id}`, straightMinutes(kilometres, local));
      arc(`station/${station.id}`, `last/${id}`, straightMinutes(kilometres, local));
    }
  }
  return graph;
}
