import { CLOSENESS_SUMS, type Closeness, closeness, closenessFromSums } from '../kernels/closeness.ts';
import type { Accumulated, Accumulation } from '../kernels/hierarchy/accumulate.ts';
import { hierarchyFor } from '../kernels/hierarchy/hierarchy-for.ts';
import type { Network } from '../model/network.ts';
import type { Pool, RunOptions } from './pool.ts';

/** Origins to a part: long enough that a thread's memory is laid out seldom, short enough that threads end together. */
const ORIGINS_A_PART = 2048;

/** Origins in parts; the parts are those of any number of threads. */
export function originParts(origins: Uint32Array, originsAPart = ORIGINS_A_PART): Uint32Array[] {
  return Array.from({ length: Math.ceil(origins.length / originsAPart) }, (_value, part) =>
    origins.slice(part * originsAPart, (part + 1) * originsAPart),
  );
}

/**
 * Sums over all nodes from every node on the threads of a pool: the bytes of accumulate, since every origin's sums are its own.
 *
 * Threads start while the hierarchy is built.
 * @returns null where hierarchyFor finds searches quicker
 * Memory: that of accumulate a thread.
 */
export async function nodeSumsInParallel(
  pool: Pool,
  network: Network,
  accumulations: readonly Accumulation[],
  run: RunOptions = {},
): Promise<Accumulated[] | null> {
  const { nodeCount } = network;
  pool.warm(Math.ceil(nodeCount / ORIGINS_A_PART));
  const hierarchy = hierarchyFor(network, nodeCount);
  if (!hierarchy) return null;
  const origins = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
  const result = accumulations.map(() => ({ sums: new Float64Array(nodeCount), counts: new Float64Array(nodeCount) }));
  const receive = (columns: readonly Accumulated[], part: number): void => {
    columns.forEach((column, index) => {
      result[index]?.sums.set(column.sums, part * ORIGINS_A_PART);
      result[index]?.counts.set(column.counts, part * ORIGINS_A_PART);
    });
  };
  await pool.run('sumsBlock', { hierarchy, accumulations }, originParts(origins), receive, { step: 'sums', ...run });
  return result;
}

/** Closeness on the threads of a pool: the bytes of closeness. */
export async function closenessInParallel(pool: Pool, network: Network, run: RunOptions = {}): Promise<Closeness> {
  const sums = await nodeSumsInParallel(pool, network, CLOSENESS_SUMS, { step: 'closeness', ...run });
  return sums ? closenessFromSums(sums) : closeness(network, run.progress);
}
