import { fittedValues, type SparseDesign, sparseLeastSquares } from '../../kernels/sparse-least-squares.ts';
import { jurisdictionMap } from '../borders/jurisdictions.ts';
import { type ZonePair, zonePairs } from '../borders/zone-pairs.ts';
import type { ZoneTimes } from '../zone-times.ts';

/** Door-to-door times that pairs of given distance and people have in the benchmark regions. */
export interface GapModel {
  readonly regions: readonly string[];
  readonly pairs: number;
  readonly rSquared: number;
  /** standard deviation of ln minutes about the fit */
  readonly sigma: number;
  readonly coefficients: readonly number[];
}

/** A pair that takes longer than its like in the benchmark regions. */
export interface GapPair {
  readonly pair: ZonePair;
  readonly usualMinutes: number;
  /** (ln minutes − fit) / sigma */
  readonly score: number;
}

const LIMITS = { minimumKilometres: 5, maximumKilometres: 150 };
/** One-sided 95%: one pair in twenty of a benchmark region takes longer than this. */
export const GAP_SCORE = 1.645;

/**
 * ln t = a_region + b ln d + c (ln d)² + m ln(P_i P_j) + γ [across a border] + e, least squares over the pairs of the benchmark regions; the
 * effect of a region is the mean of theirs when it is applied elsewhere.
 *
 * @param regions  times of the same mode and speeds as the region under study
 * Cost O(pairs).
 */
export function fitGapModel(regions: readonly { readonly name: string; readonly times: ZoneTimes }[]): GapModel {
  const groups = regions.map(({ times }) => zonePairs(times, jurisdictionMap(times.zones, 'admin1'), LIMITS).pairs);
  const pairs = groups.flatMap((group, region) => group.map((pair) => ({ pair, region })));
  const design = designOf(pairs, regions.length);
  const outcome = Float64Array.from(pairs, ({ pair }) => Math.log(pair.minutes));
  const solved = sparseLeastSquares(design, outcome, new Float64Array(pairs.length).fill(1));
  const fitted = fittedValues(design, solved);
  const mean = outcome.reduce((sum, value) => sum + value, 0) / Math.max(1, pairs.length);
  const left = outcome.reduce((sum, value, row) => sum + (value - (fitted[row] ?? 0)) ** 2, 0);
  const all = outcome.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const regionMean = solved.slice(4).reduce((sum, value) => sum + value, 0) / Math.max(1, regions.length);
  return {
    regions: regions.map(({ name }) => name),
    pairs: pairs.length,
    rSquared: all > 0 ? 1 - left / all : 0,
    sigma: Math.sqrt(left / Math.max(1, pairs.length - 4 - regions.length)),
    coefficients: [...solved.slice(0, 4), regionMean],
  };
}

function designOf(pairs: readonly { readonly pair: ZonePair; readonly region: number }[], regionCount: number): SparseDesign {
  const width = 5;
  const columns = new Uint32Array(pairs.length * width);
  const values = new Float64Array(pairs.length * width);
  pairs.forEach(({ pair, region }, row) => {
    const cells = [...termsOf(pair), [4 + region, 1] as const];
    cells.forEach(([column, value], cell) => {
      columns[row * width + cell] = column;
      values[row * width + cell] = value;
    });
  });
  return { rowCount: pairs.length, columnCount: 4 + regionCount, width, columns, values };
}

function termsOf(pair: ZonePair): (readonly [number, number])[] {
  const distance = Math.log(pair.kilometres) - Math.log(40);
  return [
    [0, distance],
    [1, distance * distance],
    [2, pair.logMass],
    [3, pair.border === null ? 0 : 1],
  ]; // prettier-ignore
}

/** Pairs of a region whose time lies above the one-sided 95% bound of its like in the benchmark regions; slowest for its kind first. */
export function gapPairs(times: ZoneTimes, model: GapModel, limits: { minimumKilometres: number; maximumKilometres: number }): GapPair[] {
  const { pairs } = zonePairs(times, jurisdictionMap(times.zones, 'admin1'), limits);
  return pairs
    .map((pair): GapPair => {
      const fit = termsOf(pair).reduce((sum, [term, value]) => sum + (model.coefficients[term] ?? 0) * value, model.coefficients[4] ?? 0);
      return { pair, usualMinutes: Math.exp(fit), score: (Math.log(pair.minutes) - fit) / model.sigma };
    })
    .filter(({ score }) => score > GAP_SCORE)
    .sort((a, b) => b.score - a.score || a.pair.from - b.pair.from || a.pair.to - b.pair.to);
}
