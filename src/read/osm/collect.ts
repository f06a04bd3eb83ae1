import type { Progress } from '../../model/progress.ts';
import { byCodePoint } from '../../model/units.ts';
import { isBlocked } from './access.ts';
import { type RoadProfile, type RoadRules, readRoad, structureOf } from './highway-rules.ts';
import { NodeTable } from './node-table.ts';
import { isOnGlobe, type Member, type OsmSource, type Tags } from './osm-objects.ts';
import { borderLevel, namesOf, type PlaceTags, readPlace, readPopulation } from './place-rules.ts';
import { isPlatform, type RailProfile, type RailRules, readRail, stationKind } from './railway-rules.ts';
import { Tally } from './tally.ts';
import { type MappedTurn, readTurn } from './turn-rules.ts';
import { type Ways, WayTable } from './way-table.ts';

/** Flag of a way whose cars drive against the order in which it is drawn. */
export const IS_BACKWARD = 4;

interface TaggedPlace {
  readonly id: number;
  readonly object: 'node' | 'way';
  readonly longitude: number;
  readonly latitude: number;
}

export interface MappedStation extends TaggedPlace {
  readonly kind: 'rail' | 'metro';
  readonly name: string;
  readonly nameLocal: string;
}

export type MappedPlace = TaggedPlace & PlaceTags;

/** An administrative boundary: its member ways, not yet put together to rings. */
export interface MappedBorder {
  readonly id: number;
  readonly object: 'relation' | 'way';
  readonly level: number;
  readonly name: string;
  readonly nameLocal: string;
  readonly population: number | null;
  readonly ways: readonly number[];
  /** the node that stands for the unit on a map, or its seat */
  readonly seats: readonly number[];
}

/** What three passes over a file leave in memory. */
export interface OsmData {
  readonly roads: Ways<RoadProfile>;
  readonly rails: Ways<RailProfile>;
  readonly borderWays: Ways<null>;
  readonly nodes: NodeTable;
  readonly turns: readonly MappedTurn[];
  readonly borders: readonly MappedBorder[];
  readonly stations: readonly MappedStation[];
  readonly platforms: readonly TaggedPlace[];
  readonly places: readonly MappedPlace[];
  /** names of motorway exits and the like, by node id */
  readonly junctionNames: ReadonlyMap<number, { name: string; nameLocal: string }>;
  readonly seen: { readonly nodes: number; readonly ways: number; readonly relations: number; readonly highways: number };
  readonly tally: Tally;
}

type AreaTags = { kind: 'rail' | 'metro'; name: string; nameLocal: string } | null;

/** State of a collection: pass by pass it learns what the next pass must look for. */
class Collector {
  readonly tally = new Tally();
  readonly roads = new WayTable<RoadProfile>();
  readonly rails = new WayTable<RailProfile>();
  readonly borderWays = new WayTable<null>();
  readonly areas = new WayTable<AreaTags>();
  readonly turns: MappedTurn[] = [];
  readonly borders: MappedBorder[] = [];
  readonly stations: MappedStation[] = [];
  readonly platforms: TaggedPlace[] = [];
  readonly places: MappedPlace[] = [];
  readonly junctionNames = new Map<number, { name: string; nameLocal: string }>();
  readonly seen = { nodes: 0, ways: 0, relations: 0, highways: 0 };
  private readonly borderMembers = new Set<number>();
  private readonly rules: RoadRules & RailRules;

  constructor(rules: RoadRules & RailRules) {
    this.rules = rules;
  }

