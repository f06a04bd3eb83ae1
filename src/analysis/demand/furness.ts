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
  const matrix = seed.slice();
  const rows = Float64Array.from(rowTargets);
  const scale = total(rows) / total(columnTargets);
  const columns = Float64Array.from(columnTargets, (target) => target * (Number.isFinite(scale) ? scale : 0));
  const reachable = (at: number, stride: number, step: number) => {
    for (let other = 0; other < size; other++) if ((seed[at * stride + other * step] ?? 0) > 0) return true;
    return false;
  };
  const all = Array.from({ length: size }, (_value, place) => place);
  const emptyRows = all.filter((row) => (rows[row] ?? 0) > 0 && !reachable(row, size, 1));
  const emptyColumns = all.filter((column) => (columns[column] ?? 0) > 0 && !reachable(column, 1, size));
  let rowError = Number.POSITIVE_INFINITY;
  let columnError = Number.POSITIVE_INFINITY;
  let iterations = 0;
  while (iterations < maxIterations && (iterations === 0 || rowError > tolerance)) {
    iterations++;
    scaleLines(matrix, rows, size, size, 1);
    scaleLines(matrix, columns, size, 1, size);
    rowError = worstLine(matrix, rows, size, size, 1);
  }
  columnError = worstLine(matrix, columns, size, 1, size);
  const hasConverged = rowError <= tolerance && columnError <= tolerance;
  return { matrix, report: { iterations, rowError, columnError, hasConverged, emptyRows, emptyColumns } };
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

/** Bring every line to its target. */
function scaleLines(matrix: Float64Array, targets: Float64Array, size: number, stride: number, step: number): void {
  for (let line = 0; line < size; line++) {
    const sum = lineSum(matrix, line, size, stride, step);
    if (sum === 0) continue;
    const factor = (targets[line] ?? 0) / sum;
    for (let at = 0; at < size; at++) {
      const cell = line * stride + at * step;
      matrix[cell] = (matrix[cell] ?? 0) * factor;
    }
  }
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
