import { UNREACHED } from '../../model/network.ts';
import type { LaneMemory } from './lane-memory.ts';

/** Lanes of a row: origins that one sweep carries. */
export const LANES = 16;

/** The steps of assembly/lanes.ts in plain TypeScript: where WebAssembly SIMD is missing, and to hold it against. */
export function climbPlain({ marks, rows, rising: { first, upper, cost } }: LaneMemory): void {
  for (let word = marks.length - 1; word >= 0; word--) {
    let left = marks[word]!;
    while (left !== 0) {
      const bit = 31 - Math.clz32(left);
      const position = (word << 5) + bit;
      for (let arc = first[position]!; arc < first[position + 1]!; arc++) {
        const above = upper[arc]!;
        const target = above * LANES;
        if ((marks[above >> 5]! & (1 << (above & 31))) === 0) {
          marks[above >> 5]! |= 1 << (above & 31);
          rows.fill(UNREACHED, target, target + LANES);
        }
        lower(rows, target, position * LANES, cost[arc]!);
      }
      left = marks[word]! & ((1 << bit) - 1);
    }
  }
}

export function descendPlain({ marks, rows, falling: { first, upper, cost } }: LaneMemory, start: number, end: number): void {
  for (let position = start; position < end; position++) {
    const target = position * LANES;
    if ((marks[position >> 5]! & (1 << (position & 31))) === 0) rows.fill(UNREACHED, target, target + LANES);
    for (let arc = first[position]!; arc < first[position + 1]!; arc++) lower(rows, target, upper[arc]! * LANES, cost[arc]!);
  }
}

/** UNREACHED plus anything stays UNREACHED, as does a sum that passes it. */
function lower(rows: Uint32Array, target: number, source: number, cost: number): void {
  for (let lane = 0; lane < LANES; lane++) {
    const through = rows[source + lane]! + cost;
    if (through < rows[target + lane]!) rows[target + lane] = through;
  }
}
