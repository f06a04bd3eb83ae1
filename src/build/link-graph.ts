import { MultiDirectedGraph } from 'graphology';
import type { Region } from '../model/tables.ts';
import { travelMinutes } from '../model/units.ts';
import { type GraphOptions, isInSlice, type RegionGraph } from './graph-types.ts';
import { roadSpeed } from './road-speeds.ts';

/**
 * The bare network of a region: junctions and stations, road and rail links, no doors, boarding or walks.
 *
 * Topology and centrality are read off this graph, as their definitions in the literature ask. Cost O(links).
 */
export function buildLinkGraph(region: Region, options: GraphOptions): RegionGraph {
  const graph: RegionGraph = new MultiDirectedGraph();
  const speedOf = roadSpeed(region, options.speeds);
  if (options.mode !== 'rail') {
    for (const { id, longitude, latitude } of region.junctions) {
      graph.addNode(`junction/${id}`, { kind: 'junction', place: id, longitude, latitude });
    }
    for (const link of region.roads.filter((road) => isInSlice(road, options.year))) {
      const { id, lengthKilometres } = link;
      const [from, to] = [`junction/${link.from}`, `junction/${link.to}`];
      const edge = { link: id, kind: 'road', minutes: travelMinutes(lengthKilometres, speedOf(link)), lengthKilometres } as const;
      graph.addEdgeWithKey(`${id}>`, from, to, edge);
      if (!link.oneway) graph.addEdgeWithKey(`${id}<`, to, from, { ...edge });
    }
  }
  if (options.mode !== 'road') {
    for (const { id, longitude, latitude } of region.stations) {
      graph.addNode(`station/${id}`, { kind: 'station', place: id, longitude, latitude });
    }
    for (const { id, from, to, minutes, lengthKilometres } of region.rail.filter((rail) => isInSlice(rail, options.year))) {
      const edge = { link: id, kind: 'ride', minutes, lengthKilometres } as const;
      graph.addEdgeWithKey(`${id}>`, `station/${from}`, `station/${to}`, edge);
      graph.addEdgeWithKey(`${id}<`, `station/${to}`, `station/${from}`, { ...edge });
    }
  }
  for (const node of graph.nodes()) if (graph.degree(node) === 0) graph.dropNode(node);
  return graph;
}

/** Join stations of a link graph by the region's walks, both ways: what a traveller takes for one network. Changes the graph. */
export function joinByWalks(graph: RegionGraph, region: Region): void {
  for (const { from, to, minutes } of region.transfers) {
    const [a, b] = [`station/${from}`, `station/${to}`];
    if (!graph.hasNode(a) || !graph.hasNode(b)) continue;
    graph.addEdge(a, b, { link: null, kind: 'walk', minutes, lengthKilometres: 0 });
    graph.addEdge(b, a, { link: null, kind: 'walk', minutes, lengthKilometres: 0 });
  }
}
