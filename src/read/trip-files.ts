import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { Dataset, File, Group, ready } from 'h5wasm/node';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { UsageError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import type { TripRow } from '../model/trips.ts';
import { type Fault, faultsInto } from './features.ts';
import { readTrips, TRIP_HEADS } from './trips.ts';

/** Trips with every fault of their file. */
export interface TripTable {
  readonly trips: readonly TripRow[];
  readonly problems: readonly Problem[];
}

/** Cells of a matrix that are told one by one; the others are counted. */
const TOLD = 5;

/**
 * Trips of any file that is understood: Open Matrix (`FILE.omx`, or `FILE.omx#matrix` where it holds several), Parquet with the columns of the
 * CSV, else as readTrips.
 *
 * Faults are reported and left out; a pair given twice in a table is summed. Cost O(bytes); a matrix is held whole.
 */
export async function readTripFile(path: string): Promise<TripTable> {
  if (/\.omx(#.*)?$/i.test(path)) return readOpenMatrix(path);
  if (/\.parquet$/i.test(path)) return readParquet(path);
  return readTrips(path);
}

/** Trips that a call names. */
export interface GivenTrips {
  readonly file: string;
  readonly table: TripTable;
}

/** Trips of an option, by default --trips; null where it is not given. @throws UsageError where there is no such file */
export async function givenTrips(path: string | undefined, option = '--trips'): Promise<GivenTrips | null> {
  if (path === undefined) return null;
  const file = tripFileOf(path);
  if (!existsSync(file) || statSync(file).isDirectory()) throw new UsageError(`${option} is "${path}"; expected a file of trips`);
  return { file, table: await readTripFile(path) };
}

/** The file of a path that may name a matrix. */
function tripFileOf(path: string): string {
  return path.replace(/(\.omx)#.*$/i, '$1');
}

async function readOpenMatrix(path: string): Promise<TripTable> {
  const problems: Problem[] = [];
  const [file, wanted = null] = [tripFileOf(path), path.split('#')[1] ?? null];
  const name = file.split(/[/\\]/).at(-1) ?? file;
  const fault = faultsInto(problems);
  if (!isHdf5(file)) {
    fault('no-matrix', name, 'file', 'format', 'no HDF5', 'an Open Matrix file');
    return { trips: [], problems };
  }
  await ready;
  const opened = new File(file, 'r');
  try {
    return { trips: openedTrips(opened, wanted, name, fault), problems };
  } finally {
    opened.close();
  }
}

/** True where a file begins as HDF5 does, at its start or after a block of 512 · 2ⁿ bytes that is not its own (HDF5 file format, superblock). */
function isHdf5(path: string): boolean {
  const signature = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
  const found = Buffer.alloc(signature.length);
  const file = openSync(path, 'r');
  try {
    return [0, 512, 1024, 2048].some(
      (offset) => readSync(file, found, 0, found.length, offset) === found.length && found.equals(signature),
    );
  } finally {
    closeSync(file);
  }
}

function openedTrips(opened: File, wanted: string | null, name: string, fault: Fault): TripRow[] {
  const data = opened.keys().includes('data') ? opened.get('data') : null;
  const matrices = data instanceof Group ? data.keys() : [];
  const matrix = wanted ?? (matrices.length === 1 ? (matrices[0] ?? '') : '');
  const found = data instanceof Group && matrices.includes(matrix) ? data.get(matrix) : null;
  if (!(found instanceof Dataset)) {
    const held = matrices.length === 0 ? 'no matrix under /data' : `matrices ${matrices.join(', ')}`;
    fault('no-matrix', name, '/data', 'matrix', held, wanted === null ? 'one matrix, or FILE.omx#NAME' : `one named ${wanted}`);
    return [];
  }
  const [size = 0, columns = 0] = found.shape ?? [];
  const ids = zoneIds(opened, size);
  if (size !== columns || ids === null) {
    const text = ids === null ? 'lookups of another length, or several and none named zone' : `${size} × ${columns}`;
    fault('bad-matrix', name, `/data/${matrix}`, 'shape', text, 'a square matrix with one lookup of its zones, or none');
    return [];
  }
  return matrixTrips(found.value as ArrayLike<number>, ids, name, fault);
}

/** Ids of the zones in order: the only lookup, that of the name zone, or numbers from 1; null where it is not told which. */
function zoneIds(file: File, size: number): string[] | null {
  const group = file.keys().includes('lookup') ? file.get('lookup') : null;
  const names = group instanceof Group ? group.keys() : [];
  if (names.length === 0) return Array.from({ length: size }, (_value, index) => String(index + 1));
  const name = names.length === 1 ? names[0] : names.find((own) => own === 'zone');
  const lookup = name === undefined || !(group instanceof Group) ? null : group.get(name);
  if (!(lookup instanceof Dataset)) return null;
  const ids = Array.from(lookup.value as ArrayLike<string | number | bigint>, String);
  return ids.length === size ? ids : null;
}

function matrixTrips(values: ArrayLike<number>, ids: readonly string[], file: string, fault: Fault): TripRow[] {
  const trips: TripRow[] = [];
  let bad = 0;
  for (let cell = 0; cell < values.length; cell++) {
    const amount = Number(values[cell]);
    const [from, to] = [ids[Math.floor(cell / ids.length)] ?? '', ids[cell % ids.length] ?? ''];
    if (amount > 0 && Number.isFinite(amount)) trips.push({ from, to, trips: amount });
    else if (amount !== 0 && ++bad <= TOLD) fault('bad-trips', file, `${from} → ${to}`, 'trips', String(amount), 'a number of at least 0');
  }
  if (bad > TOLD) fault('bad-trips', file, 'matrix', 'trips', `${bad - TOLD} more such cells`, 'numbers of at least 0');
  return trips;
}

async function readParquet(path: string): Promise<TripTable> {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const file = await asyncBufferFromFile(path);
  let columns: string[] = [];
  let rows: Record<string, unknown>[] = [];
  let head: (typeof TRIP_HEADS)[number] | undefined;
  try {
    columns = parquetSchema(await parquetMetadataAsync(file)).children.map(({ element }) => element.name);
    head = TRIP_HEADS.find((names) => names.every((own) => columns.includes(own)));
    if (head) rows = await parquetReadObjects({ file, columns: [...head] });
  } catch (error) {
    fault('bad-parquet', name, 'file', 'bytes', error instanceof Error ? error.message : String(error), 'Parquet, plain or by Snappy');
    return { trips: [], problems };
  }
  if (!head) {
    fault('missing-column', name, 'schema', 'columns', columns.join(','), TRIP_HEADS.map((names) => names.join(',')).join(' or '));
    return { trips: [], problems };
  }
  return { trips: rowTrips(rows, head, name, fault), problems };
}

function rowTrips(
  rows: readonly Record<string, unknown>[],
  head: readonly [string, string, string],
  file: string,
  fault: Fault,
): TripRow[] {
  const [origin, destination, amount] = head;
  const sums = new Map<string, TripRow>();
  for (const [place, row] of rows.entries()) {
    const [from, to] = [String(row[origin] ?? ''), String(row[destination] ?? '')];
    const value = row[amount];
    const trips = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
    const feature = `row ${place + 1}`;
    if (from === '' || to === '') fault('empty-end', file, feature, from === '' ? origin : destination, 'nothing', 'the id of a zone');
    else if (!(trips >= 0 && Number.isFinite(trips))) fault('bad-trips', file, feature, amount, String(value), 'a number of at least 0');
    else {
      const key = JSON.stringify([from, to]);
      sums.set(key, { from, to, trips: trips + (sums.get(key)?.trips ?? 0) });
    }
  }
  return [...sums.values()].filter(({ trips }) => trips > 0);
}
