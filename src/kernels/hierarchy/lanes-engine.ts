import { canRun, startModule } from '../wasm-module.ts';
import { LANES_MODULE } from './lanes-module.js';

export type Engine = 'simd' | 'plain';

/** The functions of assembly/lanes.ts by name; what they take stands there. Numbers are positions, counts, costs or byte addresses. */
export type LaneFunctions = Readonly<
  Record<
    'climb' | 'descend' | 'descendList' | 'descendWithin' | 'addTimes' | 'addInverse' | 'addWithin' | 'countWithin' | 'addDecayed',
    (...numbers: number[]) => void
  >
>;

/** What runs by default: SIMD where there is any. */
export function bestEngine(): Engine {
  return canRun(LANES_MODULE) ? 'simd' : 'plain';
}

/**
 * A zeroed memory and the functions that work on it; no functions for the plain engine or where SIMD is missing.
 *
 * @throws RangeError where so much memory cannot be had
 */
export function startEngine(engine: Engine, bytes: number): { buffer: ArrayBuffer; functions: LaneFunctions | null } {
  const started = engine === 'simd' ? startModule<LaneFunctions>(LANES_MODULE, bytes) : null;
  return started ?? { buffer: new ArrayBuffer(bytes), functions: null };
}
