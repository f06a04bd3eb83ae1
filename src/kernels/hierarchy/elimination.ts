import type { Network } from '../../model/network.ts';

/** Nodes taken out one by one, each joining its remaining neighbours pairwise: what any costs may need, whatever the costs. */
export interface Elimination {
  /** nodes in the order in which they were taken out */
  readonly order: Uint32Array;
  /** neighbours that a node had when it was taken out: lists[first[node]] … , count[node] of them */
  readonly first: Float64Array;
  readonly count: Uint32Array;
  readonly lists: Uint32Array;
}

/**
 * Eliminate by least degree: the node with the fewest neighbours left goes next, of equal ones the last to have become so.
 *
 * Cost O(Σ degree²) of the eliminated nodes, some hundred steps a node on road networks. Source: Rose (1972), doi:10.1016/B978-1-4832-3187-7.50018-0;
 * its use for hierarchies that hold for any costs: Dibbelt, Strasser, Wagner (2016) doi:10.1145/2886843.
 */
export function eliminate(network: Network): Elimination {
  const { nodeCount } = network;
  const graph = neighbourLists(network);
  const queue = createDegreeQueue(graph.count);
  const order = new Uint32Array(nodeCount);
  const stamp = new Uint32Array(nodeCount);
  let stamps = 0;
  for (let done = 0; done < nodeCount; done++) {
    const node = queue.take();
    order[done] = node;
    const degree = graph.count[node]!;
    for (let index = 0; index < degree; index++) {
      const other = graph.lists[graph.first[node]! + index]!;
      graph.remove(other, node);
      stamps++;
      stamp[other] = stamps;
      const end = graph.first[other]! + graph.count[other]!;
      for (let slot = graph.first[other]!; slot < end; slot++) stamp[graph.lists[slot]!] = stamps;
      for (let second = 0; second < degree; second++) {
        const added = graph.lists[graph.first[node]! + second]!;
        if (stamp[added] !== stamps) graph.append(other, added);
      }
      queue.move(other, graph.count[other]!);
    }
  }
  return { order, first: graph.first, count: graph.count, lists: graph.lists };
}

/** Undirected neighbours without loops and repeats, in lists that can grow. */
function neighbourLists(network: Network) {
  const { nodeCount, firstArc, arcHead } = network;
  const first = new Float64Array(nodeCount);
  const count = new Uint32Array(nodeCount);
  const room = new Uint32Array(nodeCount);
  const forEachEnd = (visit: (node: number, other: number) => void): void => {
    for (let tail = 0; tail < nodeCount; tail++) {
      for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
        const head = arcHead[arc]!;
        if (head === tail) continue;
        visit(tail, head);
        visit(head, tail);
      }
    }
  };
  forEachEnd((node) => {
    room[node]!++;
  });
  let used = 0;
  for (let node = 0; node < nodeCount; node++) {
    first[node] = used;
    used += room[node]!;
  }
  const state = { first, count, lists: new Uint32Array(used * 3 + 16), append, remove };

  function append(node: number, other: number): void {
    if (count[node] === room[node]) move(node);
    state.lists[first[node]! + count[node]!++] = other;
  }

  function move(node: number): void {
    const wanted = Math.max(4, count[node]! * 2);
    if (used + wanted > state.lists.length) {
      const wider = new Uint32Array(Math.ceil((used + wanted) * 1.5));
      wider.set(state.lists);
      state.lists = wider;
    }
    state.lists.copyWithin(used, first[node]!, first[node]! + count[node]!);
    first[node] = used;
    room[node] = wanted;
    used += wanted;
  }

  function remove(node: number, other: number): void {
    const last = first[node]! + --count[node]!;
    let slot = first[node]!;
    while (state.lists[slot] !== other) slot++;
    state.lists[slot] = state.lists[last]!;
  }

  forEachEnd((node, other) => {
    const end = first[node]! + count[node]!;
    for (let slot = first[node]!; slot < end; slot++) if (state.lists[slot] === other) return;
    append(node, other);
  });
  return state;
}

/** Nodes in doubly linked lists by degree. */
function createDegreeQueue(degrees: Uint32Array) {
  const nodeCount = degrees.length;
  const NONE = 0xffffffff;
  const degreeOf = Uint32Array.from(degrees);
  const head = new Uint32Array(nodeCount + 1).fill(NONE);
  const next = new Uint32Array(nodeCount);
  const before = new Uint32Array(nodeCount);
  let least = 0;

  function link(node: number, degree: number): void {
    const old = head[degree]!;
    degreeOf[node] = degree;
    next[node] = old;
    before[node] = NONE;
    if (old !== NONE) before[old] = node;
    head[degree] = node;
    if (degree < least) least = degree;
  }

  function unlink(node: number): void {
    const [above, below] = [before[node]!, next[node]!];
    if (above === NONE) head[degreeOf[node]!] = below;
    else next[above] = below;
    if (below !== NONE) before[below] = above;
  }

  for (let node = nodeCount - 1; node >= 0; node--) link(node, degrees[node]!);
  return {
    take: (): number => {
      while (head[least] === NONE) least++;
      const node = head[least]!;
      unlink(node);
      return node;
    },
    move: (node: number, degree: number): void => {
      if (degreeOf[node] === degree) return;
      unlink(node);
      link(node, degree);
    },
  };
}
