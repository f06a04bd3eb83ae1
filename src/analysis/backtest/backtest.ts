import { seededRandom } from '../../kernels/seeded-random.ts';
import { KEEP_NOTHING, type KeptParts } from '../../model/kept-parts.ts';
import { byCodePoint } from '../../model/units.ts';
import type { BacktestCase, PastCandidate } from './backtest-case.ts';
import { corridorMean } from './corridor-mean.ts';
import { FEATURES, type FeatureName } from './features.ts';
import { type FittedScore, judged } from './fit-score.ts';
import { rankTerms, scoresOf } from './pair-model.ts';
import { aucInterval, type Judged, precisionAt, recallAt, stratifiedAuc } from './skill.ts';

export interface SkillRow {
  readonly score: string;
  readonly mode: 'road' | 'rail' | 'all';
  readonly class: 'all' | 'urban' | 'intercity';
  readonly candidates: number;
  readonly built: number;
  readonly auc: number | null;
  readonly aucLow: number | null;
  readonly aucHigh: number | null;
  /** at 10, 20, 50, 100 */
  readonly precision: readonly (number | null)[];
  readonly recall100: number | null;
  /** over built routes, of the rank of their first hit */
  readonly meanReciprocalRank: number | null;
}

export interface BacktestOptions {
  readonly draws: number;
  readonly seed: number;
}

export const DEFAULT_BACKTEST: BacktestOptions = { draws: 400, seed: 1 };
const CUTS = [10, 20, 50, 100] as const;

/** The fitted score that knows nothing of a region: the one without it, or the one on all where it never entered. */
export function scoreFor(fits: readonly FittedScore[], regionId: string, mode: 'road' | 'rail'): FittedScore | undefined {
  const ofMode = fits.filter((fit) => fit.mode === mode);
  return ofMode.find((fit) => fit.without === regionId) ?? ofMode.find((fit) => fit.without === null);
}

/** Every score of a case by name: "corridor" first, then the baselines. Cost O(features · n log n). */
function caseScores(one: BacktestCase, fit: FittedScore, seed: number): ReadonlyMap<string, ArrayLike<number>> {
  const feature = (name: FeatureName) => {
    const index = FEATURES.indexOf(name);
    return one.candidates.map((candidate) => candidate.features[index] ?? 0);
  };
  const random = seededRandom(seed);
  const lengths = one.candidates.map((candidate) => candidate.straightKilometres);
  return new Map<string, ArrayLike<number>>([
    ['corridor', corridorMean(one.candidates)(scoresOf(rankTerms(one.candidates), fit.coefficients))],
    ['gain', one.candidates.map((candidate) => candidate.gainPersonMinutes)],
    ['gain-per-km', one.candidates.map((candidate) => candidate.gainPersonMinutes / candidate.candidate.lengthKilometres)],
    ['detour', feature('detour')],
    ['population-product', feature('population-product')],
    ['gravity', feature('population-product').map((value, index) => value - 2 * Math.log(lengths[index] ?? 1))],
    ['random', lengths.map(() => random.uniform())],
  ]);
}

/**
 * How well each score finds what was built since, by mode and class; rules in docs/backtest.md.
 *
 * Cost O(scores · draws · candidates).
 */
export function skillRows(
  one: BacktestCase,
  fit: FittedScore,
  options: BacktestOptions = DEFAULT_BACKTEST,
  keep: KeptParts = KEEP_NOTHING,
): SkillRow[] {
  const scores = [...caseScores(one, fit, options.seed)];
  return scores.flatMap(([score, values]) =>
    (['all', 'urban', 'intercity'] as const).map((name) => {
      const chosen = judged(one, values).map((row, index) => ({ row, candidate: one.candidates[index] }));
      const members = chosen.filter(({ candidate }) => name === 'all' || candidate?.isUrban === (name === 'urban'));
      const rows = members.map(({ row }) => row);
      const candidates = members.flatMap(({ candidate }) => candidate ?? []);
      const part = `skill ${one.regionId} ${one.year} ${one.mode} ${name} ${score}`;
      return keep.part(part, () => skillRow(score, one.mode, name, rows, candidates, options));
    }),
  );
}

/** Strata and blocks of different cases are kept apart by these strides. */
const STRATA_STRIDE = 1000;
const BLOCK_STRIDE = 1e7;

/**
 * Skill over many cases: strata of different cases are never compared, their pairs add up.
 *
 * @param fitOf  the fitted score that knows nothing of a case's region
 * Cost O(scores · draws · candidates).
 */
