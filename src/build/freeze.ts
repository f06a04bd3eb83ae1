import { type ArcRow, compileNetwork, type Network } from '../model/network.ts';
import { byCodePoint, minutesToMilliseconds } from '../model/units.ts';
import type { LinkAttributes, RegionGraph } from './graph-types.ts';

/** Network plus what its nodes and links stand for. */
export interface FrozenNetwork {
  readonly network: Network;
  readonly nodeOf: ReadonlyMap<string, number>;
}

/** Number of a node by its id. @throws RangeError where the network has no such node */
export function nodeNumber(nodeOf: ReadonlyMap<string, number>, id: string): number {
  const node = nodeOf.get(id);
  if (node === undefined) throw new RangeError(`the network has no node ${id}; expected one of the region that it was built from`);
  return node;
}

/**
 * Compile a region graph. Nodes are numbered and arcs sorted by id, so the order of features does not change a byte.
 *
 * @param costOf  milliseconds of an edge; default its minutes, never under one millisecond
 */
export function freeze(
  graph: RegionGraph,
  costOf: (attributes: LinkAttributes) => number = (attributes) => minutesToMilliseconds(attributes.minutes),
): FrozenNetwork {
  const ids = graph.nodes().sort(byCodePoint);
  const nodeOf = new Map(ids.map((id, node) => [id, node]));
  const linkIds = [...new Set(graph.mapEdges((_edge, attributes) => attributes.link ?? ''))].sort(byCodePoint);
  const linkOf = new Map(linkIds.map((id, link) => [id, link]));
  const arcs: ArcRow[] = graph.mapEdges((_edge, attributes, source, target) => ({
    from: nodeOf.get(source) ?? -1,
    to: nodeOf.get(target) ?? -1,
    milliseconds: costOf(attributes),
    link: linkOf.get(attributes.link ?? '') ?? 0,
  }));
  const nodes = ids.map((id) => {
    const { longitude, latitude } = graph.getNodeAttributes(id);
    return { id, longitude, latitude };
  });
  return { network: compileNetwork(nodes, arcs, linkIds), nodeOf };
}

/** The same nodes and arcs with lengths in whole metres, at least 1, for costs. */
export function freezeMetres(graph: RegionGraph): Network {
  return freeze(graph, (attributes) => Math.max(1, Math.round(attributes.lengthKilometres * 1000))).network;
}
