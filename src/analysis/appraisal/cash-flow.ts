/** A discount rate from a year on, years counted from the base year. */
export interface DiscountStep {
  readonly fromYear: number;
  /** a share a year, e.g. 0.035 */
  readonly rate: number;
}

/**
 * Discount factors of the years 0 … years: factor(0) = 1, factor(t) = factor(t − 1) / (1 + rate in force in year t).
 *
 * A falling schedule (Green Book) compounds year by year, so there is no jump where the rate changes.
 * @throws RangeError on a rate of −100% or less, or a schedule that does not start at year 0 or 1
 * Cost O(years · steps). Source: HM Treasury, Green Book, annex 6.
 */
export function discountFactors(schedule: readonly DiscountStep[], years: number): Float64Array {
  const steps = schedule.slice().sort((a, b) => a.fromYear - b.fromYear);
  if ((steps[0]?.fromYear ?? Number.POSITIVE_INFINITY) > 1) throw new RangeError('a discount schedule starts in year 0 or 1');
  if (steps.some(({ rate }) => !(rate > -1))) throw new RangeError('a discount rate is more than −100%');
  const factors = new Float64Array(years + 1).fill(1);
  for (let year = 1; year <= years; year++) {
    const rate = steps.findLast((step) => step.fromYear <= year)?.rate ?? 0;
    factors[year] = (factors[year - 1] ?? 1) / (1 + rate);
  }
  return factors;
}

/** Σ flow(t) · factor(t). Cost O(years). */
export function presentValue(flows: ArrayLike<number>, factors: ArrayLike<number>): number {
  let sum = 0;
  for (let year = 0; year < flows.length; year++) sum += (flows[year] ?? 0) * (factors[year] ?? 0);
  return sum;
}

/** Present value of 1 a year at the ends of years 1 … n: (1 − (1 + r)^−n) / r, or n where r is 0. */
export function annuityFactor(rate: number, years: number): number {
  return rate === 0 ? years : (1 - (1 + rate) ** -years) / rate;
}

/** Net present value at one flat rate: Σ flow(t) / (1 + r)^t. */
export function netPresentValue(flows: ArrayLike<number>, rate: number): number {
  let sum = 0;
  for (let year = flows.length - 1; year >= 0; year--) sum = sum / (1 + rate) + (flows[year] ?? 0);
  return sum;
}

/** Rates between which a root is looked for, and into how many steps of ln(1 + r) the range is cut. */
const RATE_RANGE = { least: -0.95, most: 10, steps: 600 } as const;

/**
 * Internal rate of return: the rate at which the net present value is 0, a share a year.
 *
 * @returns null where there is none between −95% and 1,000% a year, and where there are several: then the question has no one answer
 * (a stream that changes sign more than once). Cost O(years) a step, about 700 steps.
 * Source: Boulding (1935); uniqueness by the count of roots, not by Descartes' rule, so streams with late costs are still answered.
 */
export function internalRateOfReturn(flows: ArrayLike<number>): number | null {
  const { least, most, steps } = RATE_RANGE;
  const rateAt = (step: number) => (1 + least) * ((1 + most) / (1 + least)) ** (step / steps) - 1;
  const brackets: [number, number][] = [];
  for (let step = 0; step < steps; step++) {
    const [low, high] = [netPresentValue(flows, rateAt(step)), netPresentValue(flows, rateAt(step + 1))];
    if (low === 0 || low * high < 0) brackets.push([rateAt(step), rateAt(step + 1)]);
  }
  const [bracket] = brackets;
  return bracket && brackets.length === 1 ? bisect(flows, bracket) : null;
}

function bisect(flows: ArrayLike<number>, [from, to]: readonly [number, number]): number {
  const sign = Math.sign(netPresentValue(flows, from));
  if (sign === 0) return from;
  let [low, high] = [from, to];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (Math.sign(netPresentValue(flows, middle)) === sign) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
