import { seededRandom } from '../../kernels/seeded-random.ts';
import { fittedValues, type SparseDesign, sparseLeastSquares } from '../../kernels/sparse-least-squares.ts';
import { ALL, APART, matchedMinutes, matchingOf } from './matched-pairs.ts';
import type { ZonePair } from './zone-pairs.ts';

/** What a border costs, with a 95% interval. */
export interface BorderCost {
  /** `a|b`, or "all" for every border together, "apart" for jurisdictions that do not touch */
  readonly border: string;
  readonly pairs: number;
  /** extra time in percent: e^γ − 1 */
  readonly percent: Estimate;
  /** the border's part of the mean pair's time, minutes: mean t · (1 − e^−γ) */
  readonly minutes: Estimate;
  /** the same percent with an effect of every zone in place of masses; null where a side has too few zones to tell */
  readonly percentWithZones: Estimate | null;
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
/** With fewer zones on a side, zone effects and the border cannot be told apart. */
const FEWEST_ZONES = 3;
/** Pairs of jurisdictions that touch but have few pairs. */
const FEW = 'few';

/**
 * ln t = a + b ln d + c (ln d)² + m ln(P_i P_j) + γ_border + e over unordered zone pairs, and the same with zone effects in place of masses.
 *
 * Intervals: percentiles of a bootstrap over zones, a pair weighing the product of how often its two zones were drawn, because pairs that
 * share a zone are not independent; draws that leave a border unseen do not count for it.
 * @param jurisdictions  of every zone, by number
 * @param neighbours     borders of jurisdictions that touch; pairs of others share one dummy, "apart"
 * Cost O(draws · (pairs + (zones + borders)³)).
 * Source: Davezies, D'Haultfœuille and Guyonvarch (2021) doi:10.1214/20-AOS1981 for the bootstrap of dyads; McCallum (1995) for the border
 * dummy in a gravity frame.
 */
export function borderCosts(
  pairs: readonly ZonePair[],
  jurisdictions: readonly string[],
  neighbours: ReadonlySet<string>,
  options: BootstrapOptions = DEFAULT_BOOTSTRAP,
): BorderFit {
  const borders = reportedBorders(pairs, neighbours);
  const groupOf = (border: string) => (neighbours.has(border) ? (borders.includes(border) ? border : FEW) : APART);
  const zoneCount = jurisdictions.length;
  const split = designOf(pairs, zoneCount, [...borders, FEW, APART], groupOf);
  const pooled = designOf(pairs, zoneCount, [ALL, APART], (border) => (neighbours.has(border) ? ALL : APART));
  const outcome = Float64Array.from(pairs, (pair) => Math.log(pair.minutes));
  const names = [ALL, ...borders, ...(pairs.some((pair) => pair.border !== null && !neighbours.has(pair.border)) ? [APART] : [])];
  const membersOf = (name: string) => (pair: ZonePair) => pair.border !== null && isMember(name, pair.border, neighbours);
  const seenIn = seenBorders(pairs, names, neighbours);
  const matching = matchingOf(pairs, names, neighbours);
  const draws = [new Uint32Array(zoneCount).fill(1), ...zoneDraws(zoneCount, options)];
  const runs = draws.map((times, draw) => {
    const weight = Float64Array.from(pairs, ({ from, to }) => (times[from] ?? 0) * (times[to] ?? 0));
    return {
      seen: seenIn(weight),
      told: new Set(names.filter((name) => name === ALL || name === APART || hasZones(name, jurisdictions, times))),
      byMass: dummyEffects([split, pooled], 'masses', outcome, weight),
      byZone: draw <= options.draws / 2 ? dummyEffects([split, pooled], 'zones', outcome, weight) : null,
      matched: matchedMinutes(pairs, matching, weight),
    };
  });
  const costs = names.map((border): BorderCost => {
    const members = pairs.filter(membersOf(border));
    const meanMinutes = members.reduce((sum, pair) => sum + pair.minutes, 0) / Math.max(1, members.length);
    const effects = runs.flatMap((run) => (run.seen.has(border) ? [run.byMass.get(border) ?? 0] : []));
    const isTold = runs[0]?.told.has(border) && runs[0].seen.has(border);
    const byZone = runs.flatMap((run) => (run.byZone && run.told.has(border) && run.seen.has(border) ? [run.byZone.get(border) ?? 0] : []));
    const matches = runs.flatMap((run) => run.matched.get(border) ?? []);
    const matchedPairs = matches[0]?.pairs ?? 0;
    const matched = matches.filter((match) => match.pairs > 0).map((match) => match.minutes);
    return {
      border,
      pairs: members.length,
      percent: estimate(effects.map((effect) => (Math.exp(effect) - 1) * 100)),
      minutes: estimate(effects.map((effect) => meanMinutes * (1 - Math.exp(-effect)))),
      percentWithZones: isTold ? estimate(byZone.map((effect) => (Math.exp(effect) - 1) * 100)) : null,
      matchedMinutes: matchedPairs > 0 ? estimate(matched) : null,
      matchedPairs,
    };
  });
  return { costs, ...describeFit(pairs, pooled.masses, outcome) };
}

/** Which borders hold a pair of positive weight; the borders of each pair are found once. */
function seenBorders(
  pairs: readonly ZonePair[],
  names: readonly string[],
  neighbours: ReadonlySet<string>,
): (weight: Float64Array) => Set<string> {
  const rowsOf = names.map((name) =>
    pairs.flatMap((pair, row) => (pair.border !== null && isMember(name, pair.border, neighbours) ? [row] : [])),
  );
  return (weight) => new Set(names.filter((_name, index) => rowsOf[index]?.some((row) => (weight[row] ?? 0) > 0)));
}

function isMember(name: string, border: string, neighbours: ReadonlySet<string>): boolean {
  if (name === ALL) return neighbours.has(border);
  return name === APART ? !neighbours.has(border) : name === border;
}

function hasZones(border: string, jurisdictions: readonly string[], times: Uint32Array): boolean {
  return border
    .split('|')
    .every((side) => jurisdictions.filter((name, zone) => name === side && (times[zone] ?? 0) > 0).length >= FEWEST_ZONES);
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
  const within = fittedValues(design, coefficients.fill(0, DUMMY_COLUMN));
  return {
    pairs: pairs.length,
    within: pairs.filter((pair) => pair.border === null).length,
    distanceElasticity: coefficients[1] ?? 0,
    massElasticity: coefficients[3] ?? 0,
    rSquared: all > 0 ? 1 - left / all : 0,
    expectedMinutes: within.map(Math.exp),
  };
}

/** Columns of the masses design before its dummies. */
const DUMMY_COLUMN = 4;

function reportedBorders(pairs: readonly ZonePair[], neighbours: ReadonlySet<string>): string[] {
  const counts = new Map<string, number>();
  for (const { border } of pairs) if (border !== null && neighbours.has(border)) counts.set(border, (counts.get(border) ?? 0) + 1);
  return [...counts].flatMap(([border, count]) => (count >= FEWEST_PAIRS ? [border] : [])).sort();
}

interface BorderDesign {
  readonly masses: SparseDesign;
  readonly zones: SparseDesign;
  readonly dummies: readonly { readonly name: string; readonly inMasses: number; readonly inZones: number }[];
}

/** Spread of a logarithm (standard deviation) under which no slope can be told. */
const LEAST_SPREAD = 0.01;

/** Values about their mean; all 0 where they are alike. */
function spreadOf(values: readonly number[]): (value: number) => number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  return Math.sqrt(variance) < LEAST_SPREAD ? () => 0 : (value) => value - mean;
}

