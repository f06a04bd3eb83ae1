import { nodeNumber } from '../../build/freeze.ts';
import { nearbyPairs, projectKilometres } from '../../build/nearby-pairs.ts';
import { createSearch } from '../../kernels/one-to-all.ts';
import { type ArcRow, compileNetwork, type Network, UNREACHED } from '../../model/network.ts';
import type { Zone } from '../../model/tables.ts';
import { MILLISECONDS_PER_MINUTE, minutesToMilliseconds } from '../../model/units.ts';
import type { EndPair } from '../missing-links/detour-candidates.ts';
import type { LinkEnd } from '../missing-links/link-ends.ts';

/** An edge of the ideal network between two ends, by number. */
interface Edge {
  readonly a: number;
  readonly b: number;
  readonly newMinutes: number;
  readonly todayMinutes: number;
}

export interface Backbone {
  /** mean load along the best way of the grown network between two ends: all of it, and the part on edges that are slow today */
  readonly loadBetween: (from: string, to: string) => { all: number; unserved: number };
}

const ROUNDS = 10;
const LEAST_KILOMETRES = 5;
/** Edges loaded like the busiest tenth reach half of what building them would save. */
const HALF_BUILT_QUANTILE = 0.9;

/**
 * A network grown from nothing but people and today's times: demand P_i P_j / d² is sent along quickest ways over neighbouring places, edges
 * that carry much become quick, and the demand is sent again. What stays busy and is slow today is the backbone that is not built.
 *
 * @param pairs        neighbours with today's times
 * @param newMinutes   running time of a new link
 * Cost: ten rounds of one tree an end. Source of the idea: Tero et al. (2010) doi:10.1126/science.1177894, on the railways of Tokyo.
 */
export function growBackbone(
  zones: readonly Zone[],
  ends: readonly LinkEnd[],
  pairs: readonly EndPair[],
  newMinutes: (pair: EndPair) => number,
): Backbone {
  const numberOf = new Map(ends.map((end, index) => [end.id, index]));
  const wanted = new Set(
    nearbyPairs(ends, { minimumKilometres: 0, maximumKilometres: 1e4, perSector: 1 }).map(({ from, to }) => `${from.id}\n${to.id}`),
  );
  const edges = pairs.flatMap((pair): Edge[] => {
    if (!wanted.has(`${pair.from.id}\n${pair.to.id}`)) return [];
    const quick = newMinutes(pair);
    const ends = { a: nodeNumber(numberOf, pair.from.id), b: nodeNumber(numberOf, pair.to.id) };
    return [{ ...ends, newMinutes: quick, todayMinutes: Math.max(quick, pair.minutesToday ?? 4 * quick) }];
  });
  const demand = endDemand(zones, ends);
  let flow: Float64Array = new Float64Array(edges.length);
  let half = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const fresh = assign(grown(edges, flow, half, ends.length), edges, demand);
    if (round === 0) half = quantile(fresh, HALF_BUILT_QUANTILE);
    flow = fresh.map((value, edge) => (round === 0 ? value : (value + (flow[edge] ?? 0)) / 2));
  }
  return { loadBetween: loadReader(edges, flow, grown(edges, flow, half, ends.length), numberOf) };
}

function quantile(values: Float64Array, share: number): number {
  const sorted = values.filter((value) => value > 0).sort();
  return sorted[Math.floor(share * sorted.length)] ?? 1;
}

/** Arcs of edge k are links k, both ways. */
function grown(edges: readonly Edge[], flow: Float64Array, half: number, nodeCount: number): Network {
  const arcs = edges.flatMap(({ a, b, newMinutes, todayMinutes }, link): ArcRow[] => {
    const built = (flow[link] ?? 0) / ((flow[link] ?? 0) + half);
    const milliseconds = minutesToMilliseconds(todayMinutes - (todayMinutes - newMinutes) * (Number.isFinite(half) ? built : 0));
    return [
      { from: a, to: b, milliseconds, link },
      { from: b, to: a, milliseconds, link },
    ];
  });
  const nodes = Array.from({ length: nodeCount }, (_value, id) => ({ id: String(id), longitude: 0, latitude: 0 }));
  return compileNetwork(
    nodes,
    arcs,
    edges.map((_edge, link) => String(link)),
  );
}

