import { UNREACHED } from '../../model/network.ts';
import { startModule } from '../wasm-module.ts';
import type { Customisation } from './customisation.ts';
import type { Engine } from './lanes-engine.ts';
import { TRIANGLES_MODULE } from './triangles-module.js';
import { plainTriangles } from './triangles-plain.ts';

/** Rows of a customisation: all that a walk over its triangles reads. */
export type TriangleRows = Pick<Customisation, 'nodeCount' | 'first' | 'upper' | 'firstLower' | 'lowerEdge' | 'lower'>;

/**
 * What the triangles of a customisation are worked through on, as views of one memory. Of pairs, 2 · edge is out (from the less to the more
 * important end) and 2 · edge + 1 into.
 */
export interface TriangleMemory {
  readonly rows: TriangleRows;
  /** whole milliseconds, by pair */
  readonly cost: Uint32Array;
  /** the best way over more important nodes, then the best of that and the edge itself, by pair */
  readonly best: Uint32Array;
  /** by edge: bit 0 where out is kept, bit 1 where into is */
  readonly kept: Uint8Array;
  /** by pair of a position: the row in hand; one word more */
  readonly row: Uint32Array;
  /** by pair, number of ways; empty where ways are not counted */
  readonly count: Float64Array;
  readonly rowCount: Float64Array;
  /** by position, the edge of the row in hand; empty where ways are not counted */
  readonly rowEdge: Uint32Array;
  /** by pair, the number that a caller gives to an arc that is kept; empty where ways are not counted */
  readonly arcOf: Uint32Array;
  /** by arc; empty where ways are not counted */
  readonly nextPart: Uint32Array;
}

