import { type Network, UNREACHED } from '../../model/network.ts';
import { SHORTCUT } from './contraction-graph.ts';
import { eliminate } from './elimination.ts';
import { type Hierarchy, type HierarchyArcs, longestWay } from './hierarchy.ts';

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

const NO_EDGE = 0xffffffff;

/**
 * Prepare for costs that change: once a topology, then customiseHierarchy as often as costs change.
 *
 * Cost O(Σ degree²) of the elimination, see eliminate; bytes: edges · 12 + nodes · 16 + arcs · 4.
 * Source: Dibbelt, Strasser, Wagner (2016), customizable contraction hierarchies, doi:10.1145/2886843.
 */
export function prepareCustomisation(network: Network): Customisation {
  const { nodeCount, arcCount } = network;
  const { order, first: listFirst, count, lists } = eliminate(network);
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

function arcEdges(network: Network, positionOf: Uint32Array, first: Uint32Array, upper: Uint32Array): Uint32Array {
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

/**
 * The hierarchy for the costs of a network of the topology that was prepared: exact whatever the costs are.
 *
 * Costs rise through lower triangles, then every edge that a way over more important nodes equals or beats is left out (perfect customisation).
 *
 * @throws RangeError where nodes or arcs are not those of the topology
 * Cost O(triangles), two passes. Source: Dibbelt, Strasser, Wagner (2016) doi:10.1145/2886843.
 */
export function customiseHierarchy(customisation: Customisation, network: Network): Hierarchy {
  const { nodeCount, positionOf, nodeAt, upper } = customisation;
  if (network.nodeCount !== nodeCount || network.arcCount !== customisation.arcCount) {
    throw new RangeError(
      `network has ${network.nodeCount} nodes and ${network.arcCount} arcs; expected ${nodeCount} and ${customisation.arcCount}`,
    );
  }
  const costs = createCosts(customisation, network);
  riseThroughTriangles(customisation, costs);
  const { out: outKept, into: intoKept } = pressThroughTriangles(customisation, costs);
  const out = keptRows(customisation.first, upper, costs.out, outKept, costs.outVia);
  const into = keptRows(customisation.first, upper, costs.into, intoKept, costs.intoVia);
  return { nodeCount, positionOf, nodeAt, out, into, longestPossibleMilliseconds: longestWay(out) + longestWay(into) };
}

interface EdgeCosts {
  /** from the less to the more important end */
  readonly out: Uint32Array;
  readonly into: Uint32Array;
  readonly outVia: Uint32Array;
  readonly intoVia: Uint32Array;
}

function createCosts({ upper, edgeOf }: Customisation, { arcCost }: Network): EdgeCosts {
  const edgeCount = upper.length;
  const out = new Uint32Array(edgeCount).fill(UNREACHED);
  const into = new Uint32Array(edgeCount).fill(UNREACHED);
  const outVia = new Uint32Array(edgeCount);
  const intoVia = new Uint32Array(edgeCount);
  for (let arc = 0; arc < edgeOf.length; arc++) {
    if (edgeOf[arc] === NO_EDGE) continue;
    const edge = edgeOf[arc]! >>> 1;
    const [cost, via] = edgeOf[arc]! & 1 ? [into, intoVia] : [out, outVia];
    if (arcCost[arc]! >= cost[edge]!) continue;
    cost[edge] = arcCost[arc]!;
    via[edge] = arc;
  }
  return { out, into, outVia, intoVia };
}

/** Every edge takes the cheapest way over one less important node, least important first. */
function riseThroughTriangles(customisation: Customisation, { out, into, outVia, intoVia }: EdgeCosts): void {
  const { nodeCount, first, upper, firstLower, lowerEdge, lower } = customisation;
  const edgeTo = new Uint32Array(nodeCount);
  for (let middle = nodeCount - 1; middle >= 0; middle--) {
    for (let edge = first[middle]!; edge < first[middle + 1]!; edge++) edgeTo[upper[edge]!] = edge;
    for (let index = firstLower[middle]!; index < firstLower[middle + 1]!; index++) {
      const base = lowerEdge[index]!;
      const below = lower[base]!;
      const [baseOut, baseInto] = [out[base]!, into[base]!];
      const via = (SHORTCUT | below) >>> 0;
      // the row is sorted and `middle` is the least important of the two upper ends, so it stands last
      for (let side = first[below]!; side < base; side++) {
        const edge = edgeTo[upper[side]!]!;
        const rising = baseInto + out[side]!;
        if (rising < out[edge]!) {
          out[edge] = rising;
          outVia[edge] = via;
        }
        const falling = into[side]! + baseOut;
        if (falling < into[edge]!) {
          into[edge] = falling;
          intoVia[edge] = via;
        }
      }
    }
  }
}

/**
 * Which edges no way over more important nodes equals or beats, most important first. All costs being at least 1, an edge that is equalled
 * is equalled by a way that starts with a cheaper edge, so that not both of two equal ways are left out.
 */
function pressThroughTriangles(customisation: Customisation, { out, into }: EdgeCosts): { out: Uint8Array; into: Uint8Array } {
  const { nodeCount, first, upper, firstLower, lowerEdge, lower } = customisation;
  const edgeTo = new Uint32Array(nodeCount);
  const kept = { out: new Uint8Array(out.length), into: new Uint8Array(into.length) };
  // the best detour until an edge's own turn comes, then the best of detour and edge
  const outBest = new Uint32Array(out.length).fill(UNREACHED);
  const intoBest = new Uint32Array(into.length).fill(UNREACHED);
  for (let middle = 0; middle < nodeCount; middle++) {
    for (let edge = first[middle]!; edge < first[middle + 1]!; edge++) {
      edgeTo[upper[edge]!] = edge;
      if (out[edge]! < outBest[edge]!) {
        outBest[edge] = out[edge]!;
        kept.out[edge] = 1;
      }
      if (into[edge]! < intoBest[edge]!) {
        intoBest[edge] = into[edge]!;
        kept.into[edge] = 1;
      }
    }
    for (let index = firstLower[middle]!; index < firstLower[middle + 1]!; index++) {
      const base = lowerEdge[index]!;
      const below = lower[base]!;
      const [baseOut, baseInto] = [out[base]!, into[base]!];
      let [leastOut, leastInto] = [outBest[base]!, intoBest[base]!];
      for (let side = first[below]!; side < base; side++) {
        const edge = edgeTo[upper[side]!]!;
        const [up, down] = [outBest[edge]!, intoBest[edge]!];
        if (baseOut + up < outBest[side]!) outBest[side] = baseOut + up;
        if (down + baseInto < intoBest[side]!) intoBest[side] = down + baseInto;
        leastOut = Math.min(leastOut, out[side]! + down);
        leastInto = Math.min(leastInto, up + into[side]!);
      }
      outBest[base] = leastOut;
      intoBest[base] = leastInto;
    }
  }
  return kept;
}

function keptRows(first: Uint32Array, upper: Uint32Array, cost: Uint32Array, kept: Uint8Array, via: Uint32Array): HierarchyArcs {
  const nodeCount = first.length - 1;
  const count = kept.reduce((sum, isKept) => sum + isKept, 0);
  const rows = {
    first: new Uint32Array(nodeCount + 1),
    upper: new Uint32Array(count),
    cost: new Uint32Array(count),
    via: new Uint32Array(count),
  };
  let arc = 0;
  for (let position = 0; position < nodeCount; position++) {
    for (let edge = first[position]!; edge < first[position + 1]!; edge++) {
      if (!kept[edge]) continue;
      rows.upper[arc] = upper[edge]!;
      rows.cost[arc] = cost[edge]!;
      rows.via[arc++] = via[edge]!;
    }
    rows.first[position + 1] = arc;
  }
  return rows;
}
