import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { DataError } from '../../../src/model/errors.ts';
import { DEFAULT_OSM_OPTIONS, importOsm, type OsmImport } from '../../../src/read/osm/import-osm.ts';
import { importWorld, node, osmXml, relation, way, withFile } from '../../support/osm-worlds.ts';
import { writePbf } from '../../support/pbf-writer.ts';
import { itWithShared, sharedPath } from '../../support/shared-data.ts';

/** Kilometres of a step of 0.001 degrees at the equator: the equatorial radius 6378.137 km, and the meridional one there, 6335.439 km. */
const EAST = (6378.137 * Math.PI) / 180_000;
const NORTH = (6335.439 * Math.PI) / 180_000;

const links = ({ region }: OsmImport) => [...region.roads];
const ends = (imported: OsmImport) => links(imported).map(({ id, from, to }) => `${id}: ${from}-${to}`);
const told = ({ problems }: OsmImport, kind: string) =>
  problems.filter((problem) => problem.kind === kind).map(({ found, feature }) => `${feature}: ${found}`);

/*   3            a straight road 1-2-4-5 with a side road 2-3;
     |            node 4 only bends the line
 1---2---4---5 */
const TEE = [node(1, 0, 0), node(2, 1, 0), node(3, 1, 1), node(4, 2, 0), node(5, 3, 0)];
const TEE_WAYS = [way(10, [1, 2, 4, 5], { highway: 'primary', name: 'High Street' }), way(11, [2, 3], { highway: 'residential' })];

