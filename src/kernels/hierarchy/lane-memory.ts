import type { HierarchyArcs } from './hierarchy.ts';
import { type Engine, startEngine } from './lanes-engine.ts';
import { climbPlain, descendPlain, LANES } from './lanes-plain.ts';

/** Arcs without what they stand for: all that a sweep reads. */
export type SweepArcs = Pick<HierarchyArcs, 'first' | 'upper' | 'cost'>;

/** What a sweep works on, as views of one memory. */
export interface LaneMemory {
  /** one bit a position: its row holds costs from the way up */
  readonly marks: Uint32Array;
  /** LANES costs a position, interleaved: rows[position * LANES + lane] */
  readonly rows: Uint32Array;
  /** arcs of the way up and of the way down */
  readonly rising: SweepArcs;
  readonly falling: SweepArcs;
  /** carry costs up from the marked positions, marking all that are met */
  readonly climb: () => void;
  /** carry costs down to positions start … end - 1, those before start being done */
  readonly descend: (start: number, end: number) => void;
}

/** Rows start on a cache line. */
const ALIGNMENT = 64;

/**
 * Lay the arcs of a hierarchy and the rows of a sweep into one memory.
 *
 * Bytes: nodes · (64 + 8 + 1/8) + arcs of both directions · 8.
 *
 * @throws RangeError where the memory cannot be had
 */
export function createLaneMemory(nodeCount: number, rising: SweepArcs, falling: SweepArcs, engine: Engine): LaneMemory {
  let bytes = 0;
  const place = (words: number): number => {
    const start = bytes;
    bytes += Math.ceil((words * 4) / ALIGNMENT) * ALIGNMENT;
    return start;
  };
  const wordCount = (nodeCount + 31) >> 5;
  const at = {
    rows: place(nodeCount * LANES),
    marks: place(wordCount),
    rising: placeArcs(rising, place),
    falling: placeArcs(falling, place),
  };
  const { buffer, functions } = startEngine(engine, bytes);
  const views = {
    marks: new Uint32Array(buffer, at.marks, wordCount),
    rows: new Uint32Array(buffer, at.rows, nodeCount * LANES),
    rising: copyArcs(buffer, at.rising, rising),
    falling: copyArcs(buffer, at.falling, falling),
  };
  if (!functions) {
    const plain: LaneMemory = { ...views, climb: () => climbPlain(plain), descend: (start, end) => descendPlain(plain, start, end) };
    return plain;
  }
  const { climb, descend } = functions;
  return {
    ...views,
    climb: () => climb(wordCount, at.marks, at.rows, at.rising.first, at.rising.upper, at.rising.cost),
    descend: (start, end) => descend(start, end, at.marks, at.rows, at.falling.first, at.falling.upper, at.falling.cost),
  };
}

interface ArcPlaces {
  readonly first: number;
  readonly upper: number;
  readonly cost: number;
}

function placeArcs(arcs: SweepArcs, place: (words: number) => number): ArcPlaces {
  return { first: place(arcs.first.length), upper: place(arcs.upper.length), cost: place(arcs.cost.length) };
}

function copyArcs(buffer: ArrayBuffer, at: ArcPlaces, arcs: SweepArcs): SweepArcs {
  const copy = (start: number, from: Uint32Array): Uint32Array => {
    const to = new Uint32Array(buffer, start, from.length);
    to.set(from);
    return to;
  };
  return { first: copy(at.first, arcs.first), upper: copy(at.upper, arcs.upper), cost: copy(at.cost, arcs.cost) };
}
