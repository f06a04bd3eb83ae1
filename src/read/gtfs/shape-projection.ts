import { greatCircleKilometres } from '../../model/place.ts';
import type { ShapeLine } from './read-shapes.ts';

type Position = readonly [number, number];

/** A shape that passes a stop farther off than this belongs to another trip. */
const MOST_OFF_KILOMETRES = 1;
/** Passes of a line by a stop that are as good as the nearest one: a line may come by twice. */
const ALSO_NEAR_KILOMETRES = 0.05;
const MOST_CANDIDATES = 12;
const KILOMETRES_PER_DEGREE = 111.195;

interface Candidate {
  /** kilometres from the start of the shape */
  readonly along: number;
  readonly off: number;
}

/** Kilometres along a shape up to each of its points (great circle). */
export function shapeKilometres({ longitude, latitude }: ShapeLine): Float64Array {
  const along = new Float64Array(longitude.length);
  for (let point = 1; point < along.length; point++) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [longitude[point - 1], latitude[point - 1], longitude[point], latitude[point]];
    along[point] = (along[point - 1] ?? 0) + greatCircleKilometres(x0, y0, x1, y1);
  }
  return along;
}

/**
 * Kilometres from the start of a shape to each stop: the assignment to points of the line that never goes back and has the least sum of
 * squared distances between stops and line. Null where the shape passes a stop too far off, or no order fits.
 *
 * Cost O(stops · points). Source: dynamic programming over the near passes of each stop.
 */
export function projectStops(stops: readonly Position[], shape: ShapeLine, along: Float64Array): Float64Array | null {
  const layers = stops.map((stop) => nearPasses(stop, shape, along));
  if (layers.some((layer) => layer.length === 0)) return null;
  const cost: number[][] = [];
  const previous: number[][] = [];
  layers.forEach((layer, index) => {
    const before = layers[index - 1];
    const steps = layer.map(({ along: here, off }) => {
      if (!before) return { total: off ** 2, from: -1 };
      let best = { total: Number.POSITIVE_INFINITY, from: -1 };
      before.forEach((candidate, position) => {
        const total = (cost[index - 1]?.[position] ?? Number.POSITIVE_INFINITY) + off ** 2;
        if (candidate.along <= here && total < best.total) best = { total, from: position };
      });
      return best;
    });
    cost.push(steps.map(({ total }) => total));
    previous.push(steps.map(({ from }) => from));
  });
  const last = cost.at(-1) ?? [];
  const least = Math.min(...last);
  if (!Number.isFinite(least)) return null;
  const result = new Float64Array(stops.length);
  for (let index = stops.length - 1, at = last.indexOf(least); index >= 0; index--) {
    result[index] = layers[index]?.[at]?.along ?? 0;
    at = previous[index]?.[at] ?? 0;
  }
  return result;
}

/** Places where a line comes nearest to a stop, in the order of the line. */
function nearPasses([longitude, latitude]: Position, shape: ShapeLine, along: Float64Array): Candidate[] {
  const passes: Candidate[] = [];
  const x = KILOMETRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  const y = KILOMETRES_PER_DEGREE;
  let before = Number.POSITIVE_INFINITY;
  let falling = true;
  let current: Candidate | null = null;
  for (let point = 1; point < along.length; point++) {
    const fromX = ((shape.longitude[point - 1] ?? 0) - longitude) * x;
    const fromY = ((shape.latitude[point - 1] ?? 0) - latitude) * y;
    const stepX = ((shape.longitude[point] ?? 0) - longitude) * x - fromX;
    const stepY = ((shape.latitude[point] ?? 0) - latitude) * y - fromY;
    const square = stepX ** 2 + stepY ** 2;
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, -(fromX * stepX + fromY * stepY) / square));
    const off = Math.hypot(fromX + share * stepX, fromY + share * stepY);
    if (off > before && falling && current) passes.push(current);
    falling = off <= before;
    before = off;
    const start = along[point - 1] ?? 0;
    current = { along: start + share * ((along[point] ?? start) - start), off };
  }
  if (falling && current) passes.push(current);
  const nearest = passes.reduce((least, { off }) => Math.min(least, off), Number.POSITIVE_INFINITY);
  if (nearest > MOST_OFF_KILOMETRES) return [];
  const good = passes.filter(({ off }) => off <= nearest + ALSO_NEAR_KILOMETRES);
  if (good.length <= MOST_CANDIDATES) return good;
  const limit = good.map(({ off }) => off).sort((a, b) => a - b)[MOST_CANDIDATES - 1] ?? 0;
  return good.filter(({ off }) => off <= limit).slice(0, MOST_CANDIDATES);
}

/**
 * Kilometres from the start of a shape to each stop by shape_dist_traveled of both tables, whatever its unit. Null where a value is
 * missing, goes back, leaves the shape, or lies too far from its stop.
 */
export function placeByDistance(
  stops: readonly Position[],
  travelled: readonly number[],
  shape: ShapeLine,
  along: Float64Array,
): Float64Array | null {
  const { distance } = shape;
  if (!rises(travelled) || !rises(distance)) return null;
  const result = new Float64Array(stops.length);
  let point = 1;
  for (let index = 0; index < stops.length; index++) {
    const wanted = travelled[index] ?? 0;
    while (point < distance.length - 1 && (distance[point] ?? 0) < wanted) point += 1;
    const [from = 0, to = 0] = [distance[point - 1], distance[point]];
    const share = to > from ? Math.min(1, Math.max(0, (wanted - from) / (to - from))) : 0;
    const between = (values: Float64Array) => (values[point - 1] ?? 0) + share * ((values[point] ?? 0) - (values[point - 1] ?? 0));
    const [longitude, latitude] = stops[index] ?? [0, 0];
    const off = greatCircleKilometres(between(shape.longitude), between(shape.latitude), longitude, latitude);
    if (off > MOST_OFF_KILOMETRES) return null;
    result[index] = between(along);
  }
  return result;
}

function rises(values: ArrayLike<number>): boolean {
  for (let index = 0; index < values.length; index++) {
    if (Number.isNaN(values[index] ?? Number.NaN) || (index > 0 && (values[index] ?? 0) < (values[index - 1] ?? 0))) return false;
  }
  return true;
}
