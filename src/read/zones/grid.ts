import type { Polygon } from 'geojson';
import type { PlacedRow } from './zone-file.ts';

type GridShape = 'square' | 'hexagon';

export interface GridOptions {
  readonly shape: GridShape;
  /** side of a square, or width of a hexagon from flat side to flat side, kilometres */
  readonly cellKilometres: number;
  /** west, south, east, north, degrees */
  readonly box: readonly [number, number, number, number];
}

export interface GridCell {
  readonly id: string;
  readonly column: number;
  readonly row: number;
  readonly centre: readonly [number, number];
  readonly polygon: Polygon;
}

/** Kilometres of a degree of latitude on the mean sphere of 6,371.0088 km. */
const KILOMETRES_PER_DEGREE = 111.19508;

/** Degrees to kilometres east and north of the south-west corner, on the parallel in the middle of the box, and back. */
function plane({ box: [west, south, east, north] }: GridOptions) {
  const stretch = Math.cos((((south + north) / 2) * Math.PI) / 180);
  return {
    width: (east - west) * KILOMETRES_PER_DEGREE * stretch,
    height: (north - south) * KILOMETRES_PER_DEGREE,
    toPlane: (longitude: number, latitude: number): [number, number] => [
      (longitude - west) * KILOMETRES_PER_DEGREE * stretch,
      (latitude - south) * KILOMETRES_PER_DEGREE,
    ],
    toDegrees: (x: number, y: number): [number, number] => [
      west + x / (KILOMETRES_PER_DEGREE * stretch),
      south + y / KILOMETRES_PER_DEGREE,
    ],
  };
}

/** Column and row of the hexagon (pointed at the top, odd rows shifted right by half) that holds a point: the nearest centre. */
function hexagonAt(x: number, y: number, size: number): [number, number] {
  const height = (size * Math.sqrt(3)) / 2;
  const guess = Math.floor(y / height);
  let best: [number, number] = [0, 0];
  let least = Number.POSITIVE_INFINITY;
  for (const row of [guess, guess + 1]) {
    const shift = Math.abs(row) % 2 === 1 ? 0.5 : 0;
    const column = Math.round(x / size - shift);
    const distance = (x - (column + shift) * size) ** 2 + (y - row * height) ** 2;
    if (distance < least) {
      least = distance;
      best = [column, row];
    }
  }
  return best;
}

function cellCentre(shape: GridShape, column: number, row: number, size: number): [number, number] {
  if (shape === 'square') return [(column + 0.5) * size, (row + 0.5) * size];
  return [(column + (Math.abs(row) % 2 === 1 ? 0.5 : 0)) * size, (row * size * Math.sqrt(3)) / 2];
}

function outline(shape: GridShape, [x, y]: readonly [number, number], size: number): [number, number][] {
  const half = size / 2;
  const long = size / Math.sqrt(3);
  const corners: [number, number][] =
    shape === 'square'
      ? [
          [-half, -half],
          [half, -half],
          [half, half],
          [-half, half],
        ]
      : [
          [0, -long],
          [half, -long / 2],
          [half, long / 2],
          [0, long],
          [-half, long / 2],
          [-half, -long / 2],
        ];
  return [...corners, corners[0] ?? [0, 0]].map(([east, north]) => [x + east, y + north]);
}

/** Finds column and row of the cell that holds a place; null beyond the box. */
export function cellFinder(options: GridOptions): (longitude: number, latitude: number) => [number, number] | null {
  const [west, south, east, north] = options.box;
  const { cellKilometres, shape } = options;
  const { toPlane } = plane(options);
  return (longitude, latitude) => {
    if (longitude < west || longitude > east || latitude < south || latitude > north) return null;
    const [x, y] = toPlane(longitude, latitude);
    return shape === 'square' ? [Math.floor(x / cellKilometres), Math.floor(y / cellKilometres)] : hexagonAt(x, y, cellKilometres);
  };
}

