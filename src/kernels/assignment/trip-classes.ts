import type { FlowNetwork } from './flow-network.ts';
import type { LinkCosts } from './link-costs.ts';

/** Trips of one class of traveller, by origin, in passenger-car units. */
export interface TripClass {
  /** nodes that trips start from, rising */
  readonly origins: Uint32Array;
  /** pairs of origin i are firstPair[i] … firstPair[i + 1] - 1 */
  readonly firstPair: Uint32Array;
  /** node by pair */
  readonly destination: Uint32Array;
  /** passenger-car units by pair, each above 0 */
  readonly amount: Float64Array;
  /** charge by arc on top of time (toll, distance), in minutes as this class minds them */
  readonly charge: Float64Array;
}

/** What is to be assigned: link costs shared by all classes, trips and charges of each. */
export interface AssignmentProblem {
  readonly network: FlowNetwork;
  readonly costs: LinkCosts;
  readonly classes: readonly TripClass[];
}

/**
 * Trips by origin. Pairs given twice are summed; trips within a node and pairs of 0 trips are left out.
 *
 * @throws RangeError on an amount that is negative or no number
 * Cost O(pairs log pairs).
 */
export function compileTrips(from: ArrayLike<number>, to: ArrayLike<number>, amount: ArrayLike<number>, charge: Float64Array): TripClass {
  const rows: number[] = [];
  for (let row = 0; row < from.length; row++) {
    if (!(amount[row]! >= 0 && Number.isFinite(amount[row]!))) throw new RangeError(`row ${row} has ${amount[row]} trips`);
    if (from[row] !== to[row] && amount[row]! > 0) rows.push(row);
  }
  rows.sort((a, b) => from[a]! - from[b]! || to[a]! - to[b]! || a - b);
  const origins: number[] = [];
  const firstPair: number[] = [];
  const destination: number[] = [];
  const sums: number[] = [];
  for (const row of rows) {
    if (origins.at(-1) !== from[row]) {
      origins.push(from[row]!);
      firstPair.push(destination.length);
    } else if (destination.at(-1) === to[row]) {
      sums[sums.length - 1]! += amount[row]!;
      continue;
    }
    destination.push(to[row]!);
    sums.push(amount[row]!);
  }
  firstPair.push(destination.length);
  return {
    origins: Uint32Array.from(origins),
    firstPair: Uint32Array.from(firstPair),
    destination: Uint32Array.from(destination),
    amount: Float64Array.from(sums),
    charge,
  };
}

/** A sum that keeps what falls off the end of a double. Source: Neumaier (1974) doi:10.1002/zamm.19740540106. */
export function createSum(): { readonly add: (value: number) => void; readonly value: () => number } {
  let sum = 0;
  let lost = 0;
  return {
    add: (value) => {
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    },
    value: () => sum + lost,
  };
}
