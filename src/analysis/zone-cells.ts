import { intersect } from '@turf/turf';
import { Delaunay } from 'd3-delaunay';
import type { MultiPolygon, Position } from 'geojson';
import { type Box, clipToBox, clipToConvex } from '../model/clip.ts';
import type { Zone } from '../model/tables.ts';
import { isOnLand } from './on-land.ts';
import { cosine, ISLET_KILOMETRES, KILOMETRES_PER_DEGREE } from './time-grid.ts';

export interface ZoneCells {
  /** the land nearer to a zone's seat than to any other, in the order of the zones */
  readonly cells: readonly MultiPolygon[];
  /** edges between cells of different jurisdictions (admin1), degrees */
  readonly borders: readonly (readonly [Position, Position])[];
}

/** Corners of the polygon that stands for a disc. */
const DISC_CORNERS = 48;
/** A cell reaches this share of the way to the seat's third neighbour. */
const REACH = 0.8;
const NEIGHBOUR = 3;
const LEAST_REACH_KILOMETRES = 5;

/**
 * Cells of the zones: Voronoi cells of the seats, cut at a distance from the seat and at the coast.
 *
 * They stand for boundaries that the region folder does not hold, for drawing only: no measure rests on them. Seats at one place share a
 * cell (it is the first one's; the others have none). A seat off the known land keeps a disc of two kilometres.
 * Cost O(zones log zones + vertices of the coast · coastal zones). Source: Voronoi (1908); d3-delaunay.
 */
export function zoneCells(zones: readonly Zone[], land: MultiPolygon): ZoneCells {
  if (zones.length === 0) return { cells: [], borders: [] };
  const plane = planeOf(zones);
  const points = zones.map((zone) => plane.to(zone.longitude, zone.latitude));
  const reach = reaches(points);
  const margin = 2 * Math.max(...reach);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const box: [number, number, number, number] = [
    Math.min(...xs) - margin,
    Math.min(...ys) - margin,
    Math.max(...xs) + margin,
    Math.max(...ys) + margin,
  ];
  const delaunay = Delaunay.from(points);
  const voronoi = delaunay.voronoi(box);
  const cells = zones.map((zone, index): MultiPolygon => {
    const raw = voronoi.cellPolygon(index) as [number, number][] | null;
    if (!raw) return { type: 'MultiPolygon', coordinates: [] };
    const seat = points[index] ?? [0, 0];
    const onLand = isOnLand(land, zone.longitude, zone.latitude);
    const limited = clipToConvex(raw.slice(0, -1), disc(seat, onLand ? (reach[index] ?? 0) : ISLET_KILOMETRES));
    const ring = limited.map(([x = 0, y = 0]) => plane.from(x, y));
    return onLand ? onDryLand(ring, land) : { type: 'MultiPolygon', coordinates: [[closed(ring)]] };
  });
  const borders = jurisdictionBorders(zones, delaunay, reach, points).map(
    ([a, b]) => [plane.from(...a), plane.from(...b)] as const satisfies readonly [Position, Position],
  );
  return { cells, borders };
}

type Point = [number, number];

/** Kilometres on a plane true to scale at the middle latitude. */
function planeOf(zones: readonly Zone[]) {
  const latitudes = zones.map((zone) => zone.latitude);
  const scale = KILOMETRES_PER_DEGREE * cosine((Math.min(...latitudes) + Math.max(...latitudes)) / 2);
  return {
    to: (longitude: number, latitude: number): Point => [longitude * scale, latitude * KILOMETRES_PER_DEGREE],
    from: (x: number, y: number): Point => [Number((x / scale).toFixed(6)), Number((y / KILOMETRES_PER_DEGREE).toFixed(6))],
  };
}

/** Farthest that each cell may reach, kilometres: a share of the way to the third neighbour, so that the outermost cells end as others do. */
function reaches(points: readonly Point[]): number[] {
  return points.map((point) => {
    const sorted = points.map((other) => Math.hypot(point[0] - other[0], point[1] - other[1])).sort((a, b) => a - b);
    return Math.max(LEAST_REACH_KILOMETRES, REACH * (sorted[Math.min(NEIGHBOUR, sorted.length - 1)] ?? 0));
  });
}

