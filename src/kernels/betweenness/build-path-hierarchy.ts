import { LimitError } from '../../model/errors.ts';
import { UNREACHED } from '../../model/network.ts';
import { contractHierarchy } from './contracted-hierarchy.ts';
import type { CountedArcs } from './counted-arcs.ts';
import { eliminateHierarchy } from './eliminated-hierarchy.ts';

import { type CountedHierarchy, type PathHierarchy, TOO_MANY_PATHS } from './path-hierarchy.ts';
import type { Engine } from './path-memory.ts';

/** Arcs grow to this many times the arcs there were before a network is judged to be no road network. */
const MOST_ARCS_AN_ARC = 12;
/** … with room for small networks, where nothing is slow. */
const ARCS_ALWAYS_ALLOWED = 20_000;

/**
 * Triangles a node up to which elimination is the better way to a hierarchy. It takes a fifth of a contraction's time or less; where there are many
 * triangles it also leaves up to half as many arcs again, and sweeps take a fifth longer: that many origins make up for.
 */
const MOST_TRIANGLES_PER_NODE = 3000;
const MOST_TRIANGLES_PER_NODE_FOR_MANY = 300;
const MANY_ORIGINS = 10_000;

export interface PathHierarchyOptions {
  /** by elimination, where every node between two neighbours goes first, unless that makes too many triangles; else by contraction */
  readonly isByElimination: boolean;
  /** contract nodes between two neighbours first */
  readonly isChainFirst: boolean;
  /** go on whatever the number of arcs */
  readonly isForced: boolean;
  /** origins that will be swept over the hierarchy */
  readonly origins: number;
  readonly engine: Engine;
}

/**
 * Build a hierarchy that keeps path counts, by elimination or by contraction: other arcs, the same betweenness.
 *
 * @returns null where it would fill up (networks of high treewidth) or a way could be 49 days long: search from every origin instead
 * @throws LimitError where an arc stands for more paths than a float64 can hold
 * Cost: see customisePaths and contractPaths.
 */
export function buildPathHierarchy(arcs: CountedArcs, options: PathHierarchyOptions): CountedHierarchy | null {
  const arcLimit = options.isForced ? Number.POSITIVE_INFINITY : arcs.arcHead.length * MOST_ARCS_AN_ARC + ARCS_ALWAYS_ALLOWED;
  const trianglesPerNode = options.origins > MANY_ORIGINS ? MOST_TRIANGLES_PER_NODE_FOR_MANY : MOST_TRIANGLES_PER_NODE;
  const eliminated = options.isByElimination ? eliminateHierarchy(arcs, trianglesPerNode * arcs.nodeCount, options.engine) : null;

  const kept = eliminated && arcCountOf(eliminated.hierarchy) <= arcLimit ? eliminated : null;
  const built = kept ?? contractHierarchy(arcs, arcLimit, options.isChainFirst);
  if (!built || longestPossible(built.hierarchy) >= UNREACHED) return null;
  for (const counts of [built.hierarchy.upCount, built.hierarchy.downCount]) {
    // what is not finite is Infinity or NaN, and stays so in a sum; sums of finite counts may pass float64 too, so only then each is looked at
    if (!Number.isFinite(sumOf(counts)) && !counts.every(Number.isFinite)) throw new LimitError(TOO_MANY_PATHS);
  }
  return built;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum;
}

function arcCountOf({ upHead, downTail }: PathHierarchy): number {
  return upHead.length + downTail.length;
}

/** No way up and then down takes longer than this, milliseconds. */
function longestPossible({ nodeCount, firstUp, upHead, upCost, firstDown, downTail, downCost }: PathHierarchy): number {
  return longestClimb(nodeCount, firstUp, upHead, upCost) + longestClimb(nodeCount, firstDown, downTail, downCost);
}

function longestClimb(nodeCount: number, first: Uint32Array, higher: Uint32Array, cost: Uint32Array): number {
  const above = new Float64Array(nodeCount);
  let most = 0;
  for (let rank = nodeCount - 1; rank >= 0; rank--) {
    let longestHere = 0;
    for (let arc = first[rank]!; arc < first[rank + 1]!; arc++) {
      longestHere = Math.max(longestHere, cost[arc]! + above[higher[arc]!]!);
    }
    above[rank] = longestHere;
    most = Math.max(most, longestHere);
  }
  return most;
}
