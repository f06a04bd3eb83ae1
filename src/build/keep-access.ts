import type { RegionGraph } from './graph-types.ts';

/**
 * Give a graph the access connectors of an earlier state that it lacks, where both their ends are still there.
 *
 * A seat joins the nearest few stations and junctions that are in use, so one that opens would push another out of the list, and some people
 * would seem to lose by a new line. Kept connectors take that away: whatever only adds links never lengthens a pair.
 *
 * @param graph  changed
 * @returns      how many connectors were kept
 * Cost O(connectors).
 */
export function keepAccess(graph: RegionGraph, earlier: RegionGraph): number {
  let kept = 0;
  earlier.forEachEdge((_edge, attributes, source, target) => {
    if (attributes.kind !== 'access' || !graph.hasNode(source) || !graph.hasNode(target)) return;
    const isThere = graph.edges(source, target).some((edge) => graph.getEdgeAttribute(edge, 'kind') === 'access');
    if (isThere) return;
    graph.addEdge(source, target, attributes);
    kept += 1;
  });
  return kept;
}
