import { seededRandom } from '../../kernels/seeded-random.ts';
import { solveSymmetric } from '../../kernels/solve-symmetric.ts';
import type { BacktestCase, PastCandidate } from './backtest-case.ts';
import { FEATURES } from './features.ts';

/** Most unbuilt candidates drawn for one built one. */
const UNBUILT_PER_BUILT = 10;
const NEWTON_STEPS = 25;
const MONOTONE_SWEEPS = 200;

/** Terms of the model: each feature's rank within its stratum, and the square of it. */
const TERM_COUNT = 2 * FEATURES.length;

/**
 * Terms of every candidate of a case: ranks within the stratum scaled to −1 … 1 (ties share the middle rank), then their squares less the
 * square's mean of 1/3.
 *
 * @returns  row-major candidate × term
 * Cost O(features · n log n).
 */
export function rankTerms(candidates: readonly Pick<PastCandidate, 'features' | 'stratum'>[]): Float64Array {
  const terms = new Float64Array(candidates.length * TERM_COUNT);
  const byStratum = new Map<number, number[]>();
  candidates.forEach(({ stratum }, index) => {
    const members = byStratum.get(stratum);
    if (members) members.push(index);
    else byStratum.set(stratum, [index]);
  });
  for (const members of byStratum.values()) {
    for (let feature = 0; feature < FEATURES.length; feature++) {
      const value = (index: number) => candidates[index]?.features[feature] ?? 0;
      const sorted = members.slice().sort((a, b) => value(a) - value(b));
      for (let start = 0; start < sorted.length; ) {
        let end = start;
        while (end < sorted.length && value(sorted[end] ?? 0) === value(sorted[start] ?? 0)) end += 1;
        const rank = (start + end) / sorted.length - 1;
        for (const index of sorted.slice(start, end)) {
          terms[index * TERM_COUNT + feature] = rank;
          terms[index * TERM_COUNT + FEATURES.length + feature] = rank * rank - 1 / 3;
        }
        start = end;
      }
    }
  }
  return terms;
}

/** Scores of the candidates of a case: Σ coefficient · term. */
export function scoresOf(terms: Float64Array, coefficients: readonly number[]): Float64Array {
  const scores = new Float64Array(terms.length / TERM_COUNT);
  for (let row = 0; row < scores.length; row++) {
    let score = 0;
    for (let term = 0; term < TERM_COUNT; term++) score += (terms[row * TERM_COUNT + term] ?? 0) * (coefficients[term] ?? 0);
    scores[row] = score;
  }
  return scores;
}

interface PairSample {
  /** built less unbuilt, row-major pair × term */
  readonly differences: Float64Array;
  readonly weight: number;
}

/** Differences between built candidates and unbuilt ones of the same stratum; a case's pairs weigh 1 together. */
function pairSample(one: BacktestCase, terms: Float64Array, seed: number): PairSample {
  const random = seededRandom(seed);
  const unbuilt = new Map<number, number[]>();
  one.candidates.forEach(({ builtRoute, stratum }, index) => {
    if (builtRoute === null) unbuilt.set(stratum, [...(unbuilt.get(stratum) ?? []), index]);
  });
  const pairs: [number, number][] = [];
  one.candidates.forEach(({ builtRoute, stratum }, index) => {
    const others = unbuilt.get(stratum) ?? [];
    if (builtRoute === null || others.length === 0) return;
    if (others.length <= UNBUILT_PER_BUILT) for (const other of others) pairs.push([index, other]);
    else for (let draw = 0; draw < UNBUILT_PER_BUILT; draw++) pairs.push([index, others[random.below(others.length)] ?? 0]);
  });
  const differences = new Float64Array(pairs.length * TERM_COUNT);
  pairs.forEach(([built, other], pair) => {
    for (let term = 0; term < TERM_COUNT; term++) {
      differences[pair * TERM_COUNT + term] = (terms[built * TERM_COUNT + term] ?? 0) - (terms[other * TERM_COUNT + term] ?? 0);
    }
  });
  return { differences, weight: pairs.length > 0 ? 1 / pairs.length : 0 };
}

