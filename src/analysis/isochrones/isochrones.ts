import { area } from '@turf/turf';
import { contours } from 'd3-contour';
import type { MultiPolygon } from 'geojson';
import type { Network } from '../../model/network.ts';
import { UNREACHED } from '../../model/network.ts';
import type { Zone } from '../../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import { isOnLand } from './on-land.ts';
import { gridAround, landField, type ReachedPlace, reachField, type TimeGrid } from './time-grid.ts';

export interface IsochroneOptions {
  readonly minutes: readonly number[];
  readonly cellKilometres: number;
  /** speed off the network, times straight line */
  readonly offNetworkKilometresPerHour: number;
  /** farthest off-network leg */
  readonly offNetworkKilometres: number;
  /** shapes end at this coast; null where land is not known */
  readonly land: MultiPolygon | null;
}

export const DEFAULT_ISOCHRONES: IsochroneOptions = {
  minutes: [30, 60, 90, 120],
  cellKilometres: 1,
  offNetworkKilometresPerHour: 20,
  offNetworkKilometres: 15,
  land: null,
};

export interface IsochroneBand {
  readonly minutes: number;
  readonly areaSquareKilometres: number;
  /** people of the zones whose seat lies inside by time */
  readonly population: number;
  readonly geometry: MultiPolygon;
}

/**
 * Isochrones of a tree of times: the set of points where network time plus off-network travel is at most each limit.
 *
 * The set is a union of discs around the nodes reached, each as wide as the time left allows. A grid holds the distance to its edge
 * (time-grid.ts) and is contoured at zero by marching squares: polygons are valid, carry holes and nest, and their error is a small part
 * of a cell. Where land is given the set is cut by the coast, by the same rule. A limit within which nothing is reached has no polygon:
 * the origin's own cell is not drawn for its sake. Population counts whole zones by the time to their seat: people are not spread evenly
 * over a county, so no share of a cell is claimed.
 *
 * @param costs  milliseconds a node from the origin; nodes on board a train are no place to leave the network
 * @returns one band a limit, shortest first; empty where no node is reached
 * Cost O(nodes · cells within the off-network leg) a limit. Source: marching squares of d3-contour.
 */
export function isochrones(
  network: Network,
  costs: Uint32Array,
  zones: readonly { zone: Zone; minutes: number | null }[],
  options: IsochroneOptions = DEFAULT_ISOCHRONES,
): IsochroneBand[] {
  const places = reachedPlaces(network, costs, Math.max(...options.minutes));
  if (places.length === 0) return [];
  const { land, cellKilometres, offNetworkKilometres } = options;
  const grid = gridAround(places, cellKilometres, offNetworkKilometres);
  const legs = { kilometresPerHour: options.offNetworkKilometresPerHour, kilometres: offNetworkKilometres };
  const islets = land ? zones.map((row) => row.zone).filter((zone) => !isOnLand(land, zone.longitude, zone.latitude)) : [];
  const coast = land ? landField(grid, land, islets) : null;
  return [...options.minutes]
    .sort((a, b) => a - b)
    .map((minutes) => {
      const field = reachField(grid, places, minutes, legs);
      const geometry = zeroContour(grid, coast ? field.map((depth, sample) => Math.min(depth, coast[sample] ?? depth)) : field);
      const population = zones.reduce((sum, row) => (row.minutes !== null && row.minutes <= minutes ? sum + row.zone.population : sum), 0);
      return { minutes, areaSquareKilometres: area(geometry) / 1e6, population, geometry };
    });
}

/** Places where the network can be left within the limit, each once with its least time, in the order of nodes. */
function reachedPlaces(network: Network, costs: Uint32Array, limitMinutes: number): ReachedPlace[] {
  const places = new Map<string, ReachedPlace>();
  for (let node = 0; node < network.nodeCount; node++) {
    const cost = costs[node] ?? UNREACHED;
    const [longitude, latitude] = [network.longitude[node] ?? Number.NaN, network.latitude[node] ?? Number.NaN];
    const isPlace = Number.isFinite(longitude + latitude) && !network.nodeIds[node]?.startsWith('aboard/');
    if (!isPlace || cost === UNREACHED || cost > limitMinutes * MILLISECONDS_PER_MINUTE) continue;
    const key = `${longitude} ${latitude}`;
    const minutes = cost / MILLISECONDS_PER_MINUTE;
    if (minutes < (places.get(key)?.minutes ?? Number.POSITIVE_INFINITY)) places.set(key, { longitude, latitude, minutes });
  }
  return [...places.values()];
}

/** Samples this near to the contour are moved off it, so that no corner of a polygon falls together with another, kilometres. */
const CLEARANCE_KILOMETRES = 0.02;

function zeroContour(grid: TimeGrid, field: Float64Array): MultiPolygon {
  const clear = Array.from(field, (depth) => (depth >= 0 ? Math.max(depth, CLEARANCE_KILOMETRES) : Math.min(depth, -CLEARANCE_KILOMETRES)));
  const shape = contours().size([grid.columns, grid.rows]).contour(clear, 0);
  // contour space has the sample in the middle of its cell and y downwards
  const coordinates = shape.coordinates.map((polygon) =>
    polygon.map((ring) =>
      ring.map(([x = 0, y = 0]) => [
        Number((grid.west + (x - 0.5) * grid.longitudeStep).toFixed(6)),
        Number((grid.north - (y - 0.5) * grid.latitudeStep).toFixed(6)),
      ]),
    ),
  );
  return { type: 'MultiPolygon', coordinates };
}
