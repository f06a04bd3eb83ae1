import { type Network, UNREACHED } from '../../model/network.ts';

/**
 * The graph that contraction eats: for each node its neighbours with the cost out to them and in from them, in one growing pool.
 *
 * A neighbour stands once however many arcs join the two; UNREACHED is the cost of a direction that is not there. The entries of node n are
 * first[n] … first[n] + size[n] - 1 of the columns. Typed arrays are replaced when the pool grows: take them anew after `put`.
 */
export interface ContractionGraph {
  readonly nodeCount: number;
  readonly first: Uint32Array;
  readonly size: Uint32Array;
  columns: EntryColumns;
  /** lay an arc, or lower the cost of one that is there; an equal cost changes nothing */
  readonly put: (from: number, to: number, cost: number, hops: number) => void;
  /** take a neighbour off a node, both ways */
  readonly drop: (node: number, neighbour: number) => void;
}

export interface EntryColumns {
  readonly neighbour: Uint32Array;
  readonly outCost: Uint32Array;
  readonly inCost: Uint32Array;
  /** arcs of the network that a shortcut stands for, saturating */
  readonly outHops: Uint16Array;
  readonly inHops: Uint16Array;
}

const MOST_HOPS = 0xffff;

/** Loops are left out, of parallel arcs the cheapest stays. Cost O(arcs · degree), about 16 bytes an entry. */
export function createContractionGraph(network: Network): ContractionGraph {
  const { nodeCount, arcCount, firstArc, arcHead, arcCost } = network;
  const first = new Uint32Array(nodeCount);
  const size = new Uint32Array(nodeCount);
  const room = new Uint32Array(nodeCount);
  for (let tail = 0; tail < nodeCount; tail++) {
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      if (arcHead[arc]! === tail) continue;
      room[tail]!++;
      room[arcHead[arc]!]!++;
    }
  }
  let used = 0;
  for (let node = 0; node < nodeCount; node++) {
    first[node] = used;
    used += room[node]!;
  }
  const graph: ContractionGraph = { nodeCount, first, size, columns: createColumns(used + arcCount + 16), put, drop };

  function slotOf(node: number, neighbour: number): number {
    const { neighbour: neighbours } = graph.columns;
    const end = first[node]! + size[node]!;
    for (let slot = first[node]!; slot < end; slot++) if (neighbours[slot] === neighbour) return slot;
    return open(node, neighbour);
  }

  function open(node: number, neighbour: number): number {
    if (size[node] === room[node]) move(node);
    const slot = first[node]! + size[node]!++;
    const { columns } = graph;
    columns.neighbour[slot] = neighbour;
    columns.outCost[slot] = UNREACHED;
    columns.inCost[slot] = UNREACHED;
    return slot;
  }

  function move(node: number): void {
    const wanted = Math.max(4, size[node]! * 2);
    if (used + wanted > graph.columns.neighbour.length) graph.columns = grow(graph.columns, used + wanted);
    const from = first[node]!;
    const end = from + size[node]!;
    for (const column of Object.values(graph.columns)) column.copyWithin(used, from, end);
    first[node] = used;
    room[node] = wanted;
    used += wanted;
  }

  function put(from: number, to: number, cost: number, hops: number): void {
    const ahead = slotOf(from, to);
    const kept = Math.min(hops, MOST_HOPS);
    const { columns } = graph;
    if (cost >= columns.outCost[ahead]!) return;
    columns.outCost[ahead] = cost;
    columns.outHops[ahead] = kept;
    const behind = slotOf(to, from);
    const { columns: after } = graph;
    after.inCost[behind] = cost;
    after.inHops[behind] = kept;
  }

  function drop(node: number, neighbour: number): void {
    const { columns } = graph;
    const last = first[node]! + size[node]! - 1;
    for (let slot = first[node]!; slot <= last; slot++) {
      if (columns.neighbour[slot] !== neighbour) continue;
      columns.neighbour[slot] = columns.neighbour[last]!;
      columns.outCost[slot] = columns.outCost[last]!;
      columns.inCost[slot] = columns.inCost[last]!;
      columns.outHops[slot] = columns.outHops[last]!;
      columns.inHops[slot] = columns.inHops[last]!;
      size[node]!--;
      return;
    }
  }

  for (let tail = 0; tail < nodeCount; tail++) {
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      if (arcHead[arc]! !== tail) put(tail, arcHead[arc]!, arcCost[arc]!, 1);
    }
  }
  return graph;
}

function createColumns(length: number): EntryColumns {
  return {
    neighbour: new Uint32Array(length),
    outCost: new Uint32Array(length),
    inCost: new Uint32Array(length),
    outHops: new Uint16Array(length),
    inHops: new Uint16Array(length),
  };
}

function grow(columns: EntryColumns, wanted: number): EntryColumns {
  const wider = createColumns(Math.max(wanted, Math.ceil(columns.neighbour.length * 1.5)));
  wider.neighbour.set(columns.neighbour);
  wider.outCost.set(columns.outCost);
  wider.inCost.set(columns.inCost);
  wider.outHops.set(columns.outHops);
  wider.inHops.set(columns.inHops);
  return wider;
}
