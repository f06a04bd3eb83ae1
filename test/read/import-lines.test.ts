import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { buildPlainGraph, DEFAULT_NODING } from '../../src/build/plain-graph.ts';
import { plainRegionRows } from '../../src/build/plain-region.ts';
import { DataError, UsageError } from '../../src/model/errors.ts';
import type { Layer } from '../../src/model/layer.ts';
import type { Problem } from '../../src/model/problem.ts';
import { travelMinutes } from '../../src/model/units.ts';
import { openLinks } from '../../src/open/open-links.ts';
import { edgeRegionRows } from '../../src/read/edge-region.ts';
import { faultsInto } from '../../src/read/features.ts';
import { DEFAULT_GMNS_OPTIONS, importGmns } from '../../src/read/gmns/import-gmns.ts';
import { DEFAULT_LINE_FIELDS, readLines } from '../../src/read/lines/line-feature.ts';
import { openLineFile } from '../../src/read/lines/open-lines.ts';
import { readWkb } from '../../src/read/lines/wkb.ts';
import { sampleZones } from '../../src/read/sample-zones.ts';
import { layerFlatGeobuf } from '../../src/write/export/flatgeobuf.ts';
import { geoPackage } from '../../src/write/export/geopackage.ts';
import { gmnsTables } from '../../src/write/export/gmns.ts';
import { arcMetres } from '../../src/write/export/network-layers.ts';
import { layerGeoJson } from '../../src/write/export/text-layers.ts';
import { toWkb } from '../../src/write/export/wkb.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';
import { itWithShared, sharedPath } from '../support/shared-data.ts';
import { hasProgram, itWithTool, outputOf } from '../support/tools.ts';

/** Two streets that share a vertex, one of them one way against its drawing. */
const STREETS: Layer = {
  name: 'streets',
  geometry: 'LineString',
  columns: [
    { name: 'id', type: 'text', unit: '' },
    { name: 'maxspeed', type: 'text', unit: '' },
    { name: 'oneway', type: 'text', unit: '' },
    { name: 'highway', type: 'text', unit: '' },
  ],
  rows: [
    ['a', '50', 'no', 'primary'],
    ['b', '30 mph', '-1', 'residential'],
  ],
  positions: [
    [
      [0, 0],
      [0.01, 0],
      [0.02, 0],
    ],
    [
      [0.01, 0],
      [0.01, 0.01],
    ],
  ],
};

