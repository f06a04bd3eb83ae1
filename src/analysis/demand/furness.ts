/** How a balancing went. */
export interface BalanceReport {
  readonly iterations: number;
  /** largest |sum of a row - its target| / target after the last round, over rows that can be met */
  readonly rowError: number;
  readonly columnError: number;
  readonly hasConverged: boolean;
  /** rows and columns whose target is above 0 while all their seeds are 0: they stay empty */
  readonly emptyRows: readonly number[];
  readonly emptyColumns: readonly number[];
}

export interface BalanceOptions {
  readonly tolerance: number;
  readonly maxIterations: number;
}

const DEFAULT_BALANCE: BalanceOptions = { tolerance: 1e-10, maxIterations: 1000 };

/**
 * Scale rows and columns of a seed until their sums meet two sets of targets: the doubly constrained matrix with the seed's proportions.
 *
 * Targets of columns are first scaled to the sum of the rows. The seed is not changed.
 * @param seed  row-major, size × size, none negative
 * @throws RangeError on a negative or broken seed or target
 * Cost O(size²) an iteration. Sources: Furness (1965); Deming and Stephan (1940) doi:10.1214/aoms/1177731829.
 */
export function balance(
  seed: Float64Array,
  rowTargets: ArrayLike<number>,
  columnTargets: ArrayLike<number>,
  options: Partial<BalanceOptions> = {},
): { matrix: Float64Array; report: BalanceReport } {
  const { tolerance, maxIterations } = { ...DEFAULT_BALANCE, ...options };
  const size = rowTargets.length;
  for (const values of [seed, rowTargets, columnTargets]) {
    for (let at = 0; at < values.length; at++) {
      if (!((values[at] ?? -1) >= 0 && Number.isFinite(values[at])))
        throw new RangeError(`value ${at} is ${values[at]}; expected at least 0`);
    }
  }
  const rows = Float64Array.from(rowTargets);
  const scale = total(rows) / total(columnTargets);
  const columns = Float64Array.from(columnTargets, (target) => target * (Number.isFinite(scale) ? scale : 0));
  const factors = { row: new Float64Array(size).fill(1), column: new Float64Array(size).fill(1) };
  const fresh = { row: new Float64Array(size), column: new Float64Array(size) };
  let rowError = Number.POSITIVE_INFINITY;
  let iterations = 0;
  while (iterations < maxIterations) {
    const error = nextFactors(seed, rows, columns, factors, fresh);
    // of the factors before this round: they stand where that was near enough
    if (iterations > 0) rowError = error;
    if (iterations > 0 && rowError <= tolerance) break;
    factors.row.set(fresh.row);
    factors.column.set(fresh.column);
    iterations++;
  }
  const matrix = seed.map((value, cell) => value * factors.row[Math.floor(cell / size)]! * factors.column[cell % size]!);
  rowError = worstLine(matrix, rows, size, size, 1);
  const columnError = worstLine(matrix, columns, size, 1, size);
  const hasConverged = rowError <= tolerance && columnError <= tolerance;
  const report = { iterations, rowError, columnError, hasConverged };
  return { matrix, report: { ...report, emptyRows: unmet(seed, rows, size, 1), emptyColumns: unmet(seed, columns, 1, size) } };
}

/** Factors of the lines of a matrix. */
interface Factors {
  readonly row: Float64Array;
  readonly column: Float64Array;
}

/**
 * The factors that bring every row to its target and then every column, in one walk over the seed.
 *
 * @param fresh  written over
 * @returns      how far rows are from their targets under the factors given, as a share
 */
function nextFactors(seed: Float64Array, rows: Float64Array, columns: Float64Array, factors: Factors, fresh: Factors): number {
  const size = rows.length;
  const sums = fresh.column.fill(0);
  let worst = 0;
  for (let row = 0; row < size; row++) {
    const start = row * size;
    let sum = 0;
    for (let column = 0; column < size; column++) sum += seed[start + column]! * factors.column[column]!;
    const target = rows[row]!;
    const before = sum * factors.row[row]!;
    if (before > 0 && target > 0) worst = Math.max(worst, Math.abs(before - target) / target);
    const factor = sum === 0 ? factors.row[row]! : target / sum;
    fresh.row[row] = factor;
    for (let column = 0; column < size; column++) sums[column]! += seed[start + column]! * factor;
  }
  for (let column = 0; column < size; column++) {
    fresh.column[column] = sums[column] === 0 ? factors.column[column]! : columns[column]! / sums[column]!;
  }
  return worst;
}

/** Lines with a target whose seeds are all 0. */
function unmet(seed: Float64Array, targets: Float64Array, stride: number, step: number): number[] {
  const lines = Array.from(targets, (_target, line) => line);
  return lines.filter((line) => targets[line]! > 0 && lineSum(seed, line, targets.length, stride, step) === 0);
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return sum;
}

function lineSum(matrix: Float64Array, line: number, size: number, stride: number, step: number): number {
  let sum = 0;
  for (let at = 0; at < size; at++) sum += matrix[line * stride + at * step] ?? 0;
  return sum;
}

function worstLine(matrix: Float64Array, targets: Float64Array, size: number, stride: number, step: number): number {
  let worst = 0;
  for (let line = 0; line < size; line++) {
    const sum = lineSum(matrix, line, size, stride, step);
    const target = targets[line] ?? 0;
    if (sum > 0 && target > 0) worst = Math.max(worst, Math.abs(sum - target) / target);
  }
  return worst;
}
