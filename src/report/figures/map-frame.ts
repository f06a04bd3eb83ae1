import type { MultiPolygon, Position } from 'geojson';
import { cosine, KILOMETRES_PER_DEGREE } from '../../analysis/isochrones/time-grid.ts';
import { type Box, clipToBox } from '../../model/clip.ts';
import type { Zone } from '../../model/tables.ts';

/** Map units across every map; text sizes in style.ts are in the same units. */
export const MAP_WIDTH = 720;

/** Degrees to map units: plate carrée at the middle latitude, true to scale along both axes in the middle of the region. */
export interface MapFrame {
  readonly box: Box;
  readonly height: number;
  readonly unitsPerKilometre: number;
  readonly x: (longitude: number) => number;
  readonly y: (latitude: number) => number;
  /** zones whose seat lies outside the frame: told under the map */
  readonly outside: readonly Zone[];
}

const PAD = 0.03;
/** height over width that a map is padded to at least and at most */
const [FLATTEST, TALLEST] = [0.72, 1.2];
/** Remote zones with at most this share of the people may lie outside where that makes the map at least a third smaller. */
const REMOTE_SHARE = 0.005;
const SMALLER = 2 / 3;

/** A square frame of so many kilometres around a place. */
export function windowFrame(longitude: number, latitude: number, kilometres: number): MapFrame {
  const degrees = kilometres / KILOMETRES_PER_DEGREE;
  return frameAt(longitude, latitude, degrees, degrees, []);
}

/** The frame around the cells of a region. Cost O(zones + vertices). */
export function mapFrame(zones: readonly Zone[], cells: readonly MultiPolygon[]): MapFrame {
  const shown = withoutRemote(zones);
  const [west, south, east, north] = boxOf(zones.flatMap((zone, index) => (shown.has(zone) ? extent(zone, cells[index]) : [])));
  const squeeze = cosine((south + north) / 2);
  let [width, height] = [Math.max(0.05, (east - west) * squeeze) * (1 + 2 * PAD), Math.max(0.05, north - south) * (1 + 2 * PAD)];
  if (height / width < FLATTEST) height = width * FLATTEST;
  if (height / width > TALLEST) width = height / TALLEST;
  return frameAt(
    (west + east) / 2,
    (south + north) / 2,
    width,
    height,
    zones.filter((zone) => !shown.has(zone)),
  );
}

/** @param width  degrees of latitude that are as wide as the frame */
function frameAt(longitude: number, latitude: number, width: number, height: number, outside: readonly Zone[]): MapFrame {
  const squeeze = cosine(latitude);
  const scale = MAP_WIDTH / width;
  const left = longitude - width / squeeze / 2;
  const top = latitude + height / 2;
  return {
    box: [left, top - height, left + width / squeeze, top],
    height: Math.round(height * scale),
    unitsPerKilometre: scale / KILOMETRES_PER_DEGREE,
    x: (own) => (own - left) * squeeze * scale,
    y: (own) => (top - own) * scale,
    outside,
  };
}

function extent(zone: Zone, cell: MultiPolygon | undefined): Position[] {
  return [[zone.longitude, zone.latitude], ...(cell?.coordinates.flat(2) ?? [])];
}

function boxOf(points: readonly Position[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [longitude = 0, latitude = 0] of points) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  return points.length > 0 ? [west, south, east, north] : [0, 0, 1, 1];
}

/** Zones without the farthest few that hold next to nobody and would make the map much smaller. */
function withoutRemote(zones: readonly Zone[]): Set<Zone> {
  const everyone = zones.reduce((sum, zone) => sum + zone.population, 0);
  const size = (some: readonly Zone[]) => {
    const [west, south, east, north] = boxOf(some.map((zone) => [zone.longitude, zone.latitude]));
    return (east - west) * (north - south);
  };
  const middle = (axis: 'longitude' | 'latitude') =>
    zones.map((zone) => zone[axis]).sort((a, b) => a - b)[Math.floor(zones.length / 2)] ?? 0;
  const [longitude, latitude] = [middle('longitude'), middle('latitude')];
  const far = (zone: Zone) => Math.hypot((zone.longitude - longitude) * cosine(latitude), zone.latitude - latitude);
  const sorted = zones.slice().sort((a, b) => far(b) - far(a) || (a.id < b.id ? -1 : 1));
  let people = 0;
  let best = new Set(zones);
  for (let left = 1; left < sorted.length; left++) {
    people += sorted[left - 1]?.population ?? 0;
    if (people > everyone * REMOTE_SHARE) break;
    if (size(sorted.slice(left)) < size(zones) * SMALLER) best = new Set(sorted.slice(left));
  }
  return best;
}

/** One decimal is a tenth of a pixel on paper. */
export function unit(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** SVG path of polygons, clipped to the frame; points nearer than half a unit to the last are left out. */
export function polygonPath(frame: MapFrame, shape: MultiPolygon, clip = true): string {
  const { coordinates } = clip ? clipToBox(shape, frame.box) : shape;
  return coordinates
    .flat()
    .map((ring) => ringPath(frame, ring))
    .join('');
}

function ringPath(frame: MapFrame, ring: readonly Position[]): string {
  const kept: string[] = [];
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (const [longitude = 0, latitude = 0] of ring.slice(0, -1)) {
    const [x, y] = [frame.x(longitude), frame.y(latitude)];
    if (Math.hypot(x - lastX, y - lastY) < 0.5) continue;
    [lastX, lastY] = [x, y];
    kept.push(`${unit(x)} ${unit(y)}`);
  }
  return kept.length > 2 ? `M${kept.join('L')}Z` : '';
}

/** SVG path of one straight segment. */
export function segmentPath(frame: MapFrame, a: Position, b: Position): string {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  return `M${unit(frame.x(ax))} ${unit(frame.y(ay))}L${unit(frame.x(bx))} ${unit(frame.y(by))}`;
}

/** SVG path of a line; points between its ends that are nearer than half a unit to the last are left out. */
export function linePath(frame: Pick<MapFrame, 'x' | 'y'>, line: readonly (readonly [number, number])[]): string {
  const kept: string[] = [];
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  line.forEach(([longitude, latitude], index) => {
    const [x, y] = [frame.x(longitude), frame.y(latitude)];
    if (index < line.length - 1 && Math.hypot(x - lastX, y - lastY) < 0.5) return;
    [lastX, lastY] = [x, y];
    kept.push(`${unit(x)} ${unit(y)}`);
  });
  return `M${kept.join('L')}`;
}

/** Whether a place lies inside the frame. */
export function isInFrame(frame: MapFrame, longitude: number, latitude: number): boolean {
  const [west, south, east, north] = frame.box;
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}
