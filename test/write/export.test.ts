import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { MultiDirectedGraph } from 'graphology';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import initSqlJs from 'sql.js';
import { graphologyJson } from '../../src/build/export-graph.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { DataError } from '../../src/model/errors.ts';
import type { Layer } from '../../src/model/layer.ts';
import { column, type ResultTable } from '../../src/model/results.ts';
import { MILLISECONDS_PER_MINUTE } from '../../src/model/units.ts';
import { openLinks } from '../../src/open/open-links.ts';
import { openRegion } from '../../src/open/open-network.ts';
import { readEdgeList } from '../../src/read/edge-list.ts';
import { layerFlatGeobuf } from '../../src/write/export/flatgeobuf.ts';
import { geoPackage } from '../../src/write/export/geopackage.ts';
import { gmnsTables } from '../../src/write/export/gmns.ts';
import { edgeList, graphMl } from '../../src/write/export/graph-texts.ts';
import { type ArcTable, arcMetres, arcsOf, networkLayers } from '../../src/write/export/network-layers.ts';
import { writeOpenMatrix } from '../../src/write/export/open-matrix.ts';
import { layerParquet } from '../../src/write/export/parquet.ts';
import { regionLayers } from '../../src/write/export/region-layers.ts';
import { layerCsv, layerGeoJson } from '../../src/write/export/text-layers.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';
import { hasProgram, itWithTool, outputOf, pythonWith } from '../support/tools.ts';

/** Everything that goes wrong easily: a first row of nulls, quotes, line breaks, other scripts, whole and broken numbers, a row without a place. */
const ODD: Layer = {
  name: 'odd_places',
  geometry: 'Point',
  columns: [
    { name: 'id', type: 'text', unit: '' },
    { name: 'label', type: 'text', unit: '' },
    { name: 'trains', type: 'integer', unit: 'trains a day' },
    { name: 'minutes', type: 'real', unit: 'min' },
    { name: 'toll', type: 'boolean', unit: '' },
  ],
  rows: [
    ['a', null, null, null, null],
    ['b', 'He said "no", & <left>\nthen', 12, 0.1, true],
    ['c', '東京駅', -3, 1e-9, false],
    ['d', '', 0, 2 / 3, null],
  ],
  positions: [[[139.76, 35.68]], [[-71.05, 42.35]], [[116.4, 39.9]], []],
};

const MATRIX: ResultTable = {
  command: 'matrix',
  parameters: {},
  inputs: [],
  columns: [column('from'), column('to'), column('minutes', 'min', 2)],
  rows: [
    ['x', 'x', 0],
    ['x', 'y', 12.5],
    ['y', 'x', null],
  ],
  notes: [],
};

