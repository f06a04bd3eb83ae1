import { type Network, UNREACHED } from '../../model/network.ts';
import { type Contraction, type ContractionOptions, contract, DEFAULT_CONTRACTION } from './contract.ts';
import { sweepOrder } from './sweep-order.ts';

/**
 * Arcs between a node and more important ones, in compressed rows by position: those of position p are first[p] … first[p + 1] - 1.
 *
 * Invariant: upper[arc] < p for every arc of p, so that walking positions up or down meets every arc after the arcs it builds on.
 */
export interface HierarchyArcs {
  readonly first: Uint32Array;
  /** position of the more important end */
  readonly upper: Uint32Array;
  /** whole milliseconds, 1 … UNREACHED - 1 */
  readonly cost: Uint32Array;
}

/**
 * A contraction hierarchy: shortest ways lead up to more important nodes and down again.
 *
 * Nodes are renumbered by `position`, 0 for the most important, so that a sweep over all nodes is one pass over memory.
 */
export interface Hierarchy {
  readonly nodeCount: number;
  /** by node of the network */
  readonly positionOf: Uint32Array;
  /** by position */
  readonly nodeAt: Uint32Array;
  /** arcs from a node to more important ones */
  readonly out: HierarchyArcs;
  /** arcs into a node from more important ones */
  readonly into: HierarchyArcs;
  /** no shortest way in either direction is longer than this; below UNREACHED no sum can overflow */
  readonly longestPossibleMilliseconds: number;
}

/**
 * Build the hierarchy of a network.
 *
 * @throws RangeError for a network of more than 2^31 - 1 nodes or arcs
 * Cost: some 10 to 30 small searches a node (measured in docs/kernels.md); memory about 60 bytes a node and 60 an arc while it is built.
 * Source: Geisberger, Sanders, Schultes, Delling (2008) doi:10.1007/978-3-540-68552-4_24; positions as in Delling, Goldberg, Nowatzyk,
 * Werneck (2013), PHAST, doi:10.1016/j.jpdc.2012.02.007.
 */
export function buildHierarchy(network: Network, options: ContractionOptions = DEFAULT_CONTRACTION): Hierarchy {
  return compile(contract(network, options));
}

function compile({ graph, order }: Contraction): Hierarchy {
  const { nodeCount } = graph;
  const nodeAt = sweepOrder(graph, order);
  const positionOf = new Uint32Array(nodeCount);
  for (let position = 0; position < nodeCount; position++) positionOf[nodeAt[position]!] = position;
  const out = rows(graph, nodeAt, positionOf, graph.columns.outCost);
  const into = rows(graph, nodeAt, positionOf, graph.columns.inCost);
  const longestPossibleMilliseconds = longestWay(out) + longestWay(into);
  return { nodeCount, positionOf, nodeAt, out, into, longestPossibleMilliseconds };
}

function rows(graph: Contraction['graph'], nodeAt: Uint32Array, positionOf: Uint32Array, costs: Uint32Array): HierarchyArcs {
  const { nodeCount, first: start, size } = graph;
  const { neighbour } = graph.columns;
  const first = new Uint32Array(nodeCount + 1);
  for (let position = 0; position < nodeCount; position++) {
    const node = nodeAt[position]!;
    let count = 0;
    for (let slot = start[node]!; slot < start[node]! + size[node]!; slot++) if (costs[slot]! !== UNREACHED) count++;
    first[position + 1] = first[position]! + count;
  }
  const arcCount = first[nodeCount]!;
  const result = { first, upper: new Uint32Array(arcCount), cost: new Uint32Array(arcCount) };
  for (let position = 0; position < nodeCount; position++) {
    const node = nodeAt[position]!;
    let arc = first[position]!;
    for (let slot = start[node]!; slot < start[node]! + size[node]!; slot++) {
      if (costs[slot]! === UNREACHED) continue;
      // sorted by the upper end: neighbouring rows are read together, and unpacking can halve its way to an arc
      let place = arc++;
      const upper = positionOf[neighbour[slot]!]!;
      for (; place > first[position]! && result.upper[place - 1]! > upper; place--) {
        result.upper[place] = result.upper[place - 1]!;
        result.cost[place] = result.cost[place - 1]!;
      }
      result.upper[place] = upper;
      result.cost[place] = costs[slot]!;
    }
  }
  return result;
}

/** The longest way up, over all ways rather than shortest ones: a bound that takes one pass. */
export function longestWay({ first, upper, cost }: HierarchyArcs): number {
  const nodeCount = first.length - 1;
  const way = new Float64Array(nodeCount);
  let longest = 0;
  for (let position = 0; position < nodeCount; position++) {
    let most = 0;
    for (let arc = first[position]!; arc < first[position + 1]!; arc++) most = Math.max(most, way[upper[arc]!]! + cost[arc]!);
    way[position] = most;
    longest = Math.max(longest, most);
  }
  return longest;
}
