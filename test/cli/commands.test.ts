import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { CORRIDOR_VERSION } from '../../src/model/version.ts';
import { regionFolder } from '../../src/open/open-network.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8', maxBuffer: 1e9 });

describe('the command line', () => {
  const folder = folderForEachTest();

  it('has the version of package.json', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
    expect(CORRIDOR_VERSION).to.equal(version);
  });

  it('prints the same bytes twice, in the row shape of the contract', () => {
    const first = run('matrix', 'jing-jin-ji', '--from', '110101', '--to', '120101,130102', '--format', 'json');
    expect(first.status).to.equal(0);
    expect(Object.keys(JSON.parse(first.stdout))).to.deep.equal(['corridor', 'command', 'parameters', 'inputs', 'units', 'rows', 'notes']);
    expect(Object.keys(JSON.parse(first.stdout).rows[0])).to.deep.equal(['from', 'to', 'minutes']);
    expect(run('matrix', 'jing-jin-ji', '--from', '110101', '--to', '120101,130102', '--format', 'json').stdout).to.equal(first.stdout);
  });

  it('exits with 2 and one clear line on a wrong call', () => {
    const { status, stderr } = run('matrix', 'jing-jin-ji', '--mode', 'boat');
    expect(status).to.equal(2);
    expect(stderr).to.equal('corridor: --mode is "boat"; expected road, rail, multimodal\n');
    expect(run('matrix', 'nowhere').status).to.equal(2);
  });

  it('lists every fault of a broken region in one go, with exit 1', () => {
    cpSync(regionFolder('jing-jin-ji'), folder.path, { recursive: true });
    const roads = folder.at('roads.geojson');
    const lines = readFileSync(roads, 'utf8').split('\n');
    lines[1] = lines[1]?.replace(/"speed_kmh":\d+/, '"speed_kmh":"fast"') ?? '';
    lines[2] = lines[2]?.replace(/"from":"[^"]*"/, '"from":"nowhere"') ?? '';
    lines[3] = lines[3]?.replace(/\[\[[^\]]*\]/, '[[39.9,116.4]') ?? '';
    lines[4] = lines[4]?.replace(/"oneway":false/, '"oneway":"sometimes"') ?? '';
    lines[5] = lines[5]?.replace('"LineString"', '"Polygon"') ?? '';
    lines[6] = lines[6]?.replace(/"speed_kmh":\d+/, '"speed_kmh":-5') ?? '';
    writeFileSync(roads, lines.join('\n'));
    const { status, stdout } = run('check', folder.path);
    expect(status).to.equal(1);
    for (const word of [
      'speed_kmh is "fast"',
      'from is nowhere',
      'look swapped',
      'oneway is "sometimes"',
      'expected LineString',
      'speed_kmh is -5',
    ]) {
      expect(stdout).to.contain(word);
    }
  });

  it('writes one self-contained page for a region', () => {
    const { status } = run('report', 'jing-jin-ji', '--out', folder.path);
    expect(status).to.equal(0);
    const page = readFileSync(folder.at('index.html'), 'utf8');
    expect(page).not.to.match(/(src|href)="https?:/);
    expect(page).not.to.contain('NaN');
    expect(page.length).to.be.lessThan(15e6);
  }).timeout(120_000);
});
