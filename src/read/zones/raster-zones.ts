import type { MultiPolygon, Polygon } from 'geojson';
import type { Problem } from '../../model/problem.ts';
import type { GridOptions } from './grid.ts';
import { type GridZones, zonesOfCells } from './grid-zones.ts';
import type { Raster } from './raster.ts';
import { type RasterCount, sumIntoGrid, sumIntoPolygons } from './raster-sums.ts';
import type { PlacedRow } from './zone-file.ts';

/** Column that holds the people of a raster; a file's own columns cannot have a line break in their name. */
export const RASTER_COLUMN = 'people of\nraster';

const KILOMETRES_PER_DEGREE = 111.19508;

/** Zones of a grid with the people of a raster: a zone a grid cell that holds the middle of any raster cell with people. */
export async function rasterGrid(raster: Raster, options: GridOptions): Promise<GridZones> {
  const { cells, count } = await sumIntoGrid(raster, options, RASTER_COLUMN);
  const problems = countProblems(raster, count, `within ${options.box.join(', ')}`);
  const high = raster.stepLatitude * KILOMETRES_PER_DEGREE;
  if (high > options.cellKilometres / 2) {
    const expected = 'raster cells of less than half the width: each counts whole where its middle is, and zones between go empty';
    const found = `${high.toFixed(2)} km high in zones of ${options.cellKilometres} km`;
    problems.push(warning(raster.file, 'coarse-raster', 'cells', found, expected));
  }
  return zonesOfCells(cells, { population: RASTER_COLUMN, jobs: null }, problems);
}

/** Polygons with the people of a raster in RASTER_COLUMN; rows without an area are left as they are. */
export async function withRasterPeople(raster: Raster, rows: readonly PlacedRow[]): Promise<{ rows: PlacedRow[]; problems: Problem[] }> {
  const placed = rows.flatMap((row) => (row.polygon ? [{ row, polygon: row.polygon as Polygon | MultiPolygon }] : []));
  const { sums, count } = await sumIntoPolygons(
    raster,
    placed.map(({ polygon }) => polygon),
  );
  const problems = countProblems(raster, count, 'within a zone');
  if (count.sharedCells > 0) {
    const expected = 'zones that do not overlap: the first has them';
    problems.push(warning(raster.file, 'overlapping-zones', `${count.sharedCells} cells`, 'in more than one zone', expected));
  }
  const empty = sums.filter((people) => people === 0).length;
  if (empty > 0) {
    const expected = 'zones that hold the middle of a raster cell with people: they count nobody';
    problems.push(warning(raster.file, 'population-missing', `${empty} of ${sums.length} zones`, 'nobody', expected));
  }
  const people = new Map(placed.map(({ row }, index) => [row, sums[index] ?? 0]));
  return { rows: rows.map((row) => ({ ...row, columns: { ...row.columns, [RASTER_COLUMN]: people.get(row) ?? null } })), problems };
}

function countProblems({ file, notes }: Raster, count: RasterCount, expected: string): Problem[] {
  const problems = notes.map((note) => warning(file, 'raster', '–', note, 'nothing to do'));
  if (count.outsideCells > 0) {
    const found = `${Number(count.outsidePeople.toFixed(3))} of ${Number(count.people.toFixed(3))} persons`;
    problems.push(warning(file, 'outside-box', `${count.outsideCells} of ${count.cells} cells with people`, found, expected));
  }
  return problems;
}

function warning(file: string, kind: string, feature: string, found: string, expected: string): Problem {
  return { severity: 'warning', kind, file, feature, property: 'population', found, expected };
}
