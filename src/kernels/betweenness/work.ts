import { UNREACHED } from '../../model/network.ts';
import type { CountedArcs } from './counted-arcs.ts';
import { LANES } from './lanes.ts';
import type { PathHierarchy } from './path-hierarchy.ts';
import type { Engine } from './path-memory.ts';

/** Origins to a block, and to one of a large network that is swept; a block's sums are as long as the hierarchy, so few blocks are cheaper. */
const ORIGINS_A_BLOCK = 256;
const MOST_ORIGINS_A_BLOCK = 512;
/** So many blocks keep many threads busy to the end. */
const ENOUGH_BLOCKS = 22;

/**
 * Origins to a block: the unit that threads share out, and the order in which sums are added, whatever the number of threads. A multiple of the
 * lanes of a sweep.
 */
export function originsABlock(originCount: number, isSwept: boolean): number {
  if (!isSwept) return ORIGINS_A_BLOCK;
  const wanted = Math.ceil(originCount / ENOUGH_BLOCKS / LANES) * LANES;
  return Math.max(ORIGINS_A_BLOCK, Math.min(MOST_ORIGINS_A_BLOCK, wanted));
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
  /** origins to a block: see originsABlock */
  readonly originsABlock: number;
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
  return Math.ceil(work.origins.length / work.originsABlock);
}

/** Runs blocks one after another in memory that is used again. */
export type BlockRunner = (block: number) => BlockFlows;

/** Whether a time is one, and within the limit. */
export function isWithin(milliseconds: number, limitMilliseconds: number): boolean {
  return milliseconds !== UNREACHED && milliseconds <= limitMilliseconds;
}
