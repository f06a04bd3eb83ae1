import type { FlowLink, FlowZone } from '../model/flow-input.ts';
import type { Place, Region, RoadLink } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { nodeNumber } from './freeze.ts';
import type { Imputed, RegionGraph } from './graph-types.ts';

/** Vehicles an hour and lane by class where a road has no capacity of its own: planning values under the Highway Capacity Manual's ideal. */
export const LANE_CAPACITY: Readonly<Record<string, number>> = { motorway: 2000, trunk: 1500, primary: 1000 };
const LOCAL_LANE_CAPACITY = 800;
/** Lanes, both directions together, of a road that does not say. */
const LANES_BY_CLASS: Readonly<Record<string, number>> = { motorway: 4, trunk: 4, primary: 2 };

interface RoadFlowLinks {
  readonly nodeIds: readonly string[];
  readonly links: readonly FlowLink[];
  readonly zones: readonly FlowZone[];
  /** by node: 1 carries no through traffic */
  readonly isClosed: Uint8Array;
  readonly imputed: readonly Imputed[];
}

/** Capacity of one direction, vehicles an hour, with what had to be assumed; `lanes` of a two-way road count both directions. */
function capacityOf(road: RoadLink, impute: (kind: string) => void): number {
  const given = Number(road.kept.capacity_veh_h ?? Number.NaN);
  if (Number.isFinite(given) && given >= 0) return given;
  const perLane = LANE_CAPACITY[road.class] ?? LOCAL_LANE_CAPACITY;
  if (road.lanes === null) impute(`lanes of ${road.class}: ${LANES_BY_CLASS[road.class] ?? 2} by class`);
  impute(`capacity of ${road.class}: ${perLane} vehicles an hour and lane`);
  const lanes = road.lanes ?? LANES_BY_CLASS[road.class] ?? 2;
  return Math.max(1, road.oneway ? lanes : lanes / 2) * perLane;
}

/** A number that a road keeps beside its own columns, else the default. */
function kept(road: RoadLink, name: string, otherwise: number): number {
  const value = Number(road.kept[name] ?? Number.NaN);
  return Number.isFinite(value) ? value : otherwise;
}

/** Junctions that are the centroid of a zone: its trips start there, and it needs no doors. */
function centroids(region: Region): Map<string, Place> {
  const seats = region.junctions.filter(({ kind, zone }) => zone !== null && (kind === 'centroid' || kind === 'closed-centroid'));
  return new Map(seats.map((seat) => [seat.zone ?? '', seat]));
}

/**
 * The road graph of a region as links that trips can be assigned to: each direction a row, doors as connectors without congestion; a zone with a centroid
 * among the junctions starts its trips there.
 *
 * Cost O(edges log edges).
 */
export function roadFlowLinks(region: Region, graph: RegionGraph, curve: { readonly b: number; readonly power: number }): RoadFlowLinks {
  const nodes = graph.nodes().sort(byCodePoint);
  const nodeOf = new Map(nodes.map((id, node) => [id, node]));
  const roads = new Map(region.roads.map((road) => [road.id, road]));
  const seats = centroids(region);
  const doors = [...seats.keys()].flatMap((id) => [`zone-origin/${id}`, `zone-destination/${id}`]);
  const seated = new Set(doors.map((id) => nodeOf.get(id)));
  const counts = new Map<string, number>();
  const capacities = new Map<string, number>();
  for (const id of new Set(graph.mapEdges((_edge, { link }) => link ?? ''))) {
    const road = roads.get(id);
    if (road)
      capacities.set(
        id,
        capacityOf(road, (kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1)),
      );
  }
  const all = graph.mapEdges((_edge, { link, minutes }, source, target): FlowLink => {
    const road = link === null ? undefined : roads.get(link);
    return {
      id: road?.id ?? `${source} → ${target}`,
      from: nodeNumber(nodeOf, source),
      to: nodeNumber(nodeOf, target),
      name: road ? road.name || road.route : '',
      isConnector: road === undefined,
      capacity: road ? (capacities.get(road.id) ?? null) : null,
      freeMinutes: minutes,
      curve: 'bpr',
      b: road ? kept(road, 'bpr_b', curve.b) : 0,
      power: road ? kept(road, 'bpr_power', curve.power) : 0,
      chargeMinutes: 0,
    };
  });
  const links = all.filter(({ isConnector, from, to }) => !isConnector || (!seated.has(from) && !seated.has(to)));
  links.sort((a, b) => byCodePoint(a.id, b.id) || a.from - b.from || a.to - b.to || a.freeMinutes - b.freeMinutes);
  const zones = region.zones.map(({ id, name, admin1 }) => {
    const seat = seats.get(id);
    const origin = nodeNumber(nodeOf, seat ? `before/${seat.id}` : `zone-origin/${id}`);
    return { id, name, admin1, origin, destination: seat ? origin : nodeNumber(nodeOf, `zone-destination/${id}`) };
  });
  const isClosed = new Uint8Array(nodes.length);
  for (const { id, kind } of seats.values()) if (kind === 'closed-centroid') isClosed[nodeNumber(nodeOf, `before/${id}`)] = 1;
  const imputed = [...counts].sort((a, b) => byCodePoint(a[0], b[0])).map(([kind, count]) => ({ kind, count }));
  return { nodeIds: nodes.map((id) => id.replace(/^before\//, '')), links, zones, isClosed, imputed };
}
