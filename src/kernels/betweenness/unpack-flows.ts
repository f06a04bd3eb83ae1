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
  const count = new Float64Array(arcFlow.length);
  count.set(upCount);
  count.set(downCount, upArcCount);
  const sums = { arcFlow, through, flow };
  for (let rank = nodeCount - 1; rank >= 0; rank--) {
    split(firstUp[rank]!, firstUp[rank + 1]!, parts, count, arcs.count, sums);
    split(upArcCount + firstDown[rank]!, upArcCount + firstDown[rank + 1]!, parts, count, arcs.count, sums);
  }
  return flow;
}

function split(
  firstArc: number,
  lastArc: number,
  { base, holder, firstPart, partFirst, partSecond }: ArcParts,
  count: Float64Array,
  baseCount: Float64Array,
  { arcFlow, through, flow }: { arcFlow: Float64Array; through: Float64Array; flow: Float64Array },
): void {
  for (let arc = firstArc; arc < lastArc; arc++) {
    const perPath = arcFlow[arc]! / count[arc]!;
    if (perPath === 0) continue;
    const own = base[arc]!;
    if (own !== NO_ARC) flow[own]! += perPath * baseCount[own]!;
    for (let part = firstPart[arc]!; part < firstPart[arc + 1]!; part++) {
      const first = partFirst[part]!;
      const second = partSecond[part]!;
      const share = perPath * count[first]! * count[second]!;
      arcFlow[first]! += share;
      arcFlow[second]! += share;
      // the second part starts at the node between, and is one of its up arcs
      through[holder[second]!]! += share;
    }
  }
}
