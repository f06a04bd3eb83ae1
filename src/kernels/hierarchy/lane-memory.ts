import type { HierarchyArcs } from './hierarchy.ts';
import { type Engine, type LaneFunctions, startEngine } from './lanes-engine.ts';
import { LANES, plainSteps } from './lanes-plain.ts';

/** Arcs without what they stand for: all that a sweep reads. */
export type SweepArcs = Pick<HierarchyArcs, 'first' | 'upper' | 'cost'>;

export interface LaneSetup {
  readonly nodeCount: number;
  /** arcs of the way up, a row a position */
  readonly rising: SweepArcs;
  /** arcs of the way down, a row a position or a row an entry of `list` */
  readonly falling: SweepArcs;
  /** the positions that the way down is wanted for, growing and closed under `falling`; empty for all */
  readonly list: Uint32Array;
  /** columns of what is reached at each position, for addWithin and addDecayed */
  readonly amounts: readonly Float64Array[];
  /** columns of amounts that are whole numbers and together below 2^32, for countWithin */
  readonly counts: readonly Uint32Array[];
  readonly engine: Engine;
}

/** What a sweep works on, as views of one memory, and the steps that work on it. */
export interface LaneMemory {
  /** one bit a position: its row holds costs from the way up */
  readonly marks: Uint32Array;
  /** one bit a position, written by descendWithin: it has a lane within the limit */
  readonly active: Uint32Array;
  /** LANES costs a position, interleaved: rows[position * LANES + lane] */
  readonly rows: Uint32Array;
  readonly rising: SweepArcs;
  readonly falling: SweepArcs;
  readonly list: Uint32Array;
  readonly amounts: readonly Float64Array[];
  readonly counts: readonly Uint32Array[];
  /** LANES sums, then LANES counts */
  readonly totals: Float64Array;
}

/** Numbers are positions (start … end - 1), whole milliseconds, or a column of the amounts. */
export interface LaneSteps {
  /** carry costs up from the marked positions, marking all that are met */
  readonly climb: () => void;
  /** carry costs down to a stretch of positions, those before it being done */
  readonly descend: (start: number, end: number) => void;
  readonly descendList: () => void;
  readonly descendWithin: (start: number, end: number, limit: number) => void;
  readonly addTimes: (start: number, end: number) => void;
  readonly addInverse: (start: number, end: number, scale: number) => void;
  readonly addWithin: (start: number, end: number, column: number, limit: number) => void;
  readonly countWithin: (start: number, end: number, column: number, limit: number) => void;
  readonly addDecayed: (start: number, end: number, column: number, rate: number) => void;
}

/** Rows start on a cache line. */
const ALIGNMENT = 64;

/**
 * Lay the arcs of a hierarchy and the rows of a sweep into one memory.
 *
 * Bytes: nodes · (64 + 8 + 2/8 + 8 a column of amounts + 4 a column of counts) + arcs of both directions · 8.
 *
 * @throws RangeError where the memory cannot be had
 */
export function createLaneMemory(setup: LaneSetup): { memory: LaneMemory; steps: LaneSteps } {
  const { nodeCount, rising, falling, list, amounts, counts } = setup;
  let bytes = 0;
  const place = (length: number): number => {
    const start = bytes;
    bytes += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    return start;
  };
  const wordCount = (nodeCount + 31) >> 5;
  const at: Places = {
    rows: place(nodeCount * LANES * 4),
    marks: place(wordCount * 4),
    active: place(wordCount * 4),
    totals: place(LANES * 2 * 8),
    list: place(list.byteLength),
    rising: placeArcs(rising, place),
    falling: placeArcs(falling, place),
    amounts: amounts.map((column) => place(column.byteLength)),
    counts: counts.map((column) => place(column.byteLength)),
  };
  const { buffer, functions } = startEngine(setup.engine, bytes);
  const memory: LaneMemory = {
    rows: new Uint32Array(buffer, at.rows, nodeCount * LANES),
    marks: new Uint32Array(buffer, at.marks, wordCount),
    active: new Uint32Array(buffer, at.active, wordCount),
    totals: new Float64Array(buffer, at.totals, LANES * 2),
    list: copyWords(buffer, at.list, list),
    rising: copyArcs(buffer, at.rising, rising),
    falling: copyArcs(buffer, at.falling, falling),
    amounts: amounts.map((column, index) => {
      const copy = new Float64Array(buffer, at.amounts[index], column.length);
      copy.set(column);
      return copy;
    }),
    counts: counts.map((column, index) => copyWords(buffer, at.counts[index]!, column)),
  };
  return { memory, steps: functions ? boundSteps(functions, at, wordCount, list.length) : plainSteps(memory) };
}

interface ArcPlaces {
  readonly first: number;
  readonly upper: number;
  readonly cost: number;
}

/** Byte addresses. */
interface Places {
  readonly rows: number;
  readonly marks: number;
  readonly active: number;
  readonly totals: number;
  readonly list: number;
  readonly rising: ArcPlaces;
  readonly falling: ArcPlaces;
  readonly amounts: readonly number[];
  readonly counts: readonly number[];
}

function boundSteps(lanes: LaneFunctions, at: Places, wordCount: number, listLength: number): LaneSteps {
  const { rows, marks, totals, rising, falling } = at;
  const { first, upper, cost } = falling;
  const columnOf = (column: number): number => at.amounts[column]!;
  return {
    climb: () => lanes.climb(wordCount, marks, rows, rising.first, rising.upper, rising.cost),
    descend: (start, end) => lanes.descend(start, end, marks, rows, first, upper, cost),
    descendList: () => lanes.descendList(listLength, at.list, marks, rows, first, upper, cost),
    descendWithin: (start, end, limit) => lanes.descendWithin(start, end, marks, rows, first, upper, cost, at.active, limit),
    addTimes: (start, end) => lanes.addTimes(start, end, rows, totals),
    addInverse: (start, end, scale) => lanes.addInverse(start, end, rows, totals, scale),
    addWithin: (start, end, column, limit) => lanes.addWithin(start, end, rows, totals, columnOf(column), limit),
    countWithin: (start, end, column, limit) => lanes.countWithin(start, end, rows, totals, at.counts[column]!, limit),
    addDecayed: (start, end, column, rate) => lanes.addDecayed(start, end, rows, totals, columnOf(column), rate),
  };
}

function placeArcs(arcs: SweepArcs, place: (length: number) => number): ArcPlaces {
  return { first: place(arcs.first.byteLength), upper: place(arcs.upper.byteLength), cost: place(arcs.cost.byteLength) };
}

function copyWords(buffer: ArrayBuffer, at: number, from: Uint32Array): Uint32Array {
  const to = new Uint32Array(buffer, at, from.length);
  to.set(from);
  return to;
}

function copyArcs(buffer: ArrayBuffer, at: ArcPlaces, arcs: SweepArcs): SweepArcs {
  return {
    first: copyWords(buffer, at.first, arcs.first),
    upper: copyWords(buffer, at.upper, arcs.upper),
    cost: copyWords(buffer, at.cost, arcs.cost),
  };
}
