import { UNREACHED } from '../../model/network.ts';
import { type Customisation, prepareCustomisation } from '../hierarchy/customisation.ts';
import { NONE } from './arc-lists.ts';
import type { CountedArcs } from './counted-arcs.ts';

/** Triangles a node up to which elimination is the quicker way to a hierarchy. */
const MOST_TRIANGLES_PER_NODE = 300;

/** One direction of the edges of a Customisation: costs, path counts, and the counted arc inside, if any. */
export interface EdgeSide {
  readonly cost: Uint32Array;
  readonly count: Float64Array;
  readonly base: Int32Array;
  readonly isKept: Uint8Array;
}

/** A hierarchy by elimination, with path counts: arcs from the less to the more important end (out), and back (into). */
export interface CustomisedPaths {
  readonly topology: Customisation;
  readonly out: EdgeSide;
  readonly into: EdgeSide;
}

/**
 * Eliminate all nodes, those with fewest neighbours first, and count the shortest ways that each arc then stands for.
 *
 * An arc u → v takes the least cost over one less important node, and the ways of all of them that have it, no way twice: each way is counted
 * at its most important inner node. What a strictly shorter way over more important nodes beats is left out; what it equals is not.
 * @returns null where elimination would make too many triangles
 * Cost O(triangles), some hundred a node on road networks. Source: Dibbelt, Strasser, Wagner (2016) doi:10.1145/2886843; counts added here.
 */
export function customisePaths(arcs: CountedArcs): CustomisedPaths | null {
  const network = { ...arcs, arcCount: arcs.arcHead.length };
  const topology = prepareCustomisation(network, { mostTriangles: MOST_TRIANGLES_PER_NODE * arcs.nodeCount });
  if (!topology) return null;
  const edgeCount = topology.upper.length;
  const sides = [createSide(edgeCount), createSide(edgeCount)] as const;
  const [out, into] = sides;
  for (let arc = 0; arc < topology.edgeOf.length; arc++) {
    const place = topology.edgeOf[arc]!;
    const side = sides[place & 1]!;
    const edge = place >>> 1;
    // of arcs that are not merged the first stands for all of its cost: see CountedArcs
    if (arcs.arcCost[arc]! >= side.cost[edge]!) continue;
    side.cost[edge] = arcs.arcCost[arc]!;
    side.count[edge] = arcs.count[arc]!;
    side.base[edge] = arc;
  }
  rise(topology, out, into);
  press(topology, out, into);
  return { topology, out, into };
}

function createSide(edgeCount: number): EdgeSide {
  return {
    cost: new Uint32Array(edgeCount).fill(UNREACHED),
    count: new Float64Array(edgeCount),
    base: new Int32Array(edgeCount).fill(NONE),
    isKept: new Uint8Array(edgeCount),
  };
}

/** Lower an edge to a way over a less important node, or add its paths where they tie. */
function offer(side: EdgeSide, edge: number, cost: number, paths: number): void {
  if (cost > side.cost[edge]! || cost >= UNREACHED) return;
  if (cost === side.cost[edge]) side.count[edge]! += paths;
  else {
    side.cost[edge] = cost;
    side.count[edge] = paths;
    side.base[edge] = NONE;
  }
}

function rise(topology: Customisation, out: EdgeSide, into: EdgeSide): void {
  forEachTriangle(topology, (base, side, edge) => {
    offer(out, edge, into.cost[base]! + out.cost[side]!, into.count[base]! * out.count[side]!);
    offer(into, edge, into.cost[side]! + out.cost[base]!, into.count[side]! * out.count[base]!);
  });
}

/**
 * Visit every triangle, those of the least important middle first: `base` joins the least important node to the middle one, `side` to the
 * most important one, `edge` the middle one to the most important one. When `edge` is visited, `base` and `side` have had all their turns.
 */
export function forEachTriangle(
  { nodeCount, first, upper, firstLower, lowerEdge, lower }: Customisation,
  visit: (base: number, side: number, edge: number) => void,
): void {
  const edgeTo = new Uint32Array(nodeCount);
  for (let middle = nodeCount - 1; middle >= 0; middle--) {
    for (let edge = first[middle]!; edge < first[middle + 1]!; edge++) edgeTo[upper[edge]!] = edge;
    for (let index = firstLower[middle]!; index < firstLower[middle + 1]!; index++) {
      const base = lowerEdge[index]!;
      // rows are sorted, and the middle is the less important of the two upper ends
      for (let side = first[lower[base]!]!; side < base; side++) visit(base, side, edgeTo[upper[side]!]!);
    }
  }
}

/** Keep the edges that no way over more important nodes beats, most important first. */
function press(topology: Customisation, out: EdgeSide, into: EdgeSide): void {
  const { nodeCount, first, upper, firstLower, lowerEdge, lower } = topology;
  const edgeTo = new Uint32Array(nodeCount);
  // the best way over more important nodes, then the best of that and the edge itself
  const outBest = new Uint32Array(upper.length).fill(UNREACHED);
  const intoBest = new Uint32Array(upper.length).fill(UNREACHED);
  const settle = (side: EdgeSide, best: Uint32Array, edge: number): void => {
    if (side.cost[edge]! > best[edge]! || side.cost[edge] === UNREACHED) return;
    best[edge] = side.cost[edge]!;
    side.isKept[edge] = 1;
  };
  for (let middle = 0; middle < nodeCount; middle++) {
    for (let edge = first[middle]!; edge < first[middle + 1]!; edge++) {
      edgeTo[upper[edge]!] = edge;
      settle(out, outBest, edge);
      settle(into, intoBest, edge);
    }
    for (let index = firstLower[middle]!; index < firstLower[middle + 1]!; index++) {
      const base = lowerEdge[index]!;
      const [baseOut, baseInto] = [out.cost[base]!, into.cost[base]!];
      let [leastOut, leastInto] = [outBest[base]!, intoBest[base]!];
      for (let side = first[lower[base]!]!; side < base; side++) {
        const edge = edgeTo[upper[side]!]!;
        const [up, down] = [outBest[edge]!, intoBest[edge]!];
        if (baseOut + up < outBest[side]!) outBest[side] = baseOut + up;
        if (down + baseInto < intoBest[side]!) intoBest[side] = down + baseInto;
        leastOut = Math.min(leastOut, out.cost[side]! + down);
        leastInto = Math.min(leastInto, up + into.cost[side]!);
      }
      outBest[base] = leastOut;
      intoBest[base] = leastInto;
    }
  }
}
