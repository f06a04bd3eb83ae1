/**
 * A contraction hierarchy that knows the number of shortest ways: what the sweeps of betweenness run over.
 *
 * Nodes are numbered by rank: see localOrder. Up arcs lead from a rank to higher ones and lie with their tail, down arcs come
 * from higher ones and lie with their head: those of rank r are first…[r] … first…[r + 1] - 1. Every shortest way of the network is exactly
 * one way up and then down here, through its node of highest rank; `count` is how many ways an arc stands for.
 */
export interface PathHierarchy {
  readonly nodeCount: number;
  readonly firstUp: Uint32Array;
  readonly upHead: Uint32Array;
  readonly upCost: Uint32Array;
  readonly upCount: Float64Array;
  readonly firstDown: Uint32Array;
  readonly downTail: Uint32Array;
  readonly downCost: Uint32Array;
  readonly downCount: Float64Array;
}

/** What the arcs of a PathHierarchy are made of; up arcs are numbered first, then down arcs. */
export interface ArcParts {
  /** per arc: the arc of CountedArcs inside, or NO_ARC */
  readonly base: Uint32Array;
  /** per arc: the rank of its lower end */
  readonly holder: Uint32Array;
  /** the parts of arc a are firstPart[a] … firstPart[a + 1] - 1, each a first arc and a second one */
  readonly firstPart: Uint32Array;
  readonly partFirst: Uint32Array;
  readonly partSecond: Uint32Array;
}

export interface CountedHierarchy {
  readonly hierarchy: PathHierarchy;
  readonly nodeOfRank: Uint32Array;
  readonly rankOfNode: Uint32Array;
  /** laid out when first asked for: sweeps do without, so threads can have begun by then */
  readonly parts: () => ArcParts;
}

export const TOO_MANY_PATHS =
  'betweenness: two nodes are joined by more than 1e308 equally short ways; expected times that tell ways apart (are all links equally long?)';

/** Per arc, up arcs first: the rank of its lower end. */
export function holders({ firstUp, firstDown }: Pick<PathHierarchy, 'firstUp' | 'firstDown'>): Uint32Array {
  const upArcCount = firstUp.at(-1)!;
  const holder = new Uint32Array(upArcCount + firstDown.at(-1)!);
  for (let rank = 0; rank + 1 < firstUp.length; rank++) {
    holder.fill(rank, firstUp[rank]!, firstUp[rank + 1]!);
    holder.fill(rank, upArcCount + firstDown[rank]!, upArcCount + firstDown[rank + 1]!);
  }
  return holder;
}
