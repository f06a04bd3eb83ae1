import type { CountedArcs } from './counted-arcs.ts';
import { type CustomisedPaths, customisePaths } from './customise-paths.ts';
import { type ArcParts, type CountedHierarchy, holders } from './path-hierarchy.ts';
import type { Engine } from './path-memory.ts';

/** A path hierarchy by elimination; null where that makes too many triangles: see customisePaths. Ranks are positions read backwards. */
export function eliminateHierarchy(arcs: CountedArcs, engine: Engine = 'simd'): CountedHierarchy | null {
  const customised = customisePaths(arcs, engine);
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
  const upArcCount = up.base.length;
  const base = new Uint32Array(upArcCount + down.base.length);
  base.set(up.base);
  base.set(down.base, upArcCount);
  const last = nodeCount - 1;
  const parts = {
    nodeOfRank: topology.nodeAt.slice().reverse(),
    rankOfNode: topology.positionOf.map((position) => last - position),
    base,
    holder: holders(hierarchy),
    ...tightParts(customised, upArcCount, base.length),
  };
  return { hierarchy, parts };
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
  const start = new Uint32Array(nodeCount + 1);
  const [higher, costs, bases] = [new Uint32Array(kept.length), new Uint32Array(kept.length), new Uint32Array(kept.length)];
  const counts = new Float64Array(kept.length);
  let arc = 0;
  for (let rank = 0; rank < nodeCount; rank++) {
    const position = nodeCount - 1 - rank;
    for (let edge = first[position]!; edge < first[position + 1]!; edge++) {
      if (((kept[edge]! >> direction) & 1) === 0) continue;
      const pair = edge * 2 + direction;
      higher[arc] = nodeCount - 1 - upper[edge]!;
      costs[arc] = cost[pair]!;
      counts[arc] = count[pair]!;
      bases[arc] = base[pair]!;
      arcOf[pair] = arc++;
    }
    start[rank + 1] = arc;
  }
  return { first: start, higher: higher.slice(0, arc), cost: costs.slice(0, arc), count: counts.slice(0, arc), base: bases.slice(0, arc) };
}

/** The two arcs of each triangle that is as short as its third arc. */
function tightParts(
  { memory, steps }: CustomisedPaths,
  upArcCount: number,
  arcCount: number,
): Pick<ArcParts, 'firstPart' | 'partFirst' | 'partSecond'> {
  const { arcOf, nextPart } = memory;
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
  return { firstPart, partFirst: first, partSecond: second };
}