export function pooledRows(
  cases: readonly BacktestCase[],
  fitOf: (one: BacktestCase) => FittedScore | undefined,
  options: BacktestOptions = DEFAULT_BACKTEST,
  keep: KeptParts = KEEP_NOTHING,
): SkillRow[] {
  const pools = new Map<string, { rows: Judged[]; score: string; mode: SkillRow['mode']; class: SkillRow['class'] }>();
  cases.forEach((one, number) => {
    const fit = fitOf(one);
    if (!fit) return;
    for (const [score, values] of caseScores(one, fit, options.seed)) {
      judged(one, values).forEach((row, index) => {
        const apart = { ...row, stratum: row.stratum + number * STRATA_STRIDE, block: row.block + number * BLOCK_STRIDE };
        const own = one.candidates[index]?.isUrban ? 'urban' : 'intercity';
        for (const mode of ['all', one.mode] as const) {
          for (const name of ['all', own] as const) {
            const key = `${mode} ${name} ${score}`;
            const pool = pools.get(key) ?? { rows: [], score, mode, class: name };
            pool.rows.push(apart);
            pools.set(key, pool);
          }
        }
      });
    }
  });
  const order = ['all', 'road', 'rail', 'urban', 'intercity'];
  const names = [...new Set([...pools.values()].map((pool) => pool.score))];
  const place = (pool: { score: string; mode: string; class: string }) =>
    names.indexOf(pool.score) * 100 + order.indexOf(pool.mode) * 10 + order.indexOf(pool.class);
  const sorted = [...pools.values()].sort((a, b) => place(a) - place(b));
  return sorted.map((pool) => ({
    ...keep.part(`pooled ${pool.mode} ${pool.class} ${pool.score}`, () =>
      skillRow(pool.score, pool.mode, pool.class, pool.rows, [], options),
    ),
    precision: CUTS.map(() => null),
    recall100: null,
  }));
}

function skillRow(
  score: string,
  mode: SkillRow['mode'],
  name: SkillRow['class'],
  rows: readonly Judged[],
  candidates: readonly PastCandidate[],
  options: BacktestOptions,
): SkillRow {
  const order = rows.map((_row, index) => index).sort((a, b) => (rows[b]?.score ?? 0) - (rows[a]?.score ?? 0) || a - b);
  const sorted = order.flatMap((index) => rows[index] ?? []);
  const { low, high } = aucInterval(rows, options.draws, options.seed);
  return {
    score,
    mode,
    class: name,
    candidates: rows.length,
    built: rows.filter((row) => row.isBuilt).length,
    auc: stratifiedAuc(rows),
    aucLow: low,
    aucHigh: high,
    precision: CUTS.map((cut) => precisionAt(sorted, cut)),
    recall100: recallAt(sorted, 100),
    meanReciprocalRank: meanReciprocalRank(order.flatMap((index) => candidates[index] ?? [])),
  };
}

function meanReciprocalRank(sorted: readonly PastCandidate[]): number | null {
  const first = new Map<string, number>();
  sorted.forEach(({ builtRoute }, position) => {
    if (builtRoute !== null && !first.has(builtRoute)) first.set(builtRoute, position + 1);
  });
  const ranks = [...first.values()];
  return ranks.length > 0 ? ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length : null;
}

/** A link to tell a planner of: worth much and not built, or built and worth little. */
export interface NamedLink {
  readonly name: string;
  readonly route: string | null;
  readonly kilometres: number;
  readonly gainPersonMinutes: number;
}

/** The most worth links that nobody built, and the routes that were built with least worth at their best candidate. */
export function bothSides(one: BacktestCase, count: number): { worthUnbuilt: NamedLink[]; builtLittleWorth: NamedLink[] } {
  const named = (place: PastCandidate): NamedLink => ({
    name: `${place.candidate.fromName} – ${place.candidate.toName}`,
    route: place.builtRoute,
    kilometres: place.straightKilometres,
    gainPersonMinutes: place.gainPersonMinutes,
  });
  const byGain = one.candidates
    .slice()
    .sort((a, b) => b.gainPersonMinutes - a.gainPersonMinutes || byCodePoint(a.candidate.id, b.candidate.id));
  const worthUnbuilt: NamedLink[] = [];
  const taken = new Set<string>();
  const bestOfRoute = new Map<string, PastCandidate>();
  for (const place of byGain) {
    const { from, to } = place.candidate;
    if (place.builtRoute !== null && !bestOfRoute.has(place.builtRoute)) bestOfRoute.set(place.builtRoute, place);
    if (place.builtRoute !== null || taken.has(from) || taken.has(to) || worthUnbuilt.length >= count) continue;
    taken.add(from).add(to);
    worthUnbuilt.push(named(place));
  }
  const builtLittleWorth = [...bestOfRoute.values()].slice(-count).reverse().map(named);
  return { worthUnbuilt, builtLittleWorth };
}
