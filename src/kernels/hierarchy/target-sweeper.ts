import type { Hierarchy, HierarchyArcs } from './hierarchy.ts';
import { createLaneMemory, type SweepArcs } from './lane-memory.ts';
import { bestEngine } from './lanes-engine.ts';
import { LANES } from './lanes-plain.ts';
import { markOrigins, type SweepOptions } from './sweeper.ts';

/** Times from up to LANES origins at a time to targets chosen once. */
export interface TargetSweeper {
  /**
   * @param into  row-major origins × targets; rows `row` … are written, whole milliseconds, UNREACHED where there is no way
   * @throws      RangeError for an unknown origin or for more than LANES
   */
  readonly run: (origins: ArrayLike<number>, into: Uint32Array, row: number) => void;
  /** positions that the way down visits */
  readonly visited: number;
}

/**
 * Prepare sweeps to some targets only (RPHAST): the way down visits what leads down to them.
 *
 * @param targets  nodes of the network
 * @throws         RangeError for an unknown target
 * Cost of a run: the way up of the origins + what leads down to the targets. Source: Delling, Goldberg, Werneck (2011)
 * doi:10.4230/OASIcs.ATMOS.2011.52.
 */
export function createTargetSweeper(hierarchy: Hierarchy, targets: ArrayLike<number>, options: SweepOptions): TargetSweeper {
  const { nodeCount, positionOf, out, into } = hierarchy;
  const [rising, all] = options.direction === 'forward' ? [out, into] : [into, out];
  const places = Uint32Array.from(targets, (target) => {
    const position = positionOf[target];
    if (position === undefined) throw new RangeError(`target is node ${target}; expected 0 … ${nodeCount - 1}`);
    return position;
  });
  const list = leadingTo(places, all);
  const engine = options.engine ?? bestEngine();
  const { memory, steps } = createLaneMemory({ nodeCount, rising, falling: rowsOf(list, all), list, amounts: [], counts: [], engine });
  const { marks, rows } = memory;

  function run(origins: ArrayLike<number>, result: Uint32Array, row: number): void {
    markOrigins(origins, positionOf, marks, rows);
    steps.climb();
    steps.descendList();
    for (let lane = 0; lane < origins.length; lane++) {
      const start = (row + lane) * places.length;
      for (let index = 0; index < places.length; index++) result[start + index] = rows[places[index]! * LANES + lane]!;
    }
  }
  return { run, visited: list.length };
}

/** Positions that arcs lead down from to some positions, these included, growing. */
function leadingTo(places: Uint32Array, { first, upper }: HierarchyArcs): Uint32Array {
  const isWanted = new Uint8Array(first.length - 1);
  let least = 0;
  for (const place of places) {
    isWanted[place] = 1;
    least = Math.max(least, place);
  }
  let count = 0;
  for (let position = least; position >= 0 && places.length > 0; position--) {
    if (isWanted[position] === 0) continue;
    count++;
    for (let arc = first[position]!; arc < first[position + 1]!; arc++) isWanted[upper[arc]!] = 1;
  }
  const list = new Uint32Array(count);
  let index = 0;
  for (let position = 0; index < count; position++) if (isWanted[position]) list[index++] = position;
  return list;
}

function rowsOf(list: Uint32Array, arcs: HierarchyArcs): SweepArcs {
  const first = new Uint32Array(list.length + 1);
  for (let index = 0; index < list.length; index++) {
    const position = list[index]!;
    first[index + 1] = first[index]! + arcs.first[position + 1]! - arcs.first[position]!;
  }
  const upper = new Uint32Array(first[list.length]!);
  const cost = new Uint32Array(first[list.length]!);
  for (let index = 0; index < list.length; index++) {
    const position = list[index]!;
    upper.set(arcs.upper.subarray(arcs.first[position]!, arcs.first[position + 1]!), first[index]!);
    cost.set(arcs.cost.subarray(arcs.first[position]!, arcs.first[position + 1]!), first[index]!);
  }
  return { first, upper, cost };
}
