import type { Place, RoadLink, TurnRule } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { OsmData } from './collect.ts';
import { classSpeed, type SpeedTable } from './default-speeds.ts';
import { STRUCTURE } from './highway-rules.ts';
import { linkIslands } from './link-islands.ts';
import { waysOfLink } from './link-rows.ts';
import { type Links, linkKilometres, type MergeRules, mergeChains } from './merge-chains.ts';
import { type PieceTurn, resolveTurns } from './resolve-turns.ts';
import { type Pieces, splitWays } from './split-ways.ts';

interface RoadOptions {
  /** join alike pieces through vertices of degree two */
  readonly isSimplified: boolean;
  /** islands of fewer junctions than this are left out; 0 keeps all */
  readonly leastIslandJunctions: number;
  readonly speeds: SpeedTable;
  readonly country: string | null;
}

/** The road network of a file in typed arrays; rows are made one by one when they are asked for. */
export interface RoadNetwork {
  readonly data: OsmData;
  readonly pieces: Pieces;
  readonly links: Links;
  readonly kilometres: Float64Array;
  /** numbers of the links that stay, in code-point order of their ids */
  readonly order: Uint32Array;
  readonly idOf: (link: number) => string;
  readonly speedOf: (link: number) => number;
  readonly turns: readonly TurnRule[];
  readonly islands: number;
  /** what was left out with islands under the size asked for */
  readonly left: { readonly islands: number; readonly links: number; readonly kilometres: number };
}

/** Lengths of pieces under a millimetre are written as one: a link must have a length. */
const LEAST_KILOMETRES = 1e-6;

/**
 * Cut, join and number the roads of a file. The order of objects in the file does not show in the result.
 *
 * Cost O(positions + links log links).
 */
export function buildRoadNetwork(data: OsmData, options: RoadOptions): RoadNetwork {
  const { roads: ways, nodes, tally } = data;
  const pieces = splitWays(ways, nodes, 'cars', tally);
  const profileOf = (piece: number) => ways.profiles[ways.profile[pieces.way[piece] ?? 0] ?? 0];
  const isOneway = (piece: number) => profileOf(piece)?.oneway ?? false;
  const turns = resolveTurns(data.turns, { ways, pieces, nodes, isOneway }, tally);
  const isKept = new Uint8Array(pieces.vertices.count);
  for (const turn of turns) for (const vertex of turn.vertices) isKept[vertex] = 1;
  const rules: MergeRules = {
    isAlike: (a, b) => profileOf(a) === profileOf(b) && (profileOf(a)?.speed !== null || pieces.way[a] === pieces.way[b]),
    isOneway,
    isKept,
  };
  const links = mergeChains(pieces, options.isSimplified ? rules : null);
  const kilometres = linkKilometres(pieces, links);
  const { order, islands, left } = keptLinks(data, pieces, links, kilometres, options);
  return {
    data,
    pieces,
    links,
    kilometres,
    order,
    idOf: (link) => linkId(data, pieces, links, link),
    speedOf: speedRule(data, pieces, links, options),
    turns: linkTurns(turns, links, pieces, order, data),
    islands,
    left,
  };
}

/** `w` and the id of the leading piece's way, a dot, and the number of that piece along the way. */
function linkId(data: OsmData, pieces: Pieces, links: Links, link: number): string {
  const piece = links.leader[link] ?? 0;
  const way = pieces.way[piece] ?? 0;
  return `w${data.roads.id[way]}.${piece - (pieces.firstOfWay[way] ?? 0)}`;
}

