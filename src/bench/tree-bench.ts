import { DirectedGraph } from 'graphology';
import { dijkstra } from 'graphology-shortest-path';
import { prepareCustomisation } from '../kernels/hierarchy/customisation.ts';
import { customiseHierarchy } from '../kernels/hierarchy/customise.ts';
import { buildHierarchy, type Hierarchy } from '../kernels/hierarchy/hierarchy.ts';
import { bestEngine, type Engine } from '../kernels/hierarchy/lanes-engine.ts';
import { LANES } from '../kernels/hierarchy/lanes-plain.ts';
import { createSweeper } from '../kernels/hierarchy/sweeper.ts';
import { createSearch } from '../kernels/one-to-all.ts';
import { type Network, UNREACHED } from '../model/network.ts';
import { benchNetworks, drawNodes } from './bench-network.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type Contender, measure, stopwatch } from './measure.ts';
import { peersFound, startPeer } from './peers.ts';

/** Origins of a run of those who search one tree at a time; sweeps take all nodes, or this many times more on networks that are too large. */
const SAMPLE = 200;
const MOST_SWEPT = 16_384;

/**
 * Shortest-path trees: our Dijkstra, our sweeps over both kinds of hierarchy with and without building them, igraph, graph-tool and
 * graphology. Checksums are sums of the times of the sampled origins, which all but graphology (one origin) share.
 */
export async function treeBench(files: readonly string[], options: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { name, network, file, close } of benchNetworks(files, options.seed)) {
    const sample = drawNodes(network.nodeCount, SAMPLE, options.seed);
    const task = { task: 'tree', network: name, nodes: network.nodeCount, arcs: network.arcCount };
    const ids = Array.from(sample, (node) => network.nodeIds[node] ?? '');
    const peers = peersFound().map((found) => startPeer(found, 'trees', file, ids, options.clock));
    const hierarchy = buildHierarchy(network);
    const customised = customiseHierarchy(prepareCustomisation(network), network);
    const fresh = () => customiseHierarchy(prepareCustomisation(network), network);
    const { clock } = options;
    const contenders: Contender[] = [
      sweeping('corridor: sweep, hierarchy standing', network, sample, { hierarchyOf: () => hierarchy, clock }),
      sweeping('corridor: sweep, customised hierarchy standing', network, sample, { hierarchyOf: () => customised, clock }),
      sweeping('corridor: sweep without SIMD, hierarchy standing', network, sample, {
        hierarchyOf: () => hierarchy,
        clock,
        engine: 'plain',
      }),
      sweeping('corridor: contraction and sweeps', network, sample, { hierarchyOf: () => buildHierarchy(network), clock }),
      sweeping('corridor: elimination and sweeps', network, sample, { hierarchyOf: fresh, clock }),
      searching(network, sample, clock),
      ...peers.map(({ who, run }) => ({ who, units: sample.length, run })),
      graphologySearch(network, sample[0] ?? 0),
    ];
    rows.push(...(await measure(task, contenders, options)));
    for (const peer of peers) peer.close();
    close();
  }
  return rows;
}

interface SweepTask {
  readonly hierarchyOf: () => Hierarchy;
  readonly clock: BenchOptions['clock'];
  readonly engine?: Engine;
}

function sweeping(
  who: string,
  { nodeCount }: Network,
  sample: Uint32Array,
  { hierarchyOf, clock, engine = bestEngine() }: SweepTask,
): Contender {
  const units = Math.min(nodeCount, MOST_SWEPT);
  return {
    who,
    units,
    run: () => {
      const elapsed = stopwatch(clock);
      const sweeper = createSweeper(hierarchyOf(), { direction: 'forward', engine });
      for (let first = 0; first < units; first += LANES) {
        sweeper.run(Array.from({ length: Math.min(LANES, units - first) }, (_value, lane) => first + lane));
      }
      const seconds = elapsed();
      let checksum = 0;
      for (let first = 0; first < sample.length; first += LANES) checksum += finiteSum(sweeper.run(sample.subarray(first, first + LANES)));
      return { seconds, checksum };
    },
  };
}

function searching(network: Network, sample: Uint32Array, clock: BenchOptions['clock']): Contender {
  const search = createSearch(network);
  return {
    who: 'corridor: Dijkstra',
    units: sample.length,
    run: () => {
      const elapsed = stopwatch(clock);
      for (const origin of sample) search.run(origin);
      const seconds = elapsed();
      return { seconds, checksum: sample.reduce((sum, origin) => sum + finiteSum(search.run(origin)), 0) };
    },
  };
}

export function finiteSum(times: Uint32Array): number {
  let sum = 0;
  for (const time of times) if (time !== UNREACHED) sum += time;
  return sum;
}

function graphologySearch(network: Network, origin: number): Contender {
  const { nodeCount, firstArc, arcHead, arcCost } = network;
  const graph = new DirectedGraph();
  for (let node = 0; node < nodeCount; node++) graph.addNode(String(node));
  for (let tail = 0; tail < nodeCount; tail++) {
    const end = firstArc[tail + 1] ?? 0;
    for (let arc = firstArc[tail] ?? 0; arc < end; arc++) {
      // arcs are sorted by cost, so the first of parallel ones is the cheapest
      if (!graph.hasEdge(tail, arcHead[arc])) graph.addEdge(tail, arcHead[arc], { weight: arcCost[arc] });
    }
  }
  return {
    who: 'graphology-shortest-path',
    units: 1,
    run: () => {
      dijkstra.singleSource(graph, String(origin), 'weight');
      return { checksum: null };
    },
  };
}
