import { area } from '@turf/turf';
import type { Polygon } from 'geojson';
import type { Problem } from '../../model/problem.ts';
import type { Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { faultsInto } from '../features.ts';
import { type GridCell, type GridOptions, type SummedCell, sumIntoCells, wholeGrid } from './grid.ts';
import type { PlacedRow } from './zone-file.ts';

export interface GridZones {
  readonly zones: Zone[];
  readonly areas: { readonly id: string; readonly polygon: Polygon }[];
  readonly problems: Problem[];
}

function gridZone(cell: GridCell, [longitude, latitude]: readonly [number, number], population: number, jobs: number | null): Zone {
  const areaSquareKilometres = Number((area(cell.polygon) / 1e6).toFixed(6));
  const measured = {
    value: areaSquareKilometres,
    unit: 'km²',
    year: '',
    method: 'area of the cell on the mean sphere',
    source: '',
    confidence: '',
  };
  return {
    id: cell.id,
    name: cell.id,
    nameLocal: cell.id,
    admin1: '',
    admin2: '',
    longitude,
    latitude,
    population,
    jobs,
    gdp: null,
    figures: { area_km2: measured },
  };
}

/**
 * Zones of a regular grid. With points, a zone a cell that holds any, its figures their sums and its seat where their people live; without,
 * a zone a cell of the whole box with nobody in it.
 */
export function gridZones(
  options: GridOptions,
  points: readonly PlacedRow[] | null,
  columns: { readonly population: string; readonly jobs: string | null },
  file: string,
): GridZones {
  const problems: Problem[] = [];
  if (!points) {
    const cells = wholeGrid(options);
    const feature = `${cells.length} cells`;
    const expected = 'points with people: these zones count nobody';
    problems.push({
      severity: 'warning',
      kind: 'population-missing',
      file: 'grid',
      feature,
      property: 'population',
      found: 'no points',
      expected,
    });
    return finish(
      cells.map((cell) => ({ cell, zone: gridZone(cell, cell.centre, 0, null) })),
      problems,
    );
  }
  const fault = faultsInto(problems);
  const names = columns.jobs === null ? [columns.population] : [columns.population, columns.jobs];
  const known = new Set(points.flatMap((row) => Object.keys(row.columns)));
  for (const name of names)
    if (points.length > 0 && !known.has(name)) fault('missing-column', file, 'head', name, [...known].join(', '), 'a column of this name');
  if (problems.length > 0) return { zones: [], areas: [], problems };
  const valuesOf = (row: PlacedRow): number[] | null => {
    const values = names.map((name) => {
      const text = String(row.columns[name] ?? '').trim();
      const value = Number(text);
      if (text !== '' && value >= 0 && Number.isFinite(value)) return value;
      fault('bad-number', file, row.label, name, `"${text}"`, 'a number of at least 0');
      return null;
    });
    return values.some((value) => value === null) ? null : (values as number[]);
  };
  const { cells, outside } = sumIntoCells(points, options, names, valuesOf);
  if (outside.length > 0) {
    const people = outside.reduce((sum, row) => sum + Number(row.columns[columns.population]), 0);
    const found = `${Number(people.toFixed(3))} persons beyond the box`;
    const feature = `${outside.length} of ${points.length} points`;
    problems.push({
      severity: 'warning',
      kind: 'outside-box',
      file,
      feature,
      property: 'place',
      found,
      expected: `within ${options.box.join(', ')}`,
    });
  }
  return zonesOfCells(cells, columns, problems);
}

/** Zones of cells with figures: `columns` names those that are people and jobs. */
export function zonesOfCells(
  cells: readonly SummedCell[],
  columns: { readonly population: string; readonly jobs: string | null },
  problems: Problem[],
): GridZones {
  const rows = cells.map(({ cell, sums, seat }) => {
    const jobs = columns.jobs === null ? null : (sums[columns.jobs] ?? 0);
    return { cell, zone: gridZone(cell, seat, sums[columns.population] ?? 0, jobs) };
  });
  return finish(rows, problems);
}

function finish(rows: { cell: GridCell; zone: Zone }[], problems: Problem[]): GridZones {
  const sorted = rows.sort((a, b) => byCodePoint(a.zone.id, b.zone.id));
  return { zones: sorted.map(({ zone }) => zone), areas: sorted.map(({ cell }) => ({ id: cell.id, polygon: cell.polygon })), problems };
}
