/** What the walks over triangles share: the table of addresses, in the order of triangle-memory.ts, and sums of times. */

export const UNREACHED: u32 = 0xffffffff;

export const FIRST: usize = 4;
export const UPPER: usize = 8;
export const FIRST_LOWER: usize = 12;
export const LOWER_EDGE: usize = 16;
export const LOWER: usize = 20;
export const COST: usize = 24;
export const BEST: usize = 28;
export const KEPT: usize = 32;
export const ROW: usize = 36;
export const COUNT: usize = 40;
export const ROW_COUNT: usize = 44;
export const ROW_EDGE: usize = 48;
export const ARC_OF: usize = 52;
export const NEXT_PART: usize = 56;
export const PART_FIRST: usize = 60;
export const PART_SECOND: usize = 64;

export function at(table: usize, field: usize): usize {
  return <usize>load<u32>(table + field);
}

/** Sums that pass the last whole number of 32 bits stay there; `most` is the complement of `more`. */
export function plus(times: v128, more: v128, most: v128): v128 {
  return i32x4.add(i32x4.min_u(times, most), more);
}

/** Out and into, exchanged. */
export function turned(pair: v128): v128 {
  return i32x4.shuffle(pair, pair, 1, 0, 3, 2);
}
