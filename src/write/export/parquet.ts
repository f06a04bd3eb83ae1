import { parquetWriteBuffer } from 'hyparquet-writer';
import { type Layer, type LayerType, typedCell } from '../../model/layer.ts';
import { CORRIDOR_VERSION } from '../../model/version.ts';
import { boundsOf, geometryOf } from './wkb.ts';

const PARQUET_TYPES = { text: 'STRING', integer: 'INT32', real: 'DOUBLE', boolean: 'BOOLEAN' } as const satisfies Record<LayerType, string>;

/**
 * A layer as Parquet; with a geometry it is GeoParquet 1.1: WKB in the column `geometry`, its kind and bounds in the file's metadata,
 * coordinates in OGC:CRS84 (the standard's default). Units stand under the metadata key `units`. Cost O(rows).
 */
export function layerParquet(layer: Layer): Uint8Array {
  const columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData'] = layer.columns.map(({ name, type }, index) => ({
    name,
    type: PARQUET_TYPES[type],
    data: layer.rows.map((row) => typedCell(row[index] ?? null, type)),
  }));
  const units = Object.fromEntries(layer.columns.filter(({ unit }) => unit !== '').map(({ name, unit }) => [name, unit]));
  const kvMetadata = [{ key: 'units', value: JSON.stringify(units) }];
  if (layer.geometry !== 'none') {
    const data = layer.rows.map((_row, index) => geometryOf(layer, index)?.wkb() ?? null);
    columnData.push({ name: 'geometry', type: 'BYTE_ARRAY', data, statistics: false });
    const geometry = { encoding: 'WKB', geometry_types: [layer.geometry], bbox: boundsOf(layer) ?? undefined };
    kvMetadata.push({ key: 'geo', value: JSON.stringify({ version: '1.1.0', primary_column: 'geometry', columns: { geometry } }) });
  }
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, createdBy: `corridor version ${CORRIDOR_VERSION}` }));
}
