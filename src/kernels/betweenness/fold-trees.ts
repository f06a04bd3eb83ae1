import { type CountedArcs, NO_ARC } from './counted-arcs.ts';

/** A node that hangs on the rest by one other node. */
interface Leaf {
  readonly node: number;
  readonly holder: number;
  /** arcs of CountedArcs, NO_ARC where there is none */
  readonly inward: number;
  readonly outward: number;
}

/** A network without its hanging trees, and what is needed to put them back. */
export interface Folded {
  readonly core: CountedArcs;
  /** node by core node */
  readonly nodeOf: Uint32Array;
  /** arc by core arc */
  readonly arcOf: Uint32Array;
  /** per node: how many nodes reach it from its own tree, itself included; and how many it reaches there */
  readonly sources: Float64Array;
  readonly targets: Float64Array;
  /** in the order of folding: a leaf before what it hangs on */
  readonly leaves: readonly Leaf[];
}

/**
 * Fold away nodes with one neighbour, again and again: what is left is the core, where each node stands for its tree.
 *
 * Exact: any way between a tree and the rest passes the node it hangs on, so a core origin swept once serves all origins of its tree.
 * @param isFolding  false: everything is core
 * Cost O(nodes + arcs). Source: Baglioni, Geraci, Pellegrini, Lastres (2012) doi:10.1109/ASONAM.2012.40, for directed networks here.
 */
export function foldTrees(arcs: CountedArcs, isFolding: boolean): Folded {
  const { nodeCount } = arcs;
  const sources = new Float64Array(nodeCount).fill(1);
  const targets = new Float64Array(nodeCount).fill(1);
  const leaves = isFolding ? peel(arcs) : [];
  const isCore = new Uint8Array(nodeCount).fill(1);
  for (const { node, holder, inward, outward } of leaves) {
    isCore[node] = 0;
    if (inward !== NO_ARC) sources[holder]! += sources[node]!;
    if (outward !== NO_ARC) targets[holder]! += targets[node]!;
  }
  return { ...restrict(arcs, isCore), sources, targets, leaves };
}

/** Arcs of every node both ways: neighbour and arc number, for each direction. */
function bothWays({ nodeCount, firstArc, arcHead }: CountedArcs): { first: Uint32Array; neighbour: Uint32Array; arc: Uint32Array } {
  const first = new Uint32Array(nodeCount + 1);
  for (let node = 0; node < nodeCount; node++) {
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
      first[node + 1]!++;
      first[arcHead[arc]! + 1]!++;
    }
  }
  for (let node = 0; node < nodeCount; node++) first[node + 1]! += first[node]!;
  const next = first.slice(0, nodeCount);
  const neighbour = new Uint32Array(first[nodeCount]!);
  const arcOf = new Uint32Array(first[nodeCount]!);
  for (let node = 0; node < nodeCount; node++) {
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
      const head = arcHead[arc]!;
      neighbour[next[node]!] = head;
      arcOf[next[node]!++] = arc;
      neighbour[next[head]!] = node;
      arcOf[next[head]!++] = arc;
    }
  }
  return { first, neighbour, arc: arcOf };
}

function peel(arcs: CountedArcs): Leaf[] {
  const { nodeCount } = arcs;
  const { first, neighbour, arc } = bothWays(arcs);
  const isGone = new Uint8Array(nodeCount);
  const leaves: Leaf[] = [];
  const queue: number[] = [];
  for (let node = 0; node < nodeCount; node++) queue.push(node);
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next]!;
    if (isGone[node] === 1) continue;
    let holder = NO_ARC;
    let inward = NO_ARC;
    let outward = NO_ARC;
    let isLeaf = true;
    for (let slot = first[node]!; slot < first[node + 1]! && isLeaf; slot++) {
      const other = neighbour[slot]!;
      if (isGone[other] === 1) continue;
      if (holder === NO_ARC) holder = other;
      else if (holder !== other) isLeaf = false;
      if (arc[slot]! >= arcs.firstArc[node]! && arc[slot]! < arcs.firstArc[node + 1]!) inward = arc[slot]!;
      else outward = arc[slot]!;
    }
    if (!isLeaf || holder === NO_ARC) continue;
    isGone[node] = 1;
    leaves.push({ node, holder, inward, outward });
    queue.push(holder);
  }
  return leaves;
}

function restrict(arcs: CountedArcs, isCore: Uint8Array): Pick<Folded, 'core' | 'nodeOf' | 'arcOf'> {
  const { nodeCount } = arcs;
  const coreOf = new Uint32Array(nodeCount);
  const nodes = new Uint32Array(nodeCount);
  let size = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (isCore[node] === 0) continue;
    coreOf[node] = size;
    nodes[size++] = node;
  }
  const firstArc = new Uint32Array(size + 1);
  const [arcHead, arcCost, arcOf] = [arcs.arcHead.slice(), arcs.arcCost.slice(), new Uint32Array(arcs.arcHead.length)];
  const count = arcs.count.slice();
  let kept = 0;
  for (let place = 0; place < size; place++) {
    const node = nodes[place]!;
    for (let arc = arcs.firstArc[node]!; arc < arcs.firstArc[node + 1]!; arc++) {
      const head = arcs.arcHead[arc]!;
      if (isCore[head] === 0) continue;
      arcHead[kept] = coreOf[head]!;
      arcCost[kept] = arcs.arcCost[arc]!;
      count[kept] = arcs.count[arc]!;
      arcOf[kept++] = arc;
    }
    firstArc[place + 1] = kept;
  }
  const core = {
    nodeCount: size,
    firstArc,
    arcHead: arcHead.slice(0, kept),
    arcCost: arcCost.slice(0, kept),
    count: count.slice(0, kept),
  };
  return { core, nodeOf: nodes.slice(0, size), arcOf: arcOf.slice(0, kept) };
}

/**
 * Add what belongs to the trees: flows of their arcs, and what passes their nodes and those they hang on.
 *
 * @param arrivals    per node of the core: nodes of other trees that reach it; written for the nodes of trees
 * @param departures  per node of the core: nodes of other trees that it reaches; written for the nodes of trees
 * @param flow        per arc; written for arcs of trees
 * @param through     per node; added to
 * All numbers here are whole, so float64 holds them exactly. Cost O(nodes).
 */
export function unfoldTrees(
  folded: Folded,
  arrivals: Float64Array,
  departures: Float64Array,
  flow: Float64Array,
  through: Float64Array,
): void {
  const { sources, targets, leaves } = folded;
  const sameBranch = new Float64Array(sources.length);
  for (let index = leaves.length - 1; index >= 0; index--) {
    const { node, holder, inward, outward } = leaves[index]!;
    const [own, drawn] = [sources[node]!, targets[node]!];
    if (inward !== NO_ARC) {
      departures[node] = departures[holder]! + targets[holder]! - (outward === NO_ARC ? 0 : drawn);
      flow[inward] = own * departures[node]!;
    }
    if (outward !== NO_ARC) {
      arrivals[node] = arrivals[holder]! + sources[holder]! - (inward === NO_ARC ? 0 : own);
      flow[outward] = drawn * arrivals[node]!;
    }
    if (inward !== NO_ARC && outward !== NO_ARC) sameBranch[holder]! += own * drawn;
  }
  for (let node = 0; node < sources.length; node++) {
    const others = sources[node]! - 1;
    const drawn = targets[node]! - 1;
    if (others === 0 && drawn === 0) continue;
    // out of the tree, into it, and from branch to branch
    through[node]! += others * departures[node]! + arrivals[node]! * drawn + others * drawn - sameBranch[node]!;
  }
}
