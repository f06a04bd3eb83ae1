import type { Network } from './network.ts';

/**
 * The part of a network whose links are kept; nodes and links keep their numbers, so results of slices lie side by side.
 *
 * @param isLinkKept  by link, 1 to keep
 * @throws RangeError for a mask that is not one a link
 * Cost O(nodes + arcs). To change costs but not arcs, or to close links under a hierarchy, see customiseHierarchy.
 */
export function sliceNetwork(network: Network, isLinkKept: Uint8Array): Network {
  const { nodeCount, firstArc, arcHead, arcCost, arcLink, linkIds } = network;
  if (isLinkKept.length !== linkIds.length) {
    throw new RangeError(`the mask has ${isLinkKept.length} entries; expected one for each of ${linkIds.length} links`);
  }
  const isArcKept = (arc: number): boolean => isLinkKept[arcLink[arc] ?? 0] === 1;
  const first = new Uint32Array(nodeCount + 1);
  const kept: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    const end = firstArc[node + 1] ?? 0;
    for (let arc = firstArc[node] ?? 0; arc < end; arc++) if (isArcKept(arc)) kept.push(arc);
    first[node + 1] = kept.length;
  }
  const take = (column: Uint32Array): Uint32Array => Uint32Array.from(kept, (arc) => column[arc] ?? 0);
  return { ...network, arcCount: kept.length, firstArc: first, arcHead: take(arcHead), arcCost: take(arcCost), arcLink: take(arcLink) };
}
