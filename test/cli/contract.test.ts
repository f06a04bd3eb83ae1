import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { writeRegion } from '../../src/write/region-folder.ts';
import { folderForAllTests } from '../support/scratch-folder.ts';
import { lineWorld } from '../worlds/line-world.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8', maxBuffer: 1e9 });

/** Commands on a region folder, and the columns that their JSON rows must have. */
const ROWS: readonly (readonly [command: string[], columns: string[]])[] = [
  [['matrix'], ['from', 'to', 'minutes']],
  [['accessibility'], ['id', 'name', 'value']],
  [
    ['accessibility', '--measure', 'cumulative:60,mean-time'],
    ['id', 'name', 'cumulative:60', 'mean-time'],
  ],
  [
    ['centrality', '--mode', 'road'],
    ['kind', 'id', 'value', 'betweenness', 'closeness'],
  ],
  [['equity'], ['measure', 'opportunity', 'statistic', 'value']],
  [
    ['isochrones', '--from', 'z0', '--minutes', '15,30', '--format', 'json'],
    ['origin', 'minutes', 'area_km2', 'population'],
  ],
  [
    ['route', '--from', 'z0', '--to', 'z3'],
    ['leg', 'kind', 'way', 'from', 'to', 'minutes', 'length_km'],
  ],
  [
    ['missing-links', '--mode', 'road'],
    [
      'rank',
      'from',
      'to',
      'from_name',
      'to_name',
      'mode',
      'length_km',
      'minutes',
      'gain_person_minutes',
      'gain_per_km',
      'cost',
      'benefit_cost_ratio',
      'why',
    ],
  ],
  [['benchmark'], ['group', 'measure', 'unit', 'speeds', 'delineation', 'line-world', 'order_holds', 'how']],
  [['describe'], ['measure', 'unit', 'value']],
  [['check'], ['severity', 'kind', 'file', 'feature', 'property', 'found', 'expected']],
];

describe('the contract of the commands', () => {
  const folder = folderForAllTests();
  before(() => {
    writeRegion(lineWorld(), [], folder.path);
  });

  for (const [[command = '', ...options], columns] of ROWS) {
    it(`${[command, ...options].join(' ')} answers in JSON with ${columns.join(', ')}`, () => {
      const format = options.includes('--format') ? [] : ['--format', 'json'];
      const { status, stdout, stderr } = run(command, folder.path, ...options, ...format);
      expect(stderr).to.equal('');
      expect(status).to.equal(0);
      const answer = JSON.parse(stdout) as { command: string; rows: Record<string, unknown>[]; units: object; notes: string[] };
      expect(Object.keys(answer)).to.deep.equal(['corridor', 'command', 'parameters', 'inputs', 'units', 'rows', 'notes']);
      for (const row of answer.rows) expect(Object.keys(row)).to.include.members(columns);
      if (command !== 'check' && command !== 'missing-links') expect(answer.rows.length).to.be.greaterThan(0);
    });
  }

  it('shows an example with the help of every command', () => {
    const listed = run('--help').stdout;
    const names = [...listed.matchAll(/^ {2}([a-z-]+) /gm)]
      .map((match) => match[1] ?? '')
      .filter((name) => name !== 'help' && name !== 'import');
    expect(names.length).to.be.at.least(12);
    for (const name of names) expect(run(name, '--help').stdout, name).to.match(/Examples?: corridor /);
  }).timeout(120_000);

  it('exits with 1 for input at fault, 2 for a call at fault, and writes nothing then', () => {
    const broken = folder.at('broken.csv');
    writeFileSync(broken, 'from,to,weight\na,b,soon\nb,c,\n');
    const faulty = run('matrix', broken, '--out', folder.at('never.csv'));
    expect([faulty.status, faulty.stdout]).to.deep.equal([1, '']);
    expect(faulty.stderr).to.contain('line 2').and.to.contain('line 3');
    expect(run('matrix', folder.path, '--year', 'soon').status).to.equal(2);
    expect(run('matrix', folder.path, '--from', 'nobody').status).to.equal(2);
    expect(run('matrix', folder.at('never.csv')).status).to.equal(2);
  });

  it('answers on an edge list in every command that needs no places', () => {
    const edges = folder.at('edges.csv');
    writeFileSync(edges, 'from,to,weight\na,b,60000\nb,c,120000\nb,a,60000\n');
    const matrix = JSON.parse(run('matrix', edges, '--from', 'a', '--to', 'c,a', '--format', 'json').stdout) as { rows: object[] };
    expect(matrix.rows).to.deep.equal([
      { from: 'a', to: 'c', minutes: 3 },
      { from: 'a', to: 'a', minutes: 0 },
    ]);
    const centrality = JSON.parse(run('centrality', edges, '--format', 'json').stdout) as { rows: { kind: string; id: string }[] };
    expect(centrality.rows.filter((row) => row.kind === 'link').map((row) => row.id)).to.deep.equal(['0', '1', '2']);
    const isochrones = run('isochrones', edges, '--from', 'a');
    expect([isochrones.status, isochrones.stderr]).to.deep.equal([
      2,
      `corridor: ${edges} has no coordinates; isochrones need a network with places\n`,
    ]);
  });
});