/**
 * Coefficients that rank built candidates above unbuilt ones of the same stratum: logistic loss over pairs, mean over the cases, plus a
 * ridge penalty λ/2 |β|². Newton's method from zero.
 *
 * Cost O(steps · pairs · terms²). Source: Burges et al. (2005) doi:10.1145/1102351.1102363 (pairwise logistic loss); Hoerl and Kennard
 * (1970) for the ridge.
 */
export function fitPairModel(cases: readonly { case: BacktestCase; terms: Float64Array }[], ridge: number, seed: number): number[] {
  const samples = cases.map(({ case: one, terms }) => pairSample(one, terms, seed)).filter((sample) => sample.weight > 0);
  let coefficients = new Float64Array(TERM_COUNT);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const gradient = Float64Array.from(coefficients, (value) => value * ridge);
    const curvature = new Float64Array(TERM_COUNT * TERM_COUNT);
    for (let term = 0; term < TERM_COUNT; term++) curvature[term * TERM_COUNT + term] = ridge;
    for (const sample of samples) addLoss(sample, sample.weight / samples.length, coefficients, gradient, curvature);
    const move = solveSymmetric(curvature, gradient);
    coefficients = coefficients.map((value, term) => value - (move[term] ?? 0));
    if (move.every((value) => Math.abs(value) < 1e-10)) break;
  }
  return [...coefficients];
}

/**
 * The same loss with coefficients of some features alone, none below zero: more of them is never a reason against a link.
 *
 * @param features  indices of features
 * @returns         all terms, zero where not asked for
 * Newton's method a coefficient at a time, cut off at zero, until none moves. Cost O(sweeps · pairs · features).
 */
export function fitMonotoneModel(
  cases: readonly { case: BacktestCase; terms: Float64Array }[],
  features: readonly number[],
  ridge: number,
  seed: number,
): number[] {
  const samples = cases.map(({ case: one, terms }) => pairSample(one, terms, seed)).filter((sample) => sample.weight > 0);
  const margins = samples.map(({ differences }) => new Float64Array(differences.length / TERM_COUNT));
  const coefficients = new Array<number>(TERM_COUNT).fill(0);
  for (let sweep = 0; sweep < MONOTONE_SWEEPS; sweep++) {
    let most = 0;
    for (const feature of features) {
      const before = coefficients[feature] ?? 0;
      let [slope, bend] = [ridge * before, ridge];
      samples.forEach(({ differences, weight }, index) => {
        margins[index]?.forEach((margin, pair) => {
          const value = differences[pair * TERM_COUNT + feature] ?? 0;
          const miss = 1 / (1 + Math.exp(margin));
          slope -= (weight / samples.length) * miss * value;
          bend += (weight / samples.length) * miss * (1 - miss) * value * value;
        });
      });
      const move = Math.max(0, before - slope / bend) - before;
      coefficients[feature] = before + move;
      samples.forEach(({ differences }, index) => {
        const own = margins[index] ?? new Float64Array();
        for (let pair = 0; pair < own.length; pair++) own[pair] = (own[pair] ?? 0) + move * (differences[pair * TERM_COUNT + feature] ?? 0);
      });
      most = Math.max(most, Math.abs(move));
    }
    if (most < 1e-9) break;
  }
  return coefficients;
}

function addLoss(
  { differences }: PairSample,
  weight: number,
  coefficients: Float64Array,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  for (let start = 0; start < differences.length; start += TERM_COUNT) {
    let margin = 0;
    for (let term = 0; term < TERM_COUNT; term++) margin += (differences[start + term] ?? 0) * (coefficients[term] ?? 0);
    const miss = 1 / (1 + Math.exp(margin));
    const bend = weight * miss * (1 - miss);
    for (let row = 0; row < TERM_COUNT; row++) {
      const value = differences[start + row] ?? 0;
      gradient[row] = (gradient[row] ?? 0) - weight * miss * value;
      for (let other = 0; other <= row; other++) {
        const cell = row * TERM_COUNT + other;
        curvature[cell] = (curvature[cell] ?? 0) + bend * value * (differences[start + other] ?? 0);
      }
    }
  }
}
