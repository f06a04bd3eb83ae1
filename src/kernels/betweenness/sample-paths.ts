import { LimitError } from '../../model/errors.ts';
import { UNREACHED } from '../../model/network.ts';
import { createRandomStream, type Random } from '../random-streams.ts';
import { NO_ARC } from './counted-arcs.ts';
import { createPathClimb, type PathClimb } from './path-climb.ts';
import { type ArcParts, type PathHierarchy, TOO_MANY_PATHS } from './path-hierarchy.ts';

/** Pairs to a block of samples; each block draws from its own stream of the seed. */
export const PAIRS_A_BLOCK = 2048;

/** Sampling of shortest ways, as plain arrays that threads can share. */
export interface SampleWork {
  readonly hierarchy: PathHierarchy;
  readonly parts: ArcParts;
  /** arcs of CountedArcs: their number, their heads by rank, and how many equal arcs each stands for */
  readonly arcHeadRank: Uint32Array;
  readonly arcMultiplicity: Float64Array;
  readonly samples: number;
  readonly seed: number;
}

/** How many of a block's ways use each arc, and pass each rank without beginning or ending there. */
export interface SampleHits {
  readonly arc: Uint32Array;
  readonly rank: Uint32Array;
}

/**
 * Prepare blocks of samples: a pair of different nodes, each as likely as any other, and one of its shortest ways, likewise.
 *
 * A pair without a way counts as a sample that hits nothing.
 * Cost of a sample O(arcs above both ends + arcs of the way): no search. Memory 48 bytes a node.
 * @throws LimitError from a block where more ways join a pair than float64 counts
 */
export function createSampleBlocks(work: SampleWork): (block: number) => SampleHits {
  const { hierarchy, samples, seed } = work;
  const { nodeCount } = hierarchy;
  const up = createPathClimb(nodeCount, {
    first: hierarchy.firstUp,
    higher: hierarchy.upHead,
    cost: hierarchy.upCost,
    count: hierarchy.upCount,
  });
  const down = createPathClimb(nodeCount, {
    first: hierarchy.firstDown,
    higher: hierarchy.downTail,
    cost: hierarchy.downCost,
    count: hierarchy.downCount,
  });
  return (block) => {
    const random = createRandomStream(seed, block);
    const hits = { arc: new Uint32Array(work.arcHeadRank.length), rank: new Uint32Array(nodeCount) };
    const count = Math.min(PAIRS_A_BLOCK, samples - block * PAIRS_A_BLOCK);
    for (let sample = 0; sample < count; sample++) {
      const from = Math.floor(random() * nodeCount);
      const other = Math.floor(random() * (nodeCount - 1));
      const to = other < from ? other : other + 1;
      up.run(from);
      down.run(to);
      const top = drawTop(up, down, random);
      if (top === NO_ARC) continue;
      const visit = createVisit(work, hits, to, random);
      up.drawWay(top, random, visit);
      down.drawWay(top, random, (arc) => visit(hierarchy.upHead.length + arc));
    }
    return hits;
  };
}

/** The highest rank of a shortest way, drawn by how many ways have it; NO_ARC where there is no way. */
function drawTop(up: PathClimb, down: PathClimb, random: Random): number {
  let least = UNREACHED;
  let ways = 0;
  for (let place = 0; place < up.size(); place++) {
    const rank = up.climbed[place]!;
    const through = up.cost[rank]! + down.cost[rank]!;
    if (through > least || through >= UNREACHED) continue;
    const here = up.paths[rank]! * down.paths[rank]!;
    ways = through < least ? here : ways + here;
    least = through;
  }
  if (least === UNREACHED) return NO_ARC;
  if (!Number.isFinite(ways)) throw new LimitError(TOO_MANY_PATHS);
  let left = random() * ways;
  let top = NO_ARC;
  for (let place = 0; place < up.size() && (top === NO_ARC || left >= 0); place++) {
    const rank = up.climbed[place]!;
    if (up.cost[rank]! + down.cost[rank]! !== least) continue;
    top = rank;
    left -= up.paths[rank]! * down.paths[rank]!;
  }
  return top;
}

/** Counts the arcs that a hierarchy arc is made of, drawing among equal ways inside it. */
function createVisit(work: SampleWork, hits: SampleHits, to: number, random: Random): (arc: number) => void {
  const { hierarchy, parts, arcHeadRank, arcMultiplicity } = work;
  const upArcCount = hierarchy.upHead.length;
  const countOf = (arc: number): number => (arc < upArcCount ? hierarchy.upCount[arc]! : hierarchy.downCount[arc - upArcCount]!);
  return (whole) => {
    const stack = [whole];
    while (stack.length > 0) {
      const arc = stack.pop()!;
      const base = parts.base[arc]!;
      let left = random() * countOf(arc) - (base === NO_ARC ? 0 : arcMultiplicity[base]!);
      let part = parts.firstPart[arc]!;
      const end = parts.firstPart[arc + 1]!;
      if (base !== NO_ARC && (left < 0 || part === end)) {
        hits.arc[base]! += 1;
        if (arcHeadRank[base] !== to) hits.rank[arcHeadRank[base]!]! += 1;
        continue;
      }
      left -= countOf(parts.partFirst[part]!) * countOf(parts.partSecond[part]!);
      while (left >= 0 && part + 1 < end) {
        part += 1;
        left -= countOf(parts.partFirst[part]!) * countOf(parts.partSecond[part]!);
      }
      stack.push(parts.partSecond[part]!, parts.partFirst[part]!);
    }
  };
}
