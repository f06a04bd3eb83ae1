import type { MultiPolygon } from 'geojson';

/** Whether a point lies inside, by even-odd crossings of all rings. Cost O(vertices). */
export function isOnLand(land: MultiPolygon, longitude: number, latitude: number): boolean {
  let inside = false;
  for (const ring of land.coordinates.flat()) {
    for (let point = 1; point < ring.length; point++) {
      const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = [ring[point - 1], ring[point]];
      if (y1 > latitude !== y2 > latitude && longitude < x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    }
  }
  return inside;
}
