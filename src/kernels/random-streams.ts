/** Numbers from 0 to below 1, the same from the same seed on every machine; for resampling one after the other see seeded-random.ts. */
export type Random = () => number;

/**
 * A seeded generator of 128 bits of state; `stream` tells independent sequences of one seed apart, so that blocks can draw in any order.
 *
 * Source: Blackman and Vigna (2021) doi:10.1145/3460772 (xoshiro128**), seeded by the finaliser of MurmurHash3. Not for cryptography.
 */
export function createRandomStream(seed: number, stream = 0): Random {
  let mixed = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(stream | 0, 0x85ebca6b)) | 0;
  const next = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let value = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
    return value ^ (value >>> 16);
  };
  let [a, b, c, d] = [next(), next(), next(), next() | 1];
  const draw = (): number => {
    const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return scrambled;
  };
  // 53 bits, as many as a float64 holds below 1
  return () => (draw() * 0x200000 + (draw() >>> 11)) / 2 ** 53;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
