import { MultiDirectedGraph } from 'graphology';
import type { Network } from '../model/network.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';

/**
 * A compiled network as graphology's own JSON (graphology.github.io/serialization), for programs that work on graphology graphs: minutes
 * and kilometres on the edges, keys in the order of the network. Cost O(nodes + arcs).
 *
 * @param metres  an arc, or null where the network has no places
 */
export function graphologyJson(network: Network, metres: Uint32Array | null): string {
  const graph = new MultiDirectedGraph();
  network.nodeIds.forEach((id, node) => {
    const [longitude = Number.NaN, latitude = Number.NaN] = [network.longitude[node], network.latitude[node]];
    graph.addNode(id, Number.isNaN(longitude) ? {} : { longitude, latitude });
  });
  for (let node = 0; node < network.nodeCount; node++) {
    for (let arc = network.firstArc[node] ?? 0; arc < (network.firstArc[node + 1] ?? 0); arc++) {
      const minutes = (network.arcCost[arc] ?? 0) / MILLISECONDS_PER_MINUTE;
      const attributes = {
        link: network.linkIds[network.arcLink[arc] ?? 0],
        minutes,
        length_km: metres ? (metres[arc] ?? 0) / 1000 : null,
      };
      graph.addEdgeWithKey(String(arc), network.nodeIds[node], network.nodeIds[network.arcHead[arc] ?? 0], attributes);
    }
  }
  return `${JSON.stringify(graph.export())}\n`;
}
