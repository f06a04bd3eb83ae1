import { planRemoval, type RemovalLoss, type RemovalWork } from '../kernels/removal/link-removal.ts';
import type { Pool, RunOptions } from './pool.ts';

/**
 * Groups of arcs out in turn on the threads of a pool: the bytes of removeInTurn, whatever their number.
 *
 * Memory: about 120 bytes a node a thread, and outputs of 16 bytes a group, two a thread.
 */
export async function removalInParallel(pool: Pool, work: RemovalWork, run: RunOptions = {}): Promise<RemovalLoss> {
  const plan = planRemoval(work);
  await pool.run('removalBlock', work, plan.blocks, (loss, block) => plan.add(loss, block), { step: 'links out in turn', ...run });
  return plan.finish();
}
