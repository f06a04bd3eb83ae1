import type { MultiPolygon, Position } from 'geojson';

/**
 * Faults of a multipolygon by the rules of OGC simple features and RFC 7946, worked out by plain geometry that shares nothing with what makes
 * polygons: closed rings of four points or more, outside counter-clockwise and holes clockwise, no two edges that cross or touch except
 * neighbours, holes inside their shell.
 */
export function polygonFaults(shape: MultiPolygon): string[] {
  const faults: string[] = [];
  shape.coordinates.forEach((rings, polygon) => {
    rings.forEach((ring, index) => {
      const name = `polygon ${polygon} ring ${index}`;
      if (ring.length < 4) faults.push(`${name} has ${ring.length} points`);
      if (String(ring[0]) !== String(ring.at(-1))) faults.push(`${name} is open`);
      if (signedArea(ring) > 0 !== (index === 0)) faults.push(`${name} turns the wrong way`);
      const corner = ring[0];
      if (index > 0 && corner && !isInside(rings[0] ?? [], corner)) faults.push(`${name} lies outside its shell`);
    });
  });
  return [...faults, ...crossings(shape.coordinates.flat())];
}

function signedArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let point = 1; point < ring.length; point++) {
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = [ring[point - 1], ring[point]];
    sum += x1 * y2 - x2 * y1;
  }
  return sum / 2;
}

function isInside(ring: readonly Position[], [x = 0, y = 0]: Position): boolean {
  let inside = false;
  for (let point = 1; point < ring.length; point++) {
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = [ring[point - 1], ring[point]];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

/** Whether a point lies in a multipolygon, by even-odd crossings. */
export function isInShape(shape: MultiPolygon, point: Position): boolean {
  return shape.coordinates.some((rings) => isInside(rings[0] ?? [], point) && !rings.slice(1).some((hole) => isInside(hole, point)));
}

interface Edge {
  readonly a: Position;
  readonly b: Position;
  readonly ring: number;
  readonly index: number;
  readonly count: number;
}

/** Edges sorted from west to east; each is tested against those that begin before it ends. */
function crossings(rings: readonly (readonly Position[])[]): string[] {
  const edges: Edge[] = rings.flatMap((points, ring) =>
    points.slice(1).map((b, index) => ({ a: points[index] ?? b, b, ring, index, count: points.length - 1 })),
  );
  const west = ({ a, b }: Edge) => Math.min(a[0] ?? 0, b[0] ?? 0);
  const east = ({ a, b }: Edge) => Math.max(a[0] ?? 0, b[0] ?? 0);
  edges.sort((one, two) => west(one) - west(two));
  const faults: string[] = [];
  edges.forEach((edge, position) => {
    for (let next = position + 1; next < edges.length; next++) {
      const other = edges[next];
      if (!other || west(other) > east(edge)) break;
      if (!areNeighbours(edge, other) && doTouch(edge, other))
        faults.push(`ring ${edge.ring} edge ${edge.index} meets ring ${other.ring} edge ${other.index}`);
    }
  });
  return faults;
}

function areNeighbours(one: Edge, two: Edge): boolean {
  const apart = Math.abs(one.index - two.index);
  return one.ring === two.ring && (apart === 1 || apart === one.count - 1);
}

function doTouch({ a, b }: Edge, { a: c, b: d }: Edge): boolean {
  const side = ([px = 0, py = 0]: Position, [qx = 0, qy = 0]: Position, [rx = 0, ry = 0]: Position) =>
    Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0 && overlaps(a, b, c, d, 0) && overlaps(a, b, c, d, 1);
}

function overlaps(a: Position, b: Position, c: Position, d: Position, axis: 0 | 1): boolean {
  const [low, high] = [Math.min(a[axis] ?? 0, b[axis] ?? 0), Math.max(a[axis] ?? 0, b[axis] ?? 0)];
  return Math.max(c[axis] ?? 0, d[axis] ?? 0) >= low && Math.min(c[axis] ?? 0, d[axis] ?? 0) <= high;
}
