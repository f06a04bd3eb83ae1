import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { parseDbf, parseShp } from 'shpjs';
import initSqlJs, { type Database } from 'sql.js';
import { z } from 'zod';
import { DataError, UsageError } from '../../model/errors.ts';
import type { RawFeature } from './line-feature.ts';
import { readWkb } from './wkb.ts';

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
 * The features of a file, by its ending: .geojson and .json, .gpkg, .fgb, .shp (with the .dbf and .prj beside it).
 *
 * @param layer  a table of a GeoPackage; null takes its only one with lines
 * @throws DataError for a broken file or other coordinates than WGS84; UsageError for an ending that is not known
 * Cost O(bytes).
 */
export async function openLineFile(path: string, layer: string | null): Promise<RawFeature[]> {
  if (!existsSync(path)) throw new UsageError(`file is "${path}"; expected a file that is there`);
  const ending = path.toLowerCase().split('.').at(-1) ?? '';
  const open = OPENERS[ending];
  if (!open) throw new UsageError(`file is "${path}"; expected .geojson, .json, .gpkg, .fgb or .shp`);
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
};

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
  const headerMetaFn = ({ crs }: { crs: { code: number } | null }) => {
    code = crs?.code ?? 0;
  };
  // the id that the library gives is the place in the file: an id among the properties says more
  for await (const { geometry, properties } of deserialize(bytes, { headerMetaFn })) {
    features.push({ geometry: (geometry as RawFeature['geometry']) ?? null, properties: (properties as RawFeature['properties']) ?? null });
  }
  if (!WGS84_CODES.includes(code)) throw otherCoordinates(path, `EPSG:${code}`);
  return features;
}

async function openShapefile(path: string): Promise<RawFeature[]> {
  const beside = (ending: string) => {
    const file = path.replace(/shp$/i, (own) => (own === 'SHP' ? ending.toUpperCase() : ending));
    return existsSync(file) ? readFileSync(file) : null;
  };
  const [projection, table, encoding] = [beside('prj'), beside('dbf'), beside('cpg')];
  if (!projection) throw broken(path, 'no .prj file', 'a .prj beside it that says in which coordinates it is');
  const geometries = parseShp(readFileSync(path), projection.toString('utf8'));
  const rows = table ? parseDbf(table, encoding ?? Buffer.from('UTF-8')) : [];
  if (table && rows.length !== geometries.length)
    throw broken(path, `${geometries.length} shapes and ${rows.length} rows of .dbf`, 'as many of each');
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
