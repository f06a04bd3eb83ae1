import { type Progress, SILENT } from '../../model/progress.ts';
import { costOfSet, type SetProblem } from './set-problem.ts';

/** What every choice must keep to, besides its budget. */
export interface Fairness {
  /** how near a set is to what fairness asks, 0 … 1; 1 is kept. Never falls when a scheme is added. */
  readonly fulfilled: (set: readonly number[]) => number;
}

export const NO_FAIRNESS: Fairness = { fulfilled: () => 1 };

export interface Choice {
  /** indices in the order of building, best next step first */
  readonly order: readonly number[];
  readonly cost: number;
  readonly gain: number;
  /** share of what fairness asks that the set fulfils */
  readonly fairness: number;
}

export interface GreedyOptions {
  readonly fairness: Fairness;
  readonly progress: Progress;
  /** single swaps one for one; full also one for two and two for one, O(schemes³) values a round at most */
  readonly exchanges: 'single' | 'full';
}

const DEFAULT_GREEDY: GreedyOptions = { fairness: NO_FAIRNESS, progress: SILENT, exchanges: 'full' };

/** A gain over another only when it is more by this share: rounding never swaps schemes. */
const LEAST_GAIN = 1e-9;

/**
 * A set under a budget by greedy choice with exact re-evaluation, then exchanges until none helps.
 *
 * Each step takes the scheme, or the pair of schemes, with the most gain per money given what is chosen already (pairs, because two links in
 * a row may be worth something only together); while fairness is not kept, the most fairness per money. Exchanges swap one for
 * one, one for two and two for one, and fill up. The same is done by gain alone, since gain per money wastes a tight budget on trifles, and the better set is kept, or the best
 * single scheme where that beats both.
 *
 * Cost O(picks · schemes²) values for the pairs, of which most are kept from one step to the next.
 */
export function chooseGreedy(problem: SetProblem, budget: number, options: Partial<GreedyOptions> = {}): Choice {
  const { fairness, progress, exchanges } = { ...DEFAULT_GREEDY, ...options };
  let best: readonly number[] = [];
  for (const rule of [PER_MONEY, BY_GAIN]) {
    const start = fill(problem, [], budget, fairness, rule);
    progress('choosing', start.length, problem.ids.length);
    const improved = exchange(problem, start, budget, { fairness, progress, exchanges }, rule);
    if (isBetter(problem, fairness, improved, best)) best = improved;
  }
  return describe(problem, buildingOrder(problem, bestSingle(problem, best, budget, fairness)), fairness);
}

/** How a step is rated: gain over cost to this power. */
type Rule = 0 | 1;
const PER_MONEY: Rule = 1;
const BY_GAIN: Rule = 0;

function bestStep(problem: SetProblem, chosen: readonly number[], budget: number, fairness: Fairness, rule: Rule): number[] {
  const fair = fairness.fulfilled(chosen) < 1 ? stepFor(problem, chosen, budget, fairness, rule) : [];
  return fair.length > 0 ? fair : stepFor(problem, chosen, budget, null, rule);
}

/** The step with the most fairness by the rule, or with the most gain where no fairness is given. */
function stepFor(problem: SetProblem, chosen: readonly number[], budget: number, fairness: Fairness | null, rule: Rule): number[] {
  problem.hold(chosen);
  const left = budget - costOfSet(problem, chosen);
  const open = problem.ids.map((_id, item) => item).filter((item) => !chosen.includes(item) && (problem.costs[item] ?? 0) <= left);
  const now = problem.value(chosen).total;
  const worth = (set: readonly number[]) => (fairness ? fairness.fulfilled(set) : problem.value(set).total);
  const worthNow = worth(chosen);
  let best: { set: number[]; rate: number } = { set: [], rate: 0 };
  const consider = (set: number[]) => {
    const cost = costOfSet(problem, set);
    if (cost > left) return;
    const gained = worth([...chosen, ...set]) - worthNow;
    const rate = gained / cost ** rule;
    if (gained > LEAST_GAIN && rate > best.rate * (1 + LEAST_GAIN)) best = { set, rate };
  };
  for (const item of open) consider([item]);
  const weak = open.filter((item) => problem.value([...chosen, item]).total - now <= LEAST_GAIN * Math.max(1, now));
  // pairs are asked only of schemes that are worth nothing by themselves, with every other: those are what single steps cannot see
  for (const item of weak) for (const other of open) if (item !== other) consider([item, other]);
  return best.set;
}

function isBetter(problem: SetProblem, fairness: Fairness, set: readonly number[], than: readonly number[]): boolean {
  const [a, b] = [fairness.fulfilled(set), fairness.fulfilled(than)];
  if (Math.abs(a - b) > LEAST_GAIN) return a > b;
  return problem.value(set).total > problem.value(than).total * (1 + LEAST_GAIN) + LEAST_GAIN;
}