export function gridCell(options: GridOptions, column: number, row: number): GridCell {
  const { toDegrees } = plane(options);
  const centre = cellCentre(options.shape, column, row, options.cellKilometres);
  const ring = outline(options.shape, centre, options.cellKilometres).map(([x, y]) => toDegrees(x, y));
  const id = `${options.shape === 'square' ? 's' : 'h'}${column}_${row}`;
  return { id, column, row, centre: toDegrees(...centre), polygon: { type: 'Polygon', coordinates: [ring] } };
}

/** Cells whose centre lies within the box: what a grid without points consists of. */
export function wholeGrid(options: GridOptions): GridCell[] {
  const { width, height } = plane(options);
  const { cellKilometres: size, shape } = options;
  const rowHeight = shape === 'square' ? size : (size * Math.sqrt(3)) / 2;
  const cells: GridCell[] = [];
  for (let row = 0; row <= Math.ceil(height / rowHeight); row++) {
    for (let column = 0; column <= Math.ceil(width / size); column++) {
      const [x, y] = cellCentre(shape, column, row, size);
      if (x <= width && y <= height) cells.push(gridCell(options, column, row));
    }
  }
  return cells;
}

export interface SummedCell {
  readonly cell: GridCell;
  /** sums by column */
  readonly sums: Readonly<Record<string, number>>;
  /** mean place of the points, each weighed by the first column; the mean of all where that is nobody */
  readonly seat: readonly [number, number];
}

interface CellSum {
  readonly column: number;
  readonly row: number;
  readonly values: number[];
  x: number;
  y: number;
  weight: number;
  n: number;
  midX: number;
  midY: number;
}

/** Figures summed into the cells that hold their places; cells without a place are not made. */
export class CellSums {
  private readonly options: GridOptions;
  private readonly columns: readonly string[];
  private readonly find: ReturnType<typeof cellFinder>;
  private readonly sums = new Map<string, CellSum>();

  /** @param columns  names of the figures, the first one being the weight by which a cell's seat is found */
  constructor(options: GridOptions, columns: readonly string[]) {
    this.options = options;
    this.columns = columns;
    this.find = cellFinder(options);
  }

  /** @returns false where the place lies beyond the box: nothing was added */
  add(longitude: number, latitude: number, values: readonly number[]): boolean {
    const at = this.find(longitude, latitude);
    if (!at) return false;
    const [column, row] = at;
    const key = `${column}_${row}`;
    let sum = this.sums.get(key);
    if (!sum) {
      sum = { column, row, values: this.columns.map(() => 0), x: 0, y: 0, weight: 0, n: 0, midX: 0, midY: 0 };
      this.sums.set(key, sum);
    }
    const [weight = 0] = values;
    for (const [index, value] of values.entries()) sum.values[index] = (sum.values[index] ?? 0) + value;
    sum.x += longitude * weight;
    sum.y += latitude * weight;
    sum.weight += weight;
    sum.midX += longitude;
    sum.midY += latitude;
    sum.n += 1;
    return true;
  }

  /** Cells in order of row and column. */
  cells(): SummedCell[] {
    return [...this.sums.values()]
      .sort((a, b) => a.row - b.row || a.column - b.column)
      .map(
        (sum): SummedCell => ({
          cell: gridCell(this.options, sum.column, sum.row),
          sums: Object.fromEntries(this.columns.map((column, index) => [column, sum.values[index] ?? 0])),
          seat: sum.weight > 0 ? [sum.x / sum.weight, sum.y / sum.weight] : [sum.midX / sum.n, sum.midY / sum.n],
        }),
      );
  }
}

/**
 * Points summed into the cells that hold them.
 *
 * @param valuesOf  the values of a row to sum, the first one being its weight; null leaves the row out
 * @returns         cells in order of row and column, and the rows beyond the box
 * Cost O(rows).
 */
export function sumIntoCells(
  rows: readonly PlacedRow[],
  options: GridOptions,
  columns: readonly string[],
  valuesOf: (row: PlacedRow) => readonly number[] | null,
): { cells: SummedCell[]; outside: PlacedRow[] } {
  const sums = new CellSums(options, columns);
  const outside: PlacedRow[] = [];
  for (const place of rows) {
    const values = valuesOf(place);
    if (values && !sums.add(place.longitude, place.latitude, values)) outside.push(place);
  }
  return { cells: sums.cells(), outside };
}
