import { type Layer, typedCell } from '../../model/layer.ts';
import { column } from '../../model/results.ts';
import { toCsv } from '../result-table.ts';
import { geometryOf } from './wkb.ts';

/** One GeoJSON feature collection (RFC 7946), a feature a line; geometry is null where the place is unknown. Cost O(rows). */
export function layerGeoJson(layer: Layer): string {
  const at = layer.columns.findIndex(({ name }) => name === 'id');
  const lines = layer.rows.map((row, index) => {
    const placed = geometryOf(layer, index);
    const geometry = placed && { type: placed.type, coordinates: placed.coordinates };
    const properties = Object.fromEntries(layer.columns.map(({ name }, cell) => [name, row[cell] ?? null]));
    return JSON.stringify({ type: 'Feature', ...(at < 0 ? {} : { id: row[at] }), geometry, properties });
  });
  return `{"type": "FeatureCollection", "features": [\n${lines.join(',\n')}\n]}\n`;
}

/** Decimals that tell two places a centimetre apart, and any measured figure whole. */
const MOST_DECIMALS = 9;

/** RFC 4180; the geometry as well-known text in a last column, as QGIS and GDAL read it. Cost O(rows). */
export function layerCsv(layer: Layer): string {
  const hasGeometry = layer.geometry !== 'none';
  const names = [...layer.columns.map(({ name }) => name), ...(hasGeometry ? ['geometry'] : [])];
  const rows = layer.rows.map((row, index) => {
    const cells = layer.columns.map(({ type }, cell) => typedCell(row[cell] ?? null, type));
    return hasGeometry ? [...cells, geometryOf(layer, index)?.wkt() ?? ''] : cells;
  });
  return toCsv({ command: '', parameters: {}, inputs: [], columns: names.map((name) => column(name, '', MOST_DECIMALS)), rows, notes: [] });
}
