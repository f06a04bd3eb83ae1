import type { MultiPolygon, Polygon } from 'geojson';
import type { Problem } from '../../model/problem.ts';
import type { Figure, Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { type Fault, faultsInto } from '../features.ts';
import type { PlacedRow } from './zone-file.ts';

/** Names of the columns that hold what a zone is made of; null: none. */
interface ZoneColumns {
  readonly id: string | null;
  readonly name: string | null;
  readonly nameLocal: string | null;
  readonly admin1: string | null;
  readonly admin2: string | null;
  readonly population: string;
  readonly jobs: string | null;
  readonly gdp: string | null;
  /** further figures, by column */
  readonly figures: readonly string[];
}

/** A cell as text; empty where there is none. */
function textOf(row: PlacedRow, column: string | null): string {
  const value = column === null ? undefined : row.columns[column];
  return value === null || value === undefined ? '' : String(value).trim();
}

/** A count that is not negative; null where the cell is empty; undefined after a fault. */
function amountOf(row: PlacedRow, column: string, file: string, fault: Fault): number | null | undefined {
  const text = textOf(row, column);
  if (text === '') return null;
  const value = Number(text);
  if (value >= 0 && Number.isFinite(value)) return value;
  fault('bad-number', file, row.label, column, `"${text}"`, 'a number of at least 0, with a decimal point');
  return undefined;
}

function figure(value: number, unit: string, method: string, source: string): Figure {
  return { value, unit, year: '', method, source, confidence: '' };
}

/**
 * Zones from rows. Every column named must be there; an empty population counts nobody and is told once with its number; a bad number, a
 * missing id or an id that occurs twice is a fault of its row.
 */
export function zonesOfRows(
  rows: readonly PlacedRow[],
  columns: ZoneColumns,
  file: string,
): {
  zones: Zone[];
  areas: { id: string; polygon: Polygon | MultiPolygon }[];
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const known = new Set(rows.flatMap((row) => Object.keys(row.columns)));
  const { population, figures, ...others } = columns;
  for (const name of [population, ...figures, ...Object.values(others)]) {
    if (name !== null && rows.length > 0 && !known.has(name))
      fault('missing-column', file, 'head', name, [...known].join(', '), 'a column of this name');
  }
  if (problems.length > 0) return { zones: [], areas: [], problems };
  const seen = new Set<string>();
  let empty = 0;
  const areas: { id: string; polygon: Polygon | MultiPolygon }[] = [];
  const zones = rows.flatMap((row, index): Zone[] => {
    const zone = zoneOf(row, index, columns, file, fault);
    if (!zone) return [];
    if (seen.has(zone.id)) {
      fault('duplicate-id', file, row.label, columns.id ?? 'id', zone.id, 'an id of its own');
      return [];
    }
    seen.add(zone.id);
    if (textOf(row, population) === '') empty += 1;
    if (row.polygon) areas.push({ id: zone.id, polygon: row.polygon });
    return [zone];
  });
  if (empty > 0) {
    const expected = 'people: these zones count nobody';
    const feature = `${empty} of ${rows.length} zones`;
    problems.push({ severity: 'warning', kind: 'population-missing', file, feature, property: population, found: 'nothing', expected });
  }
  return { zones: zones.sort((a, b) => byCodePoint(a.id, b.id)), areas, problems };
}

function zoneOf(row: PlacedRow, index: number, columns: ZoneColumns, file: string, fault: Fault): Zone | null {
  const id = columns.id === null ? textOf(row, 'id') || `z${index}` : textOf(row, columns.id);
  if (id === '') fault('missing-id', file, row.label, columns.id ?? 'id', 'nothing', 'an id');
  const population = amountOf(row, columns.population, file, fault);
  const jobs = columns.jobs === null ? null : amountOf(row, columns.jobs, file, fault);
  const gdp = columns.gdp === null ? null : amountOf(row, columns.gdp, file, fault);
  const figures: Record<string, Figure> = {};
  let isSound = id !== '';
  for (const name of columns.figures) {
    const value = amountOf(row, name, file, fault);
    if (value === undefined) isSound = false;
    else if (value !== null) figures[name] = figure(value, '', 'as given', file);
  }
  if (row.areaSquareKilometres !== null) {
    figures.area_km2 = figure(Number(row.areaSquareKilometres.toFixed(6)), 'km²', 'area of the polygon on the mean sphere', file);
  }
  if (!isSound || population === undefined || jobs === undefined || gdp === undefined) return null;
  const name = textOf(row, columns.name) || id;
  return {
    id,
    name,
    nameLocal: textOf(row, columns.nameLocal) || name,
    admin1: textOf(row, columns.admin1),
    admin2: textOf(row, columns.admin2),
    longitude: row.longitude,
    latitude: row.latitude,
    population: population ?? 0,
    jobs,
    gdp,
    figures,
  };
}
