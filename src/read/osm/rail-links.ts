import FlatQueue from 'flatqueue';
import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Place, RailLink, Status } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { MappedStation, OsmData } from './collect.ts';
import { buildTrackGraph, type TrackGraph } from './track-graph.ts';

/** A track node this near to a station is a place where its trains stop. */
const STATION_KILOMETRES = 0.15;
/** Stations farther apart along the tracks than this are no neighbours. */
const MOST_KILOMETRES = 250;
/** A link longer than this share of the way over a station between its ends is a bypass of that station, not a neighbour's link. */
const DETOUR = 1.1;
const DETOUR_KILOMETRES = 0.3;
/** Starting and braking of a stopping train, metres a second squared, and the stop itself. */
const ACCELERATION = 0.6;
const STOP_MINUTES = 0.5;

/**
 * Minutes of a stopping train from one stop to the next: speeding up, running, braking, half a minute at the platform. Where the way is too
 * short to reach the speed, it is sped up to half way and braked from there.
 */
function stoppingMinutes(kilometres: number, kilometresPerHour: number): number {
  const metresPerSecond = kilometresPerHour / 3.6;
  const metres = kilometres * 1000;
  const isReached = metres >= metresPerSecond ** 2 / ACCELERATION;
  const seconds = isReached ? metres / metresPerSecond + metresPerSecond / ACCELERATION : 2 * Math.sqrt(metres / ACCELERATION);
  return seconds / 60 + STOP_MINUTES;
}

export interface RailRows {
  readonly stations: readonly Place[];
  readonly rail: readonly RailLink[];
}

function stationId(station: MappedStation): string {
  return `${station.object === 'node' ? 'n' : 'w'}${station.id}`;
}

/** The station whose trains stop at each node of the tracks, -1 for none: the nearest one whose kind of train runs there. */
function ownersOfNodes(data: OsmData, graph: TrackGraph): Int32Array {
  const { nodes, rails, stations } = data;
  const owner = new Int32Array(nodes.ids.length).fill(-1);
  if (stations.length === 0) return owner;
  const index = new KDBush(stations.length);
  for (const station of stations) index.add(station.longitude, station.latitude);
  index.finish();
  for (let node = 0; node < nodes.ids.length; node++) {
    if (graph.first[node] === graph.first[node + 1]) continue;
    const profile = rails.profiles[rails.profile[graph.way[graph.first[node] ?? 0] ?? 0] ?? 0];
    const [longitude, latitude] = [nodes.longitude(node), nodes.latitude(node)];
    const near = around(index, longitude, latitude, Number.POSITIVE_INFINITY, STATION_KILOMETRES, (station) => {
      const isMetro = stations[station]?.kind === 'metro';
      return isMetro ? profile?.class !== 'rail' : profile?.class !== 'subway';
    });
    let least = Number.POSITIVE_INFINITY;
    for (const station of near) {
      const kilometres = distanceTo(data, station, node);
      const before = owner[node] ?? -1;
      if (kilometres < least || (kilometres === least && station < before)) {
        least = kilometres;
        owner[node] = station;
      }
    }
  }
  return owner;
}

function distanceTo(data: OsmData, station: number, node: number): number {
  const { longitude = 0, latitude = 0 } = data.stations[station] ?? {};
  return greatCircleKilometres(longitude, latitude, data.nodes.longitude(node), data.nodes.latitude(node));
}

interface Hit {
  readonly to: number;
  readonly kilometres: number;
  readonly node: number;
}

/** Searches along the tracks from station to station; scratch is cleared by stamps, so a search costs only what it visits. */
class StationSearch {
  private readonly data: OsmData;
  private readonly graph: TrackGraph;
  private readonly owner: Int32Array;
  private readonly distance: Float64Array;
  private readonly stamp: Uint32Array;
  private readonly queue = new FlatQueue<number>();
  private run = 0;
  /** the arc by which a node was reached in the last search */
  readonly arc: Int32Array;
  readonly parent: Int32Array;

  constructor(data: OsmData, graph: TrackGraph, owner: Int32Array) {
    this.data = data;
    this.graph = graph;
    this.owner = owner;
    this.distance = new Float64Array(owner.length);
    this.stamp = new Uint32Array(owner.length);
    this.arc = new Int32Array(owner.length);
    this.parent = new Int32Array(owner.length);
  }

  private distanceOf(node: number): number {
    return this.stamp[node] === this.run ? (this.distance[node] ?? 0) : Number.POSITIVE_INFINITY;
  }

