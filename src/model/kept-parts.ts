/** Parts of a long job that outlive a run which is stopped. */
export interface KeptParts {
  /**
   * A part by its name, unique in the job: what an earlier run kept, else what `compute` gives, which is kept.
   *
   * Values must be the same after JSON there and back: finite numbers, texts, null, arrays, plain objects.
   */
  readonly part: <T>(name: string, compute: () => T) => T;
  /** The same for an array of words. */
  readonly words: (name: string, compute: () => Uint32Array) => Uint32Array;
}

/** Every part is computed, nothing outlives the run. */
export const KEEP_NOTHING: KeptParts = { part: (_name, compute) => compute(), words: (_name, compute) => compute() };

/** The same store with every name behind a prefix, so that two searches of one job do not meet. */
export function keptUnder(keep: KeptParts, prefix: string): KeptParts {
  return {
    part: (name, compute) => keep.part(`${prefix}/${name}`, compute),
    words: (name, compute) => keep.words(`${prefix}/${name}`, compute),
  };
}
