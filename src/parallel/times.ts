import { hierarchyFor } from '../kernels/hierarchy/hierarchy-for.ts';
import { assertNode } from '../kernels/one-to-all.ts';
import type { Network } from '../model/network.ts';
import type { Pool, RunOptions } from './pool.ts';
import { originParts } from './sums.ts';

/** Searches to a part: at 1 to 20 ms each, enough to be worth handing out. */
const SEARCHES_A_PART = 16;
/** Fewer arcs to search than this, at 40 ns each, are done before threads have started. */
const FEWEST_ARC_SEARCHES = 10_000_000;

/**
 * Times between sets of nodes on the threads of a pool: the numbers of timesBetween, row-major origins × targets.
 *
 * @throws as timesBetween; run.signal's reason
 * Memory: 4 bytes a pair, and a sweep's or a search's memory a thread.
 */
export async function timesInParallel(
  pool: Pool,
  network: Network,
  origins: Uint32Array,
  targets: Uint32Array,
  run: RunOptions = {},
): Promise<Uint32Array> {
  const hierarchy = hierarchyFor(network, origins.length);
  const result = new Uint32Array(origins.length * targets.length);
  let written = 0;
  const receive = (rows: Uint32Array): void => {
    result.set(rows, written);
    written += rows.length;
  };
  const options = { step: 'times', ...run };
  if (hierarchy) {
    await pool.run('timesBlock', { hierarchy, targets }, originParts(origins), receive, options);
    return result;
  }
  for (const target of targets) assertNode('target', target, network.nodeCount);
  const { nodeCount, arcCount, firstArc, arcHead, arcCost } = network;
  const searchesAPart = origins.length * arcCount < FEWEST_ARC_SEARCHES ? Math.max(1, origins.length) : SEARCHES_A_PART;
  const arcs = { nodeCount, firstArc, arcHead, arcCost };
  await pool.run('searchedTimesBlock', { arcs, targets }, originParts(origins, searchesAPart), receive, options);
  return result;
}
