import { type Network, UNREACHED } from '../../model/network.ts';
import type { NodeDemand } from '../../model/node-demand.ts';
import { buildPathHierarchy } from './build-path-hierarchy.ts';
import { countArcs } from './counted-arcs.ts';
import { addFlows, createFlowSums, type FlowSums } from './flow-sums.ts';
import { type Folded, foldTrees } from './fold-trees.ts';
import type { BetweennessOptions } from './options.ts';
import { createSearchBlocks } from './search-block.ts';
import { createSweepBlocks } from './sweep-block.ts';
import { unfoldFlows } from './unfold-flows.ts';
import { unpackFlows } from './unpack-flows.ts';
import { type BetweennessWork, type BlockFlows, type BlockRunner, blockCount, blockStarts, type PlacedDemand } from './work.ts';

export interface Betweenness {
  /** per node, ends of the path left out; sums over ordered pairs (or trips), not normalised */
  readonly node: Float64Array;
  readonly arc: Float64Array;
  /** both directions of a link together */
  readonly link: Float64Array;
  /** with demand: trips between different nodes that find a way within the limit, those that do not, and trips × milliseconds */
  readonly demand: { readonly served: number; readonly unserved: number; readonly servedMilliseconds: number } | null;
}

/** Work for threads, and what turns its sums into betweenness. */
export interface BetweennessPlan {
  readonly work: BetweennessWork;
  readonly blocks: number;
  /** Blocks must be added in ascending order: float64 sums depend on it. The flows are not kept. */
  readonly add: (block: number, flows: BlockFlows) => void;
  /** Do what finish takes that needs no flows: while threads are at work, it costs no time. */
  readonly prepare: () => void;
  readonly finish: () => Betweenness;
}

/** The runner of a work's blocks, for one thread. */
export function createBlocks(work: BetweennessWork): BlockRunner {
  if (work.hierarchy) return createSweepBlocks(work, work.hierarchy);
  if (work.arcs) return createSearchBlocks(work, work.arcs);
  throw new TypeError('work of betweenness holds neither hierarchy nor arcs');
}

/**
 * Reduce a network and lay out the work of its betweenness in blocks.
 *
 * @throws RangeError for demand on unknown nodes, of another shape than its ends, negative or not finite
 * Cost: that of the hierarchy.
 */
export function planBetweenness(network: Network, options: BetweennessOptions): BetweennessPlan {
  const { reductions, demand, limitMilliseconds } = options;
  if (demand) checkDemand(demand, network.nodeCount);
  const { arcs, standIn } = countArcs(network, reductions);
  // trees are folded where all their nodes count alike: not with trips of their own, nor where a limit may fall within a tree
  const isFolding = reductions.trees && reductions.parallelArcs && !demand && limitMilliseconds === UNREACHED;
  const folded = foldTrees(arcs, isFolding);
  const built =
    options.method === 'searches'
      ? null
      : buildPathHierarchy(folded.core, {
          // elimination takes one arc between two nodes, and nodes of chains first
          isByElimination: reductions.chains && reductions.parallelArcs,
          isChainFirst: reductions.chains,
          isForced: options.method === 'sweeps',
          origins: demand?.origins.length ?? folded.core.nodeCount,
          engine: options.engine,
        });
  const work = layOut(network, folded, built, options);
  const sums = createFlowSums(work);
  return {
    work,
    blocks: blockCount(work),
    add: (block, flows) => addFlows(sums, work, block, flows),
    prepare: () => void built?.parts(),
    finish: () => {
      const coreFlow = built ? unpackFlows(built.hierarchy, built.parts(), folded.core, sums.flow, sums.through) : sums.flow;
      const { node, arc, link } = unfoldFlows(network, { arcs, standIn, folded, placeOf: built?.rankOfNode ?? null }, coreFlow, sums);
      return { node, arc, link, demand: demand ? servedDemand(demand, sums) : null };
    },
  };
}

