import { type EliminationOptions, EVERYTHING, eliminate, type Topology } from './elimination.ts';

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
export function prepareCustomisation(network: Topology, options: EliminationOptions): Customisation | null;
export function prepareCustomisation(network: Topology, options: EliminationOptions = EVERYTHING): Customisation | null {
  const { nodeCount, arcCount } = network;
  const elimination = eliminate(network, options);
  if (!elimination) return null;
  const { order, first: listFirst, count, lists } = elimination;
  const rankOf = new Uint32Array(nodeCount);
  order.forEach((node, rank) => {
    rankOf[node] = rank;
  });
  const nodeAt = treeOrder(order, rankOf, (node, visit) => {
    for (let index = 0; index < count[node]!; index++) visit(lists[listFirst[node]! + index]!);
  });
  const positionOf = new Uint32Array(nodeCount);
  nodeAt.forEach((node, position) => {
    positionOf[node] = position;
  });
  const first = new Uint32Array(nodeCount + 1);
  for (let position = 0; position < nodeCount; position++) first[position + 1] = first[position]! + count[nodeAt[position]!]!;
  const edgeCount = first[nodeCount]!;
  const upper = new Uint32Array(edgeCount);
  const lower = new Uint32Array(edgeCount);
  const firstLower = new Uint32Array(nodeCount + 1);
  for (let position = 0; position < nodeCount; position++) {
    const node = nodeAt[position]!;
    const row = upper.subarray(first[position]!, first[position + 1]!);
    for (let index = 0; index < row.length; index++) row[index] = positionOf[lists[listFirst[node]! + index]!]!;
    row.sort();
    lower.fill(position, first[position]!, first[position + 1]!);
    for (const above of row) firstLower[above + 1]!++;
  }
  for (let position = 0; position < nodeCount; position++) firstLower[position + 1]! += firstLower[position]!;
  const next = firstLower.slice(0, nodeCount);
  const lowerEdge = new Uint32Array(edgeCount);
  for (let edge = edgeCount - 1; edge >= 0; edge--) lowerEdge[next[upper[edge]!]!++] = edge;
  const edgeOf = arcEdges(network, positionOf, first, upper);
  return { nodeCount, arcCount, positionOf, nodeAt, first, upper, firstLower, lowerEdge, lower, edgeOf };
}

/** Preorder of the elimination tree: a node soon after the next more important one that it is joined to. */
function treeOrder(
  order: Uint32Array,
  rankOf: Uint32Array,
  forEachUpper: (node: number, visit: (other: number) => void) => void,
): Uint32Array {
  const nodeCount = order.length;
  const NONE = 0xffffffff;
  const child = new Uint32Array(nodeCount).fill(NONE);
  const sibling = new Uint32Array(nodeCount).fill(NONE);
  const stack: number[] = [];
  for (const node of order) {
    let parent = NONE;
    forEachUpper(node, (other) => {
      if (parent === NONE || rankOf[other]! < rankOf[parent]!) parent = other;
    });
    if (parent === NONE) stack.push(node);
    else {
      sibling[node] = child[parent]!;
      child[parent] = node;
    }
  }
  const result = new Uint32Array(nodeCount);
  let count = 0;
  while (stack.length > 0) {
    const node = stack.pop()!;
    result[count++] = node;
    const firstPushed = stack.length;
    for (let below = child[node]!; below !== NONE; below = sibling[below]!) stack.push(below);
    // the most important child on top
    reverseFrom(stack, firstPushed);
  }
  return result;
}

function reverseFrom(stack: number[], start: number): void {
  for (let low = start, high = stack.length - 1; low < high; low++, high--) [stack[low], stack[high]] = [stack[high]!, stack[low]!];
}

function arcEdges(network: Topology, positionOf: Uint32Array, first: Uint32Array, upper: Uint32Array): Uint32Array {
  const { nodeCount, firstArc, arcHead } = network;
  const edgeOf = new Uint32Array(network.arcCount).fill(NO_EDGE);
  for (let tail = 0; tail < nodeCount; tail++) {
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      const [from, to] = [positionOf[tail]!, positionOf[arcHead[arc]!]!];
      if (from === to) continue;
      const above = Math.min(from, to);
      let edge = first[Math.max(from, to)]!;
      while (upper[edge] !== above) edge++;
      edgeOf[arc] = edge * 2 + (from < to ? 1 : 0);
    }
  }
  return edgeOf;
}
