import { LimitError } from '../../model/errors.ts';
import type { Network } from '../../model/network.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import { buildPathHierarchy } from './build-path-hierarchy.ts';
import { type CountedArcs, countArcs, NO_ARC } from './counted-arcs.ts';
import { createSampleBlocks, PAIRS_A_BLOCK, type SampleHits, type SampleWork } from './sample-paths.ts';

export interface ApproximateOptions {
  /** largest error of any node's or arc's share of all ordered pairs, 0 … 1 */
  readonly epsilon: number;
  /** chance that some error is larger, 0 … 1 */
  readonly delta: number;
  readonly seed: number;
}

export const DEFAULT_APPROXIMATION: ApproximateOptions = { epsilon: 0.01, delta: 0.1, seed: 1 };

/** Estimates of the sums over ordered pairs that betweenness gives, and how good they are. */
export interface ApproximateBetweenness {
  readonly node: Float64Array;
  readonly arc: Float64Array;
  readonly link: Float64Array;
  readonly samples: number;
  /** no node and no arc is off by more than this, in pairs, with probability 1 - delta at least */
  readonly largestError: number;
}

export interface ApproximatePlan {
  readonly work: SampleWork;
  readonly blocks: number;
  /** whole numbers: the order of blocks does not matter */
  readonly add: (block: number, hits: SampleHits) => void;
  readonly finish: () => ApproximateBetweenness;
}

/** Universal constant of the sample size, estimated by Löffler and Phillips (2009). */
const SAMPLE_CONSTANT = 0.5;

/**
 * Ways to sample for errors of at most epsilon, with probability 1 - delta, at all nodes and arcs at once:
 * c / ε² · (⌊log2(N - 1)⌋ + 1 + ln(2 / δ)), N the most nodes on a shortest way; half of δ each for nodes and arcs.
 *
 * Source: Riondato and Kornaropoulos (2016) doi:10.1007/s10618-015-0423-0, theorem 2; arcs by the same argument on the arcs of a way.
 */
export function sampleSize(epsilon: number, delta: number, mostNodesOnAWay: number): number {
  const dimension = Math.floor(Math.log2(Math.max(2, mostNodesOnAWay - 1))) + 1;
  return Math.ceil((SAMPLE_CONSTANT / epsilon ** 2) * (dimension + Math.log(2 / delta)));
}

/**
 * Lay out the sampling of a network's shortest ways in blocks.
 *
 * @throws RangeError for epsilon or delta out of range; LimitError for a network that resists contraction
 */
export function planApproximation(network: Network, options: ApproximateOptions): ApproximatePlan {
  const { epsilon, delta, seed } = options;
  if (!(epsilon > 0 && epsilon < 1)) throw new RangeError(`epsilon is ${epsilon}; expected more than 0 and less than 1`);
  if (!(delta > 0 && delta < 1)) throw new RangeError(`delta is ${delta}; expected more than 0 and less than 1`);
  const { arcs, standIn } = countArcs(network, { parallelArcs: true });
  const built = buildPathHierarchy(arcs, { isByElimination: true, isChainFirst: true, isForced: false, origins: 0, engine: 'simd' });
  if (!built) {
    throw new LimitError(`betweenness: ${network.nodeCount} nodes too densely joined to sample; expected a network of streets or rails`);
  }
  const samples = network.nodeCount < 2 ? 0 : sampleSize(epsilon, delta, largestIsland(arcs));
  const { hierarchy, rankOfNode } = built;
  const work = {
    hierarchy,
    parts: built.parts(),
    arcHeadRank: arcs.arcHead.map((head) => rankOfNode[head]!),
    arcMultiplicity: arcs.count,
    samples,
    seed,
  };
  const sums = { arc: new Float64Array(arcs.arcHead.length), rank: new Float64Array(arcs.nodeCount) };
  return {
    work,
    blocks: Math.ceil(samples / PAIRS_A_BLOCK),
    add: (_block, hits) => {
      for (let arc = 0; arc < sums.arc.length; arc++) sums.arc[arc]! += hits.arc[arc]!;
      for (let rank = 0; rank < sums.rank.length; rank++) sums.rank[rank]! += hits.rank[rank]!;
    },
    finish: () => {
      const pairs = network.nodeCount * (network.nodeCount - 1);
      const each = samples === 0 ? 0 : pairs / samples;
      const node = Float64Array.from({ length: network.nodeCount }, (_value, index) => sums.rank[rankOfNode[index]!]! * each);
      const arc = Float64Array.from(standIn, (counted) => (counted === NO_ARC ? 0 : (sums.arc[counted]! * each) / arcs.count[counted]!));
      const link = new Float64Array(network.linkIds.length);
      for (let index = 0; index < network.arcCount; index++) link[network.arcLink[index]!]! += arc[index]!;
      return { node, arc, link, samples, largestError: epsilon * pairs };
    },
  };
}

/** Nodes of the largest part that hangs together, directions left aside: no shortest way has more. Cost O(arcs · α(nodes)). */
function largestIsland({ nodeCount, firstArc, arcHead }: CountedArcs): number {
  const root = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
  const find = (start: number): number => {
    let node = start;
    while (root[node] !== node) {
      root[node] = root[root[node]!]!;
      node = root[node]!;
    }
    return node;
  };
  for (let node = 0; node < nodeCount; node++) {
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) root[find(node)] = find(arcHead[arc]!);
  }
  const size = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) size[find(node)]!++;
  return size.reduce((most, count) => Math.max(most, count), 1);
}

/**
 * Estimate betweenness from sampled shortest ways, for networks too large to sweep from every node.
 *
 * The same seed gives the same bytes, on any number of threads. The bound is absolute: a quiet street is told from a busy one, not from
 * another quiet one.
 * @throws as planApproximation
 * Cost: the hierarchy, then two climbs and a way a sample.
 */
export function approximateBetweenness(
  network: Network,
  options: Partial<ApproximateOptions> = {},
  progress: Progress = SILENT,
): ApproximateBetweenness {
  const plan = planApproximation(network, { ...DEFAULT_APPROXIMATION, ...options });
  const run = createSampleBlocks(plan.work);
  for (let block = 0; block < plan.blocks; block++) {
    plan.add(block, run(block));
    progress('betweenness, sampled', block + 1, plan.blocks);
  }
  return plan.finish();
}
