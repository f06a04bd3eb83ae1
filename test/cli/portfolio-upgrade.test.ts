import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { regionFolder, shippedRegions } from '../../src/open/open-network.ts';
import { shippedUpgrades } from '../../src/open/upgrades.ts';
import { readUpgrade } from '../../src/read/upgrades.ts';
import { upgradeText } from '../../src/write/upgrade-file.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8', maxBuffer: 1e9 });

describe('a portfolio as an upgrade', () => {
  const folder = folderForEachTest();

  for (const [name, mode, ...more] of [
    ['jing-jin-ji', 'road'],
    ['jing-jin-ji', 'rail', '--speeds', 'harmonised'],
    ['jing-jin-ji', 'road', '--year', '2013'],
  ] as const) {
    it(`gains in compare what it gained in portfolio, at its cost: ${[name, mode, ...more].join(' ')}`, () => {
      const file = folder.at('Chosen links.json');
      const state = [name, '--mode', mode, ...more, '--format', 'json'];
      const chosen = run('portfolio', ...state, '--budget', '40%', '--candidates', '8', '--frontier', '0', '--as-upgrade', file);
      expect(chosen.status, chosen.stderr).to.equal(0);
      const rows: Record<string, string | number>[] = JSON.parse(chosen.stdout).rows;
      const last = rows.filter(({ kind }) => kind === 'chosen').at(-1);
      const against = more[0] === '--year' ? ['--against', more[1]] : [];
      const compared = run('compare', ...state, '--upgrade', file, ...against);
      expect(compared.status, compared.stderr).to.equal(0);
      const figures: Record<string, string | number>[] = JSON.parse(compared.stdout).rows;
      const reached = (measure: string) => Number(figures.find((row) => row.scope === 'region' && row.measure === measure)?.after);
      expect(Number(last?.order)).to.be.at.least(2);
      const gain = Number(last?.total_gain_person_minutes);
      // alighting takes a millisecond, which the arc of a candidate railway does not have
      expect(reached('person-minutes-saved')).to.be.closeTo(gain, mode === 'road' ? 1 : 1e-5 * gain);
      expect(reached('capital-cost')).to.be.closeTo(Number(last?.total_cost), 1);
    }).timeout(120_000);
  }

  it('is written in the form that is read, whatever an upgrade holds', () => {
    const file = folder.at('again.json');
    let count = 0;
    for (const name of shippedRegions()) {
      for (const id of shippedUpgrades(regionFolder(name))) {
        const { upgrade } = readUpgrade(join(regionFolder(name), 'upgrades', `${id}.json`));
        if (!upgrade) throw new Error(`${id} is not read`);
        writeFileSync(file, upgradeText(upgrade));
        expect(readUpgrade(file), id).to.deep.equal({ upgrade, problems: [] });
        count += 1;
      }
    }
    expect(count).to.be.greaterThan(10);
  });

  it('is refused under a name that --upgrade would not take, and of upgrades', () => {
    const call = ['portfolio', 'jing-jin-ji', '--mode', 'road', '--budget', '40%'];
    const comma = run(...call, '--as-upgrade', 'a,b.json');
    expect(comma.status).to.equal(2);
    expect(comma.stderr).to.contain('--as-upgrade is "a,b.json"; expected a file whose name ends with .json');
    expect(run(...call, '--items', 'upgrades', '--as-upgrade', 'a.json').status).to.equal(2);
  });
});