describe('an OpenStreetMap file', () => {
  it('is cut where ways share a node, and only there', async () => {
    const imported = await importWorld([...TEE, ...TEE_WAYS]);
    expect(ends(imported)).to.deep.equal(['w10.0: n1-n2', 'w10.1: n2-n5', 'w11.0: n2-n3']);
    const [first, second, third] = links(imported);
    expect(first?.lengthKilometres).to.be.closeTo(EAST, 1e-6);
    expect(second?.lengthKilometres).to.be.closeTo(2 * EAST, 1e-6);
    expect(third?.lengthKilometres).to.be.closeTo(NORTH, 1e-6);
    expect(second?.geometry).to.deep.equal([
      [0.001, 0],
      [0.002, 0],
      [0.003, 0],
    ]);
    expect(second).to.deep.include({ class: 'primary', name: 'High Street', speedKilometresPerHour: 60, oneway: false, status: 'open' });
    expect([...imported.region.junctions].map((place) => place.id)).to.deep.equal(['n1', 'n2', 'n3', 'n5']);
  });

  it('keeps ways apart that cross without a shared node: bridges and tunnels', async () => {
    const cross = [node(1, 0, 1), node(2, 2, 1), node(3, 1, 0), node(4, 1, 2)];
    const imported = await importWorld([
      ...cross,
      way(1, [1, 2], { highway: 'primary' }),
      way(2, [3, 4], { highway: 'primary', bridge: 'yes', layer: '1' }),
    ]);
    expect(ends(imported)).to.deep.equal(['w1.0: n1-n2', 'w2.0: n3-n4']);
    expect(links(imported)[1]?.kept.bridge).to.equal('yes');
    expect(imported.counts.islands).to.equal(2);
  });

  it('joins alike ways through places where nothing changes, with every position and the true length', async () => {
    // three ways end to end; the middle one is a bridge, the last one drawn the other way round
    const nodes = [0, 1, 2, 3, 4, 5].map((x) => node(x + 1, x, 0));
    const tags = { highway: 'secondary', maxspeed: '70' };
    const ways = [way(1, [1, 2, 3], tags), way(2, [3, 4], { ...tags, bridge: 'yes' }), way(3, [6, 5, 4], tags)];
    const joined = await importWorld([...nodes, ...ways]);
    expect(ends(joined)).to.deep.equal(['w1.0: n1-n6']);
    expect(links(joined)[0]?.geometry).to.have.length(6);
    expect(links(joined)[0]?.lengthKilometres).to.be.closeTo(5 * EAST, 1e-6);
    expect(links(joined)[0]?.kept).to.include({ osm_ways: '1;2;3', bridge: 'yes' });
    const apart = await importWorld([...nodes, ...ways], { isSimplified: false });
    expect(ends(apart)).to.deep.equal(['w1.0: n1-n3', 'w2.0: n3-n4', 'w3.0: n6-n4']);
    expect(links(apart).reduce((sum, link) => sum + link.lengthKilometres, 0)).to.be.closeTo(5 * EAST, 2e-6);
  });

  it('does not join through a change of speed, or one-way roads that meet head on', async () => {
    const nodes = [0, 1, 2].map((x) => node(x + 1, x, 0));
    const speeds = await importWorld([
      ...nodes,
      way(1, [1, 2], { highway: 'secondary', maxspeed: '70' }),
      way(2, [2, 3], { highway: 'secondary', maxspeed: '50' }),
    ]);
    expect(ends(speeds)).to.have.length(2);
    const tags = { highway: 'secondary', oneway: 'yes' };
    expect(ends(await importWorld([...nodes, way(1, [1, 2], tags), way(2, [3, 2], tags)]))).to.deep.equal(['w1.0: n1-n2', 'w2.0: n3-n2']);
    expect(ends(await importWorld([...nodes, way(1, [1, 2], tags), way(2, [2, 3], tags)]))).to.deep.equal(['w1.0: n1-n3']);
  });

  it('turns ways with oneway=-1 so that their links run the way cars drive', async () => {
    const imported = await importWorld([
      ...TEE,
      way(10, [1, 2, 4, 5], { highway: 'primary', oneway: '-1' }),
      way(11, [2, 3], { highway: 'residential' }),
    ]);
    expect(ends(imported)).to.deep.equal(['w10.0: n2-n1', 'w10.1: n5-n2', 'w11.0: n2-n3']);
    expect(links(imported)[1]?.geometry?.[0]).to.deep.equal([0.003, 0]);
    expect(links(imported)[1]?.oneway).to.equal(true);
  });

  it('cuts loops in two, so that no link leads back to its own end', async () => {
    // a lane 1-2 with a turning loop 2-3-4-5-2 at its end, and a ring 6-7-8-6 by itself
    const nodes = [
      node(1, 0, 0),
      node(2, 1, 0),
      node(3, 2, 0),
      node(4, 2, 1),
      node(5, 1, 1),
      node(6, 9, 9),
      node(7, 10, 9),
      node(8, 9, 10),
    ];
    const tags = { highway: 'residential' };
    const imported = await importWorld([...nodes, way(1, [1, 2], tags), way(2, [2, 3, 4, 5, 2], tags), way(3, [6, 7, 8, 6], tags)]);
    for (const { from, to } of links(imported)) expect(from).not.to.equal(to);
    const total = links(imported).reduce((sum, link) => sum + link.lengthKilometres, 0);
    const loop = 2 * EAST + 2 * NORTH;
    const ring = EAST + NORTH + Math.hypot(EAST, NORTH);
    expect(total).to.be.closeTo(EAST + loop + ring, 1e-5);
  });

  it('lets a barrier end roads on both sides, and tells of it', async () => {
    const nodes = [node(1, 0, 0), node(2, 1, 0, { barrier: 'bollard' }), node(3, 2, 0)];
    const imported = await importWorld([...nodes, way(1, [1, 2, 3], { highway: 'residential' })]);
    expect(ends(imported)).to.deep.equal(['w1.0: n1-n2', 'w1.1: n2.1-n3']);
    expect(told(imported, 'barrier')).to.deep.equal(['1 node, node 2: barrier=bollard']);
  });

  it('draws nothing across nodes that the file does not hold', async () => {
    const nodes = [node(1, 0, 0), node(2, 1, 0), node(4, 3, 0), node(5, 4, 0)];
    const imported = await importWorld([
      ...nodes,
      way(1, [1, 2, 3, 4, 5], { highway: 'residential' }),
      way(2, [8, 9], { highway: 'residential' }),
    ]);
    expect(ends(imported)).to.deep.equal(['w1.0: n1-n2', 'w1.1: n4-n5']);
    expect(told(imported, 'way-cut')).to.deep.equal(['1 way, way 1: some of its nodes are not in the file']);
    expect(told(imported, 'way-dropped')).to.deep.equal(['1 way, way 2: fewer than two of its nodes are in the file']);
  });

  it('counts every speed taken from the class, and every way left out, by reason', async () => {
    const imported = await importWorld([
      ...TEE,
      ...TEE_WAYS,
      way(12, [4, 3], { highway: 'footway' }),
      way(13, [5, 3], { highway: 'service', access: 'private' }),
    ]);
    expect(told(imported, 'speed-imputed')).to.deep.equal([
      '1 way, way 10: primary: class default',
      '1 way, way 11: residential: class default',
    ]);
    expect(told(imported, 'way-dropped')).to.deep.equal([
      '1 way, way 13: no access by car: access=private',
      '1 way, way 12: not for cars: highway=footway',
    ]);
  });

  it('leaves out islands under the size asked for, and tells how many and how long', async () => {
    const island = [node(21, 9, 9), node(22, 9, 10), way(20, [21, 22], { highway: 'residential' })];
    const kept = await importWorld([...TEE, ...TEE_WAYS, ...island]);
    expect(kept.counts).to.include({ islands: 2, roadLinks: 4 });
    const left = await importWorld([...TEE, ...TEE_WAYS, ...island], { leastIslandJunctions: 3 });
    expect(left.counts).to.include({ islands: 1, roadLinks: 3 });
    expect(told(left, 'island-dropped').join()).to.contain(`1 islands of under 3 junctions, ${NORTH.toFixed(3)} km in all`);
  });

  it('runs a ferry over its whole way in its duration', async () => {
    const imported = await importWorld([
      node(1, 0, 0),
      node(2, 100, 0),
      way(1, [1, 2], { route: 'ferry', motor_vehicle: 'yes', duration: '00:30' }),
    ]);
    expect(links(imported)[0]?.speedKilometresPerHour).to.be.closeTo(100 * EAST * 2, 0.01);
  });

  it('makes zones of places and their people, and borders of boundaries', async () => {
    const square = [node(1, -5, -5), node(2, 5, -5), node(3, 5, 5), node(4, -5, 5)];
    const places = [
      node(11, 0, 0, { place: 'town', name: 'Inside', population: '1,200' }),
      node(12, 9, 9, { place: 'village', name: 'Outside' }),
    ];
    const outline = [way(1, [1, 2, 3], {}), way(2, [1, 4, 3], {})];
    const unit = relation(5, ['way 1 outer', 'way 2 outer'], {
      type: 'boundary',
      boundary: 'administrative',
      admin_level: '4',
      name: 'Province',
    });
    const half = relation(6, ['way 1 outer'], { type: 'boundary', boundary: 'administrative', admin_level: '8', name: 'Half' });
    const imported = await importWorld([...square, ...places, ...TEE, ...outline, ...TEE_WAYS, unit, half]);
    expect(imported.borders.map(({ id, level, name }) => [id, level, name])).to.deep.equal([['r5', 4, 'Province']]);
    expect(imported.borders[0]?.polygons[0]?.[0]).to.have.length(5);
    expect(imported.region.zones.map(({ name, admin1, population }) => [name, admin1, population])).to.deep.equal([
      ['Inside', 'Province', 1200],
      ['Outside', '', 0],
    ]);
    expect(told(imported, 'population-missing')).to.deep.equal(['1 node, node 12: place=village without a population']);
    expect(told(imported, 'border-dropped').join()).to.contain('do not close');
  });

  it('links stations along the tracks, past none in between, in the minutes of a stopping train', async () => {
    // A --- B --- C on one track, each 10 steps apart, and a track under construction from C to D
    const nodes = [node(1, 0, 0), node(2, 10, 0), node(3, 20, 0), node(4, 30, 0)];
    const stations = [1, 2, 3, 4].map((id) => node(id + 10, (id - 1) * 10, 0, { railway: 'station', name: 'ABCD'[id - 1] ?? '' }));
    const tracks = [
      way(1, [1, 2, 3], { railway: 'rail', maxspeed: '72' }),
      way(2, [3, 4], { railway: 'construction', construction: 'rail' }),
    ];
    const { region, tracks: rows } = await importWorld([...nodes, ...stations, ...tracks]);
    expect(region.rail.map(({ from, to, status }) => `${from}-${to} ${status}`)).to.deep.equal([
      'n11-n12 open',
      'n12-n13 open',
      'n13-n14 construction',
    ]);
    const metres = 10 * EAST * 1000;
    // 72 km/h = 20 m/s; speeding up and braking at 0.6 m/s² loses 20 / 0.6 seconds; half a minute at the platform
    expect(region.rail[0]?.minutes).to.be.closeTo((metres / 20 + 20 / 0.6) / 60 + 0.5, 0.001);
    expect(region.rail[0]?.lengthKilometres).to.be.closeTo(10 * EAST, 1e-4);
    expect(rows.map(({ status, lengthKilometres }) => [status, lengthKilometres.toFixed(3)])).to.deep.equal([
      ['open', (20 * EAST).toFixed(3)],
      ['construction', (10 * EAST).toFixed(3)],
    ]);
  });

  it('comes out the same whatever the order of its objects, and whatever it is packed in', async () => {
    const objects = [
      ...TEE,
      ...TEE_WAYS,
      way(12, [3, 5], { highway: 'tertiary' }),
      relation(1, ['way 10 from', 'node 2 via', 'way 11 to'], { type: 'restriction', restriction: 'no_left_turn' }),
    ];
    const summary = (imported: OsmImport) =>
      JSON.stringify([links(imported), [...imported.region.junctions], imported.region.turns, imported.problems]);
    const expected = summary(await importWorld(objects));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(objects, { minLength: objects.length }), async (shuffled) => {
        expect(summary(await importWorld(shuffled))).to.equal(expected);
      }),
      { numRuns: 20 },
    );
    const packed = await withFile('world.osm', gzipSync(osmXml(objects)), (path) => importOsm(path, DEFAULT_OSM_OPTIONS));
    expect(summary(packed)).to.equal(expected);
    const places = [
      [1, 0, 0],
      [2, 1, 0],
      [3, 1, 1],
      [4, 2, 0],
      [5, 3, 0],
    ] as const;
    const nodes = places.map(([id, x, y]) => ({ id, longitudeE7: x * 10_000, latitudeE7: y * 10_000 }));
    const ways = [
      { id: 10, nodes: [1, 2, 4, 5], tags: { highway: 'primary', name: 'High Street' } },
      { id: 11, nodes: [2, 3], tags: { highway: 'residential' } },
    ];
    for (const isPacked of [true, false]) {
      const pbf = await withFile('world.osm', writePbf(nodes, ways, { isPacked }), (path) => importOsm(path, DEFAULT_OSM_OPTIONS));
      expect(JSON.stringify(links(pbf))).to.equal(JSON.stringify(links(await importWorld([...TEE, ...TEE_WAYS]))));
    }
  });
});

