import type { MultiPolygon, Position } from 'geojson';

export type Box = readonly [west: number, south: number, east: number, north: number];

/**
 * Part of a ring inside a convex, counter-clockwise one; both without the closing point. Where the ring leaves and comes back, edges run
 * along the convex one.
 *
 * Cost O(points · corners). Source: Sutherland and Hodgman (1974) doi:10.1145/360767.360802.
 */
export function clipToConvex(ring: readonly Position[], convex: readonly Position[]): Position[] {
  let left: Position[] = [...ring];
  convex.forEach(([ax = 0, ay = 0], corner) => {
    const [bx = 0, by = 0] = convex[(corner + 1) % convex.length] ?? [];
    const side = ([x = 0, y = 0]: Position) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const next: Position[] = [];
    left.forEach((point, index) => {
      const before = left[(index + left.length - 1) % left.length] ?? point;
      const [here, there] = [side(point), side(before)];
      if (here >= 0 !== there >= 0) {
        const part = there / (there - here);
        const along = (axis: 0 | 1) => (before[axis] ?? 0) + part * ((point[axis] ?? 0) - (before[axis] ?? 0));
        next.push([along(0), along(1)]);
      }
      if (here >= 0) next.push(point);
    });
    left = next;
  });
  return left;
}

/** Polygons clipped to a box; rings that the box cuts run along its edge. Cost O(points). */
export function clipToBox(shape: MultiPolygon, [west, south, east, north]: Box): MultiPolygon {
  const box: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  const touches = (ring: readonly Position[]) => {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x = 0, y = 0] of ring) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
    return left <= east && right >= west && low <= north && high >= south;
  };
  const coordinates = shape.coordinates.flatMap((polygon) => {
    if (!touches(polygon[0] ?? [])) return [];
    const rings = polygon.flatMap((ring) => {
      const inside = touches(ring) ? clipToConvex(ring.slice(0, -1), box) : [];
      return inside.length >= 3 ? [[...inside, inside[0] ?? []]] : [];
    });
    return rings.length > 0 ? [rings] : [];
  });
  return { type: 'MultiPolygon', coordinates };
}