  private reach(node: number, kilometres: number, arc: number, parent: number): void {
    if (kilometres >= this.distanceOf(node) || kilometres > MOST_KILOMETRES) return;
    this.stamp[node] = this.run;
    this.distance[node] = kilometres;
    this.arc[node] = arc;
    this.parent[node] = parent;
    this.queue.push(node, kilometres);
  }

  private leave(node: number, kilometres: number, isOpen: (way: number) => boolean): void {
    for (let arc = this.graph.first[node] ?? 0; arc < (this.graph.first[node + 1] ?? 0); arc++) {
      if (isOpen(this.graph.way[arc] ?? 0))
        this.reach(this.graph.head[arc] ?? 0, kilometres + (this.graph.kilometres[arc] ?? 0), arc, node);
    }
  }

  /** The first stations on every way out, each with its shortest way along tracks that `isOpen` allows. */
  neighbours(station: number, starts: readonly number[], isOpen: (way: number) => boolean): Hit[] {
    this.run += 1;
    for (const node of starts) this.reach(node, distanceTo(this.data, station, node), -1, -1);
    const hits = new Map<number, Hit>();
    while (this.queue.length > 0) {
      const kilometres = this.queue.peekValue() ?? 0;
      const node = this.queue.pop() ?? 0;
      if (kilometres > this.distanceOf(node)) continue;
      const to = this.owner[node] ?? -1;
      if (to < 0 || to === station) this.leave(node, kilometres, isOpen);
      else {
        const whole = kilometres + distanceTo(this.data, to, node);
        if (whole < (hits.get(to)?.kilometres ?? Number.POSITIVE_INFINITY)) hits.set(to, { to, kilometres: whole, node });
      }
    }
    return [...hits.values()];
  }

  /** Nodes and arcs from the start to a node of the last search. */
  path(node: number): { nodes: number[]; arcs: number[] } {
    const nodes: number[] = [];
    const arcs: number[] = [];
    for (let at = node; at >= 0; at = this.parent[at] ?? -1) {
      nodes.push(at);
      const arc = this.arc[at] ?? -1;
      if (arc >= 0) arcs.push(arc);
    }
    return { nodes: nodes.reverse(), arcs: arcs.reverse() };
  }
}

interface Draft {
  readonly from: number;
  readonly to: number;
  readonly kilometres: number;
  readonly nodes: readonly number[];
  readonly arcs: readonly number[];
}

function findDrafts(data: OsmData, search: StationSearch, nodesOf: readonly number[][], isOpen: (way: number) => boolean): Draft[] {
  const drafts = nodesOf.flatMap((starts, from) =>
    search
      .neighbours(from, starts, isOpen)
      .filter((hit) => hit.to > from)
      .map((hit): Draft => ({ from, to: hit.to, kilometres: hit.kilometres, ...search.path(hit.node) })),
  );
  return withoutBypasses(drafts, data.stations.length);
}

/** Tracks that run past a station are ways round it: the link over that station stands for them. */
function withoutBypasses(drafts: readonly Draft[], stationCount: number): Draft[] {
  const lengths = Array.from({ length: stationCount }, () => new Map<number, number>());
  for (const { from, to, kilometres } of drafts) {
    lengths[from]?.set(to, kilometres);
    lengths[to]?.set(from, kilometres);
  }
  return drafts.filter(({ from, to, kilometres }) => {
    for (const [between, first] of lengths[from] ?? []) {
      const second = lengths[between]?.get(to);
      const isShorter = first < kilometres && second !== undefined && second < kilometres;
      if (isShorter && first + second <= kilometres * DETOUR + DETOUR_KILOMETRES) return false;
    }
    return true;
  });
}

const STATUS_ORDER: readonly Status[] = ['open', 'construction', 'planned'];

/** What the tracks under a link say: the class of most of it, the worst status, the speed that keeps its running time. */
function describe(data: OsmData, graph: TrackGraph, draft: Draft) {
  const byClass = new Map<string, number>();
  const ways = new Set<number>();
  let status = 0;
  let hours = 0;
  let tracked = 0;
  let isAssumed = false;
  for (const arc of draft.arcs) {
    const way = graph.way[arc] ?? 0;
    const profile = data.rails.profiles[data.rails.profile[way] ?? 0];
    if (!profile) continue;
    const kilometres = graph.kilometres[arc] ?? 0;
    ways.add(data.rails.id[way] ?? 0);
    byClass.set(profile.class, (byClass.get(profile.class) ?? 0) + kilometres);
    status = Math.max(status, STATUS_ORDER.indexOf(profile.status));
    hours += kilometres / profile.speed;
    tracked += kilometres;
    isAssumed ||= profile.speedFrom === 'class';
  }
  const [railClass = 'rail'] = [...byClass].sort((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0]))[0] ?? [];
  const speed = hours > 0 ? tracked / hours : (data.rails.profiles[0]?.speed ?? 80);
  return { railClass, status: STATUS_ORDER[status] ?? 'open', speed, ways: [...ways], isAssumed };
}

