import type { Network } from '../../model/network.ts';
import type { Hierarchy, HierarchyArcs } from './hierarchy.ts';

/**
 * Finds the arcs of the network that an arc of the hierarchy stands for, in the order of travel.
 *
 * `side` is "out" for an arc up from its position, "into" for an arc down to it; `arc` an index into that side.
 */
export type Unpacker = (side: 'out' | 'into', arc: number) => number[];

/** Part of a way: from and to are positions. */
interface Leg {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
}

/**
 * Prepare to unpack arcs of a hierarchy of a network at the costs that the hierarchy was made for.
 *
 * Nothing is kept with the hierarchy for this. An arc is one of the network where one costs as much; otherwise a node less important than both
 * ends joins two arcs that together do: those that a shortcut was laid for, or the most important such node of a customised hierarchy, whose
 * two arcs no way over more important nodes equals, or the arc itself would have been left out.
 *
 * Cost O(arcs), once; of an arc O(arcs of the way · degree).
 */
export function createUnpacker(hierarchy: Hierarchy, network: Network): Unpacker {
  const { out, into, nodeAt } = hierarchy;
  const downward = turned(into);

  function arcOf({ from, to, cost }: Leg): number | null {
    const [tail, head] = [nodeAt[from]!, nodeAt[to]!];
    for (let arc = network.firstArc[tail]!; arc < network.firstArc[tail + 1]!; arc++) {
      if (network.arcHead[arc] === head && network.arcCost[arc] === cost) return arc;
    }
    return null;
  }

  /** Down from `from` to a node less important than both ends, then up to `to`. */
  function split({ from, to, cost }: Leg): readonly [Leg, Leg] {
    for (let index = downward.first[from]!; index < downward.first[from + 1]!; index++) {
      const middle = downward.lower[index]!;
      if (middle <= to) continue;
      const down = into.cost[downward.arc[index]!]!;
      const up = findArc(out, middle, to);
      if (up !== null && down + out.cost[up]! === cost) {
        return [
          { from, to: middle, cost: down },
          { from: middle, to, cost: out.cost[up]! },
        ];
      }
    }
    throw new RangeError(
      `no way of ${cost} ms from node ${nodeAt[from]} to ${nodeAt[to]}; expected the network that the hierarchy was made for`,
    );
  }

  return (side, arc) => {
    const arcs = hierarchy[side];
    const lower = rowOf(arcs, arc);
    const upper = arcs.upper[arc]!;
    const cost = arcs.cost[arc]!;
    const path: number[] = [];
    const stack: Leg[] = [side === 'out' ? { from: lower, to: upper, cost } : { from: upper, to: lower, cost }];
    for (let leg = stack.pop(); leg; leg = stack.pop()) {
      const found = arcOf(leg);
      if (found !== null) path.push(found);
      else stack.push(...[...split(leg)].reverse());
    }
    return path;
  };
}

/** Arcs by their more important end: the less important one, and the arc. */
function turned({ first, upper }: HierarchyArcs): { first: Uint32Array; lower: Uint32Array; arc: Uint32Array } {
  const nodeCount = first.length - 1;
  const turnedFirst = new Uint32Array(nodeCount + 1);
  for (const above of upper) turnedFirst[above + 1]!++;
  for (let position = 0; position < nodeCount; position++) turnedFirst[position + 1]! += turnedFirst[position]!;
  const next = turnedFirst.slice(0, nodeCount);
  const lower = new Uint32Array(upper.length);
  const arcOf = new Uint32Array(upper.length);
  for (let position = 0; position < nodeCount; position++) {
    for (let arc = first[position]!; arc < first[position + 1]!; arc++) {
      const place = next[upper[arc]!]!++;
      lower[place] = position;
      arcOf[place] = arc;
    }
  }
  return { first: turnedFirst, lower, arc: arcOf };
}

/** The arc of a row to a position, or null; rows are sorted by it and hold each once. */
function findArc({ first, upper }: HierarchyArcs, row: number, wanted: number): number | null {
  let low = first[row]!;
  let high = first[row + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upper[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low < first[row + 1]! && upper[low] === wanted ? low : null;
}

function rowOf({ first }: HierarchyArcs, arc: number): number {
  let low = 0;
  let high = first.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (first[middle]! <= arc) low = middle;
    else high = middle - 1;
  }
  return low;
}
