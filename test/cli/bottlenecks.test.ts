import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { column } from '../../src/model/results.ts';
import { writeOpenMatrix } from '../../src/write/export/open-matrix.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';
import { itWithShared, sharedPath } from '../support/shared-data.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8', maxBuffer: 1e9 });

/** Braess (1968) with the bridge, and a spur 4 → 5 that is the only way to zone 5. */
const NET = `<NUMBER OF ZONES> 2
<NUMBER OF NODES> 5
<FIRST THRU NODE> 1
<NUMBER OF LINKS> 6
<END OF METADATA>
~ init_node term_node capacity length free_flow_time b power speed toll link_type ;
1 3 1 100 0.00000001 1000000000 1 0 0 1 ;
1 4 1 100 50 0.02 1 0 0 1 ;
3 2 1 100 50 0.02 1 0 0 1 ;
3 4 1 100 10 0.1 1 0 0 1 ;
4 2 1 100 0.00000001 1000000000 1 0 0 1 ;
2 5 1 7 1 0 0 0 5 1 ;
`;
const TRIPS = 'from,to,trips\n1,2,6\n1,5,0.5\n1,1,3\n';

describe('corridor bottlenecks', () => {
  const folder = folderForEachTest();
  let net = '';
  let trips = '';
  beforeEach(() => {
    net = folder.at('small_net.tntp');
    trips = folder.at('trips.csv');
    writeFileSync(net, NET);
    writeFileSync(trips, TRIPS);
  });

  it('has the rows and the head of the contract, and the same bytes twice', () => {
    const call = ['bottlenecks', net, '--trips', trips, '--gap', '1e-12', '--format', 'json'];
    const { stdout, status } = run(...call);
    expect(status).to.equal(0);
    const result = JSON.parse(stdout);
    expect(Object.keys(result.rows[0]).slice(0, 11)).to.deep.equal([
      'link',
      'from',
      'to',
      'name',
      'flow',
      'capacity',
      'ratio',
      'delay_person_minutes',
      'criticality_person_minutes',
      'cut_off_trips',
      'free_minutes',
    ]);
    expect(result.relative_gap).to.be.at.most(1e-12);
    expect(result.iterations).to.be.at.least(1);
    expect(result.objective).to.be.above(result.lower_bound - 1e-9);
    expect(run(...call).stdout).to.equal(stdout);
  });

  it('lists what trips cannot do without first by criticality, with the trips cut off', () => {
    const { stdout } = run('bottlenecks', net, '--trips', trips, '--rank', 'criticality', '--format', 'json');
    const [first] = JSON.parse(stdout).rows;
    expect([first.link, first.from, first.to, first.cut_off_trips]).to.deep.equal(['5', '2', '5', 0.5]);
  });

  it('shows that the bridge of Braess harms: widening it costs, and losing it saves', () => {
    const { stdout } = run(
      'bottlenecks',
      net,
      '--trips',
      trips,
      '--rank',
      'id',
      '--marginal',
      '6',
      '--re-equilibrate',
      '6',
      '--format',
      'json',
      '--gap',
      '1e-13',
    );
    const bridge = JSON.parse(stdout).rows[3];
    expect([bridge.from, bridge.to]).to.deep.equal(['3', '4']);
    expect(bridge.minutes_saved_per_unit_capacity).to.be.below(0);
    expect(bridge.criticality_equilibrium_person_minutes).to.be.below(0);
  });

  it('adds the users of a link up to its flow', () => {
    const rows = JSON.parse(run('bottlenecks', net, '--trips', trips, '--select-link', '5', '--format', 'json').stdout).rows;
    expect(rows).to.deep.equal([{ from: '1', to: '5', flow: 0.5, share: 1 }]);
  });

  it('lists zones by what they lose, all trips out of them counted', () => {
    const [first] = JSON.parse(run('bottlenecks', net, '--trips', trips, '--exposure', '--format', 'json').stdout).rows;
    expect([first.zone, first.trips]).to.deep.equal(['1', 6.5]);
    expect(first.worst_minutes_a_trip).to.be.at.least(first.mean_minutes_a_trip);
  });

  it('takes pairs of links out by a seed, and tells what two failures cost beyond each alone: the same bytes on one and two threads', () => {
    const call = ['bottlenecks', net, '--trips', trips, '--pairs', '100', '--seed', '3', '--gap', '1e-12', '--format', 'json'];
    const { stdout } = run(...call, '--threads', '1');
    expect(run(...call, '--threads', '2').stdout).to.equal(stdout);
    const { rows } = JSON.parse(stdout);
    const both = rows.find((row: { link: string }) => row.link === '0 + 1');
    // no more than all pairs there are; rows 0 and 1 leave zone 1: together they cut off all 6.5 trips that neither cuts off alone
    expect([both.cut_off_trips, both.beyond_single_cut_off_trips]).to.deep.equal([6.5, 6.5]);
  });

  it('tells what single failures do to each zone, and refuses borders that a net does not have', () => {
    const { rows } = JSON.parse(run('bottlenecks', net, '--trips', trips, '--remove', 'stations', '--zones', '--format', 'json').stdout);
    const first = rows.find((row: { zone: string }) => row.zone === '1');
    // its own node, and 2 on the way to 5: 6 + 0.5 trips end; zone 2 is where six of them go
    expect([first.trips, first.kept_share_worst, first.worst_failure]).to.deep.equal([6.5, 0, '1']);
    const { status, stderr } = run('bottlenecks', net, '--trips', trips, '--remove', 'borders');
    expect(status).to.equal(2);
    expect(stderr).to.contain('need a region');
  });

  it('names the links of a least cut', () => {
    const cut = JSON.parse(run('bottlenecks', net, '--trips', trips, '--cut', '1,2', '--format', 'json').stdout);
    expect(cut.cut_capacity).to.equal(2);
    expect(cut.rows.map(({ link }: { link: string }) => link)).to.deep.equal(['0', '1']);
  });

  it('refuses a toll that pays for the trip, naming every such link, with exit 1', () => {
    const { status, stderr } = run('bottlenecks', net, '--trips', trips, '--toll-factor', '-1');
    expect(status).to.equal(1);
    expect(stderr).to.contain('5 (2 → 5): cost when empty is -4; expected at least 0');
  });

  it('leaves a link of capacity 0 out and tells so; trips without a way are counted, not null', () => {
    writeFileSync(net, NET.replaceAll('1 4 1 100', '1 4 0 100').replaceAll('1 3 1 100', '1 3 0 100'));
    const { status, stdout } = run('bottlenecks', net, '--trips', trips, '--format', 'json');
    expect(status).to.equal(0);
    const result = JSON.parse(stdout);
    expect(result.unserved_trips).to.equal(6.5);
    expect(result.rows.map(({ flow }: { flow: number }) => flow)).to.deep.equal([0, 0, 0, 0, 0, 0]);
    expect(result.notes.join('\n')).to.contain('2 links of capacity 0 can carry nothing and were left out: 0, 1');
  });

  it('lists every zone of the trips that the network lacks, with exit 1', () => {
    writeFileSync(trips, 'from,to,trips\n1,8,2\n9,2,2\n');
    const { status, stderr } = run('bottlenecks', net, '--trips', trips);
    expect(status).to.equal(1);
    expect(stderr).to.contain('zone is 8').and.contain('zone is 9');
  });

  it('says that it takes trips, with exit 2, where there are none', () => {
    const { status, stderr } = run('bottlenecks', net);
    expect(status).to.equal(2);
    expect(stderr).to.contain('expected --trips FILE');
  });

  const refuses = (words: string, ...options: string[]) => {
    const { status, stderr, stdout } = run('bottlenecks', net, '--trips', trips, ...options);
    expect([status, stdout, stderr]).to.deep.equal([2, '', `corridor: ${words}\n`]);
  };

  it('says of failures with what flows they were made, and writes the log', () => {
    const log = folder.at('log.csv');
    const how = ['--gap', '1e-10', '--principle', 'system', '--toll-factor', '0.1', '--log', log];
    const { stdout } = run('bottlenecks', net, '--trips', trips, '--remove', 'links', ...how, '--format', 'json');
    const { parameters, notes } = JSON.parse(stdout);
    expect(parameters).to.deep.equal({
      toll_factor: 0.1,
      distance_factor: 0,
      minutes_per_unit: 1,
      method: 'bush',
      gap: 1e-10,
      principle: 'system',
      max_iterations: 1000,
      remove: 'links',
    });
    expect(notes.join('\n')).to.contain('relative_gap =');
    expect(readFileSync(log, 'utf8')).to.match(/^iteration,relative_gap/);
  });

  it('refuses every option that nothing would read, all in one line', () => {
    refuses(
      'the table of failures (--remove, --pairs, --zones) takes no --rank, --no-criticality, --price-of-anarchy, --marginal; a TNTP net takes no --year, --peak-share',
      ...['--remove', 'links', '--rank', 'id', '--marginal', '3', '--price-of-anarchy', '--no-criticality', '--year', '2000'],
      ...['--peak-share', '0.2'],
    );
    refuses('--cut, which assigns no trips, takes no --gap, --log, --top', '--cut', '1,2', '--gap', '1e-3', '--log', 'x.csv', '--top', '3');
    refuses('--cut, --zones each ask for a table of their own; expected one of them', '--cut', '1,2', '--zones');
    refuses('--zones takes no --re-equilibrate', '--zones', '--re-equilibrate', '3');
    refuses('--method bush takes no --theta; a table without --pairs takes no --seed', '--remove', 'links', '--theta', '2', '--seed', '4');
    refuses(
      '--method bush --principle system (they hold user equilibria by bushes against each other) takes no --marginal, --price-of-anarchy',
      ...['--principle', 'system', '--marginal', '2', '--price-of-anarchy'],
    );
  });

  it('takes trips from Open Matrix as from CSV', async () => {
    const matrix = folder.at('trips.omx');
    const columns = [column('from'), column('to'), column('trips')];
    const pairs = [1, 2, 5].flatMap((from) =>
      [1, 2, 5].map((to) => [`${from}`, `${to}`, from === 1 ? ({ 1: 3, 2: 6, 5: 0.5 }[to] ?? 0) : 0]),
    );
    await writeOpenMatrix({ command: 'matrix', parameters: {}, inputs: [], columns, rows: pairs, notes: [] }, matrix);
    const rowsOf = (file: string) => JSON.parse(run('bottlenecks', net, '--trips', file, '--format', 'json').stdout).rows;
    expect(rowsOf(matrix)).to.deep.equal(rowsOf(trips));
  });

  it('reads every number before any file', () => {
    for (const [option, found, least, most] of [
      ['--pairs', '2.5', 1, 1000000],
      ['--pairs', '-3', 1, 1000000],
      ['--top', '0', 1, 1000000000],
      ['--marginal', '1.5', 0, 1000000],
      ['--max-iterations', 'x', 0, 1000000],
    ] as const) {
      const { status, stderr } = run('bottlenecks', 'nowhere', option, found);
      expect([status, stderr]).to.deep.equal([2, `corridor: ${option} is "${found}"; expected a whole number from ${least} to ${most}\n`]);
    }
    for (const file of ['nowhere.csv', 'nowhere.omx#car', 'nowhere.parquet']) {
      const { status, stderr } = run('bottlenecks', net, '--trips', file);
      expect([status, stderr]).to.deep.equal([2, `corridor: --trips is "${file}"; expected a file of trips\n`]);
    }
    refuses('--select-link is "nine"; expected an id of the column link', '--select-link', 'nine');
  });

  itWithShared(
    'finds the published objective from a region folder imported from TNTP as well',
    ['tntp/SiouxFalls/SiouxFalls_net.tntp', 'tntp/SiouxFalls/SiouxFalls_node.tntp', 'tntp/SiouxFalls/SiouxFalls_trips.tntp'],
    () => {
      const file = (kind: string) => sharedPath(`tntp/SiouxFalls/SiouxFalls_${kind}.tntp`);
      const out = folder.at('sioux-falls');
      const made = run(
        'import',
        'tntp',
        file('net'),
        '--nodes',
        file('node'),
        '--trips',
        file('trips'),
        '--kilometres-per-unit',
        '1',
        '--out',
        out,
      );
      expect(made.status).to.equal(0);
      expect(readFileSync(join(out, 'trips.csv'), 'utf8').split('\n').length).to.equal(528 + 2);
      const whole = ['--peak-share', '1', '--car-share', '1', '--occupancy', '1'];
      const { stdout } = run('bottlenecks', out, '--trips', join(out, 'trips.csv'), ...whole, '--gap', '1e-12', '--format', 'json');
      expect(JSON.parse(stdout).objective).to.be.closeTo(4231335.28710744, 1e-4);
    },
  );
});
