import type { Network } from '../model/network.ts';
import { createSearch } from './one-to-all.ts';

/**
 * Times between sets of nodes, row-major origins × targets, milliseconds, UNREACHED where there is no way.
 *
 * Cost: one tree an origin.
 */
export function timesBetween(network: Network, origins: Uint32Array, targets: Uint32Array): Uint32Array {
  const search = createSearch(network);
  const result = new Uint32Array(origins.length * targets.length);
  origins.forEach((origin, row) => {
    const cost = search.run(origin);
    for (let target = 0; target < targets.length; target++) result[row * targets.length + target] = cost[targets[target]!]!;
  });
  return result;
}
