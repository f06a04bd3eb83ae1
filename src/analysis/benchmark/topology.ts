import type { RegionGraph } from '../../build/graph-types.ts';

export interface Topology {
  readonly nodes: number;
  readonly links: number;
  readonly components: number;
  /** (e - v + p) / (2v - 5): share of the possible circuits of a planar network */
  readonly alpha: number;
  /** e / v */
  readonly beta: number;
  /** e / 3(v - 2): share of the possible links of a planar network */
  readonly gamma: number;
}

/**
 * Kansky's indices of a link graph, parallel links between the same ends counted once.
 * Cost O(links). Source: Kansky (1963); Garrison and Marble (1962).
 */
export function topology(graph: RegionGraph): Topology {
  const pairs = new Set<string>();
  const parent = new Map(graph.nodes().map((node) => [node, node]));
  const root = (node: string): string => {
    let top = node;
    while (parent.get(top) !== top) top = parent.get(top) ?? top;
    let walk = node;
    while (walk !== top) {
      const next = parent.get(walk) ?? top;
      parent.set(walk, top);
      walk = next;
    }
    return top;
  };
  graph.forEachEdge((_edge, _attributes, source, target) => {
    pairs.add(source < target ? `${source}\n${target}` : `${target}\n${source}`);
    parent.set(root(source), root(target));
  });
  const nodes = graph.order;
  const links = pairs.size;
  const components = new Set(graph.nodes().map(root)).size;
  return {
    nodes,
    links,
    components,
    alpha: nodes > 2 ? (links - nodes + components) / (2 * nodes - 5) : 0,
    beta: nodes > 0 ? links / nodes : 0,
    gamma: nodes > 2 ? links / (3 * (nodes - 2)) : 0,
  };
}
