import type { BacktestCase } from './backtest-case.ts';
import { FEATURES } from './features.ts';
import { fitPairModel, rankTerms, scoresOf, TERM_COUNT } from './pair-model.ts';
import { type Judged, stratifiedAuc } from './skill.ts';

export type ScoredMode = 'road' | 'rail';

/** Coefficients of one mode, fitted without one region (or on all, where none is left out). */
export interface FittedScore {
  readonly mode: ScoredMode;
  /** id of the region that did not enter; null: all entered */
  readonly without: string | null;
  readonly cases: readonly string[];
  readonly ridge: number;
  /** AUC when the fitted regions predict each other at this ridge */
  readonly innerAuc: number | null;
  readonly coefficients: readonly number[];
}

const RIDGES = [0.1, 0.3, 1, 3] as const;
export const FIT_SEED = 1;
const LEAST_SKILL = 0.03;

interface PreparedCase {
  readonly case: BacktestCase;
  readonly terms: Float64Array;
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
 * The ridge is the one with the best mean AUC when the regions that enter predict each other; nothing of the region left out is touched.
 * Cost: (regions + 1) · modes · (ridges · regions + 1) fits.
 */
export function fitScores(cases: readonly BacktestCase[]): FittedScore[] {
  const prepared = cases.map((one) => ({ case: one, terms: rankTerms(one.candidates) }));
  const regions = [...new Set(cases.map((one) => one.regionId))].sort();
  return (['road', 'rail'] as const).flatMap((mode) => {
    const ofMode = prepared.filter((one) => one.case.mode === mode);
    return [...regions, null].map((without) =>
      fitOne(
        ofMode.filter((one) => one.case.regionId !== without),
        mode,
        without,
      ),
    );
  });
}

function fitOne(cases: readonly PreparedCase[], mode: ScoredMode, without: string | null): FittedScore {
  let best: { ridge: number; auc: number | null } = { ridge: RIDGES[0], auc: null };
  for (const ridge of RIDGES) {
    const auc = innerAuc(cases, ridge);
    if (auc !== null && (best.auc === null || auc > best.auc)) best = { ridge, auc };
  }
  return {
    mode,
    without,
    cases: cases.map(({ case: one }) => `${one.regionId} ${one.year}`),
    ridge: best.ridge,
    innerAuc: best.auc,
    coefficients: fitTogether(cases, best.ridge),
  };
}

/**
 * The sum of two scores of equal spread: the pair model, and the features whose own skill has the same sign in every case that enters,
 * weighted by it. The second has nothing to overfit with, the first knows how features go together.
 */
function fitTogether(cases: readonly PreparedCase[], ridge: number): number[] {
  const parts = [fitPairModel(cases, ridge, FIT_SEED), consistentWeights(cases)];
  const spreads = parts.map((coefficients) => {
    const all = cases.flatMap(({ terms }) => [...scoresOf(terms, coefficients)]);
    return Math.sqrt(all.reduce((sum, value) => sum + value * value, 0) / Math.max(1, all.length));
  });
  return Array.from({ length: TERM_COUNT }, (_value, term) =>
    parts.reduce((sum, coefficients, part) => sum + (spreads[part] ? (coefficients[term] ?? 0) / (spreads[part] ?? 1) : 0), 0),
  );
}

/** Mean of AUC − ½ of each feature over the cases, 0 where its sign differs between them or it is under the least skill somewhere. */
function consistentWeights(cases: readonly PreparedCase[]): number[] {
  const weights = FEATURES.map((_name, feature) => {
    const skills = cases.flatMap(({ case: one }) => {
      const auc = stratifiedAuc(
        judged(
          one,
          one.candidates.map((candidate) => candidate.features[feature] ?? 0),
        ),
      );
      return auc === null ? [] : [auc - 0.5];
    });
    const isSame = skills.every((skill) => skill > LEAST_SKILL) || skills.every((skill) => skill < -LEAST_SKILL);
    return isSame && skills.length > 0 ? skills.reduce((sum, skill) => sum + skill, 0) / skills.length : 0;
  });
  return Array.from({ length: TERM_COUNT }, (_value, term) => weights[term] ?? 0);
}

/** Mean AUC over the cases of each region when fitted on the other regions. */
function innerAuc(cases: readonly PreparedCase[], ridge: number): number | null {
  const regions = [...new Set(cases.map((one) => one.case.regionId))];
  const found: number[] = [];
  for (const region of regions) {
    const coefficients = fitTogether(
      cases.filter((one) => one.case.regionId !== region),
      ridge,
    );
    for (const { case: one, terms } of cases.filter((entry) => entry.case.regionId === region)) {
      const auc = stratifiedAuc(judged(one, scoresOf(terms, coefficients)));
      if (auc !== null) found.push(auc);
    }
  }
  return found.length > 0 ? found.reduce((sum, auc) => sum + auc, 0) / found.length : null;
}