function disc([x, y]: Point, radius: number): Point[] {
  return Array.from({ length: DISC_CORNERS }, (_value, corner) => {
    const angle = (corner / DISC_CORNERS) * 2 * Math.PI;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

function closed(ring: readonly Point[]): Position[] {
  const first = ring[0];
  const whole = first ? [...ring, first] : [];
  let area = 0;
  for (let point = 1; point < whole.length; point++) {
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = [whole[point - 1], whole[point]];
    area += x1 * y2 - x2 * y1;
  }
  return area < 0 ? whole.reverse() : whole;
}

function onDryLand(ring: readonly Point[], land: MultiPolygon): MultiPolygon {
  const cell = closed(ring);
  const box: Box = [
    Math.min(...ring.map(([x]) => x)),
    Math.min(...ring.map(([, y]) => y)),
    Math.max(...ring.map(([x]) => x)),
    Math.max(...ring.map(([, y]) => y)),
  ];
  const parts = clipToBox(land, box).coordinates;
  const isWholeBox = parts.length === 1 && parts[0]?.length === 1 && (parts[0][0]?.length ?? 0) === 5;
  if (isWholeBox) return { type: 'MultiPolygon', coordinates: [[cell]] };
  const feature = <T extends object>(own: T) => ({ type: 'Feature' as const, properties: {}, geometry: own });
  const wet = intersect({
    type: 'FeatureCollection',
    features: [feature({ type: 'Polygon', coordinates: [cell] } as const), feature({ type: 'MultiPolygon', coordinates: parts } as const)],
  });
  if (!wet) return { type: 'MultiPolygon', coordinates: [] };
  return { type: 'MultiPolygon', coordinates: wet.geometry.type === 'Polygon' ? [wet.geometry.coordinates] : wet.geometry.coordinates };
}

/** Voronoi edges between seats of two jurisdictions, as far as the cells reach. */
function jurisdictionBorders(
  zones: readonly Zone[],
  delaunay: Delaunay<Delaunay.Point>,
  reach: readonly number[],
  points: readonly Point[],
) {
  const { halfedges, triangles } = delaunay;
  const { circumcenters } = delaunay.voronoi();
  const borders: [Point, Point][] = [];
  halfedges.forEach((opposite, edge) => {
    if (opposite < edge) return;
    const [a, b] = [triangles[edge] ?? 0, triangles[edge % 3 === 2 ? edge - 2 : edge + 1] ?? 0];
    if (zones[a]?.admin1 === zones[b]?.admin1) return;
    const centre = (triangle: number): Point => [circumcenters[triangle * 2] ?? 0, circumcenters[triangle * 2 + 1] ?? 0];
    const part = withinReach(
      centre(Math.floor(edge / 3)),
      centre(Math.floor(opposite / 3)),
      points[a] ?? [0, 0],
      Math.max(reach[a] ?? 0, reach[b] ?? 0),
    );
    if (part) borders.push(part);
  });
  return borders;
}

/** Part of a segment within a distance of a point, or null. */
function withinReach(a: Point, b: Point, [x, y]: Point, reach: number): [Point, Point] | null {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  if (square === 0) return null;
  const middle = ((x - a[0]) * dx + (y - a[1]) * dy) / square;
  const off = (a[0] + middle * dx - x) ** 2 + (a[1] + middle * dy - y) ** 2;
  if (off > reach * reach) return null;
  const half = Math.sqrt((reach * reach - off) / square);
  const [from, to] = [Math.max(0, middle - half), Math.min(1, middle + half)];
  return from < to ? [at(a, dx, dy, from), at(a, dx, dy, to)] : null;
}

function at(a: Point, dx: number, dy: number, part: number): Point {
  return [a[0] + part * dx, a[1] + part * dy];
}
