import type { RoadLink } from '../model/tables.ts';
import type { Workbench } from './workbench.ts';

export type Position = readonly [number, number];

/** Metres of a degree of latitude on the mean sphere. */
const METRES_PER_DEGREE = 111_195.08;

/** The line of a link as drawn, or straight between its ends. */
export function lineOf(bench: Workbench, link: RoadLink): readonly Position[] {
  if (link.geometry) return link.geometry;
  return [link.from, link.to].map((id): Position => {
    const place = bench.junctions.get(id);
    return [place?.longitude ?? 0, place?.latitude ?? 0];
  });
}

/** Metres east and north from one place to another, on the parallel of the first: good for the short ways of a repair. */
function offset(from: Position, to: Position): [number, number] {
  const turn = ((((to[0] - from[0] + 180) % 360) + 360) % 360) - 180;
  return [turn * METRES_PER_DEGREE * Math.cos((from[1] * Math.PI) / 180), (to[1] - from[1]) * METRES_PER_DEGREE];
}

export function metresBetween(a: Position, b: Position): number {
  return Math.hypot(...offset(a, b));
}

export interface Foot {
  /** number of the segment, from position segment to segment + 1 */
  readonly segment: number;
  readonly metres: number;
  /** length of the line up to the foot over its whole length */
  readonly share: number;
}

/** The point of a line nearest to a place. Cost O(positions). */
export function nearestOnLine(line: readonly Position[], place: Position): Foot {
  let best: Foot = { segment: 0, metres: Number.POSITIVE_INFINITY, share: 0 };
  let before = 0;
  const along: { segment: number; metres: number; upTo: number }[] = [];
  for (let segment = 0; segment + 1 < line.length; segment++) {
    const [ax, ay] = offset(place, line[segment] ?? place);
    const [bx, by] = offset(place, line[segment + 1] ?? place);
    const squared = (bx - ax) ** 2 + (by - ay) ** 2;
    const part = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / squared));
    const length = Math.sqrt(squared);
    along.push({ segment, metres: Math.hypot(ax + part * (bx - ax), ay + part * (by - ay)), upTo: before + part * length });
    before += length;
  }
  for (const { segment, metres, upTo } of along) {
    if (metres < best.metres) best = { segment, metres, share: before > 0 ? upTo / before : 0 };
  }
  return best;
}
