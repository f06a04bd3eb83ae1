import { prepareCustomisation } from '../kernels/hierarchy/customisation.ts';
import { customiseHierarchy } from '../kernels/hierarchy/customise.ts';
import { buildHierarchy, type Hierarchy } from '../kernels/hierarchy/hierarchy.ts';
import { createSweeper } from '../kernels/hierarchy/sweeper.ts';
import { createTreeSearch } from '../kernels/hierarchy/tree-search.ts';
import { sweepTimes } from '../kernels/many-to-many.ts';
import { createSearch } from '../kernels/one-to-all.ts';
import { drawNodes } from './bench-network.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type Contender, measure, stopwatch } from './measure.ts';
import { roadLikeNetwork } from './road-like.ts';
import { finiteSum } from './tree-bench.ts';

const SIZES = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];
const ZONES = 1_000;

/** Cost against size, road-like networks of 1,000 to 1,000,000 nodes. */
export function growthBench(_files: readonly string[], options: BenchOptions): Promise<BenchRow[]> {
  return growthOf(SIZES, options);
}

/** A million nodes alone. */
export function millionBench(_files: readonly string[], options: BenchOptions): Promise<BenchRow[]> {
  return growthOf(SIZES.slice(-1), options);
}

/** The same for sizes chosen. */
export async function growthOf(sizes: readonly number[], options: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const size of sizes) {
    const network = roadLikeNetwork(size, options.seed);
    const { nodeCount, arcCount } = network;
    const about = { network: `road-like ${size}, seed ${options.seed}`, nodes: nodeCount, arcs: arcCount };
    const origins = drawNodes(nodeCount, 16, options.seed);
    const zones = drawNodes(nodeCount, ZONES, options.seed + 1);
    const hierarchy = buildHierarchy(network);
    const search = createSearch(network);
    const tree = createTreeSearch(hierarchy);
    const sweeper = createSweeper(hierarchy);
    const [first = 0] = origins;
    // checksums are taken after the clock has stopped: adding up 16 trees takes longer than sweeping them
    const timed = (who: string, units: number, run: () => Uint32Array): Contender => ({
      who,
      units,
      run: () => {
        const elapsed = stopwatch(options.clock);
        const result = run();
        const seconds = elapsed();
        return { seconds, checksum: finiteSum(result) };
      },
    });
    const arcs = (hierarchy: Hierarchy): Uint32Array => Uint32Array.of(hierarchy.out.upper.length);
    const contenders = [
      timed('corridor: tree, Dijkstra', 1, () => search.run(first)),
      timed('corridor: tree from a fresh point, hierarchy standing', 1, () => tree.run(first)),
      timed('corridor: tree of a 16-lane sweep', origins.length, () => sweeper.run(origins)),
      timed('corridor: zone matrix of up to 1,000 × 1,000, hierarchy standing', 1, () => sweepTimes(hierarchy, zones, zones)),
      timed('corridor: hierarchy by elimination', 1, () => arcs(customiseHierarchy(prepareCustomisation(network), network))),
      timed('corridor: hierarchy by contraction', 1, () => arcs(buildHierarchy(network))),
    ];
    // the round that is not counted would take as long as one that is
    rows.push(...(await measure({ task: 'growth', ...about }, contenders, options, size < 100_000)));
  }
  return rows;
}
