import { KEEP_NOTHING, type KeptParts } from '../../model/kept-parts.ts';
import type { BacktestCase } from './backtest-case.ts';
import { corridorMean } from './corridor-mean.ts';
import { FEATURES, type FeatureName } from './features.ts';
import { fitMonotoneModel, fitPairModel, rankTerms, scoresOf } from './pair-model.ts';
import { type Judged, stratifiedAuc } from './skill.ts';

export type ScoredMode = 'road' | 'rail';

/** Coefficients of one mode, fitted without one region (or on all, where none is left out). */
export interface FittedScore {
  readonly mode: ScoredMode;
  /** id of the region that did not enter; null: all entered */
  readonly without: string | null;
  readonly cases: readonly string[];
  readonly family: Family;
  readonly ridge: number;
  /** AUC when the fitted regions predict each other at this ridge */
  readonly innerAuc: number | null;
  readonly coefficients: readonly number[];
}

const RIDGES = [0.1, 0.3, 1, 3, 10] as const;
export const FIT_SEED = 1;

/**
 * What a score may be made of: the pair model of all features; a monotone one of those that say what a link is worth and where one is
 * unfinished; or the sum of both at equal spread.
 */
const FAMILIES = ['all', 'worth', 'both'] as const;
export type Family = (typeof FAMILIES)[number];

/** More of these is a reason for a link and never one against it, whatever the region. */
const WORTH: readonly FeatureName[] = [
  'gain',
  'gain-per-cost',
  'minutes-saved-a-trip',
  'detour',
  'gain-of-long-trips',
  'backbone-unserved',
  'continues-a-route',
  'closes-a-gap',
  'ahead-of-a-route',
];

interface PreparedCase {
  readonly case: BacktestCase;
  readonly terms: Float64Array;
  readonly mean: ReturnType<typeof corridorMean>;
}

/** Candidates with scores, as skill wants them. */
export function judged(one: BacktestCase, scores: ArrayLike<number>): Judged[] {
  return one.candidates.map(({ builtRoute, stratum, block }, index) => {
    return { score: scores[index] ?? 0, isBuilt: builtRoute !== null, stratum, block };
  });
}

/**
 * Fit the score of every mode without each region in turn, and once on all.
 *
 * Family and ridge are those with the best mean AUC when the regions that enter predict each other; nothing of the region left out is
 * touched. Cost: (regions + 1) · modes · (families · ridges · regions + 1) fits.
 */
export function fitScores(cases: readonly BacktestCase[], keep: KeptParts = KEEP_NOTHING): FittedScore[] {
  const prepared = cases.map((one) => ({ case: one, terms: rankTerms(one.candidates), mean: corridorMean(one.candidates) }));
  const regions = [...new Set(cases.map((one) => one.regionId))].sort();
  return (['road', 'rail'] as const).flatMap((mode) => {
    const ofMode = prepared.filter((one) => one.case.mode === mode);
    return [...regions, null].map((without) =>
      keep.part(`fit ${mode} ${without}`, () =>
        fitOne(
          ofMode.filter((one) => one.case.regionId !== without),
          mode,
          without,
        ),
      ),
    );
  });
}

function fitOne(cases: readonly PreparedCase[], mode: ScoredMode, without: string | null): FittedScore {
  let best: { family: Family; ridge: number; auc: number | null } = { family: FAMILIES[0], ridge: RIDGES[0], auc: null };
  const inner = RIDGES.map((ridge) => ({ ridge, aucs: innerAucs(cases, ridge) }));
  for (const family of FAMILIES) {
    for (const { ridge, aucs } of inner) {
      const auc = aucs.get(family) ?? null;
      if (auc !== null && (best.auc === null || auc > best.auc)) best = { family, ridge, auc };
    }
  }
  return {
    mode,
    without,
    cases: cases.map(({ case: one }) => `${one.regionId} ${one.year}`),
    family: best.family,
    ridge: best.ridge,
    innerAuc: best.auc,
    coefficients: [...(fitFamilies(cases, best.ridge).get(best.family) ?? [])],
  };
}

/** Coefficients of every family at a ridge, the parts at equal spread over the candidates of the cases. */
function fitFamilies(cases: readonly PreparedCase[], ridge: number): Map<Family, number[]> {
  const features = WORTH.map((name) => FEATURES.indexOf(name));
  const all = atUnitSpread(cases, fitPairModel(cases, ridge, FIT_SEED));
  const worth = atUnitSpread(cases, fitMonotoneModel(cases, features, ridge, FIT_SEED));
  const both = all.map((coefficient, term) => coefficient + (worth[term] ?? 0));
  return new Map<Family, number[]>([
    ['all', all],
    ['worth', worth],
    ['both', both],
  ]);
}

function atUnitSpread(cases: readonly PreparedCase[], coefficients: readonly number[]): number[] {
  const all = cases.flatMap(({ terms }) => [...scoresOf(terms, coefficients)]);
  const spread = Math.sqrt(all.reduce((sum, value) => sum + value * value, 0) / Math.max(1, all.length));
  return coefficients.map((coefficient) => (spread > 0 ? coefficient / spread : 0));
}

/** Mean AUC of every family over the cases of each region when fitted on the other regions. */
function innerAucs(cases: readonly PreparedCase[], ridge: number): Map<Family, number> {
  const found = new Map<Family, number[]>();
  for (const region of new Set(cases.map((one) => one.case.regionId))) {
    const others = cases.filter((one) => one.case.regionId !== region);
    for (const [family, coefficients] of fitFamilies(others, ridge)) {
      for (const { case: one, terms, mean } of cases.filter((entry) => entry.case.regionId === region)) {
        const auc = stratifiedAuc(judged(one, mean(scoresOf(terms, coefficients))));
        if (auc !== null) found.set(family, [...(found.get(family) ?? []), auc]);
      }
    }
  }
  return new Map([...found].map(([family, aucs]) => [family, aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length]));
}
