import { area } from '@turf/turf';
import { contours } from 'd3-contour';
import type { MultiPolygon } from 'geojson';
import type { Network } from '../model/network.ts';
import { UNREACHED } from '../model/network.ts';
import type { Zone } from '../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';

export interface IsochroneOptions {
  readonly minutes: readonly number[];
  readonly cellKilometres: number;
  /** speed off the network, times straight line */
  readonly offNetworkKilometresPerHour: number;
  /** farthest off-network leg */
  readonly offNetworkKilometres: number;
}

export const DEFAULT_ISOCHRONES: IsochroneOptions = {
  minutes: [30, 60, 90, 120],
  cellKilometres: 2,
  offNetworkKilometresPerHour: 20,
  offNetworkKilometres: 15,
};

export interface IsochroneBand {
  readonly minutes: number;
  readonly areaSquareKilometres: number;
  /** people of the zones whose seat lies inside by time */
  readonly population: number;
  readonly geometry: MultiPolygon;
}

const KILOMETRES_PER_DEGREE = 111.195;

/**
 * Isochrones of a tree of times: the set of points where network time plus off-network travel is at most each limit.
 *
 * A grid of cells holds min over nodes of (time + straight line / off-network speed); each limit is contoured by marching squares, so the
 * polygons nest and carry holes. Unreached cells are never inside.
 *
 * @param costs  milliseconds a node from the origin
 * @param aboard nodes at which nobody can leave the network (on board a train)
 * Cost O(nodes · cells within the off-network leg). Source: d3-contour's marching squares.
 */
export function isochrones(
  network: Network,
  costs: Uint32Array,
  zones: readonly { zone: Zone; minutes: number | null }[],
  options: IsochroneOptions = DEFAULT_ISOCHRONES,
): IsochroneBand[] {
  const most = Math.max(...options.minutes);
  const grid = timeSurface(network, costs, most, options);
  if (!grid) return [];
  const surface = Array.from(grid.minutes, (value) => (value > most ? Number.NEGATIVE_INFINITY : -value));
  return [...options.minutes]
    .sort((a, b) => a - b)
    .map((minutes) => {
      const shape = contours().size([grid.columns, grid.rows]).contour(surface, -minutes);
      const coordinates = shape.coordinates.map((polygon) =>
        polygon.map((ring) => ring.map(([x = 0, y = 0]) => grid.place(x, y)).reverse()),
      );
      const geometry: MultiPolygon = { type: 'MultiPolygon', coordinates };
      const population = zones.reduce((sum, row) => (row.minutes !== null && row.minutes <= minutes ? sum + row.zone.population : sum), 0);
      return { minutes, areaSquareKilometres: area(geometry) / 1e6, population, geometry };
    });
}

interface TimeGrid {
  readonly columns: number;
  readonly rows: number;
  readonly minutes: Float64Array;
  readonly place: (x: number, y: number) => [number, number];
}

function timeSurface(network: Network, costs: Uint32Array, most: number, options: IsochroneOptions): TimeGrid | null {
  const reached: { longitude: number; latitude: number; minutes: number }[] = [];
  for (let node = 0; node < network.nodeCount; node++) {
    const cost = costs[node] ?? UNREACHED;
    const isAboard = network.nodeIds[node]?.startsWith('aboard/') ?? false;
    if (cost === UNREACHED || isAboard || cost > most * MILLISECONDS_PER_MINUTE) continue;
    reached.push({
      longitude: network.longitude[node] ?? 0,
      latitude: network.latitude[node] ?? 0,
      minutes: cost / MILLISECONDS_PER_MINUTE,
    });
  }
  if (reached.length === 0) return null;
  const middle = reached.reduce((sum, row) => sum + row.latitude, 0) / reached.length;
  const latitudeStep = options.cellKilometres / KILOMETRES_PER_DEGREE;
  const longitudeStep = latitudeStep / Math.cos((middle * Math.PI) / 180);
  const pad = Math.ceil(options.offNetworkKilometres / options.cellKilometres) + 2;
  // folded, not spread: a street network has more nodes than a call takes arguments
  const extreme = (choose: (a: number, b: number) => number, axis: 'longitude' | 'latitude') =>
    reached.reduce((found, row) => choose(found, row[axis]), reached[0]?.[axis] ?? 0);
  const west = extreme(Math.min, 'longitude') - pad * longitudeStep;
  const north = extreme(Math.max, 'latitude') + pad * latitudeStep;
  const columns = Math.ceil((extreme(Math.max, 'longitude') - west) / longitudeStep) + pad;
  const rows = Math.ceil((north - extreme(Math.min, 'latitude')) / latitudeStep) + pad;
  const minutes = new Float64Array(columns * rows).fill(Number.POSITIVE_INFINITY);
  const reach = pad - 2;
  for (const row of reached) {
    const x = (row.longitude - west) / longitudeStep;
    const y = (north - row.latitude) / latitudeStep;
    for (let cellY = Math.max(1, Math.floor(y - reach)); cellY < Math.min(rows - 1, y + reach); cellY++) {
      for (let cellX = Math.max(1, Math.floor(x - reach)); cellX < Math.min(columns - 1, x + reach); cellX++) {
        const kilometres = Math.hypot(cellX + 0.5 - x, cellY + 0.5 - y) * options.cellKilometres;
        if (kilometres > options.offNetworkKilometres) continue;
        const cell = cellY * columns + cellX;
        const time = row.minutes + (kilometres / options.offNetworkKilometresPerHour) * 60;
        if (time < (minutes[cell] ?? 0)) minutes[cell] = time;
      }
    }
  }
  return { columns, rows, minutes, place: (x, y) => [west + x * longitudeStep, north - y * latitudeStep] };
}
