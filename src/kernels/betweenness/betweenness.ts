import type { Network } from '../../model/network.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import { type BetweennessOptions, DEFAULT_BETWEENNESS } from './options.ts';
import { type Betweenness, createBlocks, planBetweenness } from './plan.ts';
import type { BlockFlows } from './work.ts';

/**
 * Exact weighted betweenness of nodes, arcs and links of a directed multigraph, on one thread.
 *
 * Equally short ways share a pair's one unit; parallel arcs of equal cost are ways of their own; loops are on no shortest way. Path counts
 * are float64 from 1 to 2^1523. Ties are exact because costs are whole milliseconds.
 *
 * @param options  demand between zones, a time limit, reductions, method: see BetweennessOptions
 * @throws LimitError where two nodes are joined by more ways than float64 counts, or by a way of 49 days or longer; RangeError for demand that does not fit the network
 * Cost: a contraction hierarchy, then a sweep over its arcs there and back for each origin, 16 at a time.
 * Source: Brandes (2001) doi:10.1080/0022250X.2001.9990249 and (2008) doi:10.1016/j.socnet.2007.11.001 for the sums; Geisberger et al.
 * (2012) doi:10.1287/trsc.1110.0401 and Delling et al. (2013) doi:10.1016/j.jpdc.2012.02.007 for the sweeps.
 */
export function betweenness(network: Network, options: Partial<BetweennessOptions> = {}, progress: Progress = SILENT): Betweenness {
  const plan = planBetweenness(network, { ...DEFAULT_BETWEENNESS, ...options });
  const run = createBlocks(plan.work);
  let flows: BlockFlows | undefined;
  for (let block = 0; block < plan.blocks; block++) {
    flows = run(block, flows);
    plan.add(block, flows);
    progress('betweenness', block + 1, plan.blocks);
  }
  return plan.finish();
}
