/** Uniform numbers in [0, 1) and draws made of them. The same seed gives the same numbers on every machine. */
export interface SeededRandom {
  readonly uniform: () => number;
  /** standard normal */
  readonly normal: () => number;
  /** whole number in 0 … limit − 1 */
  readonly below: (limit: number) => number;
}

/**
 * SplitMix32: a counter stepped by the golden ratio, mixed; period 2^32, enough for resampling.
 *
 * Source: Steele, Lea and Flood (2014) doi:10.1145/2660193.2660195; normals by Box and Muller (1958) doi:10.1214/aoms/1177706645.
 */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 4294967296;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    below: (limit) => Math.floor(uniform() * limit),
  };
}
