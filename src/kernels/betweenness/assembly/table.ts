/**
 * The table of addresses that both sweeps are given: bytes from the start of the imported memory, in the order of path-memory.ts.
 */

export const UNREACHED: u32 = 0xffffffff;
/** bytes of a row of 16 times, and of 16 path counts */
export const TIMES: usize = 64;
export const COUNTS: usize = 128;

export const NODE_COUNT: usize = 0;
export const FIRST_UP: usize = 4;
export const UP_HEAD: usize = 8;
export const ARC_UP_COST: usize = 12;
export const UP_COUNT: usize = 16;
export const FIRST_DOWN: usize = 20;
export const DOWN_TAIL: usize = 24;
export const DOWN_COST: usize = 28;
export const DOWN_COUNT: usize = 32;
export const COST: usize = 36;
export const PATHS: usize = 40;
export const WORTH: usize = 44;
export const TIGHT: usize = 48;
export const SLOT_OF: usize = 52;
export const CLIMBED: usize = 56;
export const UP_PATHS: usize = 60;
export const STARTS_HERE: usize = 64;
export const ARC_FLOW: usize = 68;
export const THROUGH: usize = 72;
export const ARRIVALS: usize = 76;
export const ATTRACTION: usize = 80;
export const WEIGHT: usize = 84;
export const DEMAND: usize = 88;
/** four vectors: neither, the first, the second, both of two lanes */
export const MASKS: usize = 92;
/** a row to add up in */
export const CARRIED: usize = 96;

export function at(table: usize, field: usize): usize {
  return <usize>load<u32>(table + field);
}

/** Times plus an arc's, UNREACHED where that passes 32 bits. */
export function plus(times: v128, weight: v128, most: v128): v128 {
  return i32x4.add(i32x4.min_u(times, most), weight);
}

export function sumOf(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
