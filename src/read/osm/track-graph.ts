import type { OsmData } from './collect.ts';
import { segmentKilometres } from './split-ways.ts';

/** Tracks node by node: the neighbours of node n of the NodeTable are head[first[n]] … head[first[n + 1] - 1]. Both directions. */
export interface TrackGraph {
  readonly first: Uint32Array;
  readonly head: Uint32Array;
  readonly kilometres: Float64Array;
  /** number of the way in data.rails */
  readonly way: Uint32Array;
}

/** Cost O(positions). */
export function buildTrackGraph(data: OsmData): TrackGraph {
  const { rails, nodes } = data;
  const first = new Uint32Array(nodes.ids.length + 1);
  const eachSegment = (take: (at: number, way: number, a: number, b: number) => void) => {
    for (let way = 0; way < rails.count; way++) {
      for (let at = rails.first[way] ?? 0; at + 1 < (rails.first[way + 1] ?? 0); at++) {
        const [a, b] = [rails.node[at] ?? 0, rails.node[at + 1] ?? 0];
        if (nodes.isFound[a] === 1 && nodes.isFound[b] === 1) take(at, way, a, b);
      }
    }
  };
  eachSegment((_at, _way, a, b) => {
    first[a + 1] = (first[a + 1] ?? 0) + 1;
    first[b + 1] = (first[b + 1] ?? 0) + 1;
  });
  for (let node = 0; node < nodes.ids.length; node++) first[node + 1] = (first[node + 1] ?? 0) + (first[node] ?? 0);
  const size = first[nodes.ids.length] ?? 0;
  const graph = { first, head: new Uint32Array(size), kilometres: new Float64Array(size), way: new Uint32Array(size) };
  const cursor = first.slice();
  eachSegment((at, way, a, b) => {
    const kilometres = segmentKilometres(rails, nodes, at);
    for (const [tail, head] of [
      [a, b],
      [b, a],
    ] as const) {
      const place = cursor[tail] ?? 0;
      cursor[tail] = place + 1;
      graph.head[place] = head;
      graph.kilometres[place] = kilometres;
      graph.way[place] = way;
    }
  });
  return graph;
}