describe('an export', () => {
  const folder = folderForEachTest();
  const { write } = folder;
  const { region } = openRegion('jing-jin-ji');
  const layers = regionLayers(region);
  const rail = layers.find(({ name }) => name === 'rail') as Layer;
  const network = (): ArcTable => {
    const opened = openLinks('jing-jin-ji', { ...DEFAULT_GRAPH_OPTIONS, mode: 'rail' });
    return { network: opened.network, metres: arcMetres(opened.network, opened.metres) };
  };
  /** Rows as another program gives them, by column name, ready to be compared; without the geometry. */
  const asObjects = (layer: Layer) =>
    layer.rows.map((row) => Object.fromEntries(layer.columns.map(({ name }, index) => [name, row[index] ?? null])));
  const sortedById = (rows: readonly Record<string, unknown>[]) => rows.slice().sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

  const gdal = (name: string, body: (this: Mocha.Context) => void | Promise<void>) =>
    itWithTool(name, 'gdal-bin', hasProgram('ogrinfo'), body);
  /** What GDAL reads in a file, as GeoJSON features. */
  const gdalFeatures = (file: string, layer: string) => {
    const text = outputOf('ogr2ogr', ['-f', 'GeoJSON', '-lco', 'COORDINATE_PRECISION=12', '/vsistdout/', file, layer]);
    const parsed: { features: { id?: unknown; geometry: { coordinates: unknown } | null; properties: Record<string, unknown> }[] } =
      JSON.parse(text);
    return parsed.features;
  };

  for (const [format, file, content] of [
    ['GeoJSON', 'odd.geojson', async () => layerGeoJson(ODD)],
    ['GeoPackage', 'odd.gpkg', async () => geoPackage([ODD])],
    ['FlatGeobuf', 'odd.fgb', async () => layerFlatGeobuf(ODD).bytes],
  ] as const) {
    gdal(`as ${format} comes back from GDAL value by value`, async () => {
      const path = write(file, await content());
      const layer = format === 'GeoPackage' ? 'odd_places' : format === 'GeoJSON' ? 'odd' : 'L1';
      const features = gdalFeatures(
        path,
        format === 'FlatGeobuf' ? (outputOf('ogrinfo', ['-q', path]).match(/1: (\S+)/)?.[1] ?? layer) : layer,
      );
      // FlatGeobuf cannot hold a feature without a place: the writer counts it
      const wanted = format === 'FlatGeobuf' ? asObjects(ODD).slice(0, 3) : asObjects(ODD);
      // GDAL moves GeoJSON's id to the feature, keeps booleans as 0 and 1, and leaves out what FlatGeobuf does not hold
      const read = features.map(({ id, properties }) => {
        const { label = null, trains = null, minutes = null, toll = null } = properties;
        return { id: properties.id ?? id, label, trains, minutes, toll: toll === null ? null : Boolean(toll) };
      });
      expect(sortedById(read)).to.deep.equal(wanted);
      expect(features.find(({ properties }) => properties.trains === 12)?.geometry?.coordinates).to.deep.equal([-71.05, 42.35]);
    });
  }

  gdal('of a whole region as GeoPackage has every layer, feature and extent in GDAL', async () => {
    const path = write('region.gpkg', await geoPackage(layers));
    const text = outputOf('ogrinfo', ['-so', '-al', path]);
    const counts = [...text.matchAll(/Layer name: (\S+)[\s\S]*?Feature Count: (\d+)/g)].map(([, name, count]) => [name, Number(count)]);
    expect(counts).to.deep.equal(layers.map(({ name, rows }) => [name, rows.length]));
    const features = gdalFeatures(path, 'rail');
    expect(sortedById(features.map(({ properties }) => properties))).to.deep.equal(asObjects(rail));
    expect(features[0]?.geometry?.coordinates).to.deep.equal(rail.positions[0]);
  });

  gdal('as CSV has its geometry as well-known text that GDAL draws', () => {
    const path = write('rail.csv', layerCsv(rail));
    const args = ['-f', 'GeoJSON', '/vsistdout/', path, '-oo', 'GEOM_POSSIBLE_NAMES=geometry', '-oo', 'KEEP_GEOM_COLUMNS=NO'];
    const { features } = JSON.parse(outputOf('ogr2ogr', args));
    expect(features).to.have.length(rail.rows.length);
    expect(features[0].geometry).to.deep.equal({ type: 'LineString', coordinates: rail.positions[0] });
  });

  it('as FlatGeobuf comes back from its own reader, and says how many rows have no place', async () => {
    const { bytes, withoutPlace } = layerFlatGeobuf(ODD);
    const read: Record<string, unknown>[] = [];
    for await (const { properties } of deserialize(bytes)) read.push(properties as Record<string, unknown>);
    expect(read[1]).to.deep.equal(asObjects(ODD)[1]);
    expect(withoutPlace).to.equal(1);
  });

  it('as GeoPackage opens in SQLite with the marks of the standard, the same bytes each time', async () => {
    const bytes = await geoPackage([ODD]);
    expect(Buffer.from(await geoPackage([ODD])).equals(Buffer.from(bytes))).to.equal(true);
    const { Database } = await initSqlJs();
    const db = new Database(bytes);
    expect(db.exec('PRAGMA application_id')[0]?.values).to.deep.equal([[0x47504b47]]);
    expect(db.exec('SELECT label, trains FROM odd_places WHERE fid = 3')[0]?.values).to.deep.equal([['東京駅', -3]]);
    db.close();
  });

  it('as GeoParquet comes back value by value, with the metadata of the standard', async () => {
    for (const layer of [ODD, rail]) {
      const bytes = layerParquet(layer);
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      const rows = await parquetReadObjects({ file });
      expect(rows.map(({ geometry: _geometry, ...row }) => row)).to.deep.equal(asObjects(layer));
      const geo = JSON.parse(parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'geo')?.value ?? '{}');
      expect(geo.columns.geometry.geometry_types).to.deep.equal([layer.geometry]);
    }
  });

  const pyarrow = pythonWith('pyarrow');
  itWithTool('as Parquet comes back from Apache Arrow value by value', 'pyarrow', pyarrow !== null, () => {
    const path = write('odd.parquet', layerParquet({ ...ODD, geometry: 'none' }));
    const script = 'import json,sys,pyarrow.parquet as p; print(json.dumps(p.read_table(sys.argv[1]).to_pylist()))';
    expect(JSON.parse(outputOf(pyarrow ?? '', ['-c', script, path]))).to.deep.equal(asObjects(ODD));
  });

  const networkx = pythonWith('networkx');
  itWithTool('as GraphML has the same shortest times in NetworkX', 'networkx', networkx !== null, () => {
    const table = network();
    const path = write('rail.graphml', graphMl(table));
    const script =
      'import json,sys,networkx as n; g=n.read_graphml(sys.argv[1]); print(json.dumps([g.number_of_nodes(), g.number_of_edges(), n.single_source_dijkstra_path_length(g, sys.argv[2], weight="minutes")]))';
    const origin = table.network.nodeIds.indexOf('station/beijing-south');
    const [nodes, edges, times] = JSON.parse(outputOf(networkx ?? '', ['-c', script, path, 'station/beijing-south']));
    expect([nodes, edges]).to.deep.equal([table.network.nodeCount, table.network.arcCount]);
    const costs = oneToAll(table.network, origin);
    table.network.nodeIds.forEach((id, node) => {
      const reached = (costs[node] ?? 0) !== 0xffffffff;
      expect(id in times, id).to.equal(reached);
      if (reached) expect(times[id], id).to.be.closeTo((costs[node] ?? 0) / MILLISECONDS_PER_MINUTE, 1e-6);
    });
  });

  for (const [format, columns] of [
    ['GMNS tables', ['from_node_id', 'to_node_id', 'travel_time']],
    ['an edge list', ['from', 'to', 'weight']],
  ] as const) {
    itWithTool(`as ${format} has the same shortest times in NetworkX`, 'networkx', networkx !== null, () => {
      const table = network();
      const text = format === 'an edge list' ? edgeList(table) : (gmnsTables(table, region, 'x').get('link.csv') ?? '');
      const path = write('links.csv', text);
      const script =
        'import csv,json,sys,networkx as n; a,b,c=sys.argv[3:6]; g=n.MultiDiGraph(); [g.add_edge(r[a],r[b],w=float(r[c])) for r in csv.DictReader(open(sys.argv[1], encoding="utf8"))]; print(json.dumps([g.number_of_edges(), n.single_source_dijkstra_path_length(g, sys.argv[2], weight="w")]))';
      const [edges, times] = JSON.parse(outputOf(networkx ?? '', ['-c', script, path, 'station/beijing-south', ...columns]));
      expect(edges).to.equal(table.network.arcCount);
      const costs = oneToAll(table.network, table.network.nodeIds.indexOf('station/beijing-south'));
      const unit = format === 'an edge list' ? 1 : MILLISECONDS_PER_MINUTE;
      table.network.nodeIds.forEach((id, node) => {
        if ((costs[node] ?? 0) !== 0xffffffff) expect(times[id], id).to.be.closeTo((costs[node] ?? 0) / unit, 1e-6);
      });
    });
  }

  it('as graphology JSON is imported by graphology with every arc', () => {
    const table = network();
    const graph = MultiDirectedGraph.from(JSON.parse(graphologyJson(table.network, table.metres)));
    expect([graph.order, graph.size]).to.deep.equal([table.network.nodeCount, table.network.arcCount]);
    const minutes = [...arcsOf(table)].reduce((sum, { milliseconds }) => sum + milliseconds, 0) / MILLISECONDS_PER_MINUTE;
    expect(graph.reduceEdges((sum, _edge, attributes) => sum + Number(attributes.minutes), 0)).to.be.closeTo(minutes, 1e-6);
  });

  it('as an edge list is read back as the same network', () => {
    const table = network();
    const { network: read } = readEdgeList(write('edges.csv', edgeList(table)));
    const named = ({ network: { nodeIds } }: { network: typeof read }, arcs: ArcTable) =>
      [...arcsOf(arcs)].map(({ from, to, milliseconds }) => `${nodeIds[from]} ${nodeIds[to]} ${milliseconds}`).sort();
    expect(named({ network: read }, { network: read, metres: null })).to.deep.equal(named(table, table));
  });

  const h5py = pythonWith('h5py');
  itWithTool('as OMX comes back from h5py: shape, lookup, values, and NaN where there is no way', 'h5py', h5py !== null, async () => {
    const path = folder.at('m.omx');
    await writeOpenMatrix(MATRIX, path);
    const script =
      'import h5py,json,sys; f=h5py.File(sys.argv[1]); m=f["data/minutes"][:]; print(json.dumps([f.attrs["OMX_VERSION"], f.attrs["SHAPE"].tolist(), [z.decode() for z in f["lookup/zone"]], [[None if v!=v else v for v in r] for r in m.tolist()]]))';
    const [version, shape, zones, values] = JSON.parse(outputOf(h5py ?? '', ['-c', script, path]));
    expect([version, shape, zones]).to.deep.equal(['0.2', [2, 2], ['x', 'y']]);
    expect(values).to.deep.equal([
      [0, 12.5],
      [null, null],
    ]);
  });

  it('as OMX refuses what is no table of pairs, and a pair that comes twice', async () => {
    const failure = (table: ResultTable) => writeOpenMatrix(table, folder.at('m.omx')).catch((error: unknown) => error);
    expect(await failure({ ...MATRIX, columns: [column('id'), column('to'), column('minutes')] })).to.be.instanceOf(DataError);
    expect(await failure({ ...MATRIX, rows: [...MATRIX.rows, ['x', 'y', 1]] })).to.be.instanceOf(DataError);
  });

  /** A square with a hole, and another apart. */
  const AREAS: Layer = {
    name: 'areas',
    geometry: 'MultiPolygon',
    columns: [{ name: 'minutes', type: 'integer', unit: 'min' }],
    rows: [[30]],
    positions: [[]],
    polygons: [
      [
        [
          [
            [0, 0],
            [4, 0],
            [4, 4],
            [0, 4],
            [0, 0],
          ],
          [
            [1, 1],
            [1, 2],
            [2, 2],
            [2, 1],
            [1, 1],
          ],
        ],
        [
          [
            [5, 5],
            [6, 5],
            [6, 6],
            [5, 5],
          ],
        ],
      ],
    ],
  };
  for (const [format, file, content] of [
    ['GeoPackage', 'areas.gpkg', async () => geoPackage([AREAS])],
    ['FlatGeobuf', 'areas.fgb', async () => layerFlatGeobuf(AREAS).bytes],
    ['GeoJSON', 'areas.geojson', async () => layerGeoJson(AREAS)],
    ['CSV', 'areas.csv', async () => layerCsv(AREAS)],
  ] as const) {
    gdal(`of areas with holes as ${format} has the same rings in GDAL`, async () => {
      const options = format === 'CSV' ? ['-oo', 'GEOM_POSSIBLE_NAMES=geometry', '-oo', 'KEEP_GEOM_COLUMNS=NO'] : [];
      const text = outputOf('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', write(file, await content()), ...options]);
      expect(JSON.parse(text).features[0].geometry).to.deep.equal({ type: 'MultiPolygon', coordinates: AREAS.polygons?.[0] });
    });
  }

  it('of an edge list, which has no places, is plain tables', () => {
    const { network: read } = readEdgeList(write('edges.csv', 'from,to,weight\na,b,60000\n'));
    const [nodes, links] = networkLayers({ network: read, metres: null });
    expect([nodes?.geometry, links?.geometry]).to.deep.equal(['none', 'none']);
    expect(readFileSync(write('links.csv', layerCsv(links as Layer)), 'utf8')).to.equal('id,from,to,minutes,length_km\n0,a,b,1,\n');
  });
});
