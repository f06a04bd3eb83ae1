/** Cost of what cannot be reached: the largest whole number of 32 bits. */
export const UNREACHED = 0xffffffff;

/**
 * A compiled network: arcs in compressed sparse rows, whole milliseconds.
 *
 * Invariant: firstArc has nodeCount + 1 entries, starts at 0, never falls and ends at arcCount;
 * the arcs out of node n are firstArc[n] … firstArc[n + 1] - 1; every arcHead < nodeCount;
 * 1 ≤ arcCost < UNREACHED; arcs of a node are sorted by head, cost and link.
 */
export interface Network {
  readonly nodeCount: number;
  readonly arcCount: number;
  readonly firstArc: Uint32Array;
  readonly arcHead: Uint32Array;
  /** whole milliseconds */
  readonly arcCost: Uint32Array;
  /** index into linkIds; both directions of a two-way link share it */
  readonly arcLink: Uint32Array;
  readonly nodeIds: readonly string[];
  readonly linkIds: readonly string[];
  /** degrees WGS84; NaN for nodes without a place */
  readonly longitude: Float64Array;
  readonly latitude: Float64Array;
}

export interface ArcRow {
  readonly from: number;
  readonly to: number;
  readonly milliseconds: number;
  readonly link: number;
}

export interface NodeRow {
  readonly id: string;
  readonly longitude: number;
  readonly latitude: number;
}

/**
 * Compile rows into a Network. The order of the arc rows does not change the result.
 *
 * @throws RangeError on an arc whose end or cost breaks the invariant
 * Cost O(arcs log arcs).
 */
export function compileNetwork(nodes: readonly NodeRow[], arcs: readonly ArcRow[], linkIds: readonly string[]): Network {
  const order = arcs.slice().sort((a, b) => a.from - b.from || a.to - b.to || a.milliseconds - b.milliseconds || a.link - b.link);
  const firstArc = new Uint32Array(nodes.length + 1);
  const arcHead = new Uint32Array(order.length);
  const arcCost = new Uint32Array(order.length);
  const arcLink = new Uint32Array(order.length);
  order.forEach((arc, index) => {
    const inRange = arc.from >= 0 && arc.from < nodes.length && arc.to >= 0 && arc.to < nodes.length;
    if (!inRange || !(arc.milliseconds >= 1 && arc.milliseconds < UNREACHED) || !Number.isInteger(arc.milliseconds)) {
      throw new RangeError(
        `arc ${arc.from} → ${arc.to} costs ${arc.milliseconds}; expected known ends and 1 … ${UNREACHED - 1} whole milliseconds`,
      );
    }
    firstArc[arc.from + 1] = (firstArc[arc.from + 1] ?? 0) + 1;
    arcHead[index] = arc.to;
    arcCost[index] = arc.milliseconds;
    arcLink[index] = arc.link;
  });
  for (let node = 0; node < nodes.length; node++) firstArc[node + 1] = (firstArc[node + 1] ?? 0) + (firstArc[node] ?? 0);
  return {
    nodeCount: nodes.length,
    arcCount: order.length,
    firstArc,
    arcHead,
    arcCost,
    arcLink,
    nodeIds: nodes.map((node) => node.id),
    linkIds,
    longitude: Float64Array.from(nodes, (node) => node.longitude),
    latitude: Float64Array.from(nodes, (node) => node.latitude),
  };
}