/** Arcs that tight triangles are made of: see layParts. */
export interface Parts {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/** The walks over all triangles, each O(triangles). */
export interface TriangleSteps {
  /** every edge takes the cheapest way over one less important node */
  readonly rise: () => void;
  /** the same, adding up the ways that are equally short */
  readonly riseCounted: () => void;
  /** find `kept`: edges that no way over more important nodes beats or equals */
  readonly press: () => void;
  /** the same, keeping edges that are equalled */
  readonly pressKeepingTies: () => void;
  /**
   * bring together the kept edges of one direction (0 out, 1 into): where the row of position p begins at row[p] … row[p + 1], upper ends at
   * best[0] …, costs from the middle of best on; returns how many there are
   */
  readonly gather: (direction: 0 | 1) => number;
  /** add to nextPart, by arc, how many ways over one less important node equal it */
  readonly countParts: () => void;
  /** the first and second arcs of those ways; nextPart says where those of an arc begin */
  readonly layParts: (partCount: number) => Parts;
}

/** The functions of assembly/triangles.ts: the address of the table, and middles from … to - 1. */
type Walk = (table: number, from: number, to: number) => void;
type TriangleFunctions = Readonly<Record<'rise' | 'riseCounted' | 'countParts' | 'layParts', Walk>> & {
  readonly press: (table: number, from: number, to: number, keepsTies: number) => void;
  readonly gather: (table: number, nodeCount: number, direction: number) => number;
};

const ALIGNMENT = 64;
const TABLE_BYTES = 128;
const PART_FIRST = 15;
const MOST_BYTES = 0xffff0000;
/** Middles of one call: a function that was compiled in haste is replaced by a better one between calls, not within one. */
const STRETCH = 512;

/**
 * Lay the rows of a customisation into a memory of their own, with room for the costs of its edges.
 *
 * Bytes: edges · 29 + nodes · 16; where ways are counted edges · 32 + nodes · 20 more.
 *
 * @param holds   path counts only where ways are counted
 * @param engine  'simd' falls back on 'plain' where WebAssembly SIMD is missing or 4 GiB are too few: both give the same numbers
 */
export function createTriangleMemory(
  rows: TriangleRows,
  holds: 'costs' | 'costs-and-counts',
  engine: Engine = 'simd',
): { memory: TriangleMemory; steps: TriangleSteps } {
  const { nodeCount } = rows;
  const edgeCount = rows.upper.length;
  const counted = holds === 'costs-and-counts' ? 1 : 0;
  let bytes = TABLE_BYTES;
  const place = (length: number): number => {
    const start = bytes;
    bytes += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    return start;
  };
  const at = {
    first: place(rows.first.byteLength),
    upper: place(rows.upper.byteLength),
    firstLower: place(rows.firstLower.byteLength),
    lowerEdge: place(rows.lowerEdge.byteLength),
    lower: place(rows.lower.byteLength),
    cost: place(edgeCount * 8),
    best: place(edgeCount * 8),
    kept: place(edgeCount),
    row: place(nodeCount * 8 + 4),
    count: place(edgeCount * 16 * counted),
    rowCount: place(nodeCount * 16 * counted),
    rowEdge: place(nodeCount * 4 * counted),
    arcOf: place(edgeCount * 8 * counted),
    nextPart: place(edgeCount * 8 * counted),
  };
  const started = engine === 'simd' && bytes <= MOST_BYTES ? startModule<TriangleFunctions>(TRIANGLES_MODULE, bytes) : null;
  const buffer = started?.buffer ?? new ArrayBuffer(bytes);
  const words = (start: number, length: number): Uint32Array => new Uint32Array(buffer, start, length);
  const filled = (start: number, from: Uint32Array): Uint32Array => {
    const to = words(start, from.length);
    to.set(from);
    return to;
  };
  const memory = {
    rows: {
      nodeCount,
      first: filled(at.first, rows.first),
      upper: filled(at.upper, rows.upper),
      firstLower: filled(at.firstLower, rows.firstLower),
      lowerEdge: filled(at.lowerEdge, rows.lowerEdge),
      lower: filled(at.lower, rows.lower),
    },
    cost: words(at.cost, edgeCount * 2).fill(UNREACHED),
    best: words(at.best, edgeCount * 2),
    kept: new Uint8Array(buffer, at.kept, edgeCount),
    row: words(at.row, nodeCount * 2 + 1),
    count: new Float64Array(buffer, at.count, edgeCount * 2 * counted),
    rowCount: new Float64Array(buffer, at.rowCount, nodeCount * 2 * counted),
    rowEdge: words(at.rowEdge, nodeCount * counted),
    arcOf: words(at.arcOf, edgeCount * 2 * counted),
    nextPart: words(at.nextPart, edgeCount * 2 * counted),
  };
  if (!started) return { memory, steps: plainTriangles(memory) };
  words(0, PART_FIRST).set([nodeCount, ...Object.values(at)]);
  return { memory, steps: boundSteps(started.functions, memory, started.grow, bytes) };
}

function boundSteps(
  functions: TriangleFunctions,
  { rows: { nodeCount }, best }: TriangleMemory,
  grow: (bytes: number) => ArrayBuffer,
  bytes: number,
): TriangleSteps {
  const downward = (walk: (from: number, to: number) => void): void => {
    for (let to = nodeCount; to > 0; to -= STRETCH) walk(Math.max(0, to - STRETCH), to);
  };
  const upward = (walk: (from: number, to: number) => void): void => {
    for (let from = 0; from < nodeCount; from += STRETCH) walk(from, Math.min(nodeCount, from + STRETCH));
  };
  const press = (keepsTies: 0 | 1): void => {
    best.fill(UNREACHED);
    upward((from, to) => functions.press(0, from, to, keepsTies));
  };
  return {
    rise: () => downward((from, to) => functions.rise(0, from, to)),
    riseCounted: () => downward((from, to) => functions.riseCounted(0, from, to)),
    press: () => press(0),
    pressKeepingTies: () => press(1),
    gather: (direction) => functions.gather(0, nodeCount, direction),
    countParts: () => upward((from, to) => functions.countParts(0, from, to)),
    layParts: (partCount) => {
      // the memory moves as it grows: views of it are dead after this
      const buffer = grow(bytes + partCount * 8);
      new Uint32Array(buffer, PART_FIRST * 4, 2).set([bytes, bytes + partCount * 4]);
      upward((from, to) => functions.layParts(0, from, to));
      return {
        first: new Uint32Array(buffer, bytes, partCount).slice(),
        second: new Uint32Array(buffer, bytes + partCount * 4, partCount).slice(),
      };
    },
  };
}
