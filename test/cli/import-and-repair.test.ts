import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { node, osmXml, relation, way } from '../support/osm-worlds.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8' });

/* 1 --- 2 --- 3     two towns at the ends, a lane 2-4 in the middle, a lane 5-6 that stops a metre short of 2-3; left into the lane forbidden */
const WORLD = osmXml([
  ...[node(1, 0, 0, { place: 'town', name: 'West', population: '9000' }), node(2, 10, 0), node(3, 20, 0, { place: 'town', name: 'East' })],
  ...[node(4, 10, 5), node(5, 15, 5), node(6, 15, 0.01)],
  ...[
    way(1, [1, 2, 3], { highway: 'primary', maxspeed: '60' }),
    way(2, [2, 4], { highway: 'residential' }),
    way(3, [5, 6], { highway: 'residential' }),
  ],
  relation(1, ['way 1 from', 'node 2 via', 'way 2 to'], { type: 'restriction', restriction: 'no_left_turn' }),
]);

describe('a region from OpenStreetMap', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'corridor-'));
    writeFileSync(join(folder, 'world.osm'), WORLD);
  });
  after(() => rmSync(folder, { recursive: true }));
  const region = () => join(folder, 'region');

  it('is written by one command and taken by the others', () => {
    const { status, stdout, stderr } = run('import', 'osm', join(folder, 'world.osm'), '--out', region());
    expect(status, stderr).to.equal(0);
    expect(stdout).to.contain('roads: 3 ways');
    expect(stderr).to.contain('place=town without a population');
    expect(stderr).to.contain(`next: corridor check ${region()}\n      corridor accessibility ${region()}\n`);
    expect(run('check', region()).stdout).not.to.contain('unknown-class');
    const matrix = run('matrix', region(), '--mode', 'road', '--format', 'csv');
    // 20 steps of 111.319 m at 60 km/h; both towns stand on the road
    expect(
      Number(
        matrix.stdout
          .split('\n')
          .find((line) => line.startsWith('n1,n3'))
          ?.split(',')[2],
      ),
    ).to.be.closeTo(2.23, 0.005);
  }).timeout(60_000);

  it('without places says what it lacks: at the import, in the check and where zones are asked for', () => {
    const bare = join(folder, 'bare');
    writeFileSync(join(folder, 'bare.osm'), WORLD.replaceAll('k="place"', 'k="note"'));
    expect(run('import', 'osm', join(folder, 'bare.osm'), '--out', bare).stderr).to.contain('no zones: corridor import zones FILE');
    expect(run('check', bare).stdout).to.contain('note no-zones');
    for (const call of [
      ['accessibility', bare, '--opportunity', 'zones'],
      ['benchmark', bare],
      ['matrix', bare],
      ['route', bare, '--from', 'n1', '--to', 'n3'],
      ['equity', bare],
      ['bottlenecks', bare],
      ['bottlenecks', bare, '--mode', 'rail'],
      ['demand', bare],
      ['borders', bare],
      ['missing-links', bare],
      ['portfolio', bare, '--budget', '1e9'],
      ['report', bare, '--out', join(folder, 'page')],
    ]) {
      const { status, stderr } = run(...call);
      expect(
        [status, /no zones; expected some: corridor import zones (FILE --to \S+ )?adds them/.test(stderr)],
        call.join(' '),
      ).to.deep.equal([2, true]);
    }
  }).timeout(60_000);

  it('gets a page where people are counted, with maps as wide as it is, and is told where nobody is', () => {
    const copy = join(folder, 'peopled');
    run('import', 'osm', join(folder, 'world.osm'), '--out', copy);
    const page = run('report', copy, '--out', join(folder, 'page'));
    expect(page.status, page.stderr).to.equal(0);
    expect(readFileSync(join(folder, 'page', 'index.html'), 'utf8')).to.contain('All maps to the same scale: 10 km across');
    const zones = readFileSync(join(copy, 'zones.geojson'), 'utf8');
    writeFileSync(join(copy, 'zones.geojson'), zones.replaceAll(/"population":\d+/g, '"population":0'));
    const empty = run('report', copy, '--out', join(folder, 'empty'));
    expect([empty.status, empty.stderr]).to.deep.equal([
      2,
      `corridor: peopled counts nobody; expected people in its zones: corridor import zones FILE --population COLUMN adds them\n`,
    ]);
    expect(existsSync(join(folder, 'empty'))).to.equal(false);
  }).timeout(60_000);

  it('gets zones of a raster over a grid or over polygons, one of which must be named', () => {
    const path = join(folder, 'people.asc');
    writeFileSync(path, 'ncols 4\nnrows 1\nxllcorner 0\nyllcorner -0.0025\ncellsize 0.005\n1 2 0 4\n');
    const copy = join(folder, 'raster');
    run('import', 'osm', join(folder, 'world.osm'), '--out', copy);
    const box = ['--box', '0,-0.01,0.015,0.01'];
    const made = run('import', 'zones', '--raster', path, '--grid', 'square', '--cell', '0.5', ...box, '--to', copy);
    expect([made.status, made.stdout]).to.deep.equal([0, `2 zones, 3 persons; ${copy}\n`]);
    expect(made.stderr).to.contain('1 of 3 cells with people').and.contain('4 of 7 persons').and.contain('taken as degrees WGS84');
    const over = run('import', 'zones', join(copy, 'zone-areas.geojson'), '--raster', path, '--to', copy);
    expect([over.status, over.stdout]).to.deep.equal([0, `2 zones, 3 persons; ${copy}\n`]);
    const wrong = [
      [['--raster', path], '--raster needs a file of polygons or --grid'],
      [[path, '--population', 'z'], `expected it as --raster ${path}`],
      [['--raster', path, '--grid', 'square', '--population', 'x'], 'both say where people live'],
    ] as const;
    for (const [parts, message] of wrong) {
      const { status, stderr } = run('import', 'zones', ...parts, '--to', copy);
      expect([status, stderr.includes(message)], stderr).to.deep.equal([2, true]);
    }
  }).timeout(60_000);

  it('gets other zones without its roads being touched', () => {
    const roads = readFileSync(join(region(), 'roads.geojson'), 'utf8');
    writeFileSync(join(folder, 'people.csv'), 'lon,lat,persons\n0.001,0,10\n0.0201,0.0001,30\n0.0199,0,5\n');
    const { status, stdout, stderr } = run(
      'import',
      'zones',
      join(folder, 'people.csv'),
      '--population',
      'persons',
      '--grid',
      'hexagon',
      '--cell',
      '1',
      '--box',
      '0,-0.01,0.03,0.01',
      '--to',
      region(),
    );
    expect(status, stderr).to.equal(0);
    expect(stdout).to.contain('2 zones, 45 persons');
    expect(readFileSync(join(region(), 'roads.geojson'), 'utf8')).to.equal(roads);
    expect(JSON.parse(readFileSync(join(region(), 'region.json'), 'utf8')).primaryCore).to.match(/^h/);
    expect(run('check', region()).status).to.equal(0);
    const zones = readFileSync(join(region(), 'zones.geojson'), 'utf8');
    expect(run('import', 'osm', join(folder, 'world.osm'), '--keep-zones', '--out', region()).stdout).to.contain('2 zones');
    expect(readFileSync(join(region(), 'zones.geojson'), 'utf8')).to.equal(zones);
  }).timeout(60_000);

  it('is mended by edits that are listed first, applied when asked, and undone to the same bytes', () => {
    const files = ['roads.geojson', 'junctions.geojson', 'turns.json'];
    const before = files.map((name) => readFileSync(join(region(), name), 'utf8'));
    const proposed = run('check', region(), '--repair');
    expect(proposed.status, proposed.stderr).to.equal(0);
    expect(proposed.stdout).to.contain('e1 split: the end n6 of w3.0').and.to.contain('1 edits: 1 split');
    expect(files.map((name) => readFileSync(join(region(), name), 'utf8'))).to.deep.equal(before);
    expect(run('repair', region()).status).to.equal(0);
    expect(readFileSync(join(region(), 'roads.geojson'), 'utf8')).to.contain('"w1.1/a"');
    expect(run('repair', region()).stderr).to.contain('applied already');
    expect(run('check', region()).stdout).to.contain('0 faults');
    expect(run('repair', region(), '--undo').status).to.equal(0);
    expect(files.map((name) => readFileSync(join(region(), name), 'utf8'))).to.deep.equal(before);
  }).timeout(120_000);

  it('is not begun where the file is broken, absent, or holds no network', () => {
    const out = join(folder, 'none');
    writeFileSync(join(folder, 'broken.osm'), WORLD.slice(0, 600));
    writeFileSync(join(folder, 'empty.osm'), osmXml([node(1, 0, 0)]));
    expect(run('import', 'osm', join(folder, 'broken.osm'), '--out', out)).to.include({ status: 1 });
    expect(run('import', 'osm', join(folder, 'empty.osm'), '--out', out).stderr).to.contain('no-network');
    expect(run('import', 'osm', join(folder, 'absent.osm'), '--out', out)).to.include({ status: 2 });
    expect(run('import', 'osm', join(folder, 'world.osm'), '--out', out, '--country', 'Germany').stderr).to.contain('two letters');
    expect(existsSync(out)).to.equal(false);
  }).timeout(60_000);
});
