/** Origins swept at once: one bit each in a Uint16, four vectors of 32-bit times in WebAssembly. */
export const LANES = 16;

/** No lane runs here: fills a batch that is not full. */
export const NO_ORIGIN = 0xffffffff;

/** Path counts start here rather than at 1, so that float64 holds counts from 1 to 2^1523. A power of two: no result changes by it. */
export const FIRST_PATH = 2 ** -500;

/** What one sweep of up to LANES origins asks for; ranks, not node numbers. Written by the caller before each sweep. */
export interface Batch {
  /** rank of the origin of each lane, or NO_ORIGIN */
  readonly origin: Uint32Array;
  /** how many origins a lane stands for; 0 where there is none */
  readonly weight: Float64Array;
  /** what each rank draws, the same from all origins … */
  readonly attraction: Float64Array;
  /** … or, lane by lane, rank × LANES + lane; replaces attraction */
  readonly demand: Float64Array | null;
}

/** Sums of sweeps, added to by each batch. */
export interface Flows {
  /** per arc of the hierarchy, up arcs first */
  readonly arc: Float64Array;
  /** per rank: what passes without beginning or ending there */
  readonly through: Float64Array;
  /** per rank: origins (by weight) that reach it within the limit, itself left out */
  readonly arrivals: Float64Array;
}

/** Working memory of the sweeps. */
export interface Scratch {
  /** milliseconds, rank × LANES + lane */
  readonly cost: Uint32Array;
  /** number of shortest ways from the origin, times FIRST_PATH */
  readonly paths: Float64Array;
  /** what a way that has come to this rank carries on, per path */
  readonly worth: Float64Array;
  /** per down arc, a bit for each lane in which it lies on a shortest way */
  readonly tight: Uint16Array;
  /** per rank: its place among those that an origin of this batch can climb to, or -1 */
  readonly slotOf: Int32Array;
  /** ranks by slot, ascending */
  readonly climbed: Uint32Array;
  /** number of shortest ways that only climb, slot × LANES + lane */
  readonly upPaths: Float64Array;
  /** per rank: the lanes that start there */
  readonly startsHere: Uint16Array;
  /** which ranks await climbing, a bit each */
  readonly pending: Uint32Array;
  /** one row to add up in */
  readonly carried: Float64Array;
}
