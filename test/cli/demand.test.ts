import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { File, ready } from 'h5wasm/node';
import { writeRegion } from '../../src/write/region-folder.ts';
import { folderForAllTests } from '../support/scratch-folder.ts';
import { twoJurisdictions } from '../support/two-jurisdictions.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, 'demand', ...parts], { encoding: 'utf8', maxBuffer: 1e9 });

describe('corridor demand', () => {
  const folder = folderForAllTests();

  it('fits the same to observed trips in a matrix as to the same trips in a table, and names the file', async () => {
    const region = folder.at('region');
    const world = twoJurisdictions({ hasBridge: true });
    writeRegion(world, [], region);
    const ids = world.zones.map(({ id }) => id);
    const cells = Float64Array.from({ length: ids.length ** 2 }, (_value, cell) => (cell * 7919) % 101);
    const lines = Array.from(cells, (trips, cell) => `${ids[Math.floor(cell / ids.length)]},${ids[cell % ids.length]},${trips}`);
    folder.write('workers.csv', `from,to,trips\n${lines.join('\n')}\n`);
    await ready;
    const file = new File(folder.at('workers.omx'), 'w');
    file.create_group('data').create_dataset({ name: 'workers', data: cells, shape: [ids.length, ids.length] });
    file.create_group('lookup').create_dataset({ name: 'zone', data: ids });
    file.close();
    const [table, matrix] = ['workers.csv', 'workers.omx#workers'].map((trips) => {
      const { status, stdout, stderr } = run(region, '--fit', folder.at(trips), '--quiet', '--format', 'json');
      expect(status, stderr).to.equal(0);
      return JSON.parse(stdout);
    });
    expect(matrix.rows).to.have.length(8).and.to.deep.equal(table.rows);
    expect([table, matrix].map(({ inputs }) => inputs.at(-1).file)).to.deep.equal(['workers.csv', 'workers.omx']);
  });

  it('asks for observed trips where the region keeps none, and for a file that is there', () => {
    const absent = run('jing-jin-ji', '--fit');
    expect([absent.status, absent.stderr]).to.deep.equal([2, 'corridor: jing-jin-ji keeps no commute_flows.csv; expected --fit FILE\n']);
    const nowhere = run('jing-jin-ji', '--fit', 'nowhere.omx#car');
    expect([nowhere.status, nowhere.stderr]).to.deep.equal([2, 'corridor: --fit is "nowhere.omx#car"; expected a file of trips\n']);
  });
});
