import { Delaunay } from 'd3-delaunay';
import { projectKilometres } from '../../build/nearby-pairs.ts';
import type { Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';

export type Level = 'admin1' | 'admin2';
type Point = readonly [number, number];

/** A piece of border between two jurisdictions, on the map in kilometres. */
export interface BorderSegment {
  /** `a|b`, names in code-point order */
  readonly border: string;
  readonly from: Point;
  readonly to: Point;
  readonly kilometres: number;
}

/** Jurisdictions as the land nearest to their zones' seats. */
export interface JurisdictionMap {
  readonly level: Level;
  readonly names: readonly string[];
  readonly segments: readonly BorderSegment[];
  /** 1 for regions of 100 km and more from corner to corner, less in proportion for smaller ones: what distances are told at */
  readonly scale: number;
  readonly project: (longitude: number, latitude: number) => [number, number];
  /** jurisdiction of a point on the map */
  readonly at: (point: Point) => string;
  /** the nearest piece of border and how far it is; null where there is none */
  readonly nearestBorder: (point: Point) => { readonly segment: BorderSegment; readonly kilometres: number } | null;
}

/** Border pieces farther than this from the seats on both sides lie in land that no zone speaks for. */
const FARTHEST_SEAT_KILOMETRES = 75;
const LEAST_KILOMETRES = 0.001;

/** `a|b` in code-point order. */
export function borderId(a: string, b: string): string {
  return byCodePoint(a, b) < 0 ? `${a}|${b}` : `${b}|${a}`;
}

/**
 * Voronoi cells of zone seats, joined by jurisdiction: the borders where no polygons are given.
 *
 * Cost O(zones log zones). Source: Voronoi cells by Delaunay triangulation (Delaunator).
 */
export function jurisdictionMap(zones: readonly Zone[], level: Level): JurisdictionMap {
  const project = projectKilometres(zones);
  const seats = zones.map((zone) => project(zone.longitude, zone.latitude));
  const nameOf = (zone: number) => zones[zone]?.[level] ?? '';
  const delaunay = Delaunay.from(seats.length > 0 ? seats : [[0, 0]]);
  const segments = borderSegments(delaunay, seats, nameOf);
  return {
    level,
    names: [...new Set(zones.map((zone) => zone[level]))].sort(byCodePoint),
    segments,
    scale: scaleOf(seats),
    project,
    at: ([x, y]) => nameOf(delaunay.find(x, y)),
    nearestBorder: (point) => {
      let best: { segment: BorderSegment; kilometres: number } | null = null;
      for (const segment of segments) {
        const kilometres = distanceToSegment(point, segment);
        if (!best || kilometres < best.kilometres) best = { segment, kilometres };
      }
      return best;
    },
  };
}

const FULL_SCALE_KILOMETRES = 100;

function scaleOf(seats: readonly Point[]): number {
  const span = (axis: 0 | 1) => {
    const values = seats.map((seat) => seat[axis]);
    return values.length > 0 ? Math.max(...values) - Math.min(...values) : 0;
  };
  const diagonal = Math.hypot(span(0), span(1));
  return diagonal > 0 ? Math.min(1, diagonal / FULL_SCALE_KILOMETRES) : 1;
}

function borderSegments(delaunay: Delaunay<unknown>, seats: readonly Point[], nameOf: (zone: number) => string): BorderSegment[] {
  const { halfedges, triangles } = delaunay;
  if (seats.length < 3) return [];
  const seatOf = (corner: number): Point => seats[triangles[corner] ?? 0] ?? [0, 0];
  const centre = (triangle: number) => circumcentre(seatOf(triangle * 3), seatOf(triangle * 3 + 1), seatOf(triangle * 3 + 2));
  const found: BorderSegment[] = [];
  for (let edge = 0; edge < halfedges.length; edge++) {
    const other = halfedges[edge] ?? -1;
    if (other > edge) continue;
    const start = triangles[edge] ?? 0;
    const end = triangles[edge % 3 === 2 ? edge - 2 : edge + 1] ?? 0;
    if (nameOf(start) === nameOf(end)) continue;
    const [a, b]: [Point, Point] = [seats[start] ?? [0, 0], seats[end] ?? [0, 0]];
    const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const ends: [Point, Point] = [centre(Math.floor(edge / 3)), other >= 0 ? centre(Math.floor(other / 3)) : beyond(a, b)];
    const [from, to] = [clipToSeats(ends[0], middle, a), clipToSeats(ends[1], middle, a)];
    const kilometres = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (kilometres < LEAST_KILOMETRES) continue;
    found.push({ border: borderId(nameOf(start), nameOf(end)), from, to, kilometres });
  }
  return found.sort((p, q) => byCodePoint(p.border, q.border) || p.from[0] - q.from[0] || p.from[1] - q.from[1]);
}

function circumcentre([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): Point {
  const [dx, dy, ex, ey] = [bx - ax, by - ay, cx - ax, cy - ay];
  const twice = 2 * (dx * ey - dy * ex);
  if (Math.abs(twice) < 1e-9) return [(ax + bx) / 2, (ay + by) / 2];
  const [d2, e2] = [dx * dx + dy * dy, ex * ex + ey * ey];
  return [ax + (ey * d2 - dy * e2) / twice, ay + (dx * e2 - ex * d2) / twice];
}

/**
 * End of the border between two seats on the rim: it goes on outward as far as from the middle to a seat. Triangles turn one way round
 * (Delaunator), so that outward is always the same side of a → b.
 */
function beyond([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2 - (by - ay) / 2, (ay + by) / 2 + (bx - ax) / 2];
}

/** Move a point of the perpendicular of two seats towards their middle until it is no farther from a seat than the limit. */
function clipToSeats(point: Point, middle: Point, seat: Point): Point {
  const half = Math.hypot(seat[0] - middle[0], seat[1] - middle[1]);
  const reach = Math.sqrt(Math.max(0, FARTHEST_SEAT_KILOMETRES ** 2 - half ** 2));
  const away = Math.hypot(point[0] - middle[0], point[1] - middle[1]);
  if (away <= reach) return point;
  const share = reach / away;
  return [middle[0] + (point[0] - middle[0]) * share, middle[1] + (point[1] - middle[1]) * share];
}

function distanceToSegment([x, y]: Point, { from, to }: BorderSegment): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length2 = dx * dx + dy * dy;
  const share = length2 > 0 ? Math.max(0, Math.min(1, ((x - from[0]) * dx + (y - from[1]) * dy) / length2)) : 0;
  return Math.hypot(x - from[0] - share * dx, y - from[1] - share * dy);
}