describe('a broken OpenStreetMap file', () => {
  const fault = async (name: string, contents: string | Uint8Array) => {
    try {
      await withFile(name, contents, (path) => importOsm(path, DEFAULT_OSM_OPTIONS));
    } catch (error) {
      if (error instanceof DataError) return error.message;
      throw error;
    }
    return 'no fault';
  };

  it('as XML is refused with the line: not closed, another root, nonsense for a place', async () => {
    expect(await fault('a.osm', '<osm><node id="1" lat="0" lon="0">')).to.contain('unclosed tag');
    expect(await fault('a.osm', '<html></html>')).to.contain('<html>, not <osm>');
    expect(await fault('a.osm', '   ')).not.to.equal('no fault');
    const places = await fault(
      'a.osm',
      osmXml(['<node id="1" lat="north" lon="0"/>', '<node id="x" lat="1" lon="0"/>', '<node id="3" lat="95" lon="0"/>']),
    );
    expect(places).to.contain('line 3').and.to.contain('"north"').and.to.contain('id is "x"').and.to.contain('"95"');
  });

  it('as gzip or bzip2 is refused where it is cut off', async () => {
    const whole = gzipSync(osmXml([...TEE, ...TEE_WAYS]));
    expect(await fault('a.osm.gz', whole.subarray(0, whole.length - 20))).to.contain('unexpected end of file');
    expect(await fault('a.osm.bz2', Buffer.from('BZh91AY&SYnothing'))).to.contain('bzip2');
  });

  it('as PBF is refused with the byte: cut off, mixed up, packed otherwise, a history', async () => {
    const nodes = [
      { id: 1, longitudeE7: 0, latitudeE7: 0 },
      { id: 2, longitudeE7: 1, latitudeE7: 1 },
    ];
    const ways = [{ id: 1, nodes: [1, 2], tags: { highway: 'primary' } }];
    const whole = writePbf(nodes, ways);
    for (const length of [3, 20, whole.length - 1])
      expect(await fault('a.osm.pbf', whole.subarray(0, length)), String(length)).to.contain('truncated');
    const mixed = Buffer.from(whole);
    mixed[whole.length - 5] = (mixed[whole.length - 5] ?? 0) ^ 0xff;
    expect(await fault('a.osm.pbf', mixed)).to.match(/byte \d+/);
    expect(await fault('a.osm.pbf', writePbf(nodes, ways, { needs: ['HistoricalInformation'] }))).to.contain('HistoricalInformation');
    expect(await fault('a.osm.pbf', Buffer.from('no map at all, only words'))).to.contain('no OpenStreetMap PBF file');
  });
});

