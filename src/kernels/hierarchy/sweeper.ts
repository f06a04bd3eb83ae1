import { UNREACHED } from '../../model/network.ts';
import type { Hierarchy } from './hierarchy.ts';
import { createLaneMemory } from './lane-memory.ts';
import { bestEngine, type Engine } from './lanes-engine.ts';
import { LANES } from './lanes-plain.ts';

export interface SweepOptions {
  /** forward: times from the origins to all nodes; backward: times from all nodes to them */
  readonly direction: 'forward' | 'backward';
  /** default: SIMD where there is any; both give the same numbers */
  readonly engine?: Engine;
}

/** Trees of up to LANES origins at a time over one hierarchy, in memory that is used again. */
export interface Sweeper {
  /**
   * Travel times of up to LANES origins.
   *
   * @param origins  nodes of the network, 1 … LANES of them
   * @returns        rows[position * LANES + lane], whole milliseconds, UNREACHED where there is no way; lanes without an origin UNREACHED;
   *                 overwritten by the next run
   * @throws         RangeError for an unknown node or for more origins than lanes
   */
  readonly run: (origins: ArrayLike<number>) => Uint32Array;
  /** one lane of the last run in the order of the network's nodes */
  readonly copyTree: (lane: number, into: Uint32Array) => void;
  readonly rows: Uint32Array;
}

/**
 * Prepare one-to-all sweeps (PHAST). The way up from the origins visits marked positions alone, lowest importance first; the way down is
 * one pass over all positions, so nothing is cleared between runs but a bit a node.
 *
 * Sums saturate at UNREACHED (49 days), as in createSearch: the times of the two are equal.
 * Cost of a run O(nodes + arcs of the hierarchy), no allocation. Source: Delling, Goldberg, Nowatzyk, Werneck (2013)
 * doi:10.1016/j.jpdc.2012.02.007.
 */
export function createSweeper(hierarchy: Hierarchy, options: SweepOptions = { direction: 'forward' }): Sweeper {
  const { nodeCount, positionOf, nodeAt, out, into } = hierarchy;
  const [rising, falling] = options.direction === 'forward' ? [out, into] : [into, out];
  const memory = createLaneMemory(nodeCount, rising, falling, options.engine ?? bestEngine());
  const { rows, marks } = memory;

  function run(origins: ArrayLike<number>): Uint32Array {
    marks.fill(0);
    markOrigins(origins, nodeCount, positionOf, marks, rows);
    memory.climb();
    memory.descend(0, nodeCount);
    return rows;
  }

  function copyTree(lane: number, into: Uint32Array): void {
    for (let position = 0; position < nodeCount; position++) into[nodeAt[position]!] = rows[position * LANES + lane]!;
  }
  return { run, copyTree, rows };
}

/** Start the way up: a row with 0 in its lane for each origin. */
export function markOrigins(
  origins: ArrayLike<number>,
  nodeCount: number,
  positionOf: Uint32Array,
  marks: Uint32Array,
  rows: Uint32Array,
): void {
  if (origins.length > LANES) throw new RangeError(`${origins.length} origins in one sweep; expected at most ${LANES}`);
  for (let lane = 0; lane < origins.length; lane++) {
    const origin = origins[lane]!;
    if (!(origin >= 0 && origin < nodeCount)) throw new RangeError(`origin is node ${origin}; expected 0 … ${nodeCount - 1}`);
    const position = positionOf[origin]!;
    const mark = 1 << (position & 31);
    if ((marks[position >> 5]! & mark) === 0) {
      marks[position >> 5]! |= mark;
      rows.fill(UNREACHED, position * LANES, (position + 1) * LANES);
    }
    rows[position * LANES + lane] = 0;
  }
}
