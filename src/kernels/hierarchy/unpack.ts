import { SHORTCUT } from './contraction-graph.ts';
import type { Hierarchy, HierarchyArcs } from './hierarchy.ts';

/**
 * The arcs of the network that an arc of the hierarchy stands for, in the order of travel.
 *
 * @param side  "out" for an arc up from its position, "into" for an arc down to it
 * @param arc   index into that side
 * Cost O(arcs of the way · log degree).
 */
export function unpackArc(hierarchy: Hierarchy, side: 'out' | 'into', arc: number): number[] {
  const path: number[] = [];
  const arcs = hierarchy[side];
  const lower = positionOfRow(arcs, arc);
  // pending parts, the next on top: less or more important end first as travel goes
  const stack: { side: 'out' | 'into'; arc: number; lower: number }[] = [{ side, arc, lower }];
  for (let part = stack.pop(); part; part = stack.pop()) {
    const { upper, via } = hierarchy[part.side];
    const standsFor = via[part.arc]!;
    if ((standsFor & SHORTCUT) === 0) {
      path.push(standsFor);
      continue;
    }
    const middle = (standsFor ^ SHORTCUT) >>> 0;
    const [tail, head] = part.side === 'out' ? [part.lower, upper[part.arc]!] : [upper[part.arc]!, part.lower];
    // both ends are more important than the middle: down to it, then up from it
    stack.push({ side: 'out', arc: findArc(hierarchy.out, middle, head), lower: middle });
    stack.push({ side: 'into', arc: findArc(hierarchy.into, middle, tail), lower: middle });
  }
  return path;
}

/** The arc of a row to a position; rows are sorted by it and hold each once. */
function findArc({ first, upper }: HierarchyArcs, row: number, wanted: number): number {
  let low = first[row]!;
  let high = first[row + 1]! - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upper[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function positionOfRow({ first }: HierarchyArcs, arc: number): number {
  let low = 0;
  let high = first.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (first[middle]! <= arc) low = middle;
    else high = middle - 1;
  }
  return low;
}
