import {
  type ApproximateBetweenness,
  type ApproximateOptions,
  DEFAULT_APPROXIMATION,
  planApproximation,
} from '../kernels/betweenness/approximate.ts';
import { type BetweennessOptions, DEFAULT_BETWEENNESS } from '../kernels/betweenness/options.ts';
import { type Betweenness, planBetweenness } from '../kernels/betweenness/plan.ts';
import { blockStarts } from '../kernels/betweenness/work.ts';
import type { Network } from '../model/network.ts';
import type { Pool, RunOptions } from './pool.ts';

/**
 * Betweenness on the threads of a pool: the bytes of kernels/betweenness, whatever their number.
 *
 * @throws as betweenness; options.signal's reason
 * Memory: pathMemoryBytes a thread, and outputs of 8 bytes an arc of the hierarchy and 16 a node, two a thread.
 */
export async function betweennessInParallel(
  pool: Pool,
  network: Network,
  options: Partial<BetweennessOptions> = {},
  run: RunOptions = {},
): Promise<Betweenness> {
  // threads start while the hierarchy is built
  pool.warm(blockStarts(options.demand?.origins.length ?? network.nodeCount, options.method !== 'searches').length - 1);
  const plan = planBetweenness(network, { ...DEFAULT_BETWEENNESS, ...options });
  const blocks = Array.from({ length: plan.blocks }, (_value, block) => block);
  // the pool hands out the first blocks before this has its turn
  const preparing = setImmediate(plan.prepare);
  try {
    await pool.run('betweennessBlock', plan.work, blocks, (flows, block) => plan.add(block, flows), {
      step: 'betweenness',
      isOutputSpare: true,
      ...run,
    });
  } finally {
    clearImmediate(preparing);
  }
  return plan.finish();
}

/**
 * Sampled betweenness on the threads of a pool: the bytes of approximateBetweenness, whatever their number.
 *
 * @throws as approximateBetweenness; run.signal's reason
 * Memory: 48 bytes a node a thread, and outputs of 4 bytes an arc and a node, two a thread.
 */
export async function approximateInParallel(
  pool: Pool,
  network: Network,
  options: Partial<ApproximateOptions> = {},
  run: RunOptions = {},
): Promise<ApproximateBetweenness> {
  const plan = planApproximation(network, { ...DEFAULT_APPROXIMATION, ...options });
  const blocks = Array.from({ length: plan.blocks }, (_value, block) => block);
  await pool.run('pathSampleBlock', plan.work, blocks, (hits, block) => plan.add(block, hits), { step: 'betweenness, sampled', ...run });
  return plan.finish();
}
