import type { FeedSource } from './feed-source.ts';
import { parseCount, parseDecimal } from './fields.ts';
import type { GroupedFaults } from './grouped-faults.ts';
import { field, readTable, type TableCount } from './table-reader.ts';

/** A line on the map that trips follow. */
export interface ShapeLine {
  readonly longitude: Float64Array;
  readonly latitude: Float64Array;
  /** shape_dist_traveled in the feed's own unit, NaN where not given */
  readonly distance: Float64Array;
}

const SHAPES = {
  file: 'shapes.txt',
  required: ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence'],
  optional: ['shape_dist_traveled'],
} as const;

interface Points {
  readonly sequence: number[];
  readonly longitude: number[];
  readonly latitude: number[];
  readonly distance: number[];
}

/** The shapes asked for, points in order of their sequence; every row is checked. Cost O(rows). */
export async function readShapes(
  source: FeedSource,
  wanted: ReadonlySet<string>,
  faults: GroupedFaults,
): Promise<{ shapes: Map<string, ShapeLine>; count: TableCount | null }> {
  const pointsOf = new Map<string, Points>();
  const count = await readTable(source, SHAPES, faults, (columns) => (record, line) => {
    const text = (column: number) => field(record, column);
    const [longitude, latitude] = [parseDecimal(text(columns.shape_pt_lon)), parseDecimal(text(columns.shape_pt_lat))];
    const sequence = parseCount(text(columns.shape_pt_sequence));
    if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
      const found = `${text(columns.shape_pt_lon)}, ${text(columns.shape_pt_lat)}`;
      faults.error('coordinates', SHAPES.file, line, 'shape_pt_lon, shape_pt_lat', found, 'degrees WGS84');
      return false;
    }
    if (sequence < 0) {
      faults.error('bad-value', SHAPES.file, line, 'shape_pt_sequence', text(columns.shape_pt_sequence), 'a whole number of at least 0');
      return false;
    }
    const id = text(columns.shape_id);
    if (!wanted.has(id)) return true;
    const points = pointsOf.get(id) ?? { sequence: [], longitude: [], latitude: [], distance: [] };
    pointsOf.set(id, points);
    points.sequence.push(sequence);
    points.longitude.push(longitude);
    points.latitude.push(latitude);
    points.distance.push(parseDecimal(text(columns.shape_dist_traveled)));
    return true;
  });
  const shapes = new Map<string, ShapeLine>();
  for (const [id, points] of pointsOf) if (points.sequence.length > 1) shapes.set(id, ordered(points));
  return { shapes, count };
}

function ordered({ sequence, longitude, latitude, distance }: Points): ShapeLine {
  const order = sequence.map((_value, index) => index).sort((a, b) => (sequence[a] ?? 0) - (sequence[b] ?? 0) || a - b);
  const take = (values: readonly number[]) => Float64Array.from(order, (index) => values[index] ?? Number.NaN);
  return { longitude: take(longitude), latitude: take(latitude), distance: take(distance) };
}
