import type { Progress } from '../../model/progress.ts';
import type { Zone } from '../../model/tables.ts';
import type { PackAppraisal } from '../appraisal/appraise.ts';
import { DEFAULT_STABILITY, type ItemStability, type RankedItem, rankStability } from '../appraisal/stability.ts';
import { type Choice, chooseExact, chooseGreedy, type Fairness, NO_FAIRNESS } from './choose.ts';
import { byJurisdiction, floorFairness, type Jurisdiction, type LocalInterest, landShares, localInterest } from './jurisdictions.ts';
import type { SetProblem } from './set-problem.ts';
import { frontier, type Synergy, synergies } from './synergy.ts';

/** A scheme to choose, whatever it is made of. */
export interface PortfolioItem {
  readonly id: string;
  readonly name: string;
  readonly kind: RankedItem['kind'];
  readonly cost: number;
  /** straight lines of what is built, each with its part of the cost */
  readonly lines: readonly { readonly from: readonly [number, number]; readonly to: readonly [number, number]; readonly share: number }[];
  /** under the home manual, for so many person-minutes a day; null where no manual has the currency */
  readonly appraise: (personMinutes: number) => PackAppraisal | null;
}

export interface PortfolioOptions {
  readonly budget: number;
  readonly by: Jurisdiction;
  /** least seconds a head and day that every jurisdiction must gain; null asks none */
  readonly floorSeconds: number | null;
  readonly isExact: boolean;
  readonly frontierPoints: number;
  readonly runs: number;
  readonly seed: number;
}

export interface ChosenItem {
  readonly item: number;
  readonly gain: number;
  readonly totalGain: number;
  readonly totalCost: number;
  readonly appraisal: PackAppraisal | null;
  readonly interest: LocalInterest;
}

export interface Portfolio {
  readonly choice: Choice;
  /** without fairness, where fairness was asked: what it costs */
  readonly free: Choice | null;
  readonly chosen: readonly ChosenItem[];
  /** schemes left out, with what each would still add */
  readonly left: readonly { readonly item: number; readonly gain: number }[];
  readonly gains: ReadonlyMap<string, number>;
  readonly people: ReadonlyMap<string, number>;
  readonly synergies: readonly Synergy[];
  readonly frontier: readonly Choice[];
  readonly stability: readonly ItemStability[];
}

/**
 * The portfolio under a budget with all that a planner asks of it: order, worth, who pays and gains, what goes together, the frontier of
 * budgets, and how firm the ranking is. Cost: see chooseGreedy or chooseExact, and O(items²) values for synergies.
 */
export function portfolio(
  problem: SetProblem,
  items: readonly PortfolioItem[],
  zones: readonly Zone[],
  options: PortfolioOptions,
  progress: Progress,
): Portfolio {
  const { budget, by, floorSeconds } = options;
  const fairness: Fairness = floorSeconds === null ? NO_FAIRNESS : floorFairness(problem, zones, by, floorSeconds);
  const choose = (rule: Fairness) =>
    options.isExact ? chooseExact(problem, budget, rule) : chooseGreedy(problem, budget, { fairness: rule, progress });
  const choice = choose(fairness);
  const all = items.map((_item, index) => index);
  const whole = items.reduce((sum, item) => sum + item.cost, 0);
  const budgets = Array.from({ length: options.frontierPoints }, (_none, step) => (whole * (step + 1)) / options.frontierPoints);
  const ranked = all.map((index): RankedItem => {
    const { id, kind, cost } = items[index] ?? { id: '', kind: 'road', cost: 1 };
    return { id, kind, cost, benefit: problem.value([index]).total };
  });
  return {
    choice,
    free: floorSeconds === null ? null : choose(NO_FAIRNESS),
    chosen: chosenItems(problem, items, zones, choice, by),
    left: all
      .filter((item) => !choice.order.includes(item))
      .map((item) => ({ item, gain: problem.value([...choice.order, item]).total - choice.gain })),
    gains: byJurisdiction(zones, problem.value(choice.order).byZone, by),
    people: byJurisdiction(
      zones,
      zones.map((zone) => zone.population),
      by,
    ),
    synergies: synergies(problem, all),
    frontier: frontier(problem, budgets),
    stability: rankStability(
      ranked.filter((item) => item.benefit > 0),
      { ...DEFAULT_STABILITY, runs: options.runs, seed: options.seed },
    ),
  };
}

function chosenItems(
  problem: SetProblem,
  items: readonly PortfolioItem[],
  zones: readonly Zone[],
  { order }: Choice,
  by: Jurisdiction,
): ChosenItem[] {
  let totalCost = 0;
  return order.map((item, position) => {
    const before = problem.value(order.slice(0, position));
    const after = problem.value(order.slice(0, position + 1));
    const gain = after.total - before.total;
    const own = items[item];
    totalCost += own?.cost ?? 0;
    const appraisal = own?.appraise(gain) ?? null;
    const gains = byJurisdiction(
      zones,
      after.byZone.map((minutes, zone) => minutes - (before.byZone[zone] ?? 0)),
      by,
    );
    const interest = localInterest(own ? landOf(own, zones, by) : new Map(), gains, appraisal?.benefitCostRatio ?? 0);
    return { item, gain, totalGain: after.total, totalCost, appraisal, interest };
  });
}

function landOf(item: PortfolioItem, zones: readonly Zone[], by: Jurisdiction): Map<string, number> {
  const shares = new Map<string, number>();
  for (const line of item.lines) {
    for (const [name, share] of landShares(zones, line.from, line.to, by)) shares.set(name, (shares.get(name) ?? 0) + share * line.share);
  }
  return shares;
}