describe('real extracts', () => {
  // counts by `osmium fileinfo -e`; ways and kilometres by an independent reading of `osmium cat -f opl` with geodesics of Vincenty (1975)
  const EXTRACTS = [
    ['osm/osm2pgsql_liechtenstein-2013-08-03.osm.pbf', 65733, 7121, 113, 1563, 387.517],
    ['osm/graphhopper_moscow.osm.gz', 8402, 1652, 272, 427, 83.614],
    ['osm/otp_portland-central-filtered.osm.pbf', 42293, 7188, 443, 4243, 770.26],
  ] as const;
  for (const [file, nodes, ways, relations, roadWays, kilometres] of EXTRACTS) {
    itWithShared(`hold what osmium finds in ${file}`, [file], async () => {
      const { counts, problems } = await importOsm(sharedPath(file), DEFAULT_OSM_OPTIONS);
      expect(counts).to.include({ nodes, ways, relations });
      const short = problems.filter(({ kind, found }) => kind === 'way-dropped' && found.startsWith('fewer than two'));
      expect(counts.roadWays - short.reduce((sum, { feature }) => sum + Number.parseInt(feature, 10), 0)).to.equal(roadWays);
      expect(counts.roadKilometres / kilometres).to.be.closeTo(1, 0.001);
    });
  }
});
