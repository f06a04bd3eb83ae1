import { UNREACHED } from '../../model/network.ts';
import { exponential } from './exponential.ts';
import type { LaneMemory, LaneSteps } from './lane-memory.ts';

/** Lanes of a row: origins that one sweep carries. */
export const LANES = 16;

/** The steps of assembly/lanes.ts in plain TypeScript: where WebAssembly SIMD is missing, and to hold it against. */
export function plainSteps(memory: LaneMemory): LaneSteps {
  const { rows, totals, amounts, counts } = memory;
  return {
    climb: () => climb(memory),
    descend: (start, end) => descend(memory, start, end),
    descendList: () => descendList(memory),
    descendWithin: (start, end, limit) => descendWithin(memory, start, end, limit),
    addTimes: (start, end) => addTimes(rows, totals, start, end),
    addInverse: (start, end, scale) => {
      addTo(totals, rows, start, end, (time) => (time === 0 || time === UNREACHED ? 0 : scale / time));
    },
    addWithin: (start, end, column, limit) => {
      const amount = amounts[column]!;
      addTo(totals, rows, start, end, (time, position) => (time <= limit ? amount[position]! : 0));
    },
    countWithin: (start, end, column, limit) => {
      const count = counts[column]!;
      addTo(totals, rows, start, end, (time, position) => (time <= limit ? count[position]! : 0));
    },
    addDecayed: (start, end, column, rate) => {
      const amount = amounts[column]!;
      addTo(totals, rows, start, end, (time, position) => (time === UNREACHED ? 0 : amount[position]! * exponential(rate * time)));
    },
  };
}

function isSet(bits: Uint32Array, position: number): boolean {
  return (bits[position >> 5]! & (1 << (position & 31))) !== 0;
}

function climb({ marks, rows, rising: { first, upper, cost } }: LaneMemory): void {
  for (let word = marks.length - 1; word >= 0; word--) {
    let left = marks[word]!;
    while (left !== 0) {
      const bit = 31 - Math.clz32(left);
      const position = (word << 5) + bit;
      for (let arc = first[position]!; arc < first[position + 1]!; arc++) {
        const above = upper[arc]!;
        const target = above * LANES;
        if (!isSet(marks, above)) {
          marks[above >> 5]! |= 1 << (above & 31);
          rows.fill(UNREACHED, target, target + LANES);
        }
        lower(rows, target, position * LANES, cost[arc]!);
      }
      left = marks[word]! & ((1 << bit) - 1);
    }
  }
}

function descend({ marks, rows, falling: { first, upper, cost } }: LaneMemory, start: number, end: number): void {
  for (let position = start; position < end; position++) {
    const target = position * LANES;
    if (!isSet(marks, position)) rows.fill(UNREACHED, target, target + LANES);
    for (let arc = first[position]!; arc < first[position + 1]!; arc++) lower(rows, target, upper[arc]! * LANES, cost[arc]!);
  }
}

function descendList({ marks, rows, list, falling: { first, upper, cost } }: LaneMemory): void {
  for (let index = 0; index < list.length; index++) {
    const target = list[index]! * LANES;
    if (!isSet(marks, list[index]!)) rows.fill(UNREACHED, target, target + LANES);
    for (let arc = first[index]!; arc < first[index + 1]!; arc++) lower(rows, target, upper[arc]! * LANES, cost[arc]!);
  }
}

function descendWithin(memory: LaneMemory, start: number, end: number, limit: number): void {
  const { marks, active, rows } = memory;
  const { first, upper, cost } = memory.falling;
  for (let position = start; position < end; position++) {
    const target = position * LANES;
    let isOpen = isSet(marks, position);
    if (!isOpen) rows.fill(UNREACHED, target, target + LANES);
    for (let arc = first[position]!; arc < first[position + 1]!; arc++) {
      if (!isSet(active, upper[arc]!)) continue;
      isOpen = true;
      lower(rows, target, upper[arc]! * LANES, cost[arc]!);
    }
    if (!isOpen) continue;
    for (let lane = 0; lane < LANES; lane++) {
      if (rows[target + lane]! > limit) continue;
      active[position >> 5]! |= 1 << (position & 31);
      break;
    }
  }
}

/** UNREACHED plus anything stays UNREACHED, as does a sum that passes it. */
function lower(rows: Uint32Array, target: number, source: number, cost: number): void {
  for (let lane = 0; lane < LANES; lane++) {
    const through = rows[source + lane]! + cost;
    if (through < rows[target + lane]!) rows[target + lane] = through;
  }
}

function addTimes(rows: Uint32Array, totals: Float64Array, start: number, end: number): void {
  for (let position = start; position < end; position++) {
    for (let lane = 0; lane < LANES; lane++) {
      const time = rows[position * LANES + lane]!;
      if (time === UNREACHED) continue;
      totals[lane]! += time;
      totals[LANES + lane]! += 1;
    }
  }
}

/** Position by position, so that every sum is taken in the same order by both engines. */
function addTo(
  totals: Float64Array,
  rows: Uint32Array,
  start: number,
  end: number,
  worth: (time: number, position: number) => number,
): void {
  for (let position = start; position < end; position++) {
    for (let lane = 0; lane < LANES; lane++) totals[lane]! += worth(rows[position * LANES + lane]!, position);
  }
}