/** People by the nearest end, and P_i P_j / d² between ends. */
function endDemand(zones: readonly Zone[], ends: readonly LinkEnd[]): (from: number, to: number) => number {
  const project = projectKilometres(zones);
  const places = ends.map((end) => project(end.longitude, end.latitude));
  const people = new Float64Array(ends.length);
  for (const zone of zones) {
    const [x, y] = project(zone.longitude, zone.latitude);
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    places.forEach(([endX, endY], end) => {
      const distance = Math.hypot(endX - x, endY - y);
      if (distance < least) {
        least = distance;
        nearest = end;
      }
    });
    if (ends.length > 0) people[nearest] = (people[nearest] ?? 0) + zone.population;
  }
  return (from, to) => {
    const product = (people[from] ?? 0) * (people[to] ?? 0);
    if (from === to || product === 0) return 0;
    const [x, y] = places[from] ?? [0, 0];
    const [toX, toY] = places[to] ?? [0, 0];
    return product / Math.max(LEAST_KILOMETRES, Math.hypot(toX - x, toY - y)) ** 2;
  };
}

/** All-or-nothing load of every edge. */
function assign(network: Network, edges: readonly Edge[], demand: (from: number, to: number) => number): Float64Array {
  const search = createSearch(network);
  const flow = new Float64Array(edges.length);
  const carried = new Float64Array(network.nodeCount);
  for (let origin = 0; origin < network.nodeCount; origin++) {
    if (!hasDemand(origin, network.nodeCount, demand)) continue;
    const cost = search.run(origin);
    carried.fill(0);
    for (let position = search.settledCount() - 1; position > 0; position--) {
      const node = search.settled[position] ?? 0;
      const load = (carried[node] ?? 0) + demand(origin, node);
      if (load === 0) continue;
      const arc = arcInto(network, cost, node);
      if (!arc) continue;
      flow[arc.link] = (flow[arc.link] ?? 0) + load;
      carried[arc.tail] = (carried[arc.tail] ?? 0) + load;
    }
  }
  return flow;
}

function hasDemand(origin: number, nodeCount: number, demand: (from: number, to: number) => number): boolean {
  for (let node = 0; node < nodeCount; node++) if (demand(origin, node) > 0) return true;
  return false;
}

/** The first arc that a quickest way enters a node by: every edge is two-way at one cost, so arcs out of the node are read backwards. */
function arcInto(network: Network, cost: Uint32Array, node: number): { tail: number; link: number } | null {
  const { firstArc, arcHead, arcCost, arcLink } = network;
  for (let arc = firstArc[node] ?? 0; arc < (firstArc[node + 1] ?? 0); arc++) {
    const tail = arcHead[arc] ?? 0;
    if ((cost[tail] ?? UNREACHED) + (arcCost[arc] ?? 0) === cost[node]) return { tail, link: arcLink[arc] ?? 0 };
  }
  return null;
}

function loadReader(
  edges: readonly Edge[],
  flow: Float64Array,
  network: Network,
  numberOf: ReadonlyMap<string, number>,
): Backbone['loadBetween'] {
  const search = createSearch(network);
  let root = -1;
  let cost = new Uint32Array(0);
  return (fromId, toId) => {
    const from = numberOf.get(fromId);
    const to = numberOf.get(toId);
    if (from === undefined || to === undefined) return { all: 0, unserved: 0 };
    if (root !== from) cost = search.run(from) as Uint32Array<ArrayBuffer>;
    root = from;
    const total = (cost[to] ?? UNREACHED) / MILLISECONDS_PER_MINUTE;
    const load = { all: 0, unserved: 0 };
    for (let node = to; node !== from; ) {
      const arc = arcInto(network, cost, node);
      const edge = arc && edges[arc.link];
      if (!arc || !edge) break;
      const share = ((cost[node] ?? 0) - (cost[arc.tail] ?? 0)) / MILLISECONDS_PER_MINUTE / total;
      load.all += share * (flow[arc.link] ?? 0);
      load.unserved += share * (flow[arc.link] ?? 0) * (1 - edge.newMinutes / edge.todayMinutes);
      node = arc.tail;
    }
    return load;
  };
}
