import type { ColumnMeta } from 'flatgeobuf/lib/mjs/column-meta.js';
import { magicbytes } from 'flatgeobuf/lib/mjs/constants.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { buildFeature } from 'flatgeobuf/lib/mjs/generic/feature.js';
import { buildHeader } from 'flatgeobuf/lib/mjs/generic/featurecollection.js';
import { parseGeometry } from 'flatgeobuf/lib/mjs/geojson/geometry.js';
import type { HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import type { Geometry, GeometryCollection } from 'geojson';
import { type Layer, type LayerType, typedCell } from '../../model/layer.ts';
import { geometryOf } from './wkb.ts';

const COLUMN_TYPES: Readonly<Record<LayerType, ColumnType>> = {
  text: ColumnType.String,
  integer: ColumnType.Int,
  real: ColumnType.Double,
  boolean: ColumnType.Bool,
};
const GEOMETRY_TYPES: Readonly<Record<Layer['geometry'], GeometryType>> = {
  Point: GeometryType.Point,
  LineString: GeometryType.LineString,
  MultiPolygon: GeometryType.MultiPolygon,
  none: GeometryType.Unknown,
};
const WGS84 = 4326;

/**
 * A layer as FlatGeobuf, without an index. The library's own GeoJSON door guesses column types from the first feature, and a first null
 * would make a number text: the head is built here from the layer's types. Rows without a place cannot be said and are left out.
 *
 * @returns  bytes, and how many rows were left out
 * Cost O(rows).
 */
export function layerFlatGeobuf(layer: Layer): { bytes: Uint8Array; withoutPlace: number } {
  const placed = layer.rows.flatMap((row, index) => {
    const geometry = geometryOf(layer, index);
    return geometry ? [{ row, geometry }] : [];
  });
  const columns = layer.columns.map(({ name, type: own, unit }): ColumnMeta => {
    const rest = { title: null, width: -1, precision: -1, scale: -1, nullable: true, unique: false, primary_key: false };
    return { name, type: COLUMN_TYPES[own], ...rest, description: unit === '' ? null : unit };
  });
  const head: HeaderMeta = {
    geometryType: GEOMETRY_TYPES[layer.geometry],
    columns,
    envelope: null,
    featuresCount: placed.length,
    indexNodeSize: 0,
    crs: null,
    title: layer.name,
    description: null,
    metadata: null,
  };
  const parts = [
    magicbytes,
    buildHeader(head, WGS84),
    ...placed.map(({ row, geometry: { type: own, coordinates } }) => {
      const cells = layer.columns.map(({ name, type: cellType }, index) => [name, typedCell(row[index] ?? null, cellType)]);
      return buildFeature(
        parseGeometry({ type: own, coordinates } as Exclude<Geometry, GeometryCollection>),
        Object.fromEntries(cells),
        head,
      );
    }),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, withoutPlace: layer.rows.length - placed.length };
}
