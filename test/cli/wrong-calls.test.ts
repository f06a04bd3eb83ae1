import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { folderForAllTests } from '../support/scratch-folder.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

const SPEED = { speed_kmh: 60 };
const LINE = {
  type: 'LineString',
  coordinates: [
    [1, 1, 50],
    [1.1, 1, 60],
  ],
};
const feature = (geometry: unknown, properties: unknown = SPEED) => ({ type: 'Feature', properties, geometry });
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

/** Files at fault, and what the one line or more on standard error must say. */
const FAULTY: readonly (readonly [name: string, text: string, says: readonly string[]])[] = [
  ['empty.csv', '', ['columns is nothing; expected from,to,weight']],
  ['head.csv', 'from,to,weight\n', ['rows is 0; expected at least one row']],
  ['semicolons.csv', 'from;to;weight\na;b;1\n', ['columns is from;to;weight; expected from,to,weight']],
  ['negative.csv', 'from,to,weight\na,b,-1\n,c,5\n', ['line 2: weight is "-1"', 'line 3: from is nothing; expected the id of a node']],
  ['empty.geojson', '', ['expected JSON (RFC 8259)']],
  ['none.geojson', collection(), ['geometry is no line; expected at least one LineString']],
  ['point.geojson', collection(feature({ type: 'Point', coordinates: [1, 1] })), ['geometry is no line']],
  ['null.geojson', collection(feature(null)), ['geometry is null; expected LineString or MultiLineString']],
  [
    'geometries.geojson',
    collection(feature({ type: 'GeometryCollection', geometries: [LINE] })),
    ['geometry is GeometryCollection; expected LineString or MultiLineString'],
  ],
  ['nested.geojson', collection({ type: 'FeatureCollection', features: [] }), ['type is "FeatureCollection"; expected "Feature"']],
  ['topology.json', '{"type":"Topology"}', ['type is "Topology"; expected "FeatureCollection"', 'features is nothing; expected array']],
];

