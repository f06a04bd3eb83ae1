import type { MultiPolygon } from 'geojson';
import { clipToBox } from '../model/clip.ts';
import type { Region } from '../model/tables.ts';
import { readWorldLand } from '../read/world-land.ts';

/** How far beyond the outermost seat land is known, degrees: more than any map frame or isochrone of the region reaches. */
const MARGIN_DEGREES = 2;

let world: MultiPolygon | null = null;

/**
 * The land around a region, degrees WGS84, clipped to the box of its zones and a margin.
 *
 * Rings that the box cuts run along its edge. Cost O(vertices of the world's coast), read once a process.
 */
export function regionLand(region: Region): MultiPolygon {
  world ??= readWorldLand();
  const longitudes = region.zones.map((zone) => zone.longitude);
  const latitudes = region.zones.map((zone) => zone.latitude);
  const [west, east] = [Math.min(...longitudes) - MARGIN_DEGREES, Math.max(...longitudes) + MARGIN_DEGREES];
  const [south, north] = [Math.min(...latitudes) - MARGIN_DEGREES, Math.max(...latitudes) + MARGIN_DEGREES];
  return clipToBox(world, [west, south, east, north]);
}
