import { type Customisation, prepareCustomisation } from '../hierarchy/customisation.ts';
import { createTriangleMemory, type TriangleMemory, type TriangleSteps } from '../hierarchy/triangle-memory.ts';
import { type CountedArcs, NO_ARC } from './counted-arcs.ts';
import type { Engine } from './path-memory.ts';

/** A hierarchy by elimination, with path counts: arcs from the less to the more important end (out), and back (into). */
export interface CustomisedPaths {
  readonly topology: Customisation;
  readonly memory: TriangleMemory;
  readonly steps: TriangleSteps;
  /** by pair of an edge, as in TriangleMemory: the counted arc inside, or NO_ARC */
  readonly base: Uint32Array;
}

/**
 * Eliminate all nodes, those with fewest neighbours first, and count the shortest ways that each arc then stands for.
 *
 * An arc u → v takes the least cost over one less important node, and the ways of all of them that have it, no way twice: each way is counted
 * at its most important inner node. What a strictly shorter way over more important nodes beats is left out; what it equals is not.
 * @returns null where elimination would make more triangles than `mostTriangles`
 * Cost O(triangles), some hundred a node on road networks. Source: Dibbelt, Strasser, Wagner (2016) doi:10.1145/2886843; counts added here.
 */
export function customisePaths(arcs: CountedArcs, mostTriangles: number, engine: Engine): CustomisedPaths | null {
  const network = { ...arcs, arcCount: arcs.arcHead.length };
  const topology = prepareCustomisation(network, { mostTriangles, engine });
  if (!topology) return null;
  const { memory, steps } = createTriangleMemory(topology, 'costs-and-counts', engine);
  const { edgeOf } = topology;
  const base = new Uint32Array(memory.cost.length).fill(NO_ARC);
  for (let arc = 0; arc < edgeOf.length; arc++) {
    const pair = edgeOf[arc]!;
    // of arcs that are not merged the first stands for all of its cost: see CountedArcs
    if (arcs.arcCost[arc]! >= memory.cost[pair]!) continue;
    memory.cost[pair] = arcs.arcCost[arc]!;
    memory.count[pair] = arcs.count[arc]!;
    base[pair] = arc;
  }
  steps.riseCounted();
  for (let arc = 0; arc < edgeOf.length; arc++) {
    // a shorter way over less important nodes took the arc's place
    const pair = edgeOf[arc]!;
    if (base[pair] === arc && memory.cost[pair] !== arcs.arcCost[arc]) base[pair] = NO_ARC;
  }
  steps.pressKeepingTies();
  return { topology, memory, steps, base };
}
