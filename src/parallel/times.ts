import { hierarchyFor } from '../kernels/hierarchy/hierarchy-for.ts';
import { timesBetween } from '../kernels/many-to-many.ts';
import type { Network } from '../model/network.ts';
import type { Pool, RunOptions } from './pool.ts';
import { originParts } from './sums.ts';

/**
 * Times between sets of nodes on the threads of a pool: the numbers of timesBetween, row-major origins × targets.
 *
 * @throws as timesBetween; run.signal's reason
 * Memory: 4 bytes a pair, and a sweep's memory a thread.
 */
export async function timesInParallel(
  pool: Pool,
  network: Network,
  origins: Uint32Array,
  targets: Uint32Array,
  run: RunOptions = {},
): Promise<Uint32Array> {
  const hierarchy = hierarchyFor(network, origins.length);
  if (!hierarchy) return timesBetween(network, origins, targets, run.progress);
  const result = new Uint32Array(origins.length * targets.length);
  let written = 0;
  const receive = (rows: Uint32Array): void => {
    result.set(rows, written);
    written += rows.length;
  };
  await pool.run('timesBlock', { hierarchy, targets }, originParts(origins), receive, { step: 'times', ...run });
  return result;
}