  takeRelation(id: number, members: readonly Member[], tags: Tags): void {
    this.seen.relations += 1;
    const turn = readTurn(id, members, tags);
    if (turn?.kind === 'turn') this.turns.push(turn.turn);
    else if (turn) this.tally.add('turn-dropped', 'relation', turn.reason, id);
    const level = borderLevel(tags);
    if (level === null || (tags.get('type') !== 'boundary' && tags.get('type') !== 'multipolygon')) return;
    const ways = members.filter(
      (member) => member.kind === 'way' && (member.role === 'outer' || member.role === 'inner' || member.role === ''),
    );
    const seats = members.filter((member) => member.kind === 'node' && (member.role === 'admin_centre' || member.role === 'label'));
    for (const way of ways) this.borderMembers.add(way.id);
    this.borders.push({
      id,
      object: 'relation',
      level,
      ...namesOf(tags),
      population: readPopulation(tags.get('population')),
      ways: ways.map((way) => way.id),
      seats: seats.map((seat) => seat.id),
    });
  }

  takeWay(id: number, nodes: readonly number[], tags: Tags): void {
    this.seen.ways += 1;
    if (tags.has('highway')) this.seen.highways += 1;
    this.takeRoad(id, nodes, tags);
    this.takeRail(id, nodes, tags);
    this.takeBorderWay(id, nodes, tags);
    const kind = stationKind(tags);
    if (kind) this.areas.add(id, nodes, { kind, ...namesOf(tags) }, 0);
    else if (isPlatform(tags)) this.areas.add(id, nodes, null, 0);
  }

  private takeRoad(id: number, nodes: readonly number[], tags: Tags): void {
    const verdict = readRoad(tags, this.rules);
    if (verdict?.kind === 'dropped') this.tally.add('way-dropped', 'way', verdict.reason, id);
    if (verdict?.kind !== 'road') return;
    this.roads.add(id, nodes, verdict.profile, structureOf(tags) | (verdict.isBackward ? IS_BACKWARD : 0));
    for (const note of verdict.notes) this.tally.add('speed-rule', 'way', note, id);
    if (verdict.profile.speedFrom !== 'tag') {
      const reason = `${verdict.profile.class}: ${SPEED_REASONS[verdict.profile.speedFrom]}`;
      this.tally.add('speed-imputed', 'way', reason, id);
    }
  }

  private takeRail(id: number, nodes: readonly number[], tags: Tags): void {
    const verdict = readRail(tags, this.rules);
    if (verdict?.kind === 'dropped') this.tally.add('rail-way-dropped', 'way', verdict.reason, id);
    if (verdict?.kind !== 'rail') return;
    this.rails.add(id, nodes, verdict.profile, structureOf(tags));
    for (const note of verdict.notes) this.tally.add('speed-rule', 'way', note, id);
    if (verdict.profile.speedFrom !== 'tag') this.tally.add('speed-imputed', 'way', `${verdict.profile.class}: class default`, id);
  }

  private takeBorderWay(id: number, nodes: readonly number[], tags: Tags): void {
    const level = borderLevel(tags);
    const isClosed = nodes.length > 3 && nodes[0] === nodes.at(-1);
    if (this.borderMembers.has(id)) this.borderWays.add(id, nodes, null, 0);
    else if (level !== null && isClosed) {
      this.borderWays.add(id, nodes, null, 0);
      const population = readPopulation(tags.get('population'));
      this.borders.push({ id, object: 'way', level, ...namesOf(tags), population, ways: [id], seats: [] });
    }
  }

  takeNode(nodes: NodeTable, id: number, longitudeE7: number, latitudeE7: number, tags: Tags): void {
    this.seen.nodes += 1;
    if (!isOnGlobe(longitudeE7, latitudeE7)) {
      this.tally.add('node-dropped', 'node', 'a place beyond the globe', id);
      return;
    }
    const index = nodes.place(id, longitudeE7, latitudeE7);
    if (tags.size === 0) return;
    if (index >= 0 && isBlocked(tags)) {
      nodes.isBlocked[index] = 1;
      this.tally.add('barrier', 'node', `barrier=${tags.get('barrier') ?? ''}`, id);
    }
    if (index >= 0 && tags.get('highway') === 'motorway_junction') this.junctionNames.set(id, exitName(tags));
    const where = { id, object: 'node' as const, longitude: longitudeE7 / 1e7, latitude: latitudeE7 / 1e7 };
    const kind = stationKind(tags);
    if (kind) this.stations.push({ ...where, kind, ...namesOf(tags) });
    else if (isPlatform(tags)) this.platforms.push(where);
    const place = readPlace(tags);
    if (place) this.places.push({ ...where, ...place });
  }

