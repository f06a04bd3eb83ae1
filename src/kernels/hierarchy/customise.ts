import { type Network, UNREACHED } from '../../model/network.ts';
import { type Customisation, NO_EDGE } from './customisation.ts';
import { type Hierarchy, type HierarchyArcs, longestWay } from './hierarchy.ts';
import type { Engine } from './lanes-engine.ts';
import { createTriangleMemory, type TriangleMemory, type TriangleSteps } from './triangle-memory.ts';

/** Makes the hierarchy for costs of the topology that was prepared, as often as costs change, in memory that is used again. */
export type Customiser = (network: Network) => Hierarchy;

/**
 * Prepare to customise one topology again and again: its rows are laid into a memory of their own once.
 *
 * Costs rise through lower triangles, then every edge that a way over more important nodes equals or beats is left out (perfect customisation).
 * The result is that of a fresh preparation at those costs, to the byte, since the order of elimination knows no costs. An arc that costs
 * UNREACHED is closed.
 *
 * @param engine  'simd' falls back on 'plain' where WebAssembly SIMD is missing; both give the same numbers
 * @throws        (the customiser) RangeError where nodes or arcs are not those of the topology
 * Cost of a run O(triangles), two passes; bytes kept: edges · 29 + nodes · 16, see createTriangleMemory.
 * Source: Dibbelt, Strasser, Wagner (2016) doi:10.1145/2886843.
 */
export function createCustomiser(customisation: Customisation, engine: Engine = 'simd'): Customiser {
  const { nodeCount, arcCount, positionOf, nodeAt, edgeOf } = customisation;
  const { memory, steps } = createTriangleMemory(customisation, 'costs', engine);
  return (network) => {
    if (network.nodeCount !== nodeCount || network.arcCount !== arcCount) {
      throw new RangeError(`network has ${network.nodeCount} nodes and ${network.arcCount} arcs; expected ${nodeCount} and ${arcCount}`);
    }
    layCosts(edgeOf, network.arcCost, memory.cost);
    steps.rise();
    steps.press();
    const out = keptArcs(memory, steps, 0);
    const into = keptArcs(memory, steps, 1);
    return { nodeCount, positionOf, nodeAt, out, into, longestPossibleMilliseconds: longestWay(out) + longestWay(into) };
  };
}

/** The hierarchy for the costs of a network of the topology that was prepared: createCustomiser for one run. */
export function customiseHierarchy(customisation: Customisation, network: Network, engine: Engine = 'simd'): Hierarchy {
  return createCustomiser(customisation, engine)(network);
}

/** The cheapest arc of each direction of each edge. */
function layCosts(edgeOf: Uint32Array, arcCost: Uint32Array, cost: Uint32Array): void {
  cost.fill(UNREACHED);
  for (let arc = 0; arc < edgeOf.length; arc++) {
    const pair = edgeOf[arc]!;
    if (pair !== NO_EDGE && arcCost[arc]! < cost[pair]!) cost[pair] = arcCost[arc]!;
  }
}

/** Arcs of one direction (0 out, 1 into) that are kept. */
function keptArcs({ rows, row, best }: TriangleMemory, steps: TriangleSteps, direction: 0 | 1): HierarchyArcs {
  const count = steps.gather(direction);
  const middle = rows.upper.length;
  return { first: row.slice(0, rows.nodeCount + 1), upper: best.slice(0, count), cost: best.slice(middle, middle + count) };
}
