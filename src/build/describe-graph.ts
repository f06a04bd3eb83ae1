import { graph as metrics } from 'graphology-metrics';
import type { RegionGraph } from './graph-types.ts';

export interface GraphDescription {
  readonly nodes: number;
  /** directed: a two-way link is two */
  readonly arcs: number;
  /** arcs, parallel ones once, over n (n − 1) */
  readonly density: number;
  /** arcs out of a node, mean */
  readonly meanDegree: number;
  /** shortest and longest link */
  readonly minutes: readonly [number, number];
  readonly kilometres: readonly [number, number];
}

/**
 * Size of a link graph in the terms of graph theory, by graphology-metrics (right here: no path counts, no weights that could be missing).
 *
 * Cost O(nodes + arcs).
 */
export function describeGraph(graph: RegionGraph): GraphDescription {
  const isEmpty = graph.size === 0;
  const extents = isEmpty ? null : metrics.edgeExtent(graph, ['minutes', 'lengthKilometres']);
  return {
    nodes: graph.order,
    arcs: graph.size,
    density: isEmpty ? 0 : metrics.density(graph),
    meanDegree: graph.order > 0 ? graph.size / graph.order : 0,
    minutes: extents?.minutes ?? [0, 0],
    kilometres: extents?.lengthKilometres ?? [0, 0],
  };
}
