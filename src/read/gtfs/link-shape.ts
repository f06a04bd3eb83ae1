import type { ShapeLine } from './read-shapes.ts';

export type Position = readonly [number, number];

/** A shape with the kilometres along it, and where the stops of a trip lie on it. */
export interface StopsOnShape {
  readonly id: string;
  readonly shape: ShapeLine;
  /** kilometres up to each point */
  readonly along: Float64Array;
  /** kilometres up to each stop; never falls */
  readonly placed: Float64Array;
}

/** The part of a shape between two of the stops on it, by their places in the trip. */
export interface ShapePiece extends StopsOnShape {
  readonly fromStop: number;
  readonly toStop: number;
}

/** Positions off the line by less than this are left out. */
const TOLERANCE_KILOMETRES = 0.01;
const KILOMETRES_PER_DEGREE = 111.195;

/**
 * A link drawn along a shape: its stations' places, and between them the points of the shape, without those that lie within ten metres of the
 * line through the others (Douglas and Peucker 1973, doi:10.3138/FM57-6770-U75U-7727).
 *
 * @returns null where nothing but a straight line is left
 * Cost O(points of the piece × bends).
 */
export function drawnLink(from: Position, to: Position, { shape, along, placed, fromStop, toStop }: ShapePiece): Position[] | null {
  const [start, end] = [placed[fromStop] ?? 0, placed[toStop] ?? 0];
  const points: Position[] = [from];
  for (let point = firstAfter(along, start); point < along.length && (along[point] ?? 0) < end; point++) {
    points.push([rounded(shape.longitude[point]), rounded(shape.latitude[point])]);
  }
  points.push(to);
  const kept = simplified(points);
  return kept.length > 2 ? kept : null;
}

/** Millionths of a degree: a tenth of a metre. */
function rounded(degrees = 0): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function firstAfter(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The ends, and every position that is needed for all others to lie within the tolerance. */
function simplified(points: readonly Position[]): Position[] {
  const isKept = new Uint8Array(points.length);
  isKept[0] = 1;
  isKept[points.length - 1] = 1;
  const open: [number, number][] = [[0, points.length - 1]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [first, last] = part;
    let [farthest, most] = [-1, TOLERANCE_KILOMETRES];
    for (let point = first + 1; point < last; point++) {
      const off = kilometresOff(points[point], points[first], points[last]);
      if (off > most) [farthest, most] = [point, off];
    }
    if (farthest < 0) continue;
    isKept[farthest] = 1;
    open.push([first, farthest], [farthest, last]);
  }
  return points.filter((_point, index) => isKept[index] === 1);
}

/** From a position to a straight piece, on the plane around its first end. */
function kilometresOff(
  [x = 0, y = 0]: Position | [] = [],
  [x1 = 0, y1 = 0]: Position | [] = [],
  [x2 = 0, y2 = 0]: Position | [] = [],
): number {
  const stretch = Math.cos((y1 * Math.PI) / 180);
  const [dx, dy] = [(x2 - x1) * stretch, y2 - y1];
  const [px, py] = [(x - x1) * stretch, y - y1];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
  return Math.hypot(px - share * dx, py - share * dy) * KILOMETRES_PER_DEGREE;
}
