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
  /**
   * The same within a limit, passing over what lies beyond it: times up to the limit are exact, others may be anything above it, up to
   * UNREACHED. Positions whose bit in `active` is 0 have no lane within the limit.
   */
  readonly runWithin: (origins: ArrayLike<number>, limitMilliseconds: number) => Uint32Array;
  /** one bit a position, after runWithin: some lane is within the limit */
  readonly active: Uint32Array;
  /** one lane of the last run in the order of the network's nodes */
  readonly copyTree: (lane: number, into: Uint32Array) => void;
  readonly rows: Uint32Array;
}

const NO_LIST = new Uint32Array(0);

/**
 * Prepare one-to-all sweeps (PHAST). The way up from the origins visits marked positions alone, least important first; the way down is one
 * pass over all positions, so nothing is cleared between runs but a bit a node.
 *
 * Sums saturate at UNREACHED (49 days), as in createSearch: the times of the two are equal, and
 * assertNothingSaturated tells whether a way was lost that way; none is where hierarchy.longestPossibleMilliseconds is below UNREACHED.
 * Cost of a run O(nodes + arcs of the hierarchy), no allocation. Source: Delling, Goldberg, Nowatzyk, Werneck (2013)
 * doi:10.1016/j.jpdc.2012.02.007.
 */
export function createSweeper(hierarchy: Hierarchy, options: SweepOptions = { direction: 'forward' }): Sweeper {
  const { nodeCount, positionOf, nodeAt, out, into } = hierarchy;
  const [rising, falling] = options.direction === 'forward' ? [out, into] : [into, out];
  const engine = options.engine ?? bestEngine();
  const { memory, steps } = createLaneMemory({ nodeCount, rising, falling, list: NO_LIST, amounts: [], counts: [], engine });
  const { rows, marks, active } = memory;

  function run(origins: ArrayLike<number>): Uint32Array {
    markOrigins(origins, positionOf, marks, rows);
    steps.climb();
    steps.descend(0, nodeCount);
    return rows;
  }

  function runWithin(origins: ArrayLike<number>, limitMilliseconds: number): Uint32Array {
    markOrigins(origins, positionOf, marks, rows);
    steps.climb();
    active.fill(0);
    steps.descendWithin(0, nodeCount, limitMilliseconds);
    return rows;
  }

  function copyTree(lane: number, tree: Uint32Array): void {
    for (let position = 0; position < nodeCount; position++) tree[nodeAt[position]!] = rows[position * LANES + lane]!;
  }
  return { run, runWithin, active, copyTree, rows };
}

/**
 * Start the way up: no marks but a row with 0 in its lane for each origin.
 *
 * @throws RangeError for an unknown node or for more origins than lanes
 */
export function markOrigins(origins: ArrayLike<number>, positionOf: Uint32Array, marks: Uint32Array, rows: Uint32Array): void {
  if (origins.length > LANES) throw new RangeError(`${origins.length} origins in one sweep; expected at most ${LANES}`);
  marks.fill(0);
  for (let lane = 0; lane < origins.length; lane++) {
    const position = positionOf[origins[lane]!];
    if (position === undefined) throw new RangeError(`origin is node ${origins[lane]}; expected 0 … ${positionOf.length - 1}`);
    const mark = 1 << (position & 31);
    if ((marks[position >> 5]! & mark) === 0) {
      marks[position >> 5]! |= mark;
      rows.fill(UNREACHED, position * LANES, (position + 1) * LANES);
    }
    rows[position * LANES + lane] = 0;
  }
}