/** Columns by mass: 1, ln d, (ln d)², ln mass, dummies. By zone: ln d, (ln d)², dummies, zones. ln d and ln mass about their means. */
function designOf(
  pairs: readonly ZonePair[],
  zoneCount: number,
  names: readonly string[],
  nameOf: (border: string) => string,
): BorderDesign {
  const width = 5;
  const distanceOf = spreadOf(pairs.map((pair) => Math.log(pair.kilometres)));
  const massOf = spreadOf(pairs.map((pair) => pair.logMass));
  const table = (
    columnCount: number,
    cells: (pair: ZonePair, distance: number, dummy: number) => readonly (readonly [number, number])[],
  ) => {
    const columns = new Uint32Array(pairs.length * width);
    const values = new Float64Array(pairs.length * width);
    pairs.forEach((pair, row) => {
      const dummy = pair.border === null ? -1 : names.indexOf(nameOf(pair.border));
      cells(pair, distanceOf(Math.log(pair.kilometres)), dummy).forEach(([column, value], cell) => {
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
      [3, massOf(pair.logMass)],
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

/** How often each zone is drawn when zones are drawn with replacement. */
function zoneDraws(zoneCount: number, options: BootstrapOptions): Uint32Array[] {
  const random = seededRandom(options.seed);
  return Array.from({ length: options.draws }, () => {
    const times = new Uint32Array(zoneCount);
    for (let pick = 0; pick < zoneCount; pick++) {
      const zone = random.below(zoneCount);
      times[zone] = (times[zone] ?? 0) + 1;
    }
    return times;
  });
}

/** The first is the estimate, the rest are draws. */
function estimate(values: readonly number[]): Estimate {
  const sorted = values.slice(1).sort((a, b) => a - b);
  const value = values[0] ?? 0;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? value;
  return { value, low: at(0.025), high: at(0.975) };
}