/** Take one out and put one in, or one for two, or two for one, then fill up, as long as it helps. The first improvement in order of index is taken. */
function exchange(problem: SetProblem, start: readonly number[], budget: number, options: GreedyOptions, rule: Rule): number[] {
  let chosen = start.slice();
  for (let round = 0; round < problem.ids.length; round++) {
    const better = firstExchange(problem, chosen, budget, options, rule);
    if (!better) return chosen;
    chosen = better;
    options.progress('exchanging', round + 1, problem.ids.length);
  }
  return chosen;
}

function firstExchange(
  problem: SetProblem,
  chosen: readonly number[],
  budget: number,
  { fairness, exchanges }: GreedyOptions,
  rule: Rule,
): number[] | null {
  const others = problem.ids.map((_id, item) => item).filter((item) => !chosen.includes(item));
  const isFull = exchanges === 'full';
  const [ones, pairsIn] = [others.map((item) => [item]), isFull ? pairsOf(others) : []];
  const attempts: readonly (readonly [outs: readonly number[][], ins: readonly number[][]])[] = [
    [chosen.map((item) => [item]), ones],
    [chosen.map((item) => [item]), pairsIn],
    [isFull ? pairsOf(chosen) : [], ones],
  ];
  for (const [outs, ins] of attempts) {
    for (const out of outs) {
      const rest = chosen.filter((item) => !out.includes(item));
      problem.hold(rest);
      const better = ins.find((into) => {
        const set = [...rest, ...into];
        return costOfSet(problem, set) <= budget && isBetter(problem, fairness, set, chosen);
      });
      if (better) return fill(problem, [...rest, ...better], budget, fairness, rule);
    }
  }
  return null;
}

function pairsOf(items: readonly number[]): number[][] {
  return items.flatMap((a, position) => items.slice(position + 1).map((b) => [a, b]));
}

/** Steps as long as the budget has one that gains. */
function fill(problem: SetProblem, start: readonly number[], budget: number, fairness: Fairness, rule: Rule): number[] {
  let chosen = start.slice();
  for (;;) {
    const step = bestStep(problem, chosen, budget, fairness, rule);
    if (step.length === 0) return chosen;
    chosen = [...chosen, ...step];
  }
}

function bestSingle(problem: SetProblem, chosen: readonly number[], budget: number, fairness: Fairness): readonly number[] {
  let best = chosen;
  problem.ids.forEach((_id, item) => {
    if ((problem.costs[item] ?? 0) <= budget && isBetter(problem, fairness, [item], best)) best = [item];
  });
  return best;
}

function describe(problem: SetProblem, order: readonly number[], fairness: Fairness): Choice {
  return { order, cost: costOfSet(problem, order), gain: problem.value(order).total, fairness: fairness.fulfilled(order) };
}

/** Schemes beyond which the exact search is refused: sets double with each. */
export const MOST_EXACT = 16;

/**
 * The best set under a budget, by branch and bound: depth first, schemes by gain per money, a branch is cut when even all that the budget
 * could still pay for one by one would not beat the best set (sound because gains never fall when schemes are added).
 *
 * Where no set keeps fairness, the set that comes nearest to it is found. Ties: the set found first.
 * @throws RangeError over MOST_EXACT schemes
 * Cost at most 2^schemes values, far fewer under a tight budget.
 */
export function chooseExact(problem: SetProblem, budget: number, fairness: Fairness = NO_FAIRNESS): Choice {
  const count = problem.ids.length;
  if (count > MOST_EXACT) throw new RangeError(`${count} schemes; the exact search takes at most ${MOST_EXACT}`);
  const rate = (item: number) => problem.value([item]).total / (problem.costs[item] ?? 1);
  const sorted = problem.ids.map((_id, item) => item).sort((a, b) => rate(b) - rate(a) || a - b);
  let best: readonly number[] = [];
  const visit = (position: number, chosen: readonly number[], left: number) => {
    if (isBetter(problem, fairness, chosen, best)) best = chosen;
    const open = sorted.slice(position).filter((item) => (problem.costs[item] ?? 0) <= left);
    if (open.length === 0 || !isBetter(problem, fairness, [...chosen, ...open], best)) return;
    problem.hold(chosen);
    for (let next = position; next < sorted.length; next++) {
      const item = sorted[next] ?? 0;
      const cost = problem.costs[item] ?? 0;
      if (cost <= left) visit(next + 1, [...chosen, item], left - cost);
    }
  };
  visit(0, [], budget);
  return describe(problem, buildingOrder(problem, best), fairness);
}

/** A chosen set in the order of building: next comes the scheme with the most gain per money, given what stands already. */
export function buildingOrder(problem: SetProblem, set: readonly number[]): number[] {
  const order: number[] = [];
  while (order.length < set.length) {
    const now = problem.value(order).total;
    const rate = (item: number) => (problem.value([...order, item]).total - now) / (problem.costs[item] ?? 1);
    const left = set.filter((item) => !order.includes(item));
    order.push(left.reduce((best, item) => (rate(item) > rate(best) ? item : best), left[0] ?? 0));
  }
  return order;
}
