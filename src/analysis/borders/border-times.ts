import { seededRandom } from '../../kernels/seeded-random.ts';
import { fittedValues, type SparseDesign, sparseLeastSquares } from '../../kernels/sparse-least-squares.ts';
import type { ZonePair } from './zone-pairs.ts';

/** What a border costs, with a 95% interval. */
export interface BorderCost {
  /** `a|b`, or "all" for every border together */
  readonly border: string;
  readonly pairs: number;
  /** extra time in percent: e^γ − 1 */
  readonly percent: Estimate;
  /** the border's part of the mean pair's time, minutes: mean t · (1 − e^−γ) */
  readonly minutes: Estimate;
  /** the same percent with an effect of every zone in place of masses */
  readonly percentWithZones: Estimate;
  /** mean minutes over pairs within one jurisdiction of equal distance and mass; null where no pair has a match */
  readonly matchedMinutes: Estimate | null;
  readonly matchedPairs: number;
}

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BorderFit {
  readonly costs: readonly BorderCost[];
  readonly pairs: number;
  readonly within: number;
  /** elasticity of time with distance at the mean distance */
  readonly distanceElasticity: number;
  readonly massElasticity: number;
  readonly rSquared: number;
  /** minutes that a pair within one jurisdiction would take, by pair */
  readonly expectedMinutes: Float64Array;
}

export interface BootstrapOptions {
  readonly draws: number;
  readonly seed: number;
}

export const DEFAULT_BOOTSTRAP: BootstrapOptions = { draws: 200, seed: 1 };

/** A border with fewer pairs is told together with the rest only. */
const FEWEST_PAIRS = 5;
const OTHER = 'other';

/**
 * ln t = a + b ln d + c (ln d)² + m ln(P_i P_j) + γ_border + e over unordered zone pairs, and the same with zone effects in place of masses.
 *
 * Intervals: percentiles of a bootstrap over zones, a pair weighing the product of how often its two zones were drawn, because pairs that
 * share a zone are not independent. Cost O(draws · (pairs + (zones + borders)³)).
 * Source: Davezies, D'Haultfœuille and Guyonvarch (2021) doi:10.1214/20-AOS1981 for the bootstrap of dyads; McCallum (1995) for the border
 * dummy in a gravity frame.
 */
export function borderCosts(pairs: readonly ZonePair[], zoneCount: number, options: BootstrapOptions = DEFAULT_BOOTSTRAP): BorderFit {
  const borders = reportedBorders(pairs);
  const split = designOf(pairs, zoneCount, [...borders, OTHER], (border) => (borders.includes(border) ? border : OTHER));
  const pooled = designOf(pairs, zoneCount, ['all'], () => 'all');
  const outcome = Float64Array.from(pairs, (pair) => Math.log(pair.minutes));
  const weights = [new Float64Array(pairs.length).fill(1), ...zoneDraws(pairs, zoneCount, options)];
  const runs = weights.map((weight) => {
    return {
      byMass: dummyEffects([pooled, split], 'masses', outcome, weight),
      byZone: dummyEffects([pooled, split], 'zones', outcome, weight),
      matched: matchedMinutes(pairs, ['all', ...borders], weight),
    };
  });
  const names = ['all', ...borders];
  const costs = names.map((border): BorderCost => {
    const members = pairs.filter((pair) => pair.border !== null && (border === 'all' || pair.border === border));
    const meanMinutes = members.reduce((sum, pair) => sum + pair.minutes, 0) / Math.max(1, members.length);
    const percent = estimate(runs.map((run) => (Math.exp(run.byMass.get(border) ?? 0) - 1) * 100));
    const minutes = estimate(runs.map((run) => meanMinutes * (1 - Math.exp(-(run.byMass.get(border) ?? 0)))));
    const percentWithZones = estimate(runs.map((run) => (Math.exp(run.byZone.get(border) ?? 0) - 1) * 100));
    const matches = runs.map((run) => run.matched.get(border));
    const matchedPairs = matches[0]?.pairs ?? 0;
    const matched = matchedPairs > 0 ? estimate(matches.flatMap((match) => (match && match.pairs > 0 ? [match.minutes] : []))) : null;
    return { border, pairs: members.length, percent, minutes, percentWithZones, matchedMinutes: matched, matchedPairs };
  });
  return { costs, ...describeFit(pairs, pooled.masses, outcome) };
}

function describeFit(pairs: readonly ZonePair[], design: SparseDesign, outcome: Float64Array) {
  const coefficients = sparseLeastSquares(design, outcome, new Float64Array(pairs.length).fill(1));
  const fitted = fittedValues(design, coefficients);
  const mean = outcome.reduce((sum, value) => sum + value, 0) / Math.max(1, outcome.length);
  let left = 0;
  let all = 0;
  outcome.forEach((value, row) => {
    left += (value - (fitted[row] ?? 0)) ** 2;
    all += (value - mean) ** 2;
  });
  const border = coefficients[4] ?? 0;
  return {
    pairs: pairs.length,
    within: pairs.filter((pair) => pair.border === null).length,
    distanceElasticity: coefficients[1] ?? 0,
    massElasticity: coefficients[3] ?? 0,
    rSquared: all > 0 ? 1 - left / all : 0,
    expectedMinutes: Float64Array.from(pairs, (pair, row) => Math.exp((fitted[row] ?? 0) - (pair.border === null ? 0 : border))),
  };
}

