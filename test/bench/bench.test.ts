import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { benchNetworks, drawNodes, ownNetwork } from '../../src/bench/bench-network.ts';
import { growthOf } from '../../src/bench/growth-bench.ts';
import { growthChart } from '../../src/bench/growth-chart.ts';
import { measure, median } from '../../src/bench/measure.ts';
import { memoryTable } from '../../src/bench/memory-bench.ts';
import { peersAbsent } from '../../src/bench/peers.ts';
import { roadLikeNetwork } from '../../src/bench/road-like.ts';
import { treeBench } from '../../src/bench/tree-bench.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { UsageError } from '../../src/model/errors.ts';
import { UNREACHED } from '../../src/model/network.ts';

const ONCE = { runs: 1, threads: 1, seed: 3 };

describe('a road-like network', () => {
  it('has the nodes asked for, 3 arcs a node, hangs together, and is the same again from its seed', () => {
    const network = roadLikeNetwork(10_000, 3);
    expect([network.nodeCount, network.arcCount]).to.deep.equal([10_000, 30_000]);
    expect(oneToAll(network, 0).includes(UNREACHED)).to.equal(false);
    expect(roadLikeNetwork(10_000, 3)).to.deep.equal(network);
    expect(roadLikeNetwork(10_000, 4).arcCost).not.to.deep.equal(network.arcCost);
  });

  it('keeps the invariant of networks: heads in order, costs of at least 1', () => {
    const { nodeCount, firstArc, arcHead, arcCost } = roadLikeNetwork(2_500, 9);
    for (let node = 0; node < nodeCount; node++) {
      const heads = Array.from(arcHead.subarray(firstArc[node], firstArc[node + 1]));
      expect(heads).to.deep.equal([...heads].sort((a, b) => a - b));
    }
    expect(Math.min(...arcCost)).to.be.greaterThan(0);
  });
});

describe('the bench', () => {
  it('takes medians, and lets contenders take turns in every round', async () => {
    expect([median([5, 1, 3]), median([4, 1, 3, 2])]).to.deep.equal([3, 2.5]);
    const turns: string[] = [];
    const contenders = ['a', 'b'].map((who) => ({
      who,
      units: 2,
      run: () => {
        turns.push(who);
        return { seconds: turns.length, checksum: 7 };
      },
    }));
    const rows = await measure({ task: 't', network: 'n', nodes: 1, arcs: 1 }, contenders, { runs: 3 });
    expect(turns.join('')).to.equal('abababab');
    // turns 3, 5 and 7 of "a" count, the first being to warm up; the median of them over 2 units
    expect(rows[0]).to.include({ who: 'a', runs: 3, medianSecondsPerUnit: 2.5, checksum: 7 });
  });

  it('reads a TNTP net as it stands, times as minutes, and says how many it raised from nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'corridor-test-'));
    const path = join(folder, 'Small_net.tntp');
    const head = '<NUMBER OF NODES> 3\n<NUMBER OF LINKS> 3\n<FIRST THRU NODE> 1\n<END OF METADATA>\n';
    const columns = '~ init_node term_node capacity length free_flow_time b power speed toll link_type ;\n';
    const rows = ['1 2 9 1 0.5', '2 3 9 1 0', '3 1 9 1 2'].map((row) => `${row} 0.15 4 0 0 1 ;\n`);
    writeFileSync(path, head + columns + rows.join(''));
    const [opened, ...more] = benchNetworks([path], 1);
    expect(more).to.deep.equal([]);
    expect(opened?.name).to.equal('Small_net.tntp, times raised from 0 to 1 ms: 1');
    // half a minute, nothing raised to 1 ms, two minutes
    expect(Array.from(opened!.network.arcCost)).to.deep.equal([30_000, 1, 120_000]);
    expect(readFileSync(opened!.file, 'utf8').trim().split('\n').slice(1)).to.deep.equal(['1,2,30000', '2,3,1', '3,1,120000']);
    opened!.close();
    rmSync(folder, { recursive: true });
  });

  it('names every file that is not there', () => {
    expect(() => benchNetworks(['none.csv', 'neither.tntp'], 1)).to.throw(UsageError, 'none.csv, neither.tntp; expected files');
  });

  it('tells which peers it leaves out', () => {
    expect(peersAbsent([])).to.deep.equal(['igraph', 'graph-tool']);
    expect(peersAbsent([{ library: 'igraph', version: '1', interpreter: 'python3' }])).to.deep.equal(['graph-tool']);
  });

  it('finds one sum of times by all that take part, peers on this machine included', async () => {
    const own = ownNetwork(900, 3);
    const rows = await treeBench([own.file], ONCE);
    own.close();
    const sums = rows.flatMap(({ checksum }) => (checksum === null ? [] : [checksum]));
    expect(sums.length).to.be.at.least(6);
    expect(new Set(sums).size).to.equal(1);
  });

  it('draws every contender of growth into a chart', async () => {
    const rows = await growthOf([100, 400], ONCE);
    const chart = growthChart(rows);
    expect(chart.match(/<polyline/g)?.length).to.equal(new Set(rows.map(({ who }) => who)).size);
    expect(chart).not.to.contain('NaN');
  });

  it('draws different nodes', () => {
    expect(new Set(drawNodes(50, 50, 1)).size).to.equal(50);
  });

  it('measures the bytes that the formulas state, to a thousandth and a page', () => {
    for (const [structure, , expected, found] of memoryTable(3_600, 1).rows) {
      expect(Number(found), String(structure)).to.be.closeTo(Number(expected), Number(expected) / 1000 + 65_536);
    }
  });

  it('names a subject that it does not know', () => {
    const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [main, 'bench', 'luck'], { encoding: 'utf8' });
    expect(status).to.equal(2);
    expect(stderr).to.contain('subject is "luck"; expected trees, accessibility');
  });
});
