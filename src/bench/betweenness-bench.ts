import { DirectedGraph } from 'graphology';
import { centrality } from 'graphology-metrics';
import { DEFAULT_BETWEENNESS } from '../kernels/betweenness/options.ts';
import { createBlocks, planBetweenness } from '../kernels/betweenness/plan.ts';
import { UsageError } from '../model/errors.ts';
import type { Network } from '../model/network.ts';
import { betweennessInParallel } from '../parallel/betweenness.ts';
import { type Pool, withPool } from '../parallel/pool.ts';
import { benchNetworks } from './bench-network.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type Contender, type ContenderRun, measure } from './measure.ts';
import { peersFound, startPeer } from './peers.ts';

/** graphology-metrics takes minutes beyond. */
const MOST_NODES_FOR_GRAPHOLOGY = 2000;

/**
 * Exact betweenness of all nodes and links, an origin a unit: ours from the compiled network to the result on one thread and on all,
 * hierarchy included; the sweeps alone; searches from some of the origins; igraph (nodes alone), graph-tool and graphology where found.
 *
 * On the clock of the processor, threads are no gain: take the wall for them.
 */
export async function betweennessBench(files: readonly string[], options: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { name, network, file, close } of benchNetworks(files, options.seed)) {
    const task = { task: 'betweenness of nodes and links', network: name, nodes: network.nodeCount, arcs: network.arcCount };
    const peers = peersFound().map((found) => startPeer(found, 'betweenness', file, [], options.clock));
    await withPool(options.threads, async (pool) => {
      const contenders: Contender[] = [
        ...wholes(network, pool),
        ...parts(network),
        ...peers.map(({ who, run }) => ({ who: who.startsWith('igraph') ? `${who}, nodes alone` : who, units: network.nodeCount, run })),
        ...(network.nodeCount <= MOST_NODES_FOR_GRAPHOLOGY ? [graphology(network)] : []),
      ];
      rows.push(...(await measure(task, contenders, options)));
    });
    for (const peer of peers) peer.close();
    close();
  }
  return rows;
}

/**
 * The same on one thread and on all, in turn: the ratio of one row to the other is what threads gain. Nothing else runs, so that an idle machine
 * stays as idle as it is; take the wall.
 *
 * @throws UsageError for fewer than two threads
 */
export async function threadsBench(files: readonly string[], options: BenchOptions): Promise<BenchRow[]> {
  if (options.threads < 2) throw new UsageError(`--threads is ${options.threads}; expected at least 2 for the subject threads`);
  const rows: BenchRow[] = [];
  for (const { name, network, close } of benchNetworks(files, options.seed)) {
    const task = { task: 'betweenness, one thread and all', network: name, nodes: network.nodeCount, arcs: network.arcCount };
    await withPool(options.threads, async (pool) => {
      rows.push(...(await measure(task, wholes(network, pool), options)));
    });
    close();
  }
  return rows;
}

function wholes(network: Network, pool: Pool): Contender[] {
  const whole = (threads: number, run: () => Promise<ContenderRun>): Contender => {
    return { who: 'corridor: hierarchy and sweeps', threads, units: network.nodeCount, run };
  };
  const on = async (chosen: Pool): Promise<ContenderRun> => ({ checksum: total((await betweennessInParallel(chosen, network)).node) });
  const one = whole(1, () => withPool(1, on));
  return pool.threads > 1 ? [one, whole(pool.threads, () => on(pool))] : [one];
}

function parts(network: Network): Contender[] {
  const plan = planBetweenness(network, DEFAULT_BETWEENNESS);
  const sweep = createBlocks(plan.work);
  const searches = planBetweenness(network, { ...DEFAULT_BETWEENNESS, method: 'searches' });
  const search = createBlocks(searches.work);
  return [
    {
      who: 'corridor: hierarchy alone',
      units: network.nodeCount,
      run: () => ({ checksum: planBetweenness(network, DEFAULT_BETWEENNESS).blocks }),
    },
    {
      who: 'corridor: sweeps alone',
      units: plan.work.origins.length,
      run: () => {
        for (let block = 0; block < plan.blocks; block++) sweep(block);
        return { checksum: null };
      },
    },
    {
      who: 'corridor: a search from every origin',
      units: searches.work.starts[1] ?? 1,
      run: () => {
        search(0);
        return { checksum: null };
      },
    },
  ];
}

/** Nodes alone, over the cheapest of parallel arcs: it takes no multigraph. Its 32-bit path counts are wrong where ties abound. */
function graphology({ nodeCount, firstArc, arcHead, arcCost }: Network): Contender {
  const graph = new DirectedGraph();
  for (let node = 0; node < nodeCount; node++) graph.addNode(String(node));
  for (let node = 0; node < nodeCount; node++) {
    const end = firstArc[node + 1] ?? 0;
    for (let arc = firstArc[node] ?? 0; arc < end; arc++) {
      // arcs of a node are sorted by head and cost: the first is the cheapest
      if (!graph.hasEdge(node, arcHead[arc])) graph.addEdge(node, arcHead[arc], { weight: arcCost[arc] });
    }
  }
  return {
    who: 'graphology-metrics, nodes alone',
    units: nodeCount,
    run: () => {
      const values = centrality.betweenness(graph, { getEdgeWeight: 'weight', normalized: false });
      return { checksum: Object.values(values).reduce((sum, value) => sum + value, 0) };
    },
  };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