function reportedBorders(pairs: readonly ZonePair[]): string[] {
  const counts = new Map<string, number>();
  for (const { border } of pairs) if (border !== null) counts.set(border, (counts.get(border) ?? 0) + 1);
  return [...counts].flatMap(([border, count]) => (count >= FEWEST_PAIRS ? [border] : [])).sort();
}

interface BorderDesign {
  readonly masses: SparseDesign;
  readonly zones: SparseDesign;
  readonly dummies: readonly { readonly name: string; readonly inMasses: number; readonly inZones: number }[];
}

/** Columns by mass: 1, ln d, (ln d)², ln mass, dummies. By zone: ln d, (ln d)², dummies, zones. ln d and ln mass about their means. */
function designOf(
  pairs: readonly ZonePair[],
  zoneCount: number,
  names: readonly string[],
  nameOf: (border: string) => string,
): BorderDesign {
  const width = 5;
  const mean = (value: (pair: ZonePair) => number) => pairs.reduce((sum, pair) => sum + value(pair), 0) / Math.max(1, pairs.length);
  const meanDistance = mean((pair) => Math.log(pair.kilometres));
  const meanMass = mean((pair) => pair.logMass);
  const table = (
    columnCount: number,
    cells: (pair: ZonePair, distance: number, dummy: number) => readonly (readonly [number, number])[],
  ) => {
    const columns = new Uint32Array(pairs.length * width);
    const values = new Float64Array(pairs.length * width);
    pairs.forEach((pair, row) => {
      const dummy = pair.border === null ? -1 : names.indexOf(nameOf(pair.border));
      cells(pair, Math.log(pair.kilometres) - meanDistance, dummy).forEach(([column, value], cell) => {
        columns[row * width + cell] = column;
        values[row * width + cell] = value;
      });
    });
    return { rowCount: pairs.length, columnCount, width, columns, values };
  };
  const marked = (dummy: number, first: number) => [first + Math.max(0, dummy), dummy < 0 ? 0 : 1] as const;
  const zoneFirst = 2 + names.length;
  return {
    masses: table(4 + names.length, (pair, distance, dummy) => [
      [0, 1],
      [1, distance],
      [2, distance * distance],
      [3, pair.logMass - meanMass],
      marked(dummy, 4),
    ]),
    zones: table(zoneFirst + zoneCount, (pair, distance, dummy) => [
      [0, distance],
      [1, distance * distance],
      marked(dummy, 2),
      [zoneFirst + pair.from, 1],
      [zoneFirst + pair.to, 1],
    ]),
    dummies: names.map((name, index) => ({ name, inMasses: 4 + index, inZones: 2 + index })),
  };
}

function dummyEffects(
  designs: readonly BorderDesign[],
  kind: 'masses' | 'zones',
  outcome: Float64Array,
  weight: Float64Array,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const design of designs) {
    const coefficients = sparseLeastSquares(design[kind], outcome, weight);
    for (const { name, inMasses, inZones } of design.dummies) {
      found.set(name, coefficients[kind === 'masses' ? inMasses : inZones] ?? 0);
    }
  }
  return found;
}

/** Weights of pairs when zones are drawn with replacement. */
function zoneDraws(pairs: readonly ZonePair[], zoneCount: number, options: BootstrapOptions): Float64Array[] {
  const random = seededRandom(options.seed);
  return Array.from({ length: options.draws }, () => {
    const times = new Uint32Array(zoneCount);
    for (let pick = 0; pick < zoneCount; pick++) {
      const zone = random.below(zoneCount);
      times[zone] = (times[zone] ?? 0) + 1;
    }
    return Float64Array.from(pairs, ({ from, to }) => (times[from] ?? 0) * (times[to] ?? 0));
  });
}

/** Within-pairs are matched by distance (10% steps) and mass (factor 2 steps). */
const DISTANCE_STEP = Math.log(1.1);
const MASS_STEP = Math.log(2);

function matchedMinutes(
  pairs: readonly ZonePair[],
  borders: readonly string[],
  weight: Float64Array,
): Map<string, { minutes: number; pairs: number }> {
  const cellOf = (pair: ZonePair) => `${Math.floor(Math.log(pair.kilometres) / DISTANCE_STEP)},${Math.floor(pair.logMass / MASS_STEP)}`;
  const cells = new Map<string, { sum: number; weight: number }>();
  pairs.forEach((pair, row) => {
    if (pair.border !== null || !weight[row]) return;
    const cell = cells.get(cellOf(pair)) ?? { sum: 0, weight: 0 };
    cell.sum += pair.minutes * (weight[row] ?? 0);
    cell.weight += weight[row] ?? 0;
    cells.set(cellOf(pair), cell);
  });
  const sums = new Map(borders.map((border) => [border, { sum: 0, weight: 0, pairs: 0 }]));
  pairs.forEach((pair, row) => {
    const cell = pair.border === null ? undefined : cells.get(cellOf(pair));
    if (!cell || !weight[row]) return;
    for (const name of ['all', pair.border ?? '']) {
      const entry = sums.get(name);
      if (!entry) continue;
      entry.sum += (pair.minutes - cell.sum / cell.weight) * (weight[row] ?? 0);
      entry.weight += weight[row] ?? 0;
      entry.pairs += 1;
    }
  });
  return new Map(
    [...sums].map(([border, { sum, weight: total, pairs: count }]) => [border, { minutes: total > 0 ? sum / total : 0, pairs: count }]),
  );
}

/** The first is the estimate, the rest are draws. */
function estimate(values: readonly number[]): Estimate {
  const sorted = values.slice(1).sort((a, b) => a - b);
  const value = values[0] ?? 0;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? value;
  return { value, low: at(0.025), high: at(0.975) };
}
