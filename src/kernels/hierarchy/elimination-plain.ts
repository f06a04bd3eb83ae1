import type { Elimination } from './elimination.ts';
import type { Neighbours } from './neighbours.ts';

/** The steps of assembly/elimination.ts in plain TypeScript: where WebAssembly is missing, and to hold it against. */
export function eliminatePlainly(neighbours: Neighbours, mostTriangles: number): Elimination | null {
  const { nodeCount } = neighbours;
  const graph = growingLists(neighbours);
  const { first, count } = graph;
  const queue = createDegreeQueue(count);
  const order = new Uint32Array(nodeCount);
  /** by node: the last row that it was seen in; rows are counted from 1 */
  const seenIn = new Uint32Array(nodeCount);
  /** by node: it goes with the node in hand */
  const isGoing = new Uint8Array(nodeCount);
  const group = new Uint32Array(nodeCount);
  let rows = 0;
  let triangles = 0;
  let done = 0;

  /** Take a node off the list of a neighbour, and add to that list the node's other neighbours. */
  function join(node: number, other: number): void {
    const degree = count[node]!;
    rows++;
    seenIn[other] = rows;
    const start = first[other]!;
    const last = start + count[other]! - 1;
    for (let slot = start; slot <= last; slot++) {
      let neighbour = graph.lists[slot]!;
      if (neighbour === node) {
        neighbour = graph.lists[last]!;
        graph.lists[slot] = neighbour;
      }
      seenIn[neighbour] = rows;
    }
    seenIn[node] = 0;
    count[other]!--;
    for (let index = 0; index < degree; index++) {
      const added = graph.lists[first[node]! + index]!;
      if (seenIn[added] !== rows) graph.append(other, added);
    }
  }

  /** Take those that go off the list of a node. */
  function dropGoing(node: number): void {
    const start = first[node]!;
    let kept = start;
    for (let slot = start; slot < start + count[node]!; slot++) {
      if (isGoing[graph.lists[slot]!] === 0) graph.lists[kept++] = graph.lists[slot]!;
    }
    count[node] = kept - start;
  }

  while (done < nodeCount) {
    const node = queue.take();
    const degree = count[node]!;
    order[done++] = node;
    triangles += (degree * (degree - 1)) / 2;
    let going = 0;
    for (let index = 0; index < degree; index++) {
      const other = graph.lists[first[node]! + index]!;
      join(node, other);
      if (count[other] !== degree - 1) continue;
      isGoing[other] = 1;
      group[going++] = other;
    }
    for (let index = 0; index < degree; index++) {
      const other = graph.lists[first[node]! + index]!;
      if (isGoing[other] === 1) continue;
      if (going > 0) dropGoing(other);
      queue.move(other, count[other]!);
    }
    for (let index = 0; index < going; index++) {
      const other = group[index]!;
      queue.remove(other);
      order[done++] = other;
      isGoing[other] = 0;
      const left = degree - 1 - index;
      triangles += (left * (left - 1)) / 2;
    }
    // the rows of a group lack those that went before
    for (let index = 1; index < going; index++) {
      isGoing[group[index - 1]!] = 1;
      dropGoing(group[index]!);
    }
    for (let index = 0; index < going; index++) isGoing[group[index]!] = 0;
    if (triangles > mostTriangles) return null;
  }
  return { order, first, count, lists: graph.lists };
}

/** Lists of neighbours that can grow. */
function growingLists(neighbours: Neighbours) {
  const { nodeCount } = neighbours;
  const first = neighbours.first.slice(0, nodeCount);
  const count = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) count[node] = neighbours.first[node + 1]! - neighbours.first[node]!;
  const room = count.slice();
  let used = neighbours.list.length;
  const state = { first, count, lists: new Uint32Array(used * 4 + 16), append };
  state.lists.set(neighbours.list);

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
    remove: unlink,
    move: (node: number, degree: number): void => {
      if (degreeOf[node] === degree) return;
      unlink(node);
      link(node, degree);
    },
  };
}
