import type { Border, Position, Ring } from '../../model/surroundings.ts';
import type { MappedBorder, OsmData } from './collect.ts';

export interface BorderPolygon extends Border {
  readonly seats: readonly number[];
  /** west, south, east, north */
  readonly box: readonly [number, number, number, number];
}

/** Twice the area of a ring in square degrees, positive against the clock (shoelace formula). */
function signedArea(ring: Ring): number {
  let sum = 0;
  for (let at = 0; at + 1 < ring.length; at++) {
    const [x1, y1] = ring[at] ?? [0, 0];
    const [x2, y2] = ring[at + 1] ?? [0, 0];
    sum += x1 * y2 - x2 * y1;
  }
  return sum;
}

function boxOf(ring: Ring): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const [longitude, latitude] of ring) {
    box[0] = Math.min(box[0], longitude);
    box[1] = Math.min(box[1], latitude);
    box[2] = Math.max(box[2], longitude);
    box[3] = Math.max(box[3], latitude);
  }
  return box;
}

function isInBox([west, south, east, north]: readonly [number, number, number, number], [longitude, latitude]: Position): boolean {
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}

/** Whether a place lies within a ring, by the crossings of a ray (Shimrat 1962, doi:10.1145/368637.368653). */
function isInRing(ring: Ring, [longitude, latitude]: Position): boolean {
  let isInside = false;
  for (let at = 0; at + 1 < ring.length; at++) {
    const [x1, y1] = ring[at] ?? [0, 0];
    const [x2, y2] = ring[at + 1] ?? [0, 0];
    if (y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1) isInside = !isInside;
  }
  return isInside;
}

/** Whether a place lies within a border: in an outer ring and in none of its holes. */
export function isWithin(border: BorderPolygon, place: Position): boolean {
  if (!isInBox(border.box, place)) return false;
  return border.polygons.some(([outer, ...holes]) => outer && isInRing(outer, place) && !holes.some((hole) => isInRing(hole, place)));
}

/** Lines that wait to be joined, findable by either end. */
class OpenLines {
  private readonly lines: readonly Uint32Array[];
  private readonly open: Set<number>;
  private readonly atEnd = new Map<number, number[]>();

  constructor(lines: readonly Uint32Array[]) {
    this.lines = lines;
    this.open = new Set(lines.keys());
    for (const [index, line] of lines.entries()) {
      for (const end of [line[0] ?? 0, line.at(-1) ?? 0]) this.atEnd.set(end, [...(this.atEnd.get(end) ?? []), index]);
    }
  }

  /** A line not taken before that starts or ends at a node (any line for null), run from there; undefined where there is none. */
  take(node: number | null): Uint32Array | undefined {
    const candidates = node === null ? this.open : (this.atEnd.get(node) ?? []);
    for (const index of candidates) {
      if (!this.open.delete(index)) continue;
      const line = this.lines[index];
      return node === null || line?.[0] === node ? line : line?.toReversed();
    }
    return undefined;
  }
}

/** Ways joined end to end to closed rings of node numbers, or null where an end stays open. */
function joinRings(lines: readonly Uint32Array[]): number[][] | null {
  const rings: number[][] = [];
  const open = new OpenLines(lines.filter((line) => line.length > 1));
  for (let line = open.take(null); line !== undefined; line = open.take(null)) {
    const ring = [...line];
    while (ring[0] !== ring.at(-1)) {
      const next = open.take(ring.at(-1) ?? 0);
      if (!next) return null;
      ring.push(...next.subarray(1));
    }
    if (ring.length > 3) rings.push(ring);
  }
  return rings;
}

function counterClockwise(ring: Ring): Ring {
  return signedArea(ring) > 0 ? ring : ring.toReversed();
}

function clockwise(ring: Ring): Ring {
  return signedArea(ring) > 0 ? ring.toReversed() : ring;
}

/** Rings sorted into outer ones and their holes by how many others they lie in. */
function nest(rings: readonly Ring[]): Ring[][] {
  const bySize = rings.toSorted((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)));
  const boxes = bySize.map(boxOf);
  const polygons: Ring[][] = [];
  const partOf = new Map<Ring, Ring[]>();
  for (const [index, ring] of bySize.entries()) {
    const first = ring[0] ?? [0, 0];
    const around = bySize.slice(0, index).filter((other, at) => isInBox(boxes[at] ?? [0, 0, 0, 0], first) && isInRing(other, first));
    const holder = around.length % 2 === 1 ? partOf.get(around.at(-1) ?? []) : undefined;
    if (holder) holder.push(clockwise(ring));
    else {
      const part = [counterClockwise(ring)];
      polygons.push(part);
      partOf.set(ring, part);
    }
  }
  return polygons;
}

/**
 * Administrative boundaries put together to polygons. Those that an extract cuts through, or that do not close, are counted and left out.
 *
 * Cost O(positions + rings²).
 */
export function borderPolygons(data: OsmData): BorderPolygon[] {
  const { borderWays: ways, nodes, tally } = data;
  const numberOf = new Map(Array.from(ways.id, (id, way) => [id, way]));
  const linesOf = (border: MappedBorder): Uint32Array[] | null => {
    const numbers = border.ways.map((id) => numberOf.get(id));
    const lines = numbers.flatMap((way) => (way === undefined ? [] : [ways.node.subarray(ways.first[way], ways.first[way + 1])]));
    const isWhole = lines.length === border.ways.length && lines.every((line) => line.every((node) => nodes.isFound[node] === 1));
    return isWhole && lines.length > 0 ? lines : null;
  };
  return data.borders.flatMap((border): BorderPolygon[] => {
    const lines = linesOf(border);
    if (!lines) tally.add('border-dropped', border.object, `admin_level ${border.level}: part of it is not in the file`, border.id);
    if (!lines) return [];
    const rings = joinRings(lines);
    if (!rings || rings.length === 0) {
      tally.add('border-dropped', border.object, `admin_level ${border.level}: its ways do not close to rings`, border.id);
      return [];
    }
    const shapes = rings.map((ring): Ring => ring.map((node) => [nodes.longitude(node), nodes.latitude(node)]));
    const { level, name, nameLocal, population, seats } = border;
    const id = `${border.object === 'relation' ? 'r' : 'w'}${border.id}`;
    return [{ id, level, name, nameLocal, population, seats, polygons: nest(shapes), box: boxOf(shapes.flat()) }];
  });
}
