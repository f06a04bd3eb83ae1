/** 1.5 · 2^52: adding and taking it off rounds to a whole number, ties to even, as the lanes do. */
const ROUNDING = 6_755_399_441_055_744;
const LEAST_POWER = -708;
/** ln 2 in two parts: the first has few enough digits for k · ln 2 to be exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 1 / 13! … 1 / 0! */
const TAYLOR = Float64Array.of(
  1 / 6227020800,
  1 / 479001600,
  1 / 39916800,
  1 / 3628800,
  1 / 362880,
  1 / 40320,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
  0.5,
  1,
  1,
);
const POWERS_OF_HALF = Float64Array.from({ length: 1023 }, (_value, power) => 2 ** -power);

/**
 * e to a power of at most 0; powers below -708 count as -708. Written out so that every machine and both engines give the same bytes.
 * Within 2 units of the last place of Math.exp.
 */
export function exponential(power: number): number {
  const x = Math.max(power, LEAST_POWER);
  const k = x * Math.LOG2E + ROUNDING - ROUNDING;
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = TAYLOR[0]!;
  for (let term = 1; term < TAYLOR.length; term++) sum = sum * r + TAYLOR[term]!;
  return sum * POWERS_OF_HALF[-k]!;
}
