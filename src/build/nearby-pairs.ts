import { Delaunay } from 'd3-delaunay';
import KDBush from 'kdbush';
import { EARTH_RADIUS_KILOMETRES, greatCircleKilometres } from '../model/place.ts';
import { byCodePoint } from '../model/units.ts';

/** A point on the map that a pair may start or end at. */
interface MapPoint {
  readonly id: string;
  readonly longitude: number;
  readonly latitude: number;
}

interface NearbyPair<Point extends MapPoint> {
  readonly from: Point;
  readonly to: Point;
  /** great circle */
  readonly kilometres: number;
}

interface NearbyRules {
  readonly minimumKilometres: number;
  readonly maximumKilometres: number;
  /** nearest points a sector of 45°, so that a dense side does not hide a sparse one */
  readonly perSector: number;
}

const SECTORS = 8;
const RADIANS = Math.PI / 180;

/** Kilometres east and north of the middle of the points: good to about 1% over a region of 500 km. */
export function projectKilometres(points: readonly MapPoint[]): (longitude: number, latitude: number) => [number, number] {
  const middle = (values: number[]) => (values.length > 0 ? (Math.min(...values) + Math.max(...values)) / 2 : 0);
  const longitude0 = middle(points.map((point) => point.longitude));
  const latitude0 = middle(points.map((point) => point.latitude));
  const scale = EARTH_RADIUS_KILOMETRES * RADIANS;
  const shrink = Math.cos(latitude0 * RADIANS);
  return (longitude, latitude) => [(longitude - longitude0) * scale * shrink, (latitude - latitude0) * scale];
}

/**
 * Pairs without those that a third point makes needless: from → via → to is at most `detour` times as long as the straight way, so two
 * shorter links serve more and cost little more.
 *
 * @returns  in the order given
 * Cost O(pairs · points near the pair).
 */
export function withoutThroughPairs<Point extends MapPoint>(
  pairs: readonly NearbyPair<Point>[],
  points: readonly Point[],
  detour: number,
): NearbyPair<Point>[] {
  if (detour <= 1 || points.length === 0) return pairs.slice();
  const project = projectKilometres(points);
  const places = points.map((point) => project(point.longitude, point.latitude));
  const index = new KDBush(places.length);
  for (const [x, y] of places) index.add(x, y);
  index.finish();
  return pairs.filter(({ from, to }) => {
    const [x, y] = project(from.longitude, from.latitude);
    const [toX, toY] = project(to.longitude, to.latitude);
    const straight = Math.hypot(toX - x, toY - y);
    const reach = (straight * detour) / 2;
    return !index.within((x + toX) / 2, (y + toY) / 2, reach).some((other) => {
      const [viaX, viaY] = places[other] ?? [0, 0];
      const [first, second] = [Math.hypot(viaX - x, viaY - y), Math.hypot(toX - viaX, toY - viaY)];
      return Math.min(first, second) > straight * LEAST_SHARE && first + second <= straight * detour;
    });
  });
}

/** A third point nearer to an end than this share of the span is the end itself, as far as links go. */
const LEAST_SHARE = 0.15;

/**
 * Pairs of points that are neighbours on the map: Delaunay neighbours of any span within the limits, and the nearest few of every sector.
 *
 * @returns  each pair once, from.id < to.id, sorted by ids
 * Cost O(points log points + points · points within the maximum span).
 * Source: Jaromczyk and Toussaint (1992) doi:10.1109/5.163414 for proximity graphs; Yao (1982) doi:10.1137/0211059 for sectors.
 */
export function nearbyPairs<Point extends MapPoint>(points: readonly Point[], rules: NearbyRules): NearbyPair<Point>[] {
  const sorted = points.slice().sort((a, b) => byCodePoint(a.id, b.id));
  const project = projectKilometres(sorted);
  const places = sorted.map((point) => project(point.longitude, point.latitude));
  const keys = new Set<number>();
  const offer = (a: number, b: number) => {
    if (a !== b) keys.add(Math.min(a, b) * sorted.length + Math.max(a, b));
  };
  if (sorted.length > 2) {
    const delaunay = Delaunay.from(places);
    for (let point = 0; point < sorted.length; point++) for (const other of delaunay.neighbors(point)) offer(point, other);
  }
  for (const [from, to] of sectorNeighbours(places, rules)) offer(from, to);
  const pairs: NearbyPair<Point>[] = [];
  for (const key of [...keys].sort((a, b) => a - b)) {
    const from = sorted[Math.floor(key / sorted.length)];
    const to = sorted[key % sorted.length];
    if (!from || !to) continue;
    const kilometres = greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude);
    if (kilometres >= rules.minimumKilometres && kilometres <= rules.maximumKilometres) pairs.push({ from, to, kilometres });
  }
  return pairs;
}

function* sectorNeighbours(places: readonly (readonly [number, number])[], rules: NearbyRules): Generator<[number, number]> {
  if (places.length === 0) return;
  const index = new KDBush(places.length);
  for (const [x, y] of places) index.add(x, y);
  index.finish();
  for (let point = 0; point < places.length; point++) {
    const [x, y] = places[point] ?? [0, 0];
    const sectors = Array.from({ length: SECTORS }, (): { other: number; distance: number }[] => []);
    for (const other of index.within(x, y, rules.maximumKilometres)) {
      const [otherX, otherY] = places[other] ?? [0, 0];
      const distance = Math.hypot(otherX - x, otherY - y);
      if (other === point || distance < rules.minimumKilometres) continue;
      const turn = (Math.atan2(otherY - y, otherX - x) + Math.PI) / (2 * Math.PI);
      sectors[Math.min(SECTORS - 1, Math.floor(turn * SECTORS))]?.push({ other, distance });
    }
    for (const sector of sectors) {
      sector.sort((a, b) => a.distance - b.distance || a.other - b.other);
      for (const { other } of sector.slice(0, rules.perSector)) yield [point, other];
    }
  }
}