describe('lines of a file', () => {
  const folder = folderForEachTest();
  const { write } = folder;
  const roadsOf = async (path: string) => {
    const problems: Problem[] = [];
    const { lines } = readLines(await openLineFile(path, null), 'streets', DEFAULT_LINE_FIELDS, faultsInto(problems));
    expect(problems).to.deep.equal([]);
    const { graph } = buildPlainGraph(lines, DEFAULT_NODING);
    return plainRegionRows(graph, new Map(lines.map((line) => [line.id, line])), 'streets');
  };

  for (const [format, name, content] of [
    ['GeoJSON', 'streets.geojson', async () => layerGeoJson(STREETS)],
    ['GeoPackage', 'streets.gpkg', async () => geoPackage([STREETS])],
    ['FlatGeobuf', 'streets.fgb', async () => layerFlatGeobuf(STREETS).bytes],
  ] as const) {
    it(`of ${format} become roads that meet where lines share a vertex, with speed, class and direction`, async () => {
      const { junctions, roads } = await roadsOf(write(name, await content()));
      expect(junctions).to.have.length(4);
      const facts = roads.map((road) => [
        road.id,
        road.class,
        road.speedKilometresPerHour.toFixed(3),
        road.oneway,
        road.from.split(',').map(Number),
      ]);
      expect(facts).to.deep.equal([
        ['a#0', 'primary', '50.000', false, [0, 0]],
        ['a#1', 'primary', '50.000', false, [0.01, 0]],
        ['b#0', 'residential', (30 * 1.609344).toFixed(3), true, [0.01, 0.01]],
      ]);
    });
  }

  itWithTool('of a shapefile in another projection are turned to degrees', 'gdal-bin', hasProgram('ogr2ogr'), async () => {
    const from = write('streets.geojson', layerGeoJson(STREETS));
    outputOf('ogr2ogr', ['-t_srs', 'EPSG:3857', folder.at('mercator.shp'), from]);
    const { junctions, roads } = await roadsOf(folder.at('mercator.shp'));
    expect([junctions.length, roads.length]).to.deep.equal([4, 3]);
    expect(Math.max(...junctions.map(({ longitude }) => longitude))).to.be.closeTo(0.02, 1e-6);
  });

  itWithTool('of a GeoPackage in another projection are refused with the way out', 'gdal-bin', hasProgram('ogr2ogr'), async () => {
    outputOf('ogr2ogr', ['-t_srs', 'EPSG:3857', folder.at('m.gpkg'), write('streets.geojson', layerGeoJson(STREETS))]);
    const error = await openLineFile(folder.at('m.gpkg'), null).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(DataError);
    expect(String(error)).to.contain('EPSG:3857').and.contain('-t_srs EPSG:4326');
  });

  it('at fault are named one by one, and the rest is read', () => {
    const problems: Problem[] = [];
    const feature = (id: string, coordinates: unknown, properties = {}) => ({
      id,
      geometry: { type: 'LineString', coordinates },
      properties,
    });
    const good = [
      [0, 0],
      [1, 1],
    ];
    const { lines } = readLines(
      [
        feature('good', good),
        feature('good', good),
        feature('fast', good, { maxspeed: 'fast' }),
        feature('way', good, { oneway: 'maybe' }),
        feature('short', [[0, 0]]),
        feature('far', [...good, [500, 0]]),
        { id: 'area', geometry: { type: 'Polygon', coordinates: [good] }, properties: null },
      ],
      'x',
      DEFAULT_LINE_FIELDS,
      faultsInto(problems),
    );
    expect(lines.map(({ id }) => id)).to.deep.equal(['good']);
    expect(problems.map(({ kind, feature: id }) => `${kind} ${id}`)).to.deep.equal([
      'duplicate-id good',
      'bad-value fast',
      'bad-value way',
      'short-line short',
      'coordinates far',
      'geometry-type area',
    ]);
  });

  it('of an unknown ending or a broken file are refused', async () => {
    const failure = (path: string) => openLineFile(path, null).catch((error: unknown) => error);
    expect(await failure(write('lines.dxf', ''))).to.be.instanceOf(UsageError);
    for (const ending of ['gpkg', 'fgb', 'geojson'])
      expect(await failure(write(`x.${ending}`, 'no such thing')), ending).to.be.instanceOf(DataError);
  });

  it('as well-known binary come back from their own bytes', () => {
    const position = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }));
    fc.assert(
      fc.property(fc.array(position, { minLength: 2, maxLength: 20 }), (positions) => {
        expect(readWkb(toWkb(positions))).to.deep.equal({ type: 'LineString', coordinates: positions });
      }),
    );
    expect(() =>
      readWkb(
        toWkb([
          [0, 0],
          [1, 1],
        ]).subarray(0, 20),
      ),
    ).to.throw(RangeError);
  });
});

