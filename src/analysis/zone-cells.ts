import { intersect } from '@turf/turf';
import { Delaunay } from 'd3-delaunay';
import type { MultiPolygon, Position } from 'geojson';
import { type Box, clipToBox, clipToConvex } from '../model/clip.ts';
import type { Zone } from '../model/tables.ts';
import { isOnLand } from './isochrones/on-land.ts';
import { cosine, ISLET_KILOMETRES, KILOMETRES_PER_DEGREE } from './isochrones/time-grid.ts';

/** A piece of the border of two jurisdictions (admin1), degrees. */
export interface BorderEdge {
  readonly a: string;
  readonly b: string;
  readonly from: Position;
  readonly to: Position;
}

export interface ZoneCells {
  /** the land nearer to a zone's seat than to any other, in the order of the zones */
  readonly cells: readonly MultiPolygon[];
  /** edges between cells of different jurisdictions */
  readonly borders: readonly BorderEdge[];
}

/** Corners of the polygon that stands for a disc. */
const DISC_CORNERS = 48;
/** Seats are apart as far as the third neighbour is. */
const NEIGHBOUR = 3;
const LEAST_REACH_KILOMETRES = 5;
/** Share of that distance that a cell without a shared corner reaches. */
const LONE_SHARE = 0.6;

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
  const delaunay = Delaunay.from(points);
  const reach = reaches(points, delaunay);
  const margin = 2 * Math.max(...reach);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const box: [number, number, number, number] = [
    Math.min(...xs) - margin,
    Math.min(...ys) - margin,
    Math.max(...xs) + margin,
    Math.max(...ys) + margin,
  ];
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
  const borders = jurisdictionBorders(zones, delaunay, reach, points).map(({ a, b, part: [from, to] }) => {
    return { a, b, from: plane.from(...from), to: plane.from(...to) };
  });
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

/**
 * Farthest that each cell may reach, kilometres: as far as the corners it shares with cells of zones about it, so that cells inside the
 * region are whole and the outermost end as they do. A corner is shared where the circle through the three seats around it is no wider
 * than the loneliest of them is apart from its neighbours.
 */
function reaches(points: readonly Point[], delaunay: Delaunay<Delaunay.Point>): number[] {
  const apart = points.map((point) => {
    const sorted = points.map((other) => Math.hypot(point[0] - other[0], point[1] - other[1])).sort((a, b) => a - b);
    return Math.max(LEAST_REACH_KILOMETRES, sorted[Math.min(NEIGHBOUR, sorted.length - 1)] ?? 0);
  });
  const reach = apart.map((kilometres) => LONE_SHARE * kilometres);
  const { triangles } = delaunay;
  const { circumcenters } = delaunay.voronoi();
  for (let triangle = 0; triangle * 3 < triangles.length; triangle++) {
    const corners = [0, 1, 2].map((corner) => triangles[triangle * 3 + corner] ?? 0);
    const [x, y] = points[corners[0] ?? 0] ?? [0, 0];
    const radius = Math.hypot(x - (circumcenters[triangle * 2] ?? 0), y - (circumcenters[triangle * 2 + 1] ?? 0));
    const near = Math.max(...corners.map((corner) => apart[corner] ?? 0));
    if (radius <= near) for (const corner of corners) reach[corner] = Math.max(reach[corner] ?? 0, radius * 1.001);
  }
  return reach;
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
  return signedArea(whole) < 0 ? whole.reverse() : whole;
}

/** Area of a closed ring, positive where it turns counter-clockwise. */
function signedArea(ring: readonly Position[]): number {
  let area = 0;
  for (let point = 1; point < ring.length; point++) {
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = [ring[point - 1], ring[point]];
    area += x1 * y2 - x2 * y1;
  }
  return area / 2;
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
  // land that fills the box around the cell leaves the cell as it is
  const boxArea = (box[2] - box[0]) * (box[3] - box[1]);
  if (parts.length === 1 && parts[0]?.length === 1 && Math.abs(signedArea(parts[0][0] ?? [])) > boxArea * (1 - 1e-9)) {
    return { type: 'MultiPolygon', coordinates: [[cell]] };
  }
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
  // one or two places have no triangle
  if (new Set(points.map(String)).size < 3) return [];
  const { circumcenters } = delaunay.voronoi();
  const borders: { a: string; b: string; part: [Point, Point] }[] = [];
  const centre = (triangle: number): Point => [circumcenters[triangle * 2] ?? 0, circumcenters[triangle * 2 + 1] ?? 0];
  halfedges.forEach((opposite, edge) => {
    if (opposite >= 0 && opposite < edge) return;
    const [a, b] = [triangles[edge] ?? 0, triangles[after(edge)] ?? 0];
    const names = [zones[a]?.admin1 ?? '', zones[b]?.admin1 ?? ''] as const;
    if (names[0] === names[1]) return;
    const [seat, other] = pick(points, a, b);
    const farthest = Math.max(...pick(reach, a, b));
    const from = centre(Math.floor(edge / 3));
    const [third] = pick(points, triangles[after(after(edge))] ?? 0, a);
    const to = opposite >= 0 ? centre(Math.floor(opposite / 3)) : outward(from, seat, other, third, farthest);
    const part = withinReach(from, to, seat, farthest);
    if (part) borders.push({ a: names[0], b: names[1], part });
  });
  return borders;
}

/** Two items of a list by position. */
function pick<T>(list: readonly T[], first: number, second: number): [T, T] {
  return [list[first] as T, list[second] as T];
}

function after(edge: number): number {
  return edge % 3 === 2 ? edge - 2 : edge + 1;
}

/** Far end of the edge between two seats on the outline: square to the line between them, away from the third seat of their triangle. */
function outward(from: Point, a: Point, b: Point, third: Point, reach: number): Point {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const [x, y] = [(b[1] - a[1]) / length, (a[0] - b[0]) / length];
  const sign = (third[0] - a[0]) * x + (third[1] - a[1]) * y > 0 ? -1 : 1;
  const far = 2 * reach + Math.hypot(from[0] - a[0], from[1] - a[1]);
  return [from[0] + sign * x * far, from[1] + sign * y * far];
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