describe('a wrong call', () => {
  const folder = folderForAllTests();
  const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8', cwd: folder.path });
  const refuses = (says: string, ...parts: string[]) => {
    const { status, stdout, stderr } = run(...parts);
    expect([status, stdout, stderr], parts.join(' ')).to.deep.equal([2, '', `corridor: ${says}\n`]);
  };
  before(() => {
    folder.write('good.csv', '\ufefffrom,to,weight\r\na,b,60000\r\nb,c,60000\r\n');
    folder.write('heights.geojson', collection(feature(LINE)));
    folder.write('a-file', '');
    mkdirSync(folder.at('a-folder'));
  });

  for (const [name, text, says] of FAULTY) {
    it(`on ${name} exits with 1 and says ${says.join(', ')}, without a trace of our code`, () => {
      folder.write(name, text);
      const { status, stdout, stderr } = run('matrix', name);
      expect([status, stdout]).to.deep.equal([1, '']);
      for (const words of says) expect(stderr).to.contain(words);
      expect(stderr).not.to.match(/undefined|Invalid input|\n {4}at /);
      expect(new Set(stderr.split('\n')).size, 'each fault once').to.equal(stderr.split('\n').length);
    });
  }

  it('is not one with a byte order mark, carriage returns or heights', () => {
    expect(run('matrix', 'good.csv', '--from', 'a', '--to', 'c', '--format', 'csv').stdout).to.equal('from,to,minutes\na,c,2\n');
    expect(run('matrix', 'heights.geojson').status).to.equal(0);
  });

  it('tells a name that is nowhere, a folder that is no region and a file where a region is needed apart', () => {
    expect(run('describe', 'nowhere').stderr).to.contain('nothing of that name is here; expected a shipped region');
    expect(run('describe', 'a-folder').stderr).to.contain('a folder without a region.json');
    expect(run('describe', 'good.csv').stderr).to.contain('a single file, and this needs a region');
  });

  it('names an unknown format and a way to the output that is barred before any work', () => {
    for (const command of ['benchmark', 'report', 'bench', 'regions']) {
      const { status, stderr } = run(command, '--out', join('a-file', 'x'));
      expect([status, stderr], command).to.deep.equal([
        2,
        `corridor: --out is "${join('a-file', 'x')}", and "a-file" is a file; expected a folder there\n`,
      ]);
    }
    for (const command of ['benchmark', 'bench', 'regions', 'check a', 'growth a', 'borders a', 'demand a', 'bottlenecks a']) {
      const { status, stderr } = run(...command.split(' '), '--format', 'yaml');
      expect([status, stderr.slice(0, 38)], command).to.deep.equal([2, 'corridor: --format is "yaml"; expected']);
    }
  }).timeout(120_000);

  it('names a budget that is none before any work', () => {
    refuses('--budget is "abc"; expected a number from 0 to 1000000000000000000', 'portfolio', 'jing-jin-ji', '--budget', 'abc');
  });

  it('leaves nothing behind where a folder or a file bars the output', () => {
    const before = readdirSync(folder.path).sort();
    refuses('a-folder is a folder; expected a file to write', 'matrix', 'good.csv', '--out', 'a-folder');
    refuses('--out is empty; expected a path', 'matrix', 'good.csv', '--out', '');
    expect(readdirSync(folder.path).sort()).to.deep.equal(before);
    expect(run('matrix', 'good.csv', '--out', join('new', 'folder', 'x.csv')).status).to.equal(0);
    expect(existsSync(folder.at('new', 'folder', 'x.csv'))).to.equal(true);
  });

  it('is not one before the first railway, but every answer says that nothing goes by train', () => {
    for (const command of ['accessibility jing-jin-ji', 'centrality jing-jin-ji', 'matrix jing-jin-ji --from 110101']) {
      const { status, stdout } = run(...command.split(' '), '--mode', 'rail', '--year', '1800');
      expect(status).to.equal(0);
      expect(stdout, command).to.contain('note: no rail link is open by 1800: nothing here goes by train');
    }
  });

  it('is a fraction where things are counted', () => {
    const whole = (option: string, range: string) => `${option} is "1.5"; expected a whole number from ${range}`;
    refuses(whole('--runs', '1 to 1000'), 'bench', 'memory', '--runs', '1.5');
    refuses(whole('--seed', '0 to 4294967295'), 'bench', 'memory', '--seed', '1.5');
    refuses(whole('--candidates', '1 to 500'), 'portfolio', 'jing-jin-ji', '--budget', '1e9', '--candidates', '1.5');
    refuses(whole('--seed', '0 to 2147483647'), 'centrality', 'good.csv', '--epsilon', '0.1', '--seed', '1.5');
  });

  it('is a coordinate far from everything, as one with its latitude first', () => {
    const near = 'km from the nearest place of the network; expected longitude,latitude within 100 km';
    // 20.9° along the parallel of 1° from the end of the line at 1.1°
    refuses(`--from is "22,1", 2324 ${near}`, 'isochrones', 'heights.geojson', '--from', '22,1');
    expect(run('isochrones', 'jing-jin-ji', '--from', '39.9,85.4').stderr)
      .to.contain('--from is "39.9,85.4", ')
      .and.contain(near);
    expect(run('isochrones', 'heights.geojson', '--from', '1.5,1', '--minutes', '5').status).to.equal(0);
  });

  it('is none where a table goes to a file: no text is cut, nor any column left out', () => {
    const { stdout } = run('missing-links', 'jing-jin-ji', '--mode', 'road', '--limit', '3', '--quiet');
    expect(stdout).not.to.match(/…|too narrow/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).to.be.above(200);
  });

  it('names a measure that comes twice, and takes spaces after commas', () => {
    refuses('measure "mean-time" is named twice; expected each once', 'accessibility', 'good.csv', '--measure', 'mean-time, mean-time');
    expect(run('accessibility', 'good.csv', '--measure', 'cumulative:1, mean-time').status).to.equal(0);
  });
});
