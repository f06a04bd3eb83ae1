import type { NetworkFlags } from './network-options.ts';

/** Formats of tables with places: one file a layer, or all in one. */
export const LAYER_FORMATS = ['geojson', 'csv', 'geopackage', 'flatgeobuf', 'geoparquet', 'parquet'];
/** Formats of nodes and arcs. */
const GRAPH_FORMATS = ['graphml', 'graphology', 'gmns', 'edge-list'];
export const FORMATS = [...LAYER_FORMATS, ...GRAPH_FORMATS, 'omx'];

export interface ExportFlags extends Omit<NetworkFlags, 'format'> {
  readonly as: string;
  readonly out: string;
  readonly result?: string;
  readonly defaultSpeed?: string;
}
