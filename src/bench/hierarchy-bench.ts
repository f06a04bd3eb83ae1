import { prepareCustomisation } from '../kernels/hierarchy/customisation.ts';
import { createCustomiser, customiseHierarchy } from '../kernels/hierarchy/customise.ts';
import { buildHierarchy, type Hierarchy } from '../kernels/hierarchy/hierarchy.ts';
import { createTreeSearch } from '../kernels/hierarchy/tree-search.ts';
import type { Network } from '../model/network.ts';
import { benchNetworks, drawNodes } from './bench-network.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type Contender, measure, stopwatch } from './measure.ts';
import { createRandom } from './road-like.ts';
import { finiteSum } from './tree-bench.ts';

/** A hierarchy from nothing and for costs of which 1% have changed; checksums are those of one tree under the changed costs. */
export async function hierarchyBench(files: readonly string[], options: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { name, network, close } of benchNetworks(files, options.seed)) {
    const task = { task: 'hierarchy', network: name, nodes: network.nodeCount, arcs: network.arcCount };
    const changed = withChangedCosts(network, options.seed);
    const [origin = 0] = drawNodes(network.nodeCount, 1, options.seed);
    const customisation = prepareCustomisation(network);
    const customiser = createCustomiser(customisation);
    const timed = (who: string, build: () => Hierarchy): Contender => ({
      who,
      units: 1,
      run: () => {
        const elapsed = stopwatch(options.clock);
        const hierarchy = build();
        const seconds = elapsed();
        return { seconds, checksum: finiteSum(createTreeSearch(hierarchy).run(origin)) };
      },
    });
    const contenders = [
      timed('corridor: costs changed, customised again', () => customiser(changed)),
      timed('corridor: costs changed, customised the first time', () => customiseHierarchy(customisation, changed)),
      timed('corridor: fresh, by elimination', () => customiseHierarchy(prepareCustomisation(changed), changed)),
      timed('corridor: fresh, by contraction', () => buildHierarchy(changed)),
    ];
    rows.push(...(await measure(task, contenders, options)));
    close();
  }
  return rows;
}

/** One arc in a hundred takes half to one and a half times as long. */
function withChangedCosts(network: Network, seed: number): Network {
  const random = createRandom(seed);
  const arcCost = network.arcCost.map((cost) => (random() < 0.01 ? Math.max(1, Math.round(cost * (0.5 + random()))) : cost));
  return { ...network, arcCost };
}
