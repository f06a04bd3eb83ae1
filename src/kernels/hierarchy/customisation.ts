import { type Elimination, type EliminationOptions, EVERYTHING, eliminate } from './elimination.ts';
import type { Topology } from './neighbours.ts';

/**
 * What a hierarchy over some nodes and links needs whatever its costs are: an order of elimination and all arcs that it can ever take.
 *
 * Positions and rows are as in Hierarchy; the edges of position p go to the more important ends upper[first[p]] … in growing order.
 */
export interface Customisation {
  readonly nodeCount: number;
  readonly arcCount: number;
  readonly positionOf: Uint32Array;
  readonly nodeAt: Uint32Array;
  readonly first: Uint32Array;
  readonly upper: Uint32Array;
  /** the edges that end at position p: lowerEdge[firstLower[p]] … , lowest position last */
  readonly firstLower: Uint32Array;
  readonly lowerEdge: Uint32Array;
  /** by edge, the less important end */
  readonly lower: Uint32Array;
  /** by arc of the network, 2 · edge, + 1 where the arc leads down; NO_EDGE for loops */
  readonly edgeOf: Uint32Array;
}

/** Stands for the edge of a loop, which is in no hierarchy. */
export const NO_EDGE = 0xffffffff;

/**
 * Prepare for costs that change: once a topology, then customiseHierarchy as often as costs change.
 *
 * @returns null where elimination would make more triangles than the options allow
 * Cost O(Σ degree²) of the elimination, see eliminate; bytes: edges · 12 + nodes · 16 + arcs · 4.
 * Source: Dibbelt, Strasser, Wagner (2016), customizable contraction hierarchies, doi:10.1145/2886843.
 */
export function prepareCustomisation(network: Topology): Customisation;
export function prepareCustomisation(network: Topology, options: Partial<EliminationOptions>): Customisation | null;
export function prepareCustomisation(network: Topology, options: Partial<EliminationOptions> = {}): Customisation | null {
  const { nodeCount, arcCount } = network;
  const elimination = eliminate(network, { ...EVERYTHING, ...options });
  if (!elimination) return null;
  const nodeAt = treeOrder(elimination);
  const positionOf = new Uint32Array(nodeCount);
  for (let position = 0; position < nodeCount; position++) positionOf[nodeAt[position]!] = position;
  const rows = sortedRows(elimination, nodeAt, positionOf);
  const edgeOf = arcEdges(network, positionOf, rows.first, rows.upper);
  return { nodeCount, arcCount, positionOf, nodeAt, ...rows, edgeOf };
}

/**
 * The rows of an elimination by position, each in growing order, and the edges that end at each position. Edges are first laid out by their upper
 * end; taking the upper ends in order then sorts all rows at once.
 */
function sortedRows(
  { first: listFirst, count, lists }: Elimination,
  nodeAt: Uint32Array,
  positionOf: Uint32Array,
): Pick<Customisation, 'first' | 'upper' | 'firstLower' | 'lowerEdge' | 'lower'> {
  const nodeCount = nodeAt.length;
  const first = new Uint32Array(nodeCount + 1);
  const firstLower = new Uint32Array(nodeCount + 1);
  for (let position = 0; position < nodeCount; position++) {
    const node = nodeAt[position]!;
    first[position + 1] = first[position]! + count[node]!;
    const end = listFirst[node]! + count[node]!;
    for (let slot = listFirst[node]!; slot < end; slot++) firstLower[positionOf[lists[slot]!]! + 1]!++;
  }
  for (let position = 0; position < nodeCount; position++) firstLower[position + 1]! += firstLower[position]!;
  const edgeCount = first[nodeCount]!;
  const next = firstLower.slice(0, nodeCount);
  /** lower ends by upper end, in falling order */
  const below = new Uint32Array(edgeCount);
  for (let position = nodeCount - 1; position >= 0; position--) {
    const node = nodeAt[position]!;
    const end = listFirst[node]! + count[node]!;
    for (let slot = listFirst[node]!; slot < end; slot++) below[next[positionOf[lists[slot]!]!]!++] = position;
  }
  next.set(first.subarray(0, nodeCount));
  const upper = new Uint32Array(edgeCount);
  const lower = new Uint32Array(edgeCount);
  const lowerEdge = new Uint32Array(edgeCount);
  for (let position = 0; position < nodeCount; position++) {
    for (let index = firstLower[position]!; index < firstLower[position + 1]!; index++) {
      const edge = next[below[index]!]!++;
      upper[edge] = position;
      lower[edge] = below[index]!;
      lowerEdge[index] = edge;
    }
  }
  return { first, upper, firstLower, lowerEdge, lower };
}

/** Preorder of the elimination tree: a node soon after the next more important one that it is joined to. */
function treeOrder({ order, first, count, lists }: Elimination): Uint32Array {
  const nodeCount = order.length;
  const NONE = 0xffffffff;
  const rankOf = new Uint32Array(nodeCount);
  for (let rank = 0; rank < nodeCount; rank++) rankOf[order[rank]!] = rank;
  const child = new Uint32Array(nodeCount).fill(NONE);
  const sibling = new Uint32Array(nodeCount).fill(NONE);
  const stack = new Uint32Array(nodeCount);
  let height = 0;
  for (let rank = 0; rank < nodeCount; rank++) {
    const node = order[rank]!;
    let least = NONE;
    for (let slot = first[node]!; slot < first[node]! + count[node]!; slot++) least = Math.min(least, rankOf[lists[slot]!]!);
    if (least === NONE) {
      stack[height++] = node;
      continue;
    }
    const parent = order[least]!;
    sibling[node] = child[parent]!;
    child[parent] = node;
  }
  const result = new Uint32Array(nodeCount);
  for (let position = 0; height > 0; position++) {
    const node = stack[--height]!;
    result[position] = node;
    // children are listed most important first; that one comes to lie on top
    let children = 0;
    for (let below = child[node]!; below !== NONE; below = sibling[below]!) children++;
    height += children;
    let place = height;
    for (let below = child[node]!; below !== NONE; below = sibling[below]!) stack[--place] = below;
  }
  return result;
}

function arcEdges(network: Topology, positionOf: Uint32Array, first: Uint32Array, upper: Uint32Array): Uint32Array {
  const { nodeCount, firstArc, arcHead } = network;
  const edgeOf = new Uint32Array(network.arcCount).fill(NO_EDGE);
  for (let tail = 0; tail < nodeCount; tail++) {
    const from = positionOf[tail]!;
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      const to = positionOf[arcHead[arc]!]!;
      if (from === to) continue;
      const above = Math.min(from, to);
      let edge = first[Math.max(from, to)]!;
      while (upper[edge] !== above) edge++;
      edgeOf[arc] = edge * 2 + (from < to ? 1 : 0);
    }
  }
  return edgeOf;
}
