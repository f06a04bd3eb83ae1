import { type Network, UNREACHED } from '../model/network.ts';
import { type Progress, SILENT } from '../model/progress.ts';
import type { Hierarchy } from './hierarchy/hierarchy.ts';
import { hierarchyFor } from './hierarchy/hierarchy-for.ts';
import { LANES } from './hierarchy/lanes-plain.ts';
import type { SweepOptions } from './hierarchy/sweeper.ts';
import { createTargetSweeper } from './hierarchy/target-sweeper.ts';
import { assertNode, createSearch, type SearchArcs } from './one-to-all.ts';
import { reverseNetwork } from './reverse-network.ts';
import { assertNothingSaturated } from './saturation.ts';

/**
 * Times between sets of nodes, row-major origins × targets, milliseconds, UNREACHED where there is no way.
 *
 * Where it pays (hierarchyFor states the rule), a hierarchy is built and swept 16 origins at a time; otherwise one search an origin stops when
 * it has met all targets. The numbers are the same.
 *
 * @throws RangeError for an unknown node; LimitError where a way would be 49 days long or longer
 * Cost: a hierarchy and one sweep to the targets for 16 origins, or one tree an origin.
 */
export function timesBetween(network: Network, origins: Uint32Array, targets: Uint32Array, progress: Progress = SILENT): Uint32Array {
  const hierarchy = hierarchyFor(network, origins.length, progress);
  return hierarchy ? sweepTimes(hierarchy, origins, targets, progress) : searchTimes(network, origins, targets);
}

/** Times between sets of nodes over a hierarchy that stands: see timesBetween. */
export function sweepTimes(hierarchy: Hierarchy, origins: Uint32Array, targets: Uint32Array, progress: Progress = SILENT): Uint32Array {
  const result = new Uint32Array(origins.length * targets.length);
  const sweeper = createTargetSweeper(hierarchy, targets, { direction: 'forward' });
  for (let row = 0; row < origins.length; row += LANES) {
    sweeper.run(origins.subarray(row, row + LANES), result, row);
    progress('times', Math.min(row + LANES, origins.length), origins.length);
  }
  return result;
}

/** Times between sets of nodes by one search an origin: see timesBetween. */
export function searchTimes(network: SearchArcs, origins: Uint32Array, targets: Uint32Array): Uint32Array {
  for (const target of targets) assertNode('target', target, network.nodeCount);
  const search = createSearch(network);
  const longestArc = network.arcCost.reduce((longest, cost) => Math.max(longest, cost), 0);
  const result = new Uint32Array(origins.length * targets.length);
  origins.forEach((origin, row) => {
    const cost = search.runTo(origin, targets);
    assertNoOverflow(network, cost, search.settled[search.settledCount() - 1] ?? origin, longestArc);
    for (let target = 0; target < targets.length; target++) result[row * targets.length + target] = cost[targets[target]!]!;
  });
  return result;
}

/**
 * Times between up to LANES origins and targets chosen once: into row-major origins × targets, milliseconds, UNREACHED where there is no way.
 *
 * Forward they lead from the origins to the targets, backward from the targets to the origins.
 */
export type TimesToTargets = (origins: Uint32Array, into: Uint32Array) => void;

/**
 * Prepare times to targets for origins that come bit by bit, in the order of whoever asks.
 *
 * @param hierarchy  of the network, as hierarchyFor gives it: swept; null: one search an origin. The numbers are the same.
 * @throws RangeError for an unknown target, and later for an unknown origin
 * Cost of a call: a sweep to the targets, or one tree an origin.
 */
export function createTimesToTargets(
  network: Network,
  hierarchy: Hierarchy | null,
  targets: Uint32Array,
  direction: SweepOptions['direction'],
): TimesToTargets {
  if (hierarchy) {
    const sweeper = createTargetSweeper(hierarchy, targets, { direction });
    return (origins, into) => sweeper.run(origins, into, 0);
  }
  const arcs = direction === 'forward' ? network : reverseNetwork(network);
  return (origins, into) => into.set(searchTimes(arcs, origins, targets));
}

/** Looks at arcs only where the farthest node is within one arc of 49 days. @throws LimitError */
export function assertNoOverflow(network: SearchArcs, cost: Uint32Array, farthest: number, longestArc: number): void {
  if (cost[farthest]! + longestArc >= UNREACHED) assertNothingSaturated(network, cost);
}
