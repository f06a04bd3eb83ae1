import { LimitError } from '../../model/errors.ts';
import { type StartedModule, startModule } from '../wasm-module.ts';
import { type Batch, type Flows, LANES, type Scratch } from './lanes.ts';
import type { PathHierarchy } from './path-hierarchy.ts';
import { PATH_LANES_MODULE } from './path-lanes-module.js';

export type Engine = 'simd' | 'plain';

/** The functions of assembly/path-lanes.ts; `table` is the address of the table of addresses. */
export interface PathLaneFunctions {
  readonly climb: (table: number, slots: number) => void;
  readonly descend: (table: number) => number;
  readonly ascendDemand: (table: number, limit: number, weightSum: number) => void;
  readonly returnToOrigins: (table: number, slots: number) => void;
}

/** All that a sweep reads and writes, as views of one memory. */
export interface PathMemory {
  readonly hierarchy: PathHierarchy;
  readonly batch: Batch;
  readonly scratch: Scratch;
  readonly flows: Flows;
  /** null: run the plain functions */
  readonly functions: PathLaneFunctions | null;
  readonly table: number;
  /** Leave the memory to the next one of this thread that is as long; nothing here may be used after that. */
  readonly release: () => void;
}

/** The memory that was released last: asking for one anew costs as much as a sweep or two, and as much again when it is collected. */
let released: { readonly bytes: number; readonly started: StartedModule<PathLaneFunctions> } | null = null;

function startZeroed(bytes: number): StartedModule<PathLaneFunctions> | null {
  if (released?.bytes !== bytes) return startModule<PathLaneFunctions>(PATH_LANES_MODULE, bytes);
  const { started } = released;
  released = null;
  new Uint8Array(started.buffer).fill(0);
  return started;
}

const ALIGNMENT = 64;
const MOST_BYTES = 0xffff0000;
/** neither, the first, the second, both of two 64-bit lanes */
const MASK_WORDS = [0, 0, 0, 0, -1, -1, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1];

type Kind = 'u16' | 'u32' | 'i32' | 'f64';
const BYTES: Record<Kind, number> = { u16: 2, u32: 4, i32: 4, f64: 8 };

/** Kind and length of each array, in the order of assembly/table.ts after its first entry, the number of nodes. */
function layout(hierarchy: PathHierarchy, hasDemand: boolean): readonly (readonly [Kind, number])[] {
  const { nodeCount, upHead, downTail } = hierarchy;
  const [up, down, cells] = [upHead.length, downTail.length, nodeCount * LANES];
  return [
    ['u32', nodeCount + 1],
    ['u32', up],
    ['u32', up],
    ['f64', up],
    ['u32', nodeCount + 1],
    ['u32', down],
    ['u32', down],
    ['f64', down],
    ['u32', cells],
    ['f64', cells],
    ['f64', cells],
    ['u16', down],
    ['i32', nodeCount],
    ['u32', nodeCount],
    ['f64', cells],
    ['u16', nodeCount],
    ['f64', up + down],
    ['f64', nodeCount],
    ['f64', nodeCount],
    ['f64', nodeCount],
    ['f64', LANES],
    ['f64', hasDemand ? cells : 0],
    ['i32', MASK_WORDS.length],
    ['f64', LANES],
  ];
}

/**
 * Bytes of the sweeps of one thread: 490 a node (128 more with demand), 24 an up arc, 26 a down arc.
 *
 * Of a node: 16 lanes of a time (4), paths, worth and climbed paths (8 each), and 42 of tables and sums.
 */
function pathMemoryBytes(hierarchy: PathHierarchy, hasDemand: boolean): number {
  return layout(hierarchy, hasDemand).reduce((sum, [kind, length]) => sum + aligned(BYTES[kind] * length), ALIGNMENT * 2);
}

/**
 * Copy a hierarchy into a memory of its own, with room for its sweeps.
 *
 * @param engine  'simd' falls back on 'plain' where WebAssembly SIMD is missing: both give the same bytes
 * @throws        LimitError where the memory would pass 4 GiB
 */
export function createPathMemory(hierarchy: PathHierarchy, hasDemand: boolean, engine: Engine = 'simd'): PathMemory {
  const bytes = pathMemoryBytes(hierarchy, hasDemand);
  if (bytes > MOST_BYTES) {
    throw new LimitError(`betweenness: a sweep over ${hierarchy.nodeCount} nodes takes ${bytes} bytes; expected at most ${MOST_BYTES}`);
  }
  const started = engine === 'simd' ? startZeroed(bytes) : null;
  const buffer = started?.buffer ?? new ArrayBuffer(bytes);
  const table = new Uint32Array(buffer, 0, ALIGNMENT / 2);
  let place = ALIGNMENT * 2;
  const starts = layout(hierarchy, hasDemand).map(([kind, length], index) => {
    const start = place;
    place += aligned(BYTES[kind] * length);
    // an array that is not there has no address
    table[index + 1] = length === 0 && kind === 'f64' ? 0 : start;
    return { kind, length, start };
  });
  table[0] = hierarchy.nodeCount;
  let next = 0;
  const words = (): Uint32Array => view(Uint32Array, 'u32');
  const reals = (): Float64Array => view(Float64Array, 'f64');
  function view<T>(type: new (buffer: ArrayBuffer, start: number, length: number) => T, expected: Kind): T {
    const { kind, start, length } = starts[next++]!;
    if (kind !== expected) throw new TypeError(`array ${next} of the path memory holds ${kind}, asked for as ${expected}`);
    return new type(buffer, start, length);
  }
  const copy = {
    nodeCount: hierarchy.nodeCount,
    firstUp: filled(words(), hierarchy.firstUp),
    upHead: filled(words(), hierarchy.upHead),
    upCost: filled(words(), hierarchy.upCost),
    upCount: filled(reals(), hierarchy.upCount),
    firstDown: filled(words(), hierarchy.firstDown),
    downTail: filled(words(), hierarchy.downTail),
    downCost: filled(words(), hierarchy.downCost),
    downCount: filled(reals(), hierarchy.downCount),
  };
  const rows = { cost: words(), paths: reals(), worth: reals(), tight: view(Uint16Array, 'u16') };
  const climbing = { slotOf: view(Int32Array, 'i32').fill(-1), climbed: words(), upPaths: reals(), startsHere: view(Uint16Array, 'u16') };
  const flows = { arc: reals(), through: reals(), arrivals: reals() };
  const attraction = reals();
  const weight = reals();
  const demand = reals();
  view(Int32Array, 'i32').set(MASK_WORDS);
  const scratch = { ...rows, ...climbing, carried: reals(), pending: new Uint32Array((hierarchy.nodeCount >> 5) + 1) };
  const batch = { origin: new Uint32Array(LANES), weight, attraction, demand: hasDemand ? demand : null };
  const release = (): void => {
    if (started) released = { bytes, started };
  };
  return { hierarchy: copy, batch, scratch, flows, functions: started?.functions ?? null, table: 0, release };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function filled<T extends Uint32Array | Float64Array>(into: T, from: T): T {
  into.set(from);
  return into;
}