function keptLinks(data: OsmData, pieces: Pieces, links: Links, kilometres: Float64Array, options: RoadOptions) {
  const islands = linkIslands(links, pieces.vertices.count);
  const kept: number[] = [];
  const dropped = new Set<number>();
  let droppedKilometres = 0;
  for (let link = 0; link < links.count; link++) {
    const size = islands.sizeOfLink[link] ?? 0;
    if (size >= options.leastIslandJunctions || size === islands.largest) kept.push(link);
    else {
      dropped.add(islands.rootOfLink[link] ?? 0);
      droppedKilometres += kilometres[link] ?? 0;
    }
    if ((kilometres[link] ?? 0) < LEAST_KILOMETRES)
      data.tally.add('zero-length', 'way', 'its ends lie on one spot', wayIdOf(data, pieces, links, link));
  }
  const order = orderBy(kept, (link) => linkId(data, pieces, links, link));
  const left = { islands: dropped.size, links: links.count - kept.length, kilometres: droppedKilometres };
  return { order, islands: islands.count - dropped.size, left };
}

/** Numbers in code-point order of their ids; the ids live only as long as the sorting. */
function orderBy(numbers: ArrayLike<number>, idOf: (number: number) => string): Uint32Array {
  const ids = Array.from(numbers, idOf);
  const positions = Uint32Array.from(ids, (_id, position) => position).sort((a, b) => byCodePoint(ids[a] ?? '', ids[b] ?? ''));
  return positions.map((position) => numbers[position] ?? 0);
}

function wayIdOf(data: OsmData, pieces: Pieces, links: Links, link: number): number {
  return data.roads.id[pieces.way[links.leader[link] ?? 0] ?? 0] ?? 0;
}

/** km/h of ferry ways by their length and duration; where that cannot be, the class default, counted. */
function ferrySpeeds({ roads, tally }: OsmData, pieces: Pieces, options: RoadOptions): Map<number, number> {
  const speeds = new Map<number, number>();
  for (let way = 0; way < roads.count; way++) {
    const profile = roads.profiles[roads.profile[way] ?? 0];
    if (!profile || profile.speed !== null) continue;
    let kilometres = 0;
    for (let piece = pieces.firstOfWay[way] ?? 0; piece < (pieces.firstOfWay[way + 1] ?? 0); piece++)
      kilometres += pieces.kilometres[piece] ?? 0;
    const speed = (kilometres / (profile.durationMinutes ?? 1)) * 60;
    const isLikely = speed >= 1 && speed <= 100;
    if (!isLikely)
      tally.add('speed-imputed', 'way', `ferry: ${speed.toFixed(1)} km/h by its duration cannot be; class default`, roads.id[way] ?? 0);
    speeds.set(way, isLikely ? speed : (classSpeed(options.speeds, options.country, profile.class) ?? 1));
  }
  return speeds;
}

function speedRule(data: OsmData, pieces: Pieces, links: Links, options: RoadOptions): (link: number) => number {
  const { roads } = data;
  const ferries = ferrySpeeds(data, pieces, options);
  return (link) => {
    const way = pieces.way[links.leader[link] ?? 0] ?? 0;
    return ferries.get(way) ?? roads.profiles[roads.profile[way] ?? 0]?.speed ?? 1;
  };
}

/** Restrictions on pieces as restrictions on links. Those on islands left out go with them. */
function linkTurns(turns: readonly PieceTurn[], links: Links, pieces: Pieces, order: Uint32Array, data: OsmData): TurnRule[] {
  const linkOf = new Uint32Array(pieces.count);
  const isReversed = new Uint8Array(pieces.count);
  for (let link = 0; link < links.count; link++) {
    for (let at = links.first[link] ?? 0; at < (links.first[link + 1] ?? 0); at++) {
      const entry = links.entry[at] ?? 0;
      linkOf[entry >>> 1] = link;
      isReversed[entry >>> 1] = entry & 1;
    }
  }
  const isKept = new Uint8Array(links.count);
  for (const link of order) isKept[link] = 1;
  return turns.flatMap((turn): TurnRule[] => {
    const steps = turn.entries.map((entry) => ({ link: linkOf[entry >>> 1] ?? 0, turned: (entry & 1) ^ (isReversed[entry >>> 1] ?? 0) }));
    const distinct = steps.filter(({ link, turned }, index) => steps[index - 1]?.link !== link || steps[index - 1]?.turned !== turned);
    if (distinct.some(({ link }) => isKept[link] === 0)) {
      data.tally.add('turn-dropped', 'relation', 'on an island that was left out', Number(/-?\d+/.exec(turn.id)?.[0] ?? 0));
      return [];
    }
    const path = distinct.map(({ link, turned }) => `${linkId(data, pieces, links, link)}${turned === 1 ? '<' : '>'}`);
    return [{ id: turn.id, kind: turn.kind, effect: turn.effect, path }];
  });
}

