import type { CountedArcs } from './counted-arcs.ts';
import { type CustomisedPaths, customisePaths } from './customise-paths.ts';
import { type ArcParts, type CountedHierarchy, holders } from './path-hierarchy.ts';
import type { Engine } from './path-memory.ts';

/** A path hierarchy by elimination; null where that makes too many triangles: see customisePaths. Ranks are positions read backwards. */
export function eliminateHierarchy(arcs: CountedArcs, mostTriangles: number, engine: Engine): CountedHierarchy | null {
  const customised = customisePaths(arcs, mostTriangles, engine);
  if (!customised) return null;
  const { topology } = customised;
  const { nodeCount } = arcs;
  const up = keptArcs(customised, 0);
  const down = keptArcs(customised, 1);
  const hierarchy = {
    nodeCount,
    firstUp: up.first,
    upHead: up.higher,
    upCost: up.cost,
    upCount: up.count,
    firstDown: down.first,
    downTail: down.higher,
    downCost: down.cost,
    downCount: down.count,
  };
  const last = nodeCount - 1;
  let laid: ArcParts | null = null;
  return {
    hierarchy,
    nodeOfRank: topology.nodeAt.slice().reverse(),
    rankOfNode: topology.positionOf.map((position) => last - position),
    parts: () => {
      laid ??= layParts(customised, up, down);
      return laid;
    },
  };
}

/** Arcs of one direction (0 out, 1 into) that are kept, by the rank of their lower end, and the pairs that they are. */
interface KeptArcs {
  readonly first: Uint32Array;
  readonly higher: Uint32Array;
  readonly cost: Uint32Array;
  readonly count: Float64Array;
  readonly base: Uint32Array;
}

/** Also numbers the arcs in memory.arcOf, each direction from 0. */
function keptArcs({ topology, memory, base }: CustomisedPaths, direction: 0 | 1): KeptArcs {
  const { nodeCount, first, upper } = topology;
  const { cost, count, kept, arcOf } = memory;
  let size = 0;
  for (let edge = 0; edge < kept.length; edge++) size += (kept[edge]! >> direction) & 1;
  const start = new Uint32Array(nodeCount + 1);
  const arcs = {
    higher: new Uint32Array(size),
    cost: new Uint32Array(size),
    count: new Float64Array(size),
    base: new Uint32Array(size),
  };
  let arc = 0;
  for (let rank = 0; rank < nodeCount; rank++) {
    const position = nodeCount - 1 - rank;
    for (let edge = first[position]!; edge < first[position + 1]!; edge++) {
      if (((kept[edge]! >> direction) & 1) === 0) continue;
      const pair = edge * 2 + direction;
      arcs.higher[arc] = nodeCount - 1 - upper[edge]!;
      arcs.cost[arc] = cost[pair]!;
      arcs.count[arc] = count[pair]!;
      arcs.base[arc] = base[pair]!;
      arcOf[pair] = arc++;
    }
    start[rank + 1] = arc;
  }
  return { first: start, ...arcs };
}

/** What arcs are made of: counted arcs, and the two arcs of each triangle that is as short as its third arc. */
function layParts({ memory, steps }: CustomisedPaths, up: KeptArcs, down: KeptArcs): ArcParts {
  const { arcOf, nextPart } = memory;
  const upArcCount = up.base.length;
  const arcCount = upArcCount + down.base.length;
  const base = new Uint32Array(arcCount);
  base.set(up.base);
  base.set(down.base, upArcCount);
  // arcs down are numbered after arcs up
  for (let pair = 1; pair < arcOf.length; pair += 2) arcOf[pair]! += upArcCount;
  steps.countParts();
  const firstPart = new Uint32Array(arcCount + 1);
  let partCount = 0;
  for (let arc = 0; arc < arcCount; arc++) {
    const size = nextPart[arc]!;
    nextPart[arc] = partCount;
    partCount += size;
    firstPart[arc + 1] = partCount;
  }
  const { first, second } = steps.layParts(partCount);
  return { base, holder: holders({ firstUp: up.first, firstDown: down.first }), firstPart, partFirst: first, partSecond: second };
}
