import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import type { Problem } from '../../model/problem.ts';
import { type CsvRow, readCsv } from '../csv.ts';
import { type Fault, faultsInto } from '../features.ts';

/** A table with its columns under the names of the standard. */
export interface GmnsTable {
  readonly rows: readonly CsvRow[];
  readonly has: (column: string) => boolean;
}

/** Shapefiles cut column names to this many characters, and tables made from them keep the stumps. */
const STUMP_CHARACTERS = 10;

/**
 * One CSV table of the General Modeling Network Specification, or null where it is not there. Names that a shapefile has cut are taken for
 * the standard's, with a warning.
 */
export function readGmnsTable(folder: string, file: string, known: readonly string[], problems: Problem[]): GmnsTable | null {
  const path = join(folder, file);
  if (!existsSync(path)) return null;
  const { columns, rows, problems: found } = readCsv(path);
  problems.push(...found);
  const nameOf = new Map<string, string>();
  for (const name of known) {
    const stump = columns.find((column) => column === name.slice(0, STUMP_CHARACTERS));
    if (columns.includes(name)) nameOf.set(name, name);
    else if (stump !== undefined) {
      nameOf.set(name, stump);
      problems.push({
        severity: 'warning',
        kind: 'cut-name',
        file,
        feature: 'line 1',
        property: 'head',
        found: stump,
        expected: `${name}; read as that`,
      });
    }
  }
  const renamed = rows.map((row) => {
    return { ...row, fields: Object.fromEntries([...nameOf].map(([name, column]) => [name, (row.fields[column] ?? '').trim()])) };
  });
  return { rows: renamed, has: (column) => nameOf.has(column) };
}

/** The required columns that a table lacks become faults. */
export function requireColumns(table: GmnsTable, file: string, required: readonly string[], fault: Fault): void {
  const missing = required.filter((name) => !table.has(name));
  if (missing.length > 0) fault('missing-column', file, 'line 1', 'head', 'no such column', missing.join(', '));
}

export interface GmnsUnits {
  /** kilometres of one unit of length; null where neither config.csv nor the caller says */
  readonly lengthKilometres: number | null;
  readonly speedKilometresPerHour: number | null;
}

const KILOMETRES_OF: Readonly<Record<string, number>> = {
  km: 1,
  kilometers: 1,
  kilometres: 1,
  kilometer: 1,
  m: 0.001,
  meters: 0.001,
  metres: 0.001,
  meter: 0.001,
  mi: 1.609344,
  mile: 1.609344,
  miles: 1.609344,
  ft: 0.0003048,
  feet: 0.0003048,
  foot: 0.0003048,
};
const SPEED_OF: Readonly<Record<string, number>> = { 'km/h': 1, kph: 1, kmh: 1, kmph: 1, mph: 1.609344 };

/** @throws UsageError for a unit that is not known */
export function lengthUnit(name: string): number {
  const unit = KILOMETRES_OF[name.toLowerCase()];
  if (unit === undefined) throw new UsageError(`--length-unit is "${name}"; expected km, m, miles or feet`);
  return unit;
}

/** @throws UsageError for a unit that is not known */
export function speedUnit(name: string): number {
  const unit = SPEED_OF[name.toLowerCase()];
  if (unit === undefined) throw new UsageError(`--speed-unit is "${name}"; expected km/h or mph`);
  return unit;
}

/** Units as config.csv states them. A unit it names that is not known, or coordinates other than WGS84, are faults. */
export function configuredUnits(folder: string, problems: Problem[]): GmnsUnits {
  const file = 'config.csv';
  const table = readGmnsTable(folder, file, ['long_length', 'speed', 'crs'], problems);
  const [row] = table?.rows ?? [];
  const fault = faultsInto(problems);
  const { long_length: length = '', speed = '', crs = '' } = row?.fields ?? {};
  const units = {
    lengthKilometres: KILOMETRES_OF[length.toLowerCase()] ?? null,
    speedKilometresPerHour: SPEED_OF[speed.toLowerCase()] ?? null,
  };
  if (length !== '' && units.lengthKilometres === null) fault('bad-value', file, 'line 2', 'long_length', length, 'km, m, miles or feet');
  if (speed !== '' && units.speedKilometresPerHour === null) fault('bad-value', file, 'line 2', 'speed', speed, 'km/h or mph');
  if (crs !== '' && !/4326|WGS ?84|CRS84/i.test(crs))
    fault('bad-value', file, 'line 2', 'crs', crs, 'EPSG:4326: longitude and latitude in degrees');
  return units;
}
