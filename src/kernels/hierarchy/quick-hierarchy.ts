import { type Network, UNREACHED } from '../../model/network.ts';
import type { Progress } from '../../model/progress.ts';
import { DEFAULT_CONTRACTION } from './contract.ts';
import { customiseHierarchy, prepareCustomisation } from './customisation.ts';
import { buildHierarchy, type Hierarchy } from './hierarchy.ts';

/**
 * Trees from which a hierarchy pays for itself: it takes the time of 20 to 110 trees of Dijkstra on networks of 10,000 to 100,000 nodes, more
 * on small ones, where code that has not run yet is slow.
 */
const WORTHWHILE_TREES = 192;
const WORTHWHILE_NODES = 1024;
/** Triangles a node up to which elimination is the quicker way to a hierarchy. */
const MOST_TRIANGLES_PER_NODE = 300;

/** Whether so many trees are worth a hierarchy: from 192 trees and 1,024 nodes on. */
export function isHierarchyWorthwhile(nodeCount: number, trees: number): boolean {
  return trees >= WORTHWHILE_TREES && nodeCount >= WORTHWHILE_NODES;
}

/**
 * The hierarchy that stands soonest: by elimination and customisation where that makes at most 300 triangles a node (most road and rail
 * networks), by contraction with witness searches otherwise. Times are the same from both.
 *
 * @returns  null where a way could be 49 days long, so that sums over the hierarchy might overflow: search such networks plainly
 */
export function quickHierarchy(network: Network, progress: Progress = DEFAULT_CONTRACTION.progress): Hierarchy | null {
  const customisation = prepareCustomisation(network, { mostTriangles: MOST_TRIANGLES_PER_NODE * network.nodeCount });
  const hierarchy = customisation
    ? customiseHierarchy(customisation, network)
    : buildHierarchy(network, { ...DEFAULT_CONTRACTION, progress });
  return hierarchy.longestPossibleMilliseconds < UNREACHED ? hierarchy : null;
}
