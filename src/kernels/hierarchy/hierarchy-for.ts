import { type Network, UNREACHED } from '../../model/network.ts';
import type { Progress } from '../../model/progress.ts';
import { DEFAULT_CONTRACTION } from './contract.ts';
import { prepareCustomisation } from './customisation.ts';
import { customiseHierarchy } from './customise.ts';
import { buildHierarchy, type Hierarchy } from './hierarchy.ts';

/** Fewer trees or nodes than this are searched before code that builds hierarchies has become warm. */
const FEWEST_TREES = 64;
const FEWEST_NODES = 512;
/** Elimination and customisation take some 10 ns a triangle, the search of an arc 40 ns, of which a sweep's preparation needs its part. */
const TRIANGLES_PER_ARC_SEARCH = 1;
/** Beyond so many triangles a node contraction with witness searches is the quicker way. */
const MOST_TRIANGLES_PER_NODE = 4000;
/** So many sweeps make up for the time of a contraction, which leaves fewer arcs where triangles are many: measured at 10,000 to 300,000 nodes. */
const MANY_TREES = 50_000;
const MOST_TRIANGLES_PER_NODE_FOR_MANY = 50;
/** Contraction takes up to 300 µs a node, the search of an arc 40 ns: by then searching would take three times as long. */
const ARC_SEARCHES_PER_CONTRACTION = 25_000;

/**
 * The hierarchy that answers so many trees soonest, or null where searching them one by one is quicker.
 *
 * By elimination and customisation, where that makes at most one triangle for an arc searched and 4,000 a node (roads by themselves make
 * 15 to 200 a node, a million road-like nodes 1,500; 50 a node for more than 50,000 trees); otherwise by contraction, where trees · arcs come to 25,000 a node.
 * Times are the same from all three.
 *
 * @param trees  how many will be asked for
 * @returns      null also where a way could be 49 days long, so that sums over the hierarchy might overflow
 */
export function hierarchyFor(network: Network, trees: number, progress: Progress = DEFAULT_CONTRACTION.progress): Hierarchy | null {
  const { nodeCount, arcCount } = network;
  if (trees < FEWEST_TREES || nodeCount < FEWEST_NODES) return null;
  const arcSearches = trees * arcCount;
  const trianglesPerNode = trees > MANY_TREES ? MOST_TRIANGLES_PER_NODE_FOR_MANY : MOST_TRIANGLES_PER_NODE;
  const mostTriangles = Math.min(arcSearches * TRIANGLES_PER_ARC_SEARCH, nodeCount * trianglesPerNode);
  const customisation = prepareCustomisation(network, { mostTriangles });
  if (!customisation && arcSearches < nodeCount * ARC_SEARCHES_PER_CONTRACTION) return null;
  const hierarchy = customisation
    ? customiseHierarchy(customisation, network)
    : buildHierarchy(network, { ...DEFAULT_CONTRACTION, progress });
  return hierarchy.longestPossibleMilliseconds < UNREACHED ? hierarchy : null;
}
