import { UsageError } from '../model/errors.ts';
import type { Zone } from '../model/tables.ts';
import { pairMinutes, type ZoneTimes } from './zone-times.ts';

/** A measure by its name on the command line, e.g. cumulative:60, gravity:exponential:0.02, gravity:power:1.5, dual:100000, mean-time. */
export type Measure =
  | { readonly kind: 'cumulative'; readonly minutes: number }
  | { readonly kind: 'gravity-exponential'; readonly perMinute: number }
  | { readonly kind: 'gravity-power'; readonly exponent: number }
  | { readonly kind: 'dual'; readonly amount: number }
  | { readonly kind: 'mean-time' };

const NAMES = 'cumulative:MINUTES, gravity:exponential:PER_MINUTE, gravity:power:EXPONENT, dual:AMOUNT or mean-time';

/** @throws UsageError naming the measure and what is understood */
export function parseMeasure(name: string): Measure {
  const parts = name.split(':');
  const number = Number(parts.at(-1));
  const positive = parts.length > 1 && Number.isFinite(number) && number > 0;
  const head = parts.slice(0, -1).join(':');
  if (name === 'mean-time') return { kind: 'mean-time' };
  if (positive && head === 'cumulative') return { kind: 'cumulative', minutes: number };
  if (positive && head === 'gravity:exponential') return { kind: 'gravity-exponential', perMinute: number };
  if (positive && head === 'gravity:power') return { kind: 'gravity-power', exponent: number };
  if (positive && head === 'dual') return { kind: 'dual', amount: number };
  throw new UsageError(`measure is "${name}"; expected ${NAMES}`);
}

/** Opportunities by zone, and how many zones have none on record (read as nothing there, counted and told). */
export function opportunities(zones: readonly Zone[], name: string): { values: Float64Array; missing: number } {
  if (name === 'zones') return { values: new Float64Array(zones.length).fill(1), missing: 0 };
  if (name === 'population' && zones.every((zone) => zone.population === 0)) {
    throw new UsageError('opportunity is "population", and no zone of this region has any on record; expected another figure, or zones');
  }
  let missing = 0;
  const values = Float64Array.from(zones, (zone) => {
    const value =
      name === 'population'
        ? zone.population
        : name === 'jobs'
          ? zone.jobs
          : name === 'gdp'
            ? zone.gdp
            : (zone.figures[name]?.value ?? null);
    if (value === null) missing += 1;
    return value ?? 0;
  });
  if (zones.length > 0 && missing === zones.length)
    throw new UsageError(`opportunity is "${name}"; expected a figure that at least one zone has`);
  return { values, missing };
}

/**
 * Accessibility of every zone.
 *
 * - cumulative: Σ O_j [t_ij ≤ T] (Ingram 1971; Wachs and Kumagai 1973)
 * - gravity: Σ O_j exp(-β t) or Σ O_j max(t, 1)^-α, t in minutes (Hansen 1959)
 * - dual: least T with Σ O_j [t_ij ≤ T] ≥ amount; null where never reached (Cui and Levinson 2020)
 * - mean-time: Σ t_ij O_j / Σ O_j over the others that can be reached, minutes; null where none (Gutiérrez 2001)
 * Cost O(zones²), dual O(zones² log zones).
 */
export function accessibility(times: ZoneTimes, amounts: Float64Array, measure: Measure): (number | null)[] {
  return times.zones.map((_zone, from) => {
    const reached: { minutes: number; amount: number; own: boolean }[] = [];
    for (let to = 0; to < times.zones.length; to++) {
      const minutes = pairMinutes(times, from, to);
      if (minutes !== null) reached.push({ minutes, amount: amounts[to] ?? 0, own: to === from });
    }
    switch (measure.kind) {
      case 'cumulative':
        return reached.reduce((sum, { minutes, amount }) => (minutes <= measure.minutes ? sum + amount : sum), 0);
      case 'gravity-exponential':
        return reached.reduce((sum, { minutes, amount }) => sum + amount * Math.exp(-measure.perMinute * minutes), 0);
      case 'gravity-power':
        return reached.reduce((sum, { minutes, amount }) => sum + amount * Math.max(minutes, 1) ** -measure.exponent, 0);
      case 'dual':
        return minutesToReach(reached, measure.amount);
      default:
        return weightedMeanMinutes(reached);
    }
  });
}

function minutesToReach(reached: { minutes: number; amount: number }[], wanted: number): number | null {
  let sum = 0;
  for (const { minutes, amount } of reached.sort((a, b) => a.minutes - b.minutes)) {
    sum += amount;
    if (sum >= wanted) return minutes;
  }
  return null;
}

function weightedMeanMinutes(reached: readonly { minutes: number; amount: number; own: boolean }[]): number | null {
  let amountSum = 0;
  let timeSum = 0;
  for (const { minutes, amount, own } of reached) {
    if (own) continue;
    amountSum += amount;
    timeSum += minutes * amount;
  }
  return amountSum > 0 ? timeSum / amountSum : null;
}