function linkRow(data: OsmData, graph: TrackGraph, draft: Draft): RailLink {
  const { railClass, status, speed, ways, isAssumed } = describe(data, graph, draft);
  const [from, to] = [data.stations[draft.from], data.stations[draft.to]];
  const ids = [from ? stationId(from) : '', to ? stationId(to) : ''] as const;
  const kilometres = Math.max(draft.kilometres, 0.001);
  const ends = [from, to].map((station): [number, number] => [station?.longitude ?? 0, station?.latitude ?? 0]);
  const middle = draft.nodes.map((node): [number, number] => [data.nodes.longitude(node), data.nodes.latitude(node)]);
  data.tally.add(
    'rail-minutes',
    'way',
    `${railClass}: running time of a stopping train from ${isAssumed ? 'default' : 'mapped'} speeds`,
    ways[0] ?? 0,
  );
  return {
    id: `${railClass}:${ids[0]}:${ids[1]}`,
    from: ids[0],
    to: ids[1],
    line: railClass,
    lineName: '',
    class: railClass,
    lengthKilometres: Number(kilometres.toFixed(6)),
    minutes: Number(stoppingMinutes(kilometres, speed).toFixed(3)),
    trainsPerDay: null,
    opened: null,
    status,
    source: 'OpenStreetMap',
    confidence: 'low',
    basis: 'published',
    kept: { osm_ways: ways.join(';'), line_speed_kmh: speed.toFixed(1) },
    geometry: withoutRepeats([...ends.slice(0, 1), ...middle, ...ends.slice(1)]),
  };
}

function withoutRepeats(line: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const distinct = line.filter((position, index) => position[0] !== line[index - 1]?.[0] || position[1] !== line[index - 1]?.[1]);
  return distinct.length > 1 ? distinct : [...line.slice(0, 2)];
}

/**
 * Stations, and links between neighbouring stations along the tracks.
 *
 * OpenStreetMap says where tracks lie, not which trains run: a link is the shortest way over tracks from one station to the next without
 * passing a third; its minutes are those of a stopping train at the mapped line speeds; trains a day are unknown; all links of a class are one
 * `line`. Links that need tracks under construction or planned carry that status.
 *
 * Cost O(stations · tracks between neighbours).
 */
export function railRows(data: OsmData): RailRows {
  const graph = buildTrackGraph(data);
  const owner = ownersOfNodes(data, graph);
  const nodesOf = data.stations.map((): number[] => []);
  for (const [node, station] of owner.entries()) if (station >= 0) nodesOf[station]?.push(node);
  const search = new StationSearch(data, graph, owner);
  const statusOf = (way: number) => data.rails.profiles[data.rails.profile[way] ?? 0]?.status ?? 'open';
  const open = findDrafts(data, search, nodesOf, (way) => statusOf(way) === 'open');
  const known = new Set(open.map(({ from, to }) => `${from} ${to}`));
  const all = findDrafts(data, search, nodesOf, () => true);
  const further = all.filter(
    (draft) => !known.has(`${draft.from} ${draft.to}`) && draft.arcs.some((arc) => statusOf(graph.way[arc] ?? 0) !== 'open'),
  );
  for (const [index, nodes] of nodesOf.entries()) {
    const station = data.stations[index];
    if (nodes.length === 0 && station)
      data.tally.add('station-off-track', station.object, `no track within ${STATION_KILOMETRES * 1000} m`, station.id);
  }
  return {
    stations: data.stations.map((station): Place => {
      const { name, nameLocal, kind, longitude, latitude } = station;
      return { id: stationId(station), name, nameLocal, kind, zone: null, longitude, latitude, kept: platformCount(data, station) };
    }),
    rail: [...open, ...further].map((draft) => linkRow(data, graph, draft)).sort((a, b) => byCodePoint(a.id, b.id)),
  };
}

/** How many platforms are mapped within reach of a station. */
function platformCount(data: OsmData, { longitude, latitude }: MappedStation): Record<string, string> {
  let count = 0;
  for (const platform of data.platforms) {
    const isNear = Math.abs(platform.latitude - latitude) < 0.005;
    if (isNear && greatCircleKilometres(longitude, latitude, platform.longitude, platform.latitude) <= STATION_KILOMETRES) count += 1;
  }
  return count > 0 ? { platforms: String(count) } : {};
}
