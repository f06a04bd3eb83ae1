import { UsageError } from '../../model/errors.ts';
import type { Zone } from '../../model/tables.ts';
import { pairMinutes, type ZoneTimes } from '../zone-times.ts';

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

/**
 * Measures separated by commas, in their order; spaces around a comma do not count.
 *
 * @throws UsageError as parseMeasure, and for one named twice
 */
export function parseMeasures(list: string): { readonly names: readonly string[]; readonly measures: readonly Measure[] } {
  const names = list.split(',').map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`measure "${twice}" is named twice; expected each once`);
  return { names, measures: names.map(parseMeasure) };
}

export interface Opportunities {
  readonly values: Float64Array;
  /** zones without a figure on record: read as nothing there, counted and told */
  readonly missing: number;
  /** what was counted in place of the figure asked for; null where it was the figure itself */
  readonly standIn: 'population' | null;
}

/** Jobs known for a smaller share of zones than this say where figures were found, not where jobs are. */
const LEAST_SHARE_OF_JOBS = 0.5;

/**
 * Opportunities by zone: population, jobs, gdp, a figure of the zones by name, or zones (each counts 1).
 *
 * Where jobs are on record for fewer than half of the zones, people stand in for them, and the result says so.
 * @throws UsageError where no zone has the figure
 */
export function opportunities(zones: readonly Zone[], name: string): Opportunities {
  if (zones.length === 0) throw new UsageError('this region has no zones; expected some: corridor import zones adds them');
  if (name === 'zones') return { values: new Float64Array(zones.length).fill(1), missing: 0, standIn: null };
  if (name === 'population' && zones.every((zone) => zone.population === 0)) {
    throw new UsageError(
      'opportunity is "population", and no zone of this region has any on record; expected --opportunity zones (how many can be reached), or people by corridor import zones',
    );
  }
  let missing = 0;
  const values = Float64Array.from(zones, (zone) => {
    const value = figureOf(zone, name);
    if (value === null) missing += 1;
    return value ?? 0;
  });
  if (zones.length > 0 && missing === zones.length)
    throw new UsageError(`opportunity is "${name}", which no zone of this region has; expected ${opportunityNames(zones).join(', ')}`);
  if (name === 'jobs' && zones.length - missing < LEAST_SHARE_OF_JOBS * zones.length) {
    return { values: opportunities(zones, 'population').values, missing, standIn: 'population' };
  }
  return { values, missing, standIn: null };
}

/** What can be counted in a region: every figure that at least one of its zones has, and the zones themselves. Cost O(zones · figures). */
function opportunityNames(zones: readonly Zone[]): string[] {
  const own = [...new Set(zones.flatMap(({ figures }) => Object.keys(figures)))].sort();
  const some = ['population', 'jobs', 'gdp', ...own].filter((name) => zones.some((zone) => (figureOf(zone, name) ?? 0) > 0));
  return [...new Set(some), 'zones'];
}

function figureOf(zone: Zone, name: string): number | null {
  if (name === 'population') return zone.population;
  if (name === 'jobs') return zone.jobs;
  if (name === 'gdp') return zone.gdp;
  return zone.figures[name]?.value ?? null;
}

/** What a result must say of its opportunities. */
export function opportunityNotes(zones: readonly Zone[], name: string, { missing, standIn }: Opportunities): string[] {
  if (missing === 0) return [];
  if (standIn === null) return [`${missing} of ${zones.length} zones have no ${name} on record and count as none`];
  return [`${name} are on record for ${zones.length - missing} of ${zones.length} zones only: ${standIn} stands in for ${name}`];
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