/** Rows of roads.geojson in order of their ids, made one at a time. */
export function* roadRows(network: RoadNetwork): Generator<RoadLink> {
  const { data, pieces, links } = network;
  const { roads, nodes } = data;
  const placeId = vertexIds(network);
  for (const link of network.order) {
    const way = pieces.way[links.leader[link] ?? 0] ?? 0;
    const profile = roads.profiles[roads.profile[way] ?? 0];
    if (!profile) continue;
    const { ids, structure, geometry } = waysOfLink(roads, nodes, pieces, links, link);
    const kept: Record<string, string> = { osm_ways: ids.join(';'), speed_from: profile.speedFrom };
    if ((structure & STRUCTURE.bridge) !== 0) kept.bridge = 'yes';
    if ((structure & STRUCTURE.tunnel) !== 0) kept.tunnel = 'yes';
    yield {
      id: network.idOf(link),
      from: placeId(links.from[link] ?? 0),
      to: placeId(links.to[link] ?? 0),
      route: profile.route,
      name: profile.name,
      class: profile.class,
      lengthKilometres: round(Math.max(network.kilometres[link] ?? 0, LEAST_KILOMETRES), 6),
      speedKilometresPerHour: round(network.speedOf(link), 2),
      lanes: profile.lanes,
      oneway: profile.oneway,
      toll: profile.toll,
      opened: profile.opened,
      status: profile.status,
      source: 'OpenStreetMap',
      confidence: profile.speedFrom === 'class' ? 'medium' : 'high',
      basis: 'published',
      kept,
      geometry,
    };
  }
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

function vertexIds({ data, pieces }: RoadNetwork): (vertex: number) => string {
  const { node, copy } = pieces.vertices;
  return (vertex) => {
    const id = `n${data.nodes.ids[node[vertex] ?? 0]}`;
    return (copy[vertex] ?? 0) === 0 ? id : `${id}.${copy[vertex]}`;
  };
}

/** The vertices at which links end that stay. */
export function usedVertices({ pieces, links, order }: RoadNetwork): Uint32Array {
  const isUsed = new Uint8Array(pieces.vertices.count);
  for (const link of order) {
    isUsed[links.from[link] ?? 0] = 1;
    isUsed[links.to[link] ?? 0] = 1;
  }
  return Uint32Array.from({ length: isUsed.length }, (_none, vertex) => vertex).filter((vertex) => isUsed[vertex] === 1);
}

/** Rows of junctions.geojson in order of their ids: the ends of the links that stay. */
export function* junctionRows(network: RoadNetwork): Generator<Place> {
  const { data, pieces } = network;
  const idOf = vertexIds(network);
  for (const vertex of orderBy(usedVertices(network), idOf)) {
    const node = pieces.vertices.node[vertex] ?? 0;
    const { name = '', nameLocal = '' } = data.junctionNames.get(data.nodes.ids[node] ?? 0) ?? {};
    const kept: Record<string, string> = data.nodes.isBlocked[node] === 1 ? { barrier: 'yes' } : {};
    yield {
      id: idOf(vertex),
      name,
      nameLocal,
      kind: 'interchange',
      zone: null,
      longitude: data.nodes.longitude(node),
      latitude: data.nodes.latitude(node),
      kept,
    };
  }
}