  /** Stations and platforms drawn as areas stand at the mean of their nodes. */
  placeAreas(areas: Ways<AreaTags>, nodes: NodeTable): void {
    for (let way = 0; way < areas.count; way++) {
      const members = [...new Set(areas.node.subarray(areas.first[way], areas.first[way + 1]))].filter((node) => nodes.isFound[node] === 1);
      if (members.length === 0) continue;
      const mean = (value: (node: number) => number) => members.reduce((sum, node) => sum + value(node), 0) / members.length;
      const id = areas.id[way] ?? 0;
      const where = { id, object: 'way' as const, longitude: mean((n) => nodes.longitude(n)), latitude: mean((n) => nodes.latitude(n)) };
      const tags = areas.profiles[areas.profile[way] ?? 0];
      if (tags) this.stations.push({ ...where, ...tags });
      else this.platforms.push(where);
    }
  }
}

const SPEED_REASONS = {
  implicit: 'the limit that the law or a word implies',
  class: 'class default',
  duration: 'length over duration',
} as const;

function exitName(tags: Tags): { name: string; nameLocal: string } {
  const { name, nameLocal } = namesOf(tags);
  const exit = tags.get('ref') ?? '';
  return { name: name || exit, nameLocal: nameLocal || exit };
}

/**
 * Read what matters of a file in three passes: relations, ways, nodes. Only what the network needs stays in memory: eight bytes for each
 * node of a way and 17 for each node of the network; nothing for all others.
 *
 * @throws DataError where the file is broken
 * Cost O(objects log nodes).
 */
export async function collectOsm(source: OsmSource, rules: RoadRules & RailRules, progress: Progress): Promise<OsmData> {
  const state = new Collector(rules);
  progress('relations', 0, 3);
  await source.pass({ relation: (id, members, tags) => state.takeRelation(id, members, tags) });
  progress('ways', 1, 3);
  await source.pass({ way: (id, nodes, tags) => state.takeWay(id, nodes, tags) });
  progress('nodes', 2, 3);
  const tables = [state.roads, state.rails, state.borderWays, state.areas];
  const nodes = new NodeTable([...tables.map((table) => table.nodeIds()), state.turns.flatMap((turn) => turn.viaNode ?? [])]);
  await source.pass({ node: (id, longitude, latitude, tags) => state.takeNode(nodes, id, longitude, latitude, tags) });
  const { tally } = state;
  const repeated = (id: number) => tally.add('way-dropped', 'way', 'an id that occurred before', id);
  state.placeAreas(state.areas.freeze(nodes, repeated), nodes);
  const data = {
    roads: state.roads.freeze(nodes, repeated),
    rails: state.rails.freeze(nodes, repeated),
    borderWays: state.borderWays.freeze(nodes, () => {}),
  };
  progress('nodes', 3, 3);
  const byId = (a: { id: number; object: string }, b: { id: number; object: string }) => a.id - b.id || byCodePoint(a.object, b.object);
  const { turns, borders, stations, platforms, places, junctionNames, seen } = state;
  const distinct = <T extends { id: number; object: string }>(list: T[]): T[] =>
    list.sort(byId).filter((row, index, all) => index === 0 || byId(all[index - 1] ?? row, row) !== 0);
  return {
    ...data,
    nodes,
    turns: turns.sort((a, b) => a.id - b.id).filter((turn, index, all) => turn.id !== all[index - 1]?.id),
    borders: distinct(borders),
    stations: distinct(stations),
    platforms: distinct(platforms),
    places: distinct(places),
    junctionNames,
    seen,
    tally,
  };
}
