import type { KeptParts } from '../../model/kept-parts.ts';

/** What a set of schemes gains, person-minutes a day: in all, and by the zone whose residents gain. */
export interface SetValue {
  readonly total: number;
  readonly byZone: Float64Array;
}

/**
 * Schemes to choose among, with the exact gain of any set of them.
 *
 * Gains are monotone (a scheme more never takes any away) but not submodular: two links in a row may be worth nothing one by one and much
 * together. So no bound of lazy evaluation is sound, and every choice is evaluated anew; the exact search uses monotony alone.
 */
export interface SetProblem {
  readonly ids: readonly string[];
  /** money, over 0 */
  readonly costs: readonly number[];
  /** exact, whatever the order of the set; values are kept, so asking twice costs once */
  readonly value: (set: readonly number[]) => SetValue;
  /** tell that sets with these members will be asked for next */
  readonly hold: (set: readonly number[]) => void;
}

/** The same problem with every value kept: a run that goes on after a stop asks for the same sets in the same order. */
export function keptProblem(problem: SetProblem, keep: KeptParts): SetProblem {
  const known = new Map<string, SetValue>();
  return {
    ...problem,
    value: (set) => {
      const key = setKey(set);
      const before = known.get(key);
      if (before) return before;
      const { total, byZone } = keep.part(`set ${key}`, () => {
        const fresh = problem.value(set);
        return { total: fresh.total, byZone: [...fresh.byZone] };
      });
      const value = { total, byZone: Float64Array.from(byZone) };
      known.set(key, value);
      return value;
    },
  };
}

/** A set's name: members ascending. */
export function setKey(set: readonly number[]): string {
  return set
    .slice()
    .sort((a, b) => a - b)
    .join(',');
}

export function costOfSet(problem: SetProblem, set: readonly number[]): number {
  return set.reduce((sum, item) => sum + (problem.costs[item] ?? 0), 0);
}
