import { type Choice, chooseGreedy, type Fairness, NO_FAIRNESS } from './choose.ts';
import type { SetProblem } from './set-problem.ts';

/** What two schemes gain together beyond what they gain apart. */
export interface Synergy {
  readonly a: number;
  readonly b: number;
  /** person-minutes a day: f({a, b}) − f({a}) − f({b}) */
  readonly value: number;
  /** over the smaller of the two gains: 0 independent, −1 one makes the other worthless, over 0 each helps the other */
  readonly share: number;
}

/** Shares under this are told as independent. */
const LEAST_SHARE = 0.01;

/**
 * Complementarity (over 0) and substitution (under 0) of every pair, exact; pairs that are independent are left out.
 * Cost O(schemes²) values.
 */
export function synergies(problem: SetProblem, items: readonly number[]): Synergy[] {
  const found: Synergy[] = [];
  items.forEach((a, position) => {
    problem.hold([a]);
    const alone = problem.value([a]).total;
    for (const b of items.slice(position + 1)) {
      const other = problem.value([b]).total;
      const value = problem.value([a, b]).total - alone - other;
      const share = value / Math.max(1e-9, Math.min(alone, other));
      if (Math.abs(share) >= LEAST_SHARE && Math.abs(value) >= 1) found.push({ a, b, value, share });
    }
  });
  return found.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.a - b.a || a.b - b.b);
}

/**
 * The efficiency frontier: the best set found for each of several budgets, with gains that never fall from one to the next (a set found for
 * less money stands in where the search for more finds no better). Cost: one greedy choice a budget.
 */
export function frontier(problem: SetProblem, budgets: readonly number[], fairness: Fairness = NO_FAIRNESS): Choice[] {
  const choices: Choice[] = [];
  for (const budget of budgets.slice().sort((a, b) => a - b)) {
    const choice = chooseGreedy(problem, budget, { fairness, exchanges: 'single' });
    const before = choices.at(-1);
    choices.push(before && before.gain > choice.gain && before.fairness >= choice.fairness ? before : choice);
  }
  return choices;
}
