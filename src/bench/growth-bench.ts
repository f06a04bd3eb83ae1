import { prepareCustomisation } from '../kernels/hierarchy/customisation.ts';
import { customiseHierarchy } from '../kernels/hierarchy/customise.ts';
import { buildHierarchy } from '../kernels/hierarchy/hierarchy.ts';
import { createSweeper } from '../kernels/hierarchy/sweeper.ts';
import { createTreeSearch } from '../kernels/hierarchy/tree-search.ts';
import { sweepTimes } from '../kernels/many-to-many.ts';
import { createSearch } from '../kernels/one-to-all.ts';
import { drawNodes } from './bench-network.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { measure } from './measure.ts';
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
    const contenders = [
      { who: 'corridor: tree, Dijkstra', units: 1, run: () => ({ checksum: finiteSum(search.run(first)) }) },
      { who: 'corridor: tree from a fresh point, hierarchy standing', units: 1, run: () => ({ checksum: finiteSum(tree.run(first)) }) },
      { who: 'corridor: tree of a 16-lane sweep', units: origins.length, run: () => ({ checksum: finiteSum(sweeper.run(origins)) }) },
      {
        who: 'corridor: zone matrix of up to 1,000 × 1,000, hierarchy standing',
        units: 1,
        run: () => ({ checksum: finiteSum(sweepTimes(hierarchy, zones, zones)) }),
      },
      {
        who: 'corridor: hierarchy by elimination',
        units: 1,
        run: () => ({ checksum: customiseHierarchy(prepareCustomisation(network), network).out.upper.length }),
      },
      { who: 'corridor: hierarchy by contraction', units: 1, run: () => ({ checksum: buildHierarchy(network).out.upper.length }) },
    ];
    // the round that is not counted would take as long as one that is
    rows.push(...(await measure({ task: 'growth', ...about }, contenders, options, size < 100_000)));
  }
  return rows;
}