describe('GMNS tables', () => {
  const folder = folderForEachTest();
  const write = (tables: ReadonlyMap<string, string>) => {
    const path = folder.at('gmns');
    mkdirSync(path, { recursive: true });
    for (const [name, text] of tables) writeFileSync(join(path, name), text);
    return path;
  };
  const roadMinutes = (roads: readonly { lengthKilometres: number; speedKilometresPerHour: number }[]) =>
    roads.reduce((sum, road) => sum + travelMinutes(road.lengthKilometres, road.speedKilometresPerHour), 0);

  it('that we write are read back with the same links and times', () => {
    const { network, metres } = openLinks('jing-jin-ji', { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' });
    const path = write(gmnsTables({ network, metres: arcMetres(network, metres) }, null, 'jing-jin-ji'));
    const { roads, junctions, problems } = importGmns(path, DEFAULT_GMNS_OPTIONS);
    expect(problems).to.deep.equal([]);
    expect([roads.length, junctions.length]).to.deep.equal([network.arcCount, network.nodeCount]);
    const minutes = network.arcCost.reduce((sum, cost) => sum + cost, 0) / 60_000;
    expect(roadMinutes(roads) / minutes).to.be.closeTo(1, 1e-6);
  });

  const nodes = 'node_id,x_coord,y_coord\n1,0,0\n2,0.01,0\n3,0.02,0\n';
  const link = 'link_id,from_node_id,to_node_id,directed,length,free_speed\n';

  it('without a unit of speed are refused; lengths tell their unit by the straight line', () => {
    // 0.01 degrees of the equator are 1.112 km or 0.691 miles
    const tables = new Map([
      ['node.csv', nodes],
      ['link.csv', `${link}a,1,2,1,0.7,30\nb,2,3,0,0.7,30\n`],
    ]);
    expect(() => importGmns(write(tables), DEFAULT_GMNS_OPTIONS)).to.throw(UsageError, '--speed-unit');
    const units = { lengthKilometres: null, speedKilometresPerHour: 1.609344 };
    const { roads, notes } = importGmns(write(tables), { ...DEFAULT_GMNS_OPTIONS, units });
    expect(notes.join()).to.contain('lengths read as miles');
    expect(roads.map(({ lengthKilometres, oneway }) => [lengthKilometres.toFixed(4), oneway])).to.deep.equal([
      [(0.7 * 1.609344).toFixed(4), true],
      [(0.7 * 1.609344).toFixed(4), false],
    ]);
  });

  it('with broken rows name each, with names that a shapefile cut are understood with a warning', () => {
    const cut = `${link.replace('from_node_id', 'from_node_')}a,1,2,1,1.2,30\na,2,3,1,1.2,30\nb,1,9,1,1.2,30\nc,1,3,2,-4,30\nd,2,3,1,1.2,\n`;
    const path = write(
      new Map([
        ['node.csv', nodes],
        ['link.csv', cut],
        ['config.csv', 'long_length,speed\nkm,km/h\n'],
      ]),
    );
    const { roads, problems } = importGmns(path, DEFAULT_GMNS_OPTIONS);
    expect(roads.map(({ id }) => id)).to.deep.equal(['a']);
    expect(problems.map(({ kind, feature, property }) => `${kind} ${feature} ${property}`)).to.deep.equal([
      'cut-name line 1 head',
      'duplicate-id line 3 link_id',
      'unknown-reference line 4 from_node_id, to_node_id',
      'bad-value line 5 directed',
      'bad-value line 5 length',
      'missing-speed line 6 free_speed',
    ]);
  });

  itWithShared('of Lima give every node, link and mile of the tables', ['gmns/lima_oh/link.csv'], () => {
    const units = { lengthKilometres: null, speedKilometresPerHour: 1.609344 };
    const { roads, junctions, zones } = importGmns(sharedPath('gmns/lima_oh'), { ...DEFAULT_GMNS_OPTIONS, units });
    // counted with a plain CSV reader: 2,232 nodes, 449 centroids in 446 zones, 6,095 links, 2,186.6184 miles
    expect([junctions.length, zones.length, roads.length]).to.deep.equal([2232, 446, 6095]);
    expect(roads.reduce((sum, road) => sum + road.lengthKilometres, 0) / 1.609344).to.be.closeTo(2186.6184, 0.0001);
  });
});

describe('an edge list with places', () => {
  const folder = folderForEachTest();
  const { write } = folder;

  it('keeps each weight as the time of its road, and names what it cannot keep', () => {
    const nodes = write('nodes.csv', 'id,longitude,latitude\na,0,0\nb,0.01,0\nc,x,0\n');
    const edges = write('edges.csv', 'from,to,weight\na,b,61234\nb,a,70001\na,c,1000\na,b,1\nb,b,5\n');
    const { roads, problems } = edgeRegionRows(edges, nodes);
    const minutes = roads.map((road) => travelMinutes(road.lengthKilometres, road.speedKilometresPerHour));
    expect(minutes.map((time) => Math.round(time * 60_000))).to.deep.equal([61_234, 70_001]);
    expect(problems.map(({ kind, feature }) => `${kind} ${feature}`)).to.deep.equal([
      'coordinates line 4',
      'unknown-reference line 4',
      'absurd-speed line 5',
      'self-loop line 6',
    ]);
  });

  it('spreads at most so many zones over a network, one a square, the same whatever the order', () => {
    const place = fc.record({ x: fc.double({ min: -10, max: 10, noNaN: true }), y: fc.double({ min: 30, max: 40, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 30 }), (places, most) => {
        const junctions = places.map(({ x, y }, index) => {
          return { id: `j${index}`, name: '', nameLocal: '', longitude: x, latitude: y, kind: 'node', zone: null, kept: {} };
        });
        const zones = sampleZones(junctions, most);
        expect(zones.length).to.be.within(1, most);
        expect(sampleZones(junctions.toReversed(), most)).to.deep.equal(zones);
      }),
    );
  });
});
