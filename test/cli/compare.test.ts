import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { folderForEachTest } from '../support/scratch-folder.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8', maxBuffer: 1e9 });

/** What a command needs beside its network to get as far as its upgrade. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  export: ['--as', 'geojson', '--out', join(tmpdir(), 'corridor-no-such-upgrade')],
  isochrones: ['--from', '110101'],
  route: ['--from', '110101', '--to', '120101'],
  portfolio: ['--budget', '1e9'],
};

/** Commands of a network, as the help lists them. */
function networkCommands(): string[] {
  return [...run('--help').stdout.matchAll(/^ {2}([a-z-]+) .*[<[]network/gm)].map(([, name = '']) => name);
}

describe('the command line with upgrades', () => {
  const folder = folderForEachTest();

  it('takes --upgrade in every command that offers it: an unknown name is refused by each (a command that passes it on does)', () => {
    const takers: string[] = [];
    for (const name of networkCommands()) {
      const { status, stderr } = run(name, 'jing-jin-ji', '--upgrade', 'no-such-upgrade', ...(NEEDED[name] ?? []));
      if (/unknown option '--upgrade'/.test(stderr)) continue;
      takers.push(name);
      expect(`${name}: ${status} ${stderr}`).to.match(new RegExp(`^${name}: 2 corridor: --upgrade is "no-such-upgrade"; expected a file`));
    }
    const known = ['matrix', 'accessibility', 'centrality', 'isochrones', 'equity', 'missing-links', 'compare', 'portfolio', 'growth'];
    expect(takers).to.include.members(known);
  }).timeout(120_000);

  it('says so where an upgrade is of the other mode, and says nothing where it is not', () => {
    for (const [upgrade, mode, note] of [
      ['pinggu-line', 'road', 'note: the upgrade changes railways alone: nothing of it shows with --mode road'],
      ['capital-ring-gaps', 'rail', 'note: the upgrade changes roads alone: nothing of it shows with --mode rail'],
      ['pinggu-line', 'rail', null],
      ['capital-ring-gaps', 'multimodal', null],
    ] as const) {
      for (const call of [['compare'], ['matrix', '--from', '110101']]) {
        const [name = '', ...options] = call;
        const { stdout } = run(name, 'jing-jin-ji', ...options, '--mode', mode, '--upgrade', upgrade);
        const said = stdout.split('\n').filter((line) => line.startsWith('note: the upgrade changes'));
        expect(said, `${name} ${mode} ${upgrade}`).to.deep.equal(note === null ? [] : [note]);
      }
    }
  }).timeout(60_000);

  it('gives the same rows with an empty upgrade, byte for byte', () => {
    const file = folder.at('empty.json');
    const empty = {
      id: 'empty',
      name: 'Nothing',
      status: 'hypothetical',
      opening_year: null,
      source: 'test',
      confidence: 'high',
      changes: [],
    };
    writeFileSync(file, JSON.stringify(empty));
    const plain = run('matrix', 'jing-jin-ji', '--from', '110101', '--format', 'csv');
    const upgraded = run('matrix', 'jing-jin-ji', '--from', '110101', '--format', 'csv', '--upgrade', file);
    expect(plain.status).to.equal(0);
    expect(upgraded.stdout).to.equal(plain.stdout);
    const head = JSON.parse(
      run('matrix', 'jing-jin-ji', '--from', '110101', '--to', '110102', '--format', 'json', '--upgrade', file).stdout,
    );
    expect(head.inputs.at(-1).file).to.equal('upgrades/empty.json');
  });

  it('names the file and the change of an upgrade that cannot be made, with exit 1', () => {
    const file = folder.at('bad.json');
    const changes = [{ change: 'remove', what: 'road', ids: ['no-such-road'] }];
    writeFileSync(
      file,
      JSON.stringify({ id: 'bad', name: 'x', status: 'hypothetical', opening_year: null, source: 's', confidence: 'c', changes }),
    );
    const { status, stderr } = run('matrix', 'jing-jin-ji', '--upgrade', file);
    expect(status).to.equal(1);
    expect(stderr).to.equal(
      'error unknown-road: upgrades/bad.json, feature change 1 (remove): ids is no-such-road; expected the id of a road.\n',
    );
  });
});

describe('corridor compare', () => {
  it('has the row shape of the contract and the same bytes twice', () => {
    const call = ['compare', 'jing-jin-ji', '--mode', 'rail', '--upgrade', 'beijing-tangshan', '--format', 'json'];
    const first = run(...call);
    expect(first.status).to.equal(0);
    const { rows } = JSON.parse(first.stdout);
    expect(Object.keys(rows[0])).to.include.members(['scope', 'id', 'measure', 'before', 'after', 'change']);
    expect([...new Set(rows.map(({ scope }: { scope: string }) => scope))]).to.deep.equal(['region', 'admin1', 'zone']);
    expect(run(...call).stdout).to.equal(first.stdout);
  });

  it('adds flows at equilibrium with one demand for both states, and refuses their options without them', () => {
    const call = ['compare', 'jing-jin-ji', '--mode', 'road', '--year', '2013', '--upgrade', 'capital-ring-gaps', '--against', '2013'];
    const options = ['--flows', '--links', '5', '--no-appraisal', '--format', 'json'];
    const { status, stdout } = run(...call, ...options);
    expect(status).to.equal(0);
    expect(run(...call, ...options).stdout).to.equal(stdout);
    const { rows, notes, parameters } = JSON.parse(stdout);
    expect(parameters).to.include({ flows: true, flow_gap: 1e-6, flow_demand: 'combined' });
    const total = rows.find(({ measure }: { measure: string }) => measure === 'vehicle-minutes');
    // a ring that is closed saves those on the roads something
    expect(total.change).to.be.below(0);
    expect(total.after).to.be.closeTo(total.before, 0.05 * total.before);
    const fates = rows.filter(({ scope, measure }: { scope: string; measure: string }) => scope === 'link' && /^bottleneck-/.test(measure));
    for (const { measure, before, after } of fates) {
      if (measure === 'bottleneck-relieved') expect([before >= 1, after < 1]).to.deep.equal([true, true]);
      if (measure === 'bottleneck-moved') expect([before < 1, after >= 1]).to.deep.equal([true, true]);
    }
    expect(notes.join('\n')).to.match(/the same trips in both states[\s\S]*relative gap/);
    const elastic = JSON.parse(run(...call, ...options, '--elastic', '0.05').stdout);
    const trips = elastic.rows.find(({ measure }: { measure: string }) => measure === 'vehicle-trips');
    expect(trips.change).to.be.above(0);
    expect([elastic.parameters.elastic, elastic.notes.join('\n').includes('trips react to their minutes')]).to.deep.equal([0.05, true]);
    const alone = run(...call, '--gap', '1e-3', '--trips', 'x.csv');
    expect([alone.status, alone.stderr]).to.deep.equal([
      2,
      'corridor: --trips, --gap say how trips are assigned; expected --flows beside\n',
    ]);
    expect(run('compare', 'jing-jin-ji', '--mode', 'rail', '--year', '2020', '--flows').stderr).to.equal(
      'corridor: --flows assigns cars to roads; expected --mode road or multimodal\n',
    );
  }).timeout(120_000);

  it('asks for a state to come to', () => {
    const { status, stderr } = run('compare', 'jing-jin-ji');
    expect(status).to.equal(2);
    expect(stderr).to.equal('corridor: compare needs a state to come to: --upgrade, --year or both\n');
  });

  it('draws one page that stands alone, and GeoJSON with zones and new links', () => {
    const folder = mkdtempSync(join(tmpdir(), 'corridor-'));
    const call = ['compare', 'jing-jin-ji', '--mode', 'rail', '--upgrade', 'pinggu-line'];
    expect(run(...call, '--format', 'html', '--out', join(folder, 'page.html')).status).to.equal(0);
    const page = readFileSync(join(folder, 'page.html'), 'utf8');
    expect(page).not.to.match(/(src|href)="https?:|NaN|undefined|Infinity/);
    expect(page.match(/<svg/g)?.length).to.be.at.least(6);
    const { features } = JSON.parse(run(...call, '--format', 'geojson').stdout);
    expect(features.filter(({ properties }: { properties: { kind: string } }) => properties.kind === 'zone')).to.have.length(199);
    expect(features.filter(({ properties }: { properties: { state?: string } }) => properties.state === 'new')).to.have.length(5);
    rmSync(folder, { recursive: true });
  }).timeout(60_000);
});

describe('corridor portfolio and growth', () => {
  it('spend no more than the budget and say who pays', () => {
    const { status, stdout } = run(
      'portfolio',
      'jing-jin-ji',
      '--mode',
      'road',
      '--budget',
      '30%',
      '--candidates',
      '8',
      '--format',
      'json',
      '--exact',
    );
    expect(status).to.equal(0);
    const { rows, parameters } = JSON.parse(stdout);
    const chosen = rows.filter(({ kind }: { kind: string }) => kind === 'chosen');
    expect(chosen.at(-1).total_cost).to.be.at.most(parameters.budget);
    const kinds = new Set(rows.map(({ kind }: { kind: string }) => kind));
    expect([...kinds]).to.include.members(['chosen', 'pays', 'left-out', 'jurisdiction', 'frontier', 'stability']);
    const gains = rows
      .filter(({ kind }: { kind: string }) => kind === 'frontier')
      .map((row: Record<string, number>) => row.total_gain_person_minutes);
    expect(gains).to.deep.equal(gains.toSorted((a: number, b: number) => a - b));
  }).timeout(60_000);

  it('meet the published length of the Beijing metro within 5% in every year', () => {
    const { status, stdout } = run('growth', 'jing-jin-ji', '--years', '2010,today', '--mode', 'road', '--format', 'json');
    expect(status).to.equal(0);
    const metro = JSON.parse(stdout).rows.filter(
      ({ measure }: { measure: string }) => measure === 'published:Beijing urban rail in service',
    );
    expect(metro.length).to.be.at.least(16);
    for (const { ratio } of metro) expect(ratio).to.be.within(0.95, 1.05);
  }).timeout(60_000);
});
