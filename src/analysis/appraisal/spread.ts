/** Mean and standard deviation of a positive quantity. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The lognormal number with this mean and deviation at a standard normal score: exp(μ + σ z), σ² = ln(1 + (s/m)²), μ = ln m − σ²/2.
 * Cost overruns are positive and skewed to the right, which a normal law would miss.
 */
export function lognormalAt({ mean, deviation }: Spread, score: number): number {
  const variance = Math.log(1 + (deviation / mean) ** 2);
  return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * score);
}

/** The value that a share of the numbers does not exceed, between neighbours by line (type 7 of Hyndman and Fan 1996). Null if empty. */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}
