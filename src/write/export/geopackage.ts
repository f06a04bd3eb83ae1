import initSqlJs, { type Database } from 'sql.js';
import { type Layer, type LayerType, typedCell } from '../../model/layer.ts';
import { boundsOf, geometryOf } from './wkb.ts';

const SQL_TYPES: Readonly<Record<LayerType, string>> = { text: 'TEXT', integer: 'INTEGER', real: 'REAL', boolean: 'BOOLEAN' };
/** "GPKG" and version 1.3, as the standard asks of the file's head. */
const APPLICATION_ID = 0x47504b47;
const USER_VERSION = 10_300;
const WGS84 = 4326;
/** A fixed moment, so that the same rows give the same bytes. */
const LAST_CHANGE = '1970-01-01T00:00:00.000Z';

const WGS84_TEXT =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]';

/**
 * Layers as one GeoPackage 1.3 (OGC 12-128r17), a table a layer; tables without a geometry are attributes. Written with SQLite compiled to
 * WebAssembly. Cost O(rows).
 */
export async function geoPackage(layers: readonly Layer[]): Promise<Uint8Array> {
  const { Database: SqlDatabase } = await initSqlJs();
  const db = new SqlDatabase();
  try {
    db.run(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${USER_VERSION};`);
    db.run(`
      CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
      CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
        last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
      CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL PRIMARY KEY, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL);`);
    db.run(
      `INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', ${WGS84}, 'EPSG', ${WGS84}, ?, 'longitude and latitude in degrees'),
      ('Undefined cartesian', -1, 'NONE', -1, 'undefined', ''), ('Undefined geographic', 0, 'NONE', 0, 'undefined', '')`,
      [WGS84_TEXT],
    );
    for (const layer of layers) addLayer(db, layer);
    return db.export();
  } finally {
    db.close();
  }
}

function addLayer(db: Database, layer: Layer): void {
  const isPlaced = layer.geometry !== 'none';
  const table = quoted(layer.name);
  const names = columnNames(layer);
  const columns = layer.columns.map(({ type }, index) => `${quoted(names[index] ?? '')} ${SQL_TYPES[type]}`);
  db.run(`CREATE TABLE ${table} (fid INTEGER PRIMARY KEY${isPlaced ? ', geom BLOB' : ''}, ${columns.join(', ')})`);
  const bounds = boundsOf(layer) ?? [null, null, null, null];
  const contents = [layer.name, isPlaced ? 'features' : 'attributes', layer.name, '', LAST_CHANGE, ...bounds, isPlaced ? WGS84 : null];
  db.run('INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', contents);
  if (isPlaced)
    db.run('INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)', [layer.name, 'geom', layer.geometry.toUpperCase(), WGS84]);
  const marks = Array.from({ length: columns.length + (isPlaced ? 2 : 1) }, () => '?').join(', ');
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${marks})`);
  layer.rows.forEach((row, index) => {
    const cells = layer.columns.map(({ type }, at) => {
      const cell = typedCell(row[at] ?? null, type);
      return typeof cell === 'boolean' ? Number(cell) : cell;
    });
    const geometry = geometryOf(layer, index);
    insert.run([index + 1, ...(isPlaced ? [geometry ? geometryBlob(geometry.wkb()) : null] : []), ...cells]);
  });
  insert.free();
}

/** Names that SQLite tells apart: it does not tell capitals, and fid and geom are taken. */
function columnNames(layer: Layer): string[] {
  const used = new Set(['fid', 'geom']);
  return layer.columns.map(({ name }) => {
    let free = name;
    for (let number = 2; used.has(free.toLowerCase()); number++) free = `${name}_${number}`;
    used.add(free.toLowerCase());
    return free;
  });
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The GeoPackage head (magic, version 0, little-endian without envelope, reference system) and well-known binary. */
function geometryBlob(wkb: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + wkb.length);
  bytes.set([0x47, 0x50, 0, 1]);
  new DataView(bytes.buffer).setInt32(4, WGS84, true);
  bytes.set(wkb, 8);
  return bytes;
}
