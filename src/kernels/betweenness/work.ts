import { UNREACHED } from '../../model/network.ts';
import type { CountedArcs } from './counted-arcs.ts';
import { LANES } from './lanes.ts';
import type { PathHierarchy } from './path-hierarchy.ts';
import type { Engine } from './path-memory.ts';

/** Origins to a block, and to one of a large network that is swept; a block's sums are as long as the hierarchy, so few blocks are cheaper. */
const ORIGINS_A_BLOCK = 256;
const MOST_ORIGINS_A_BLOCK = 512;
/** So many blocks keep many threads busy. */
const ENOUGH_BLOCKS = 22;
/** Of large blocks the last few are cut into four, so that threads end together. */
const BLOCKS_CUT = 3;
const CUTS = 4;

/**
 * Where blocks of origins begin, and after the last where it ends. A block is the unit that threads share out, and the order in which sums are
 * added, whatever the number of threads. All but the last are multiples of the lanes of a sweep.
 */
export function blockStarts(originCount: number, isSwept: boolean): Uint32Array {
  const wanted = isSwept ? Math.ceil(originCount / ENOUGH_BLOCKS / LANES) * LANES : 0;
  const size = Math.max(ORIGINS_A_BLOCK, Math.min(MOST_ORIGINS_A_BLOCK, wanted));
  const starts: number[] = [];
  for (let start = 0; start < originCount; ) {
    starts.push(start);
    const isCut = size > ORIGINS_A_BLOCK && originCount - start <= size * BLOCKS_CUT;
    start += isCut ? Math.ceil(size / CUTS / LANES) * LANES : size;
  }
  return Uint32Array.from([...starts, originCount]);
}

/** Trips by place: a row an origin of the work, a column a target. */
export interface PlacedDemand {
  readonly targets: Uint32Array;
  readonly trips: Float64Array;
}

/**
 * All that a block of betweenness needs, as plain arrays that threads can share. Places are ranks of the hierarchy where there is one, else
 * nodes of the arcs.
 */
export interface BetweennessWork {
  readonly hierarchy: PathHierarchy | null;
  readonly arcs: CountedArcs | null;
  readonly placeCount: number;
  readonly flowCount: number;
  /** where blocks of origins begin: see blockStarts */
  readonly starts: Uint32Array;
  /** distinct places */
  readonly origins: Uint32Array;
  /** how many origins each stands for */
  readonly weights: Float64Array;
  /** what each place draws from every origin; not used with demand */
  readonly attraction: Float64Array;
  readonly demand: PlacedDemand | null;
  readonly limitMilliseconds: number;
  readonly engine: Engine;
}

/** What the origins of one block send over the network. */
export interface BlockFlows {
  /** per arc of the hierarchy, or of the arcs */
  readonly flow: Float64Array;
  /** per place: what passes without beginning or ending there */
  readonly through: Float64Array;
  /** per place: origins (by weight) that reach it within the limit, itself left out */
  readonly arrivals: Float64Array;
  /** per origin of the block: what it reaches (by attraction), itself left out */
  readonly departures: Float64Array;
  /** trips that find a way, and trips × milliseconds; 0 without demand */
  readonly served: number;
  readonly servedMilliseconds: number;
}

export function blockCount(work: BetweennessWork): number {
  return work.starts.length - 1;
}

/**
 * Runs blocks one after another in memory that is used again.
 *
 * @param spare  flows of an earlier block that nobody needs any more, of this runner or of another of the same work: they are written over
 */
export interface BlockRunner {
  (block: number, spare?: BlockFlows): BlockFlows;
  /** give memory back for the next runner of this thread, after the last block */
  readonly release?: () => void;
}

/** Whether a time is one, and within the limit. */
export function isWithin(milliseconds: number, limitMilliseconds: number): boolean {
  return milliseconds !== UNREACHED && milliseconds <= limitMilliseconds;
}
