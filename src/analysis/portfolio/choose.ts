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

/** A gain over another only when it is more by this share: rounding never swaps schemes. */
const LEAST_GAIN = 1e-9;

/**
 * A set under a budget by greedy choice with exact re-evaluation, then exchanges until none helps.
 *
 * Each step takes the scheme, or the pair of schemes, with the most gain per money given what is chosen already (pairs, because two links in
 * a row may be worth something only together); while fairness is not kept, the most fairness per money. Exchanges take one out and put one or
 * two in. The best single scheme that the budget allows is kept if it beats the result (so the greedy trap of small cheap schemes is closed).
 *
 * Cost O(picks · schemes²) values for the pairs, of which most are kept from one step to the next.
 */
export function chooseGreedy(problem: SetProblem, budget: number, fairness: Fairness = NO_FAIRNESS, progress: Progress = SILENT): Choice {
  let chosen: number[] = [];
  for (;;) {
    problem.hold(chosen);
    const step = bestStep(problem, chosen, budget, fairness);
    if (step.length === 0) break;
    chosen = [...chosen, ...step];
    progress('choosing', chosen.length, problem.ids.length);
  }
  const improved = exchange(problem, chosen, budget, fairness, progress);
  const best = bestSingle(problem, improved, budget, fairness);
  return describe(problem, buildingOrder(problem, best), fairness);
}

function bestStep(problem: SetProblem, chosen: readonly number[], budget: number, fairness: Fairness): number[] {
  const fair = fairness.fulfilled(chosen) < 1 ? stepFor(problem, chosen, budget, fairness) : [];
  return fair.length > 0 ? fair : stepFor(problem, chosen, budget, null);
}

/** The step with the most fairness per money, or with the most gain per money where no fairness is given. */
function stepFor(problem: SetProblem, chosen: readonly number[], budget: number, fairness: Fairness | null): number[] {
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
    const rate = gained / cost;
    if (gained > LEAST_GAIN && rate > best.rate * (1 + LEAST_GAIN)) best = { set, rate };
  };
  for (const item of open) consider([item]);
  const weak = open.filter((item) => problem.value([...chosen, item]).total - now <= LEAST_GAIN * Math.max(1, now));
  // pairs are asked only of schemes that are worth nothing by themselves, with every other: those are what single steps cannot see
  for (const item of weak) for (const other of open) if (item !== other) consider([item, other]);
  return inBestOrder(problem, chosen, best.set);
}

function inBestOrder(problem: SetProblem, chosen: readonly number[], set: number[]): number[] {
  const [first, second] = set;
  if (first === undefined || second === undefined) return set;
  return problem.value([...chosen, first]).total >= problem.value([...chosen, second]).total ? [first, second] : [second, first];
}

function isBetter(problem: SetProblem, fairness: Fairness, set: readonly number[], than: readonly number[]): boolean {
  const [a, b] = [fairness.fulfilled(set), fairness.fulfilled(than)];
  if (Math.abs(a - b) > LEAST_GAIN) return a > b;
  return problem.value(set).total > problem.value(than).total * (1 + LEAST_GAIN) + LEAST_GAIN;
}

/** Take one out and put one in, or none, as long as it helps; then fill up. The first improvement in order of index is taken. */
function exchange(problem: SetProblem, start: readonly number[], budget: number, fairness: Fairness, progress: Progress): number[] {
  let chosen = start.slice();
  for (let round = 0; round < problem.ids.length; round++) {
    const better = firstExchange(problem, chosen, budget, fairness);
    if (!better) return chosen;
    chosen = better;
    progress('exchanging', round + 1, problem.ids.length);
  }
  return chosen;
}

function firstExchange(problem: SetProblem, chosen: readonly number[], budget: number, fairness: Fairness): number[] | null {
  for (const out of chosen) {
    const rest = chosen.filter((item) => item !== out);
    problem.hold(rest);
    for (let item = 0; item < problem.ids.length; item++) {
      if (chosen.includes(item)) continue;
      const set = [...rest, item];
      if (costOfSet(problem, set) > budget || !isBetter(problem, fairness, set, chosen)) continue;
      return fill(problem, set, budget, fairness);
    }
  }
  return null;
}

function fill(problem: SetProblem, set: readonly number[], budget: number, fairness: Fairness): number[] {
  let chosen = set.slice();
  for (;;) {
    const step = bestStep(problem, chosen, budget, fairness);
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
