import { DirectedGraph } from 'graphology';
import { centrality } from 'graphology-metrics';
import { DEFAULT_BETWEENNESS } from '../kernels/betweenness/options.ts';
import { createBlocks, planBetweenness } from '../kernels/betweenness/plan.ts';
import { ORIGINS_A_BLOCK } from '../kernels/betweenness/work.ts';
import type { Network } from '../model/network.ts';
import { betweennessInParallel } from '../parallel/betweenness.ts';
import { type Pool, withPool } from '../parallel/pool.ts';
import { readBenchNetwork } from './bench-network.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type PythonBetweenness, type PythonLibrary, pythonBetweenness } from './python-betweenness.ts';
import { roadLikeNetwork } from './road-like.ts';

/** Nodes of the network that is measured where none is named. */
const OWN_NODES = 4000;
/** graphology-metrics takes a quarter of an hour beyond. */
const MOST_NODES_FOR_GRAPHOLOGY = 3000;
/** A peer that takes long is run as often as fits into this, at least once; the row tells how often. */
const PEER_SECONDS = 60;

/** A way to the answer: seconds, what they are for, and the sum of all nodes' betweenness. */
interface Contender {
  readonly who: string;
  readonly threads: number;
  readonly units: number;
  readonly runs: number;
  readonly measure: () => Promise<{ seconds: number; checksum: number | null }>;
}

/**
 * Exact betweenness of all nodes and links: ours from the compiled network to the result on one thread and on all, hierarchy included; the
 * sweeps alone; searches from some of the origins; igraph (nodes alone), graph-tool and graphology where they are found.
 *
 * All take turns, round by round, so that a busy spell of the machine meets all alike.
 */
export async function betweennessBench(files: readonly string[], options: BenchOptions): Promise<readonly BenchRow[]> {
  const networks =
    files.length > 0 ? files.map(readBenchNetwork) : [{ name: 'road-like', network: roadLikeNetwork(OWN_NODES, options.seed) }];
  const rows: BenchRow[] = [];
  for (const { name, network } of networks) {
    rows.push(
      ...(await withPool(options.threads, (pool) =>
        withPool(1, (single) => measure(name, network, [...ours(network, single, pool, options.runs), ...peers(network, options.runs)])),
      )),
    );
  }
  return rows;
}

async function measure(name: string, network: Network, contenders: readonly Contender[]): Promise<BenchRow[]> {
  const seconds = contenders.map((): number[] => []);
  const checksums: (number | null)[] = contenders.map(() => null);
  const rounds = Math.max(...contenders.map(({ runs }) => runs));
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      if (round >= contender.runs) continue;
      const measured = await contender.measure();
      seconds[index]?.push(measured.seconds);
      checksums[index] = measured.checksum;
    }
  }
  return contenders.map(({ who, threads, units }, index): BenchRow => {
    const all = seconds[index] ?? [];
    return {
      task: 'betweenness of nodes and links',
      network: name,
      nodes: network.nodeCount,
      arcs: network.arcCount,
      who,
      threads,
      units,
      runs: all.length,
      medianSecondsPerUnit: median(all) / units,
      checksum: checksums[index] ?? null,
    };
  });
}

function ours(network: Network, single: Pool, pool: Pool, runs: number): Contender[] {
  const whole = (on: Pool): Contender => ({
    who: 'corridor: hierarchy and sweeps',
    threads: on.threads,
    units: network.nodeCount,
    runs,
    measure: () =>
      timed(async () => {
        const { node } = await betweennessInParallel(on, network);
        return total(node);
      }),
  });
  const plan = planBetweenness(network, DEFAULT_BETWEENNESS);
  const origins = plan.work.origins.length;
  const runSweeps = createBlocks(plan.work);
  const searches = planBetweenness(network, { ...DEFAULT_BETWEENNESS, method: 'searches' });
  const runSearch = createBlocks(searches.work);
  const parts: Contender[] = [
    {
      who: 'corridor: sweeps alone',
      threads: 1,
      units: origins,
      runs,
      measure: () =>
        timed(async () => {
          for (let block = 0; block < plan.blocks; block++) runSweeps(block);
          return null;
        }),
    },
    {
      who: 'corridor: a search from every origin',
      threads: 1,
      units: Math.min(ORIGINS_A_BLOCK, searches.work.origins.length),
      runs,
      measure: () =>
        timed(async () => {
          runSearch(0);
          return null;
        }),
    },
  ];
  return pool.threads > 1 ? [whole(single), whole(pool), ...parts] : [whole(single), ...parts];
}

function peers(network: Network, runs: number): Contender[] {
  const found: Contender[] = [];
  for (const library of ['graph-tool', 'igraph'] as const) {
    const first = pythonBetweenness(network, library);
    if (first) found.push(pythonContender(network, library, first, runs));
  }
  if (network.nodeCount <= MOST_NODES_FOR_GRAPHOLOGY) found.push(graphologyContender(network, runs));
  return found;
}

function pythonContender(network: Network, library: PythonLibrary, first: PythonBetweenness, runs: number): Contender {
  let ready: PythonBetweenness | null = first;
  return {
    who: library === 'igraph' ? `igraph ${first.version}, nodes alone` : `graph-tool ${first.version}`,
    threads: 1,
    units: network.nodeCount,
    runs: Math.max(1, Math.min(runs, Math.floor(PEER_SECONDS / first.seconds))),
    measure: async () => {
      // the look whether the library is there was a run already
      const result = ready ?? pythonBetweenness(network, library);
      ready = null;
      if (!result) throw new Error(`${library} was there and is gone`);
      return { seconds: result.seconds, checksum: result.node.reduce((sum, value) => sum + value, 0) };
    },
  };
}

/** Nodes alone, over the cheapest of parallel arcs: it takes no multigraph. Its 32-bit path counts are wrong where ties abound. */
function graphologyContender(network: Network, runs: number): Contender {
  const graph = new DirectedGraph();
  for (let node = 0; node < network.nodeCount; node++) graph.addNode(String(node));
  for (let node = 0; node < network.nodeCount; node++) {
    const end = network.firstArc[node + 1] ?? 0;
    for (let arc = network.firstArc[node] ?? 0; arc < end; arc++) {
      const head = String(network.arcHead[arc]);
      // arcs of a node are sorted by head and cost: the first is the cheapest
      if (!graph.hasEdge(String(node), head)) graph.addEdge(String(node), head, { weight: network.arcCost[arc] ?? 1 });
    }
  }
  return {
    who: 'graphology-metrics, nodes alone',
    threads: 1,
    units: network.nodeCount,
    runs: Math.min(runs, 1 + Math.floor((MOST_NODES_FOR_GRAPHOLOGY / network.nodeCount) ** 2)),
    measure: () =>
      timed(async () => {
        const values = centrality.betweenness(graph, { getEdgeWeight: 'weight', normalized: false });
        return Object.values(values).reduce((sum, value) => sum + value, 0);
      }),
  };
}

async function timed(body: () => Promise<number | null>): Promise<{ seconds: number; checksum: number | null }> {
  const start = performance.now();
  const checksum = await body();
  return { seconds: (performance.now() - start) / 1000, checksum };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
