import { LANES_MODULE } from './lanes-module.js';

export type Engine = 'simd' | 'plain';

/** The functions of assembly/lanes.ts; numbers are positions, counts or byte addresses. */
export interface LaneFunctions {
  readonly climb: (wordCount: number, marks: number, rows: number, first: number, upper: number, cost: number) => void;
  readonly descend: (start: number, end: number, marks: number, rows: number, first: number, upper: number, cost: number) => void;
}

/** As much of WebAssembly as is used: its types belong to the browser's library, which the project does not load. */
interface Assembly {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
}

const PAGE_BYTES = 65_536;

const assembly = (globalThis as { WebAssembly?: Assembly }).WebAssembly;
let compiled: object | null | undefined;

/** Compiled once a thread; null where the engine has no SIMD. */
function lanesModule(): object | null {
  if (compiled === undefined) compiled = assembly?.validate(LANES_MODULE) ? new assembly.Module(LANES_MODULE) : null;
  return compiled;
}

/** What runs by default: SIMD where there is any. */
export function bestEngine(): Engine {
  return lanesModule() ? 'simd' : 'plain';
}

/**
 * A zeroed memory and the functions that work on it; no functions for the plain engine or where SIMD is missing.
 *
 * @throws RangeError where so much memory cannot be had
 */
export function startEngine(engine: Engine, bytes: number): { buffer: ArrayBuffer; functions: LaneFunctions | null } {
  const module = engine === 'simd' ? lanesModule() : null;
  if (!module || !assembly) return { buffer: new ArrayBuffer(bytes), functions: null };
  const memory = new assembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE_BYTES)) });
  const { exports } = new assembly.Instance(module, { env: { memory } });
  return { buffer: memory.buffer, functions: exports as LaneFunctions };
}
