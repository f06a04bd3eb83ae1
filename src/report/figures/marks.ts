import { escapeHtml } from './html.ts';
import { MAP_WIDTH, type MapFrame, unit } from './map-frame.ts';
import type { Taken } from './map-labels.ts';

/** A numbered mark and the place it stands for, map units. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** road or rail */
  readonly className: string;
  /** read by whoever points at it */
  readonly title: string;
}

/** Marks keep this far apart, map units: a little more than their width on a phone. */
const APART = 29;
const ROUNDS = 200;

/** Marks as SVG and the boxes they take. Marks that would cover each other are moved apart, with a line to where they belong. */
export function placeMarks(marks: readonly Mark[], frame: MapFrame): { svg: string; taken: Taken[] } {
  const places = spread(marks, frame);
  const drawn = marks.map((mark, index) => {
    const [x, y] = places[index] ?? [mark.x, mark.y];
    const leader =
      Math.hypot(x - mark.x, y - mark.y) > 4 ? `<path class="leader" d="M${unit(mark.x)} ${unit(mark.y)}L${unit(x)} ${unit(y)}"/>` : '';
    return `<g class="mark ${mark.className}"><title>${escapeHtml(mark.title)}</title>${leader}<circle cx="${unit(x)}" cy="${unit(y)}" r="10"/><text x="${unit(x)}" y="${unit(y)}" dy="0.36em" text-anchor="middle">${escapeHtml(mark.text)}</text></g>`;
  });
  const taken = places.map(([x, y]) => ({ left: x - 12, right: x + 12, top: y - 12, bottom: y + 12 }));
  return { svg: drawn.reverse().join(''), taken };
}

/** Push pairs that are too near apart along the line between them, again and again; the order of marks decides ties. */
function spread(marks: readonly Mark[], frame: MapFrame): [number, number][] {
  const places = marks.map(({ x, y }): [number, number] => [x, y]);
  for (let round = 0; round < ROUNDS; round++) {
    let isMoved = false;
    places.forEach((a, index) => {
      places.slice(index + 1).forEach((b, after) => {
        isMoved = pushApart(a, b, index + after) || isMoved;
      });
    });
    for (const place of places) {
      place[0] = Math.min(MAP_WIDTH - 14, Math.max(14, place[0]));
      place[1] = Math.min(frame.height - 14, Math.max(14, place[1]));
    }
    if (!isMoved) break;
  }
  return places;
}

function pushApart(a: [number, number], b: [number, number], seed: number): boolean {
  let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  let distance = Math.hypot(dx, dy);
  if (distance >= APART - 0.01) return false;
  if (distance < 0.5) {
    // two marks at one place part at an angle of their own
    [dx, dy, distance] = [Math.cos(seed * 2.4), Math.sin(seed * 2.4), 1];
  }
  const push = (APART - Math.hypot(b[0] - a[0], b[1] - a[1])) / 2;
  a[0] -= (dx / distance) * push;
  a[1] -= (dy / distance) * push;
  b[0] += (dx / distance) * push;
  b[1] += (dy / distance) * push;
  return true;
}
