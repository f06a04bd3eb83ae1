import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { parseDbf, parseShp } from 'shpjs';
import initSqlJs, { type Database } from 'sql.js';
import { z } from 'zod';
import { DataError, UsageError } from '../../model/errors.ts';
import { openZip } from '../zip.ts';
import { checkFlatGeobufFeatures, checkFlatGeobufStart, checkRows, checkShapes, type FlatGeobufHead } from './check-frames.ts';
import type { RawFeature } from './line-feature.ts';
import { readWkb } from './wkb.ts';

/** Files are read whole, and their libraries take several times their size: JSON text has a limit of its own, SQLite runs in 2 GB. */
const MOST_BYTES: Readonly<Record<string, number>> = { geojson: 500e6, json: 500e6, gpkg: 1e9, fgb: 1e9, shp: 1e9, zip: 1e9 };

/** Codes of WGS84 with longitude first, as files name it; 0 where a FlatGeobuf says nothing. */
const WGS84_CODES = [0, 4326];

const collection = z.object({
  type: z.literal('FeatureCollection'),
  crs: z.object({ properties: z.object({ name: z.string() }) }).optional(),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.unknown().optional(),
      geometry: z.object({ type: z.string(), coordinates: z.unknown() }).nullable(),
      properties: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});

/**
 * The features of a file, by its ending: .geojson and .json, .gpkg, .fgb, .shp (with the .dbf and .prj beside it) or .zip of a shapefile.
 *
 * @param layer  a table of a GeoPackage or a shapefile of a zip, by name; null takes its only one
 * @throws DataError for a broken file or other coordinates than WGS84; UsageError for an ending that is not known or a file too large
 * Cost O(bytes).
 */
export async function openLineFile(path: string, layer: string | null): Promise<RawFeature[]> {
  if (!existsSync(path)) throw new UsageError(`file is "${path}"; expected a file that is there`);
  const ending = path.toLowerCase().split('.').at(-1) ?? '';
  const open = OPENERS[ending];
  if (!open) throw new UsageError(`file is "${path}"; expected .geojson, .json, .gpkg, .fgb, .shp or .zip`);
  const [bytes, most] = [statSync(path).size, MOST_BYTES[ending] ?? 0];
  if (bytes > most)
    throw new UsageError(`${basename(path)} has ${tell(bytes)}; expected at most ${tell(most)}: cut out the region, or a layer`);
  try {
    return await open(path, layer);
  } catch (error) {
    if (error instanceof DataError || error instanceof UsageError) throw error;
    throw broken(path, error instanceof Error ? error.message : String(error), `a whole .${ending} file`, error);
  }
}

const OPENERS: Readonly<Record<string, (path: string, layer: string | null) => Promise<RawFeature[]>>> = {
  geojson: openGeoJson,
  json: openGeoJson,
  gpkg: openGeoPackage,
  fgb: openFlatGeobuf,
  shp: openShapefile,
  zip: openShapeZip,
};

const tell = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

function broken(path: string, found: string, expected: string, cause?: unknown): DataError {
  const file = basename(path);
  return new DataError(
    [{ severity: 'error', kind: 'broken-file', file, feature: '–', property: 'file', found: found.slice(0, 200), expected }],
    { cause },
  );
}

function otherCoordinates(path: string, found: string): DataError {
  return broken(path, found, 'WGS84 (EPSG:4326), longitude first; ogr2ogr -t_srs EPSG:4326 turns it round');
}

async function openGeoJson(path: string): Promise<RawFeature[]> {
  const parsed = collection.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw broken(path, `${issue?.path.join('.') || 'file'}: ${issue?.message}`, 'a FeatureCollection (RFC 7946)');
  }
  const crs = parsed.data.crs?.properties.name;
  if (crs !== undefined && !/CRS84|4326/.test(crs)) throw otherCoordinates(path, crs);
  return parsed.data.features;
}

async function openFlatGeobuf(path: string): Promise<RawFeature[]> {
  const features: RawFeature[] = [];
  let code = 0;
  const bytes = new Uint8Array(readFileSync(path));
  checkFlatGeobufStart(bytes);
  const headerMetaFn = (head: FlatGeobufHead & { crs: { code: number } | null }) => {
    checkFlatGeobufFeatures(bytes, head);
    code = head.crs?.code ?? 0;
  };
  // the id that the library gives is the place in the file: an id among the properties says more
  for await (const { geometry, properties } of deserialize(bytes, { headerMetaFn })) {
    features.push({ geometry: (geometry as RawFeature['geometry']) ?? null, properties: (properties as RawFeature['properties']) ?? null });
  }
  if (!WGS84_CODES.includes(code)) throw otherCoordinates(path, `EPSG:${code}`);
  return features;
}

/** The files of a shapefile; null where one is not there. */
type ShapeParts = Readonly<Record<'shp' | 'prj' | 'dbf' | 'cpg', Buffer | null>>;

async function openShapefile(path: string): Promise<RawFeature[]> {
  const beside = (ending: string) => {
    const file = path.replace(/shp$/i, (own) => (own === 'SHP' ? ending.toUpperCase() : ending));
    return existsSync(file) ? readFileSync(file) : null;
  };
  return shapeFeatures(path, { shp: readFileSync(path), prj: beside('prj'), dbf: beside('dbf'), cpg: beside('cpg') });
}