function layOut(
  network: Network,
  folded: Folded,
  built: ReturnType<typeof buildPathHierarchy>,
  options: BetweennessOptions,
): BetweennessWork {
  const { core, nodeOf, sources, targets } = folded;
  const { limitMilliseconds, engine } = options;
  const nodeOfRank = built?.nodeOfRank ?? null;
  const common = {
    hierarchy: built?.hierarchy ?? null,
    arcs: built ? null : core,
    placeCount: core.nodeCount,
    flowCount: built ? built.hierarchy.upHead.length + built.hierarchy.downTail.length : core.arcHead.length,
    attraction: atPlaces(targets, nodeOf, nodeOfRank),
    limitMilliseconds,
    engine,
  };
  if (options.demand) {
    const placed = placeDemand(options.demand, network.nodeCount, built?.rankOfNode ?? null);
    return { ...common, ...placed, starts: blockStarts(placed.origins.length, built !== null) };
  }
  const origins = new Uint32Array(core.nodeCount);
  for (let place = 0; place < origins.length; place++) origins[place] = place;
  return {
    ...common,
    origins,
    starts: blockStarts(origins.length, built !== null),
    weights: atPlaces(sources, nodeOf, nodeOfRank),
    demand: null,
  };
}

function atPlaces(values: Float64Array, nodeOf: Uint32Array, nodeOfRank: Uint32Array | null): Float64Array {
  const result = new Float64Array(nodeOf.length);
  for (let place = 0; place < result.length; place++) result[place] = values[nodeOf[nodeOfRank ? nodeOfRank[place]! : place]!]!;
  return result;
}

function checkDemand({ origins, destinations, trips }: NodeDemand, nodeCount: number): void {
  if (trips.length !== origins.length * destinations.length) {
    throw new RangeError(`demand holds ${trips.length} trips; expected ${origins.length} origins × ${destinations.length} destinations`);
  }
  for (const node of [...origins, ...destinations]) {
    if (node >= nodeCount) throw new RangeError(`demand is of node ${node}; expected 0 … ${nodeCount - 1}`);
  }
  const wrong = trips.findIndex((amount) => !(amount >= 0 && Number.isFinite(amount)));
  if (wrong >= 0) throw new RangeError(`demand ${wrong} is ${trips[wrong]}; expected trips of at least 0`);
}

/** Trips by place, those of several zones at one node together. Nothing is folded here: nodes of the core are nodes of the network. */
function placeDemand(
  { origins, destinations, trips }: NodeDemand,
  nodeCount: number,
  rankOfNode: Uint32Array | null,
): { origins: Uint32Array; weights: Float64Array; demand: PlacedDemand } {
  const placeOf = (node: number): number => (rankOfNode ? rankOfNode[node]! : node);
  const index = (nodes: Uint32Array): { places: Uint32Array; rowOf: Uint32Array } => {
    const places = Uint32Array.from(new Set(Array.from(nodes, placeOf))).sort();
    const rowOf = new Uint32Array(nodeCount);
    places.forEach((place, row) => {
      rowOf[place] = row;
    });
    return { places, rowOf };
  };
  const [rows, columns] = [index(origins), index(destinations)];
  const placed = new Float64Array(rows.places.length * columns.places.length);
  origins.forEach((origin, row) => {
    const start = rows.rowOf[placeOf(origin)]! * columns.places.length;
    destinations.forEach((destination, column) => {
      placed[start + columns.rowOf[placeOf(destination)]!]! += trips[row * destinations.length + column]!;
    });
  });
  const weights = new Float64Array(rows.places.length).fill(1);
  return { origins: rows.places, weights, demand: { targets: columns.places, trips: placed } };
}

function servedDemand(
  { origins, destinations, trips }: NodeDemand,
  { served, servedMilliseconds }: FlowSums,
): NonNullable<Betweenness['demand']> {
  let wanted = 0;
  origins.forEach((origin, row) => {
    destinations.forEach((destination, column) => {
      if (origin !== destination) wanted += trips[row * destinations.length + column]!;
    });
  });
  return { served, unserved: Math.max(0, wanted - served), servedMilliseconds };
}
