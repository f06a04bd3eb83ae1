import type { CountedArcs } from './counted-arcs.ts';
import { NO_ARC } from './counted-arcs.ts';
import type { ArcParts, PathHierarchy } from './path-hierarchy.ts';

/**
 * Hand the flows of hierarchy arcs down to the arcs they are made of, and count what passes the nodes between.
 *
 * All paths that an arc stands for are equally long and carry equal shares, whatever the origin, so one unpacking at the very end serves all
 * origins. Parts lie with lower ranks than their whole: from the highest rank down, a whole is complete when it is split.
 * @param arcFlow  per arc of the hierarchy, up arcs first; overwritten
 * @param through  per rank; added to
 * @returns        flow per arc of CountedArcs
 * Cost O(arcs and parts of the hierarchy).
 */
export function unpackFlows(
  hierarchy: PathHierarchy,
  parts: ArcParts,
  arcs: CountedArcs,
  arcFlow: Float64Array,
  through: Float64Array,
): Float64Array {
  const { nodeCount, firstUp, firstDown, upHead, upCount, downCount } = hierarchy;
  const upArcCount = upHead.length;
  const flow = new Float64Array(arcs.arcHead.length);
  const countOf = (arc: number): number => (arc < upArcCount ? upCount[arc]! : downCount[arc - upArcCount]!);

  function split(arc: number): void {
    const perPath = arcFlow[arc]! / countOf(arc);
    if (perPath === 0) return;
    const base = parts.base[arc]!;
    if (base !== NO_ARC) flow[base]! += perPath * arcs.count[base]!;
    for (let part = parts.firstPart[arc]!; part < parts.firstPart[arc + 1]!; part++) {
      const first = parts.partFirst[part]!;
      const second = parts.partSecond[part]!;
      const share = perPath * countOf(first) * countOf(second);
      arcFlow[first]! += share;
      arcFlow[second]! += share;
      // the second part starts at the node between, and is one of its up arcs
      through[parts.holder[second]!]! += share;
    }
  }
  for (let rank = nodeCount - 1; rank >= 0; rank--) {
    for (let arc = firstUp[rank]!; arc < firstUp[rank + 1]!; arc++) split(arc);
    for (let arc = firstDown[rank]!; arc < firstDown[rank + 1]!; arc++) split(upArcCount + arc);
  }
  return flow;
}
