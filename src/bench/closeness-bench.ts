import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeness } from '../kernels/closeness.ts';
import { type Accumulation, accumulate } from '../kernels/hierarchy/accumulate.ts';
import { buildHierarchy, type Hierarchy } from '../kernels/hierarchy/hierarchy.ts';
import { hierarchyFor } from '../kernels/hierarchy/hierarchy-for.ts';
import type { Network } from '../model/network.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import { benchNetworks, drawNodes } from './bench-network.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type Contender, measure, stopwatch } from './measure.ts';
import { peersFound, startPeer } from './peers.ts';

/** Nodes of a run of the peers, which take a tree a node; we take all nodes. */
const SAMPLE = 300;

/** Accessibility of all nodes in one pass: closeness, cumulative and gravity, and the whole command from process start to written file. */
export async function closenessBench(files: readonly string[], options: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { name, network, file, close } of benchNetworks(files, options.seed)) {
    const sample = drawNodes(network.nodeCount, SAMPLE, options.seed);
    const task = { task: 'accessibility of all nodes', network: name, nodes: network.nodeCount, arcs: network.arcCount };
    const ids = Array.from(sample, (node) => network.nodeIds[node] ?? '');
    const peers = peersFound().map((found) => startPeer(found, 'closeness', file, ids, options.clock));
    const contenders: Contender[] = [
      ...accumulating(network),
      {
        who: 'corridor: closeness and harmonic, hierarchy and all',
        units: network.nodeCount,
        run: () => ({ checksum: total(closeness(network).closeness) }),
      },
      ...peers.map(({ who, run }) => ({ who: `${who}: closeness`, units: sample.length, run })),
      command('corridor centrality --measure closeness: process start to file', network, options.clock, [
        ...['centrality', file, '--measure', 'closeness'],
      ]),
      command('corridor accessibility --measure cumulative:60: process start to file', network, options.clock, [
        ...['accessibility', file, '--measure', 'cumulative:60'],
      ]),
    ];
    rows.push(...(await measure(task, contenders, options)));
    for (const peer of peers) peer.close();
    close();
  }
  return rows;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function accumulating(network: Network): Contender[] {
  const chosen = hierarchyFor(network, network.nodeCount);
  const standing: [string, Hierarchy][] = [['contraction hierarchy', buildHierarchy(network)]];
  if (chosen) standing.push(['hierarchy chosen by the rule', chosen]);
  const origins = Uint32Array.from({ length: network.nodeCount }, (_value, node) => node);
  const amounts = new Float64Array(network.nodeCount).fill(1);
  const asked: [string, Accumulation[]][] = [
    ['closeness', [{ kind: 'times' }]],
    ['cumulative:60', [{ kind: 'within', limitMilliseconds: 60 * MILLISECONDS_PER_MINUTE, amounts }]],
    ['harmonic', [{ kind: 'inverse', scale: MILLISECONDS_PER_MINUTE }]],
    ['gravity:exponential:0.02', [{ kind: 'exponential', perMillisecond: 0.02 / MILLISECONDS_PER_MINUTE, amounts }]],
  ];
  return asked.flatMap(([measureName, accumulations]) =>
    standing.map(([kind, hierarchy]) => ({
      who: `corridor: ${measureName}, ${kind} standing`,
      units: network.nodeCount,
      run: () => ({ checksum: total(accumulate(hierarchy, origins, accumulations)[0]?.sums ?? new Float64Array(0)) }),
    })),
  );
}

/** Has a process tell what it took of the processor, from its start to its end. */
const TELL_USAGE = "data:text/javascript,process.on('exit',()=>process.stderr.write(JSON.stringify(process.cpuUsage())))";

function command(who: string, { nodeCount }: Network, clock: BenchOptions['clock'], parts: readonly string[]): Contender {
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
  return {
    who,
    units: nodeCount,
    run: () => {
      const folder = mkdtempSync(join(tmpdir(), 'corridor-bench-'));
      const out = join(folder, 'result.csv');
      const elapsed = stopwatch('wall');
      const call = ['--import', TELL_USAGE, main, ...parts, '--format', 'csv', '--out', out];
      const { status, stderr } = spawnSync(process.execPath, call, { encoding: 'utf8' });
      const wallSeconds = elapsed();
      if (status !== 0) throw new Error(`${who}: ${stderr}`);
      const usage: { user: number; system: number } = JSON.parse(stderr.slice(stderr.lastIndexOf('{')));
      const lines = readFileSync(out, 'utf8').trim().split('\n').slice(1);
      rmSync(folder, { recursive: true });
      const checksum = lines.reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0);
      return { seconds: clock === 'processor' ? (usage.user + usage.system) / 1e6 : wallSeconds, checksum };
    },
  };
}
