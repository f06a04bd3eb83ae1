import type { MultiPolygon, Polygon } from 'geojson';
import { CellSums, type GridOptions, type SummedCell } from './grid.ts';
import { brokenRaster, type Raster } from './raster.ts';

/** What a raster held, and what of it lay in no zone. Cells of nobody and cells without a figure are in neither. */
export interface RasterCount {
  readonly people: number;
  readonly cells: number;
  readonly outsidePeople: number;
  readonly outsideCells: number;
  /** cells without a figure */
  readonly missingCells: number;
  /** cells whose middle lies in more than one zone; the first zone has them */
  readonly sharedCells: number;
}

/** Adds one cell's people where they belong; false where no zone holds the cell's middle. */
type TakeCell = (value: number, column: number, longitude: number) => boolean;

/**
 * Run through all cells, row by row. A cell's people are where its middle is, all of them: sums are kept.
 *
 * @param startRow  called for each row with its number and latitude; gives what takes its cells
 * @throws DataError where a figure is negative or endless
 */
async function countCells(
  raster: Raster,
  startRow: (row: number, latitude: number) => TakeCell,
): Promise<Omit<RasterCount, 'sharedCells'>> {
  const { west, north, stepLongitude, stepLatitude } = raster;
  const count = { people: 0, cells: 0, outsidePeople: 0, outsideCells: 0, missingCells: 0 };
  let row = 0;
  for await (const values of raster.rows()) {
    const latitude = north - (row + 0.5) * stepLatitude;
    const take = startRow(row, latitude);
    for (let column = 0; column < values.length; column++) {
      const value = values[column] ?? 0;
      if (value === 0) continue;
      if (Number.isNaN(value)) {
        count.missingCells += 1;
        continue;
      }
      const longitude = west + (column + 0.5) * stepLongitude;
      if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw badFigure(raster, value, longitude, latitude);
      count.people += value;
      count.cells += 1;
      if (take(value, column, longitude)) continue;
      count.outsidePeople += value;
      count.outsideCells += 1;
    }
    row += 1;
  }
  return count;
}

function badFigure({ file }: Raster, value: number, longitude: number, latitude: number): Error {
  const expected = 'people: 0 or more; cells without a figure marked as no data (gdal_translate -a_nodata)';
  return brokenRaster(file, `${value} at ${longitude.toFixed(5)}, ${latitude.toFixed(5)}`, expected);
}

/** People of a raster by the grid cell that holds the middle of each of its cells. Cost O(cells of the raster). */
export async function sumIntoGrid(
  raster: Raster,
  options: GridOptions,
  column: string,
): Promise<{ cells: SummedCell[]; count: RasterCount }> {
  const sums = new CellSums(options, [column]);
  const count = await countCells(raster, (_row, latitude) => (value, _column, longitude) => sums.add(longitude, latitude, [value]));
  return { cells: sums.cells(), count: { ...count, sharedCells: 0 } };
}

/**
 * People of a raster by the polygon that holds the middle of each of its cells, by even-odd crossings along the row. A middle on an edge
 * belongs to the polygon east or north of it, so that neighbours share none. Cost O(cells + edges × rows they cross).
 */
export async function sumIntoPolygons(
  raster: Raster,
  polygons: readonly (Polygon | MultiPolygon)[],
): Promise<{ sums: Float64Array; count: RasterCount }> {
  const sums = new Float64Array(polygons.length);
  const crossings = crossingsByRow(raster, polygons);
  const owner = new Int32Array(raster.width);
  let sharedCells = 0;
  const count = await countCells(raster, (row) => {
    const shared = fillOwners(raster, crossings[row] ?? [], owner);
    return (value, column) => {
      const polygon = owner[column] ?? -1;
      if (polygon < 0) return false;
      sums[polygon] = (sums[polygon] ?? 0) + value;
      if (shared.has(column)) sharedCells += 1;
      return true;
    };
  });
  return { sums, count: { ...count, sharedCells } };
}

interface Crossing {
  readonly polygon: number;
  readonly longitude: number;
}

/** Where edges cross the middle of each row of the raster. */
function crossingsByRow({ north, stepLatitude, height }: Raster, polygons: readonly (Polygon | MultiPolygon)[]): Crossing[][] {
  const rows: Crossing[][] = Array.from({ length: height }, () => []);
  polygons.forEach((shape, polygon) => {
    const rings = shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat();
    for (const ring of rings) {
      for (let point = 1; point < ring.length; point++) {
        const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = [ring[point - 1], ring[point]];
        const first = Math.max(0, Math.floor((north - Math.max(y1, y2)) / stepLatitude - 0.5));
        const last = Math.min(height - 1, Math.ceil((north - Math.min(y1, y2)) / stepLatitude - 0.5));
        for (let row = first; row <= last; row++) {
          const latitude = north - (row + 0.5) * stepLatitude;
          if (y1 > latitude === y2 > latitude) continue;
          rows[row]?.push({ polygon, longitude: x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1) });
        }
      }
    }
  });
  for (const row of rows) row.sort((a, b) => a.polygon - b.polygon || a.longitude - b.longitude);
  return rows;
}

/**
 * The polygon of each cell of a row, −1 for none.
 *
 * @returns columns that more than one polygon claims
 */
function fillOwners({ west, stepLongitude, width }: Raster, crossings: readonly Crossing[], owner: Int32Array): Set<number> {
  const shared = new Set<number>();
  owner.fill(-1);
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [from, to] = [crossings[at], crossings[at + 1]];
    if (!from || !to) continue;
    const first = Math.max(0, Math.ceil((from.longitude - west) / stepLongitude - 0.5));
    const end = Math.min(width, Math.ceil((to.longitude - west) / stepLongitude - 0.5));
    for (let column = first; column < end; column++) {
      if ((owner[column] ?? -1) < 0) owner[column] = from.polygon;
      else if (owner[column] !== from.polygon) shared.add(column);
    }
  }
  return shared;
}
