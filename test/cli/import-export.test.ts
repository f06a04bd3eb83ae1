import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parquetReadObjects } from 'hyparquet';
import { readTimetable } from '../../src/read/timetable-file.ts';
import { HUNDREDTH_KILOMETRES, TINY_FEED, writeFeed } from '../support/tiny-feed.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8', maxBuffer: 1e9 });

describe('the command line of imports and exports', () => {
  let folder = '';
  let region = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'corridor-'));
    region = join(folder, 'tiny');
    expect(run('import', 'gtfs', writeFeed(join(folder, 'feed')), '--out', region).status).to.equal(0);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('makes of a feed a region that the other commands take, without population and saying so', () => {
    expect(run('check', region).stdout).to.contain('unknown-population').and.contain('0 faults');
    const { rows } = JSON.parse(run('matrix', region, '--mode', 'rail', '--from', 'a', '--to', 'c', '--format', 'json').stdout);
    // by train 3 + 15 (the wait's cap) + 10; by the feeder all the way 0.03 degrees × 1.3 at 25 km/h, which is less
    expect(rows).to.deep.equal([{ from: 'a', to: 'c', minutes: Number((((3 * HUNDREDTH_KILOMETRES * 1.3) / 25) * 60).toFixed(2)) }]);
    const refused = run('accessibility', region, '--mode', 'rail');
    expect([refused.status, refused.stderr]).to.deep.equal([
      2,
      'corridor: opportunity is "population", and no zone of this region has any on record; ' +
        'expected --opportunity zones (how many can be reached), or people by corridor import zones\n',
    ]);
    const zones = run('accessibility', region, '--mode', 'rail', '--opportunity', 'zones', '--format', 'csv');
    expect(zones.stdout).to.contain('a,A,3');
    const isochrones = run('isochrones', region, '--from', 'a', '--mode', 'rail', '--minutes', '30', '--format', 'json');
    expect(JSON.parse(isochrones.stdout).rows[0].population).to.equal(null);
    expect(readTimetable(join(region, 'timetable.bin')).tripIds).to.deep.equal(['out', 'back']);
  });

  it('writes the same bytes again, and writes nothing where a feed cannot be used', () => {
    const again = join(folder, 'again', 'tiny');
    run('import', 'gtfs', join(folder, 'feed'), '--out', again);
    for (const file of ['region.json', 'rail.geojson', 'stations.geojson', 'services.json', 'timetable.bin']) {
      expect(readFileSync(join(again, file)).equals(readFileSync(join(region, file))), file).to.equal(true);
    }
    const none = join(folder, 'none');
    expect(run('import', 'gtfs', writeFeed(join(folder, 'bad'), { 'trips.txt': 'a,b\n' }), '--out', none).status).to.equal(1);
    expect(existsSync(none)).to.equal(false);
  });

  it('exits with 1 where rows were left out, with the folder written; with 2 on a wrong option', () => {
    const feed = writeFeed(join(folder, 'rows'), { 'stop_times.txt': `${TINY_FEED['stop_times.txt']}nobody,1:00:00,1:00:00,a,1\n` });
    const { status, stderr } = run('import', 'gtfs', feed, '--out', join(folder, 'rows-out'));
    expect([status, stderr]).to.deep.equal([
      1,
      'error unknown-reference: stop_times.txt, feature line 8: trip_id is "nobody"; expected a trip_id of trips.txt.\n',
    ]);
    expect(existsSync(join(folder, 'rows-out', 'rail.geojson'))).to.equal(true);
    for (const wrong of [
      ['--date', 'soon'],
      ['--window', '9-8'],
      ['--types', 'boat'],
    ]) {
      expect(run('import', 'gtfs', feed, '--out', folder, ...wrong).status, wrong.join(' ')).to.equal(2);
    }
  });

  it('exports what a command gives, under the options of that command', async () => {
    const out = join(folder, 'access.parquet');
    const measure = ['--measure', 'cumulative:60', '--opportunity', 'zones'];
    const { status, stderr } = run(
      'export',
      region,
      '--as',
      'geoparquet',
      '--result',
      'accessibility',
      '--mode',
      'rail',
      '--out',
      out,
      '--',
      ...measure,
    );
    expect([status, stderr]).to.deep.equal([0, '']);
    const bytes = readFileSync(out);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows.map(({ id, value }) => [id, value])).to.deep.equal([
      ['a', 3],
      ['b', 3],
      ['c', 3],
    ]);
  });

  it('exports a result file that a command wrote, and refuses what a format cannot hold', () => {
    const json = join(folder, 'matrix.json');
    run('matrix', region, '--mode', 'rail', '--format', 'json', '--out', json);
    const csv = join(folder, 'matrix.csv');
    expect(run('export', json, '--as', 'csv', '--out', csv).status).to.equal(0);
    expect(readFileSync(csv, 'utf8').split('\n')).to.have.length(1 + 9 + 1);
    const refused = run('export', region, '--as', 'omx', '--out', join(folder, 'x.omx'));
    expect([refused.status, refused.stderr]).to.deep.equal([2, 'corridor: --as omx holds matrices; expected --result matrix\n']);
    expect(run('export', json, '--as', 'graphml', '--out', csv).status).to.equal(2);
    writeFileSync(json, '{"corridor": 1}');
    expect(run('export', json, '--as', 'csv', '--out', csv).status).to.equal(1);
  });
});
