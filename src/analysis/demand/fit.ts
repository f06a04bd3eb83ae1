import { type Constraint, type Decay, type DemandSetting, gravityTrips, type ModelledTrips, radiationTrips } from './trip-models.ts';

export type DecayForm = 'exponential' | 'power' | 'combined';
export type TripModel = DecayForm | 'radiation';

/** Agreement of modelled with observed trips over a set of pairs. */
export interface Agreement {
  /** 2 Σ min(T, T̂) / (Σ T + Σ T̂): 0 nothing in common, 1 the same */
  readonly commonPart: number;
  /** mean minutes of observed and of modelled trips */
  readonly observedMinutes: number;
  readonly modelledMinutes: number;
  /** 2 Σ (T ln(T/T̂) - T + T̂) / Σ T */
  readonly deviancePerTrip: number;
}

/** Which pairs count, row-major: 1 counts. */
export type PairMask = Uint8Array;

/**
 * Hold a model against observed trips. Pairs without a way are left out.
 *
 * Source of the common part of commuters: Gargiulo et al. (2012) doi:10.18564/jasss.2063; Lenormand et al. (2016)
 * doi:10.1016/j.jtrangeo.2015.12.008.
 */
export function agreement(observed: Float64Array, modelled: Float64Array, minutes: Float64Array, mask: PairMask): Agreement {
  let [common, sumObserved, sumModelled, observedTime, modelledTime, deviance] = [0, 0, 0, 0, 0, 0];
  mask.forEach((counts, pair) => {
    const time = minutes[pair] ?? Number.POSITIVE_INFINITY;
    if (counts === 0 || time === Number.POSITIVE_INFINITY) return;
    const seen = observed[pair] ?? 0;
    const made = modelled[pair] ?? 0;
    common += Math.min(seen, made);
    sumObserved += seen;
    sumModelled += made;
    observedTime += seen * time;
    modelledTime += made * time;
    deviance += 2 * ((seen > 0 ? seen * Math.log(seen / Math.max(made, Number.MIN_VALUE)) : 0) - seen + made);
  });
  return {
    commonPart: (2 * common) / (sumObserved + sumModelled),
    observedMinutes: observedTime / sumObserved,
    modelledMinutes: modelledTime / sumModelled,
    deviancePerTrip: deviance / sumObserved,
  };
}

/** Trips of a band of minutes or kilometres, observed and modelled. */
export interface BandError {
  readonly from: number;
  readonly to: number;
  readonly observed: number;
  readonly modelled: number;
  /** (modelled - observed) / observed; null where nothing was observed */
  readonly relativeError: number | null;
}

/** Sums by band of a distance: what a model does to near and to far trips. */
export function bandErrors(
  observed: Float64Array,
  modelled: Float64Array,
  distance: Float64Array,
  mask: PairMask,
  bounds: readonly number[],
): BandError[] {
  return bounds.slice(0, -1).map((from, band) => {
    const to = bounds[band + 1] ?? Number.POSITIVE_INFINITY;
    let [seen, made] = [0, 0];
    mask.forEach((counts, pair) => {
      const value = distance[pair] ?? Number.NaN;
      if (counts === 0 || !(value >= from && value < to)) return;
      seen += observed[pair] ?? 0;
      made += modelled[pair] ?? 0;
    });
    return { from, to, observed: seen, modelled: made, relativeError: seen > 0 ? (made - seen) / seen : null };
  });
}

/** Trips of a model by name. Throws nothing; radiation reads no decay. */
export function modelTrips(setting: DemandSetting, model: TripModel, decay: Decay, constraint: Constraint): ModelledTrips {
  return model === 'radiation' ? radiationTrips(setting, constraint) : gravityTrips(setting, decay, constraint);
}

/** Sums met to a thousandth are enough to tell one decay from the next. */
const WHILE_FITTING = { tolerance: 1e-3, maxIterations: 200 };

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const FIT_DIGITS = 1e-4;
const MOST_ALPHA = 5;
const MOST_BETA_PER_MINUTE = 0.5;

/**
 * The decay under which observed trips over the pairs of a mask are likeliest (least Poisson deviance), by golden section; nested for two
 * parameters.
 *
 * Cost: about 20 models for one parameter, 250 for two. Source: Flowerdew and Aitkin (1982) doi:10.1111/j.1467-9787.1982.tb00744.x.
 */
export function fitDecay(setting: DemandSetting, observed: Float64Array, form: DecayForm, constraint: Constraint, mask: PairMask): Decay {
  const deviance = (decay: Decay) =>
    agreement(observed, gravityTrips(setting, decay, constraint, WHILE_FITTING).trips, setting.minutes, mask).deviancePerTrip;
  const bestBeta = (alpha: number, digits: number) =>
    minimise((beta) => deviance({ alpha, betaPerMinute: beta }), 0, MOST_BETA_PER_MINUTE, digits);
  if (form === 'exponential') return { alpha: 0, betaPerMinute: bestBeta(0, FIT_DIGITS) };
  if (form === 'power') {
    return { alpha: minimise((alpha) => deviance({ alpha, betaPerMinute: 0 }), 0, MOST_ALPHA, FIT_DIGITS), betaPerMinute: 0 };
  }
  const coarse = 10 * FIT_DIGITS;
  const alpha = minimise((value) => deviance({ alpha: value, betaPerMinute: bestBeta(value, coarse) }), 0, MOST_ALPHA, coarse);
  return { alpha, betaPerMinute: bestBeta(alpha, FIT_DIGITS) };
}

/** Golden-section search (Kiefer 1953 doi:10.1090/S0002-9939-1953-0055639-3) for the least value of a function with one valley. */
function minimise(value: (at: number) => number, least: number, most: number, digits: number): number {
  let [low, high] = [least, most];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [value(left), value(right)];
  while (high - low > digits * most) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = value(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = value(right);
    }
  }
  return (low + high) / 2;
}

/**
 * The exponential decay whose trips take a stated mean time.
 *
 * @throws RangeError where no decay up to 0.5 a minute gives it
 * Cost: about 50 models. Source: Hyman (1969) doi:10.1068/a010105.
 */
export function decayForMeanMinutes(setting: DemandSetting, meanMinutes: number, constraint: Constraint): Decay {
  const mask = new Uint8Array(setting.minutes.length).fill(1);
  const mean = (beta: number) => {
    const { trips } = gravityTrips(setting, { alpha: 0, betaPerMinute: beta }, constraint);
    return agreement(trips, trips, setting.minutes, mask).modelledMinutes;
  };
  let [low, high] = [0, MOST_BETA_PER_MINUTE];
  if (!(mean(low) >= meanMinutes && mean(high) <= meanMinutes)) {
    throw new RangeError(
      `mean ${meanMinutes} min is out of reach: decays from 0 to ${high} give ${mean(low).toFixed(2)} to ${mean(high).toFixed(2)} min`,
    );
  }
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (mean(middle) > meanMinutes) low = middle;
    else high = middle;
    if (middle === low && middle === high) break;
  }
  return { alpha: 0, betaPerMinute: (low + high) / 2 };
}
