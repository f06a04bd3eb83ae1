import type { Figure, Zone } from '../../model/tables.ts';
import type { CsvRow } from '../csv.ts';
import type { TableReader } from './row-reader.ts';

/** Tables that lie beside zones.csv and win over its columns: file, value column, name of the figure. */
const SUBJECTS = [
  { file: 'zone_jobs.csv', value: 'jobs' },
  { file: 'zone_gdp.csv', value: 'gdp' },
  { file: 'zone_income.csv', value: 'income' },
  { file: 'zone_services.csv', value: 'value' },
] as const;

/** Zones with every figure that any table holds of them; rows that name no zone are errors. Cost O(rows). */
export function readZones(reader: TableReader): Zone[] {
  const figures = new Map<string, Record<string, Figure>>();
  const put = (zone: string, name: string, figure: Figure) => {
    figures.set(zone, { ...figures.get(zone), [name]: figure });
  };
  const rows = reader.rows('zones.csv');
  const known = new Set(rows.map((row) => row.fields.id ?? ''));
  for (const row of rows) {
    for (const name of ['gdp', 'jobs'] as const) {
      const value = reader.number(row, name);
      if (value === null) continue;
      const unit = name === 'gdp' ? (row.fields.gdp_unit ?? '') : 'jobs';
      put(row.fields.id ?? '', name, figureOf(row, value, unit, row.fields[`${name}_year`] ?? '', 'zones.csv'));
    }
  }
  readSubjects(reader, known, figures, put);
  readExtras(reader, known, put);
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const id = row.fields.id ?? '';
    if (seen.has(id)) {
      reader.report('error', 'duplicate-id', row, 'id', id, 'an id of its own');
      return [];
    }
    seen.add(id);
    const longitude = reader.need(row, 'lon', -180, 180);
    const latitude = reader.need(row, 'lat', -90, 90);
    const population = reader.need(row, 'population', 0, 1e9);
    if (longitude === null || latitude === null || population === null) return [];
    const { name = '', name_local = '', admin1 = '', admin2 = '' } = row.fields;
    const own = figures.get(id) ?? {};
    const jobs = own.jobs?.value ?? null;
    const gdp = own.gdp?.value ?? null;
    const people = figureOf(row, population, 'persons', row.fields.population_year ?? '', 'zones.csv');
    const all = Object.fromEntries(Object.entries({ ...own, population: people }).sort(([a], [b]) => (a < b ? -1 : 1)));
    return [{ id, name, nameLocal: name_local, admin1, admin2, longitude, latitude, population, jobs, gdp, figures: all }];
  });
}

function figureOf(row: CsvRow, value: number, unit: string, year: string, method: string): Figure {
  const { source = '', confidence = '' } = row.fields;
  return { value, unit, year, method, source, confidence };
}

type Put = (zone: string, name: string, figure: Figure) => void;
type Figures = ReadonlyMap<string, Readonly<Record<string, Figure>>>;

function readSubjects(reader: TableReader, known: ReadonlySet<string>, figures: Figures, put: Put): void {
  for (const subject of SUBJECTS) {
    for (const row of reader.rows(subject.file)) {
      const zone = row.fields.zone_id ?? '';
      if (!known.has(zone)) reader.report('error', 'unknown-zone', row, 'zone_id', zone, 'an id of zones.csv');
      const value = known.has(zone) ? reader.need(row, subject.value, 0, 1e15) : null;
      if (value !== null) readSubject(reader, row, subject, value, figures, put);
    }
  }
}

/** One row of a subject table: it wins over zones.csv, and a second unit of the same figure gets a name of its own. */
function readSubject(
  reader: TableReader,
  row: CsvRow,
  subject: (typeof SUBJECTS)[number],
  value: number,
  figures: Figures,
  put: Put,
): void {
  const zone = row.fields.zone_id ?? '';
  const unit = row.fields.unit ?? (subject.value === 'jobs' ? 'jobs' : 'number');
  const base = row.fields.service ?? subject.value;
  const taken = figures.get(zone)?.[base];
  const isFromZones = taken?.method === 'zones.csv';
  if (taken && isFromZones && Math.abs(taken.value - value) > 0.02 * Math.max(taken.value, value)) {
    const expected = `about ${taken.value} as in zones.csv; ${subject.file} wins`;
    reader.report('warning', 'tables-disagree', row, base, `${value} ${unit}`, expected);
  }
  const isOther = taken !== undefined && !isFromZones && taken.unit !== unit;
  put(zone, isOther ? `${base}: ${unit}` : base, figureOf(row, value, unit, row.fields.year ?? '', row.fields.method ?? ''));
}

const EXTRAS: Readonly<Record<string, string>> = {
  population_15plus: 'persons',
  employed_share_15plus: 'share',
  employed_residents: 'persons',
  urban_share: 'share',
  area_km2: 'km²',
};

function readExtras(reader: TableReader, known: ReadonlySet<string>, put: Put): void {
  for (const row of reader.rows('zones_extra.csv')) {
    const zone = row.fields.zone_id ?? '';
    if (!known.has(zone)) reader.report('error', 'unknown-zone', row, 'zone_id', zone, 'an id of zones.csv');
    for (const [name, unit] of Object.entries(EXTRAS)) {
      const value = known.has(zone) ? reader.number(row, name) : null;
      if (value !== null) put(zone, name, figureOf(row, value, unit, '2020', 'published'));
    }
  }
}
