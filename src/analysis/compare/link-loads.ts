import { type FrozenNetwork, nodeNumber } from '../../build/freeze.ts';
import { createSearch } from '../../kernels/one-to-all.ts';
import { reverseNetwork } from '../../kernels/reverse-network.ts';
import { addTreeFlows } from '../../kernels/tree-flows.ts';
import { UNREACHED } from '../../model/network.ts';
import type { Zone } from '../../model/tables.ts';

/**
 * Trips a day on every link when each pair takes one quickest way (all or nothing), both directions together.
 *
 * Of equally quick ways the one by the lower arc number is taken, so the same input gives the same loads. No capacity is looked at: loads
 * show where trips move to, not what they suffer there.
 *
 * @param trips  a day, row-major zone × zone
 * @returns      link id → trips; links without trips are left out
 * Cost: one tree a zone and O(nodes + arcs) a tree to add up. Source: Sheffi (1985), chapter 5.
 */
export function linkLoads(frozen: FrozenNetwork, zones: readonly Zone[], trips: Float64Array): Map<string, number> {
  const { network } = frozen;
  const inward = reverseNetwork(network);
  const search = createSearch(network);
  const passing = new Float64Array(network.nodeCount);
  const loads = new Float64Array(network.linkIds.length);
  const nodeOf = (id: string) => nodeNumber(frozen.nodeOf, id);
  const destinations = zones.map((zone) => nodeOf(`zone-destination/${zone.id}`));
  zones.forEach((zone, from) => {
    const cost = search.run(nodeOf(`zone-origin/${zone.id}`));
    passing.fill(0);
    destinations.forEach((node, to) => {
      if (to !== from && cost[node] !== UNREACHED) passing[node] = (passing[node] ?? 0) + (trips[from * zones.length + to] ?? 0);
    });
    addTreeFlows(inward, cost, search.settled, search.settledCount(), passing, loads);
  });
  return new Map(network.linkIds.flatMap((id, link) => (id && (loads[link] ?? 0) > 0 ? [[id, loads[link] ?? 0] as const] : [])));
}
