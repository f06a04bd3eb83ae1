import type { RegionGraph } from './graph-types.ts';

/**
 * Give a graph the access connectors of an earlier state that it lacks, where both their ends are still there and in use.
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
    if (attributes.kind !== 'access' || !isInUse(graph, source) || !isInUse(graph, target)) return;
    const isThere = graph.edges(source, target).some((edge) => graph.getEdgeAttribute(edge, 'kind') === 'access');
    if (isThere) return;
    graph.addEdge(source, target, attributes);
    kept += 1;
  });
  return kept;
}

/** A zone, or a node that something other than connectors leads to: nobody walks over a junction whose roads were taken out. */
function isInUse(graph: RegionGraph, node: string): boolean {
  if (!graph.hasNode(node)) return false;
  if (graph.getNodeAttribute(node, 'kind').startsWith('zone-')) return true;
  return graph.someEdge(node, (_edge, { kind }) => kind !== 'access');
}