async function openShapeZip(path: string, layer: string | null): Promise<RawFeature[]> {
  const zip = await openZip(path, (found, cause) => broken(path, found, 'a whole zip', cause));
  try {
    const nameOf = (fileName: string) => basename(fileName).replace(/\.[^.]*$/, '');
    const shapes = zip.entries.filter(({ fileName }) => /\.shp$/i.test(fileName));
    const named = shapes.filter(({ fileName }) => layer === null || nameOf(fileName) === layer);
    const list = shapes.map(({ fileName }) => nameOf(fileName)).join(', ');
    const [only] = named;
    if (shapes.length === 0) throw broken(path, zip.entries.map(({ fileName }) => fileName).join(', '), 'a shapefile (.shp) in the zip');
    if (!only) throw new UsageError(`--layer is "${layer}"; expected one of ${list}`);
    if (named.length > 1) throw new UsageError(`${basename(path)} holds ${list}; expected --layer with one of them`);
    const part = async (ending: string) => {
      const wanted = only.fileName.replace(/shp$/i, ending).toLowerCase();
      const entry = zip.entries.find(({ fileName }) => fileName.toLowerCase() === wanted);
      if (!entry) return null;
      if (entry.uncompressedSize > (MOST_BYTES.shp ?? 0))
        throw broken(path, `${entry.fileName} of ${tell(entry.uncompressedSize)}`, 'less');
      return buffer(await zip.open(entry));
    };
    return shapeFeatures(path, { shp: await part('shp'), prj: await part('prj'), dbf: await part('dbf'), cpg: await part('cpg') });
  } finally {
    zip.close();
  }
}

function shapeFeatures(path: string, { shp, prj, dbf, cpg }: ShapeParts): RawFeature[] {
  if (!prj) throw broken(path, 'no .prj file', 'a .prj beside it that says in which coordinates it is');
  if (!dbf) throw broken(path, 'no .dbf file', 'a .dbf beside it with what each shape is');
  if (!shp) throw broken(path, 'no .shp file', 'the shapes');
  const [shapes, rowCount] = [checkShapes(shp), checkRows(dbf)];
  if (rowCount !== shapes) throw broken(path, `${shapes} shapes and ${rowCount} rows of .dbf`, 'as many of each');
  const geometries = parseShp(shp, prj.toString('utf8'));
  const rows = parseDbf(dbf, cpg ?? Buffer.from('UTF-8'));
  if (geometries.length !== shapes) throw broken(path, `${geometries.length} shapes read of ${shapes}`, 'all of them');
  return geometries.map(
    (geometry, index): RawFeature => ({ geometry: (geometry as RawFeature['geometry']) ?? null, properties: rows[index] ?? {} }),
  );
}

async function openGeoPackage(path: string, layer: string | null): Promise<RawFeature[]> {
  const { Database: SqlDatabase } = await initSqlJs();
  const db = new SqlDatabase(readFileSync(path));
  try {
    const tables = rowsOf(
      db,
      'SELECT g.table_name, g.column_name, g.srs_id, s.organization, s.organization_coordsys_id FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id',
    );
    const named = tables.filter(({ table_name }) => layer === null || table_name === layer);
    const list = tables.map(({ table_name }) => String(table_name)).join(', ');
    const [only] = named;
    if (!only) throw new UsageError(`--layer is "${layer}"; expected one of ${list}`);
    if (named.length > 1) throw new UsageError(`${basename(path)} holds ${list}; expected --layer with one of them`);
    if (Number(only.organization_coordsys_id) !== 4326)
      throw otherCoordinates(path, `${only.organization}:${only.organization_coordsys_id}`);
    const column = String(only.column_name);
    const [{ integrity_check: fault = 'ok' } = {}] = rowsOf(db, 'PRAGMA integrity_check(1)');
    if (fault !== 'ok') throw new Error(`database: ${fault}`);
    const rows = rowsOf(db, `SELECT * FROM "${String(only.table_name).replaceAll('"', '""')}"`);
    return rows.map(({ [column]: blob, ...properties }): RawFeature => {
      return { geometry: blob instanceof Uint8Array ? readGeoPackageBlob(blob) : null, properties };
    });
  } finally {
    db.close();
  }
}

function rowsOf(db: Database, sql: string): Record<string, unknown>[] {
  const statement = db.prepare(sql);
  const rows: Record<string, unknown>[] = [];
  while (statement.step()) rows.push(statement.getAsObject());
  statement.free();
  return rows;
}

/** Bytes of the envelope by its code in the flags (GeoPackage 1.3, 2.1.3). */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

function readGeoPackageBlob(blob: Uint8Array): RawFeature['geometry'] {
  if (blob[0] !== 0x47 || blob[1] !== 0x50) throw new Error('a geometry that does not start with GP');
  const envelope = ENVELOPE_BYTES[((blob[3] ?? 0) >> 1) & 7];
  if (envelope === undefined) throw new Error('a geometry with an envelope code over 4');
  return readWkb(blob.subarray(8 + envelope));
}
