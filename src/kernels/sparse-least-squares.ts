import { solveSymmetric } from './solve-symmetric.ts';

/** Rows with the same few non-zero columns each. */
export interface SparseDesign {
  readonly rowCount: number;
  readonly columnCount: number;
  /** non-zeros a row */
  readonly width: number;
  /** row-major row × width; a column may stand twice in a row (its values add up) */
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/**
 * Weighted least squares by normal equations; columns that earlier ones determine get 0.
 *
 * @param weight  per row; 0 leaves it out
 * Cost O(rows · width² + columns³).
 */
export function sparseLeastSquares(design: SparseDesign, outcome: Float64Array, weight: Float64Array): Float64Array {
  const { rowCount, columnCount, width, columns, values } = design;
  const lower = new Float64Array(columnCount * columnCount);
  const right = new Float64Array(columnCount);
  for (let row = 0; row < rowCount; row++) {
    const share = weight[row]!;
    if (share === 0) continue;
    for (let a = row * width; a < (row + 1) * width; a++) {
      const value = share * values[a]!;
      if (value === 0) continue;
      const column = columns[a]!;
      right[column]! += value * outcome[row]!;
      for (let b = row * width; b < (row + 1) * width; b++) {
        if (columns[b]! <= column) lower[column * columnCount + columns[b]!]! += value * values[b]!;
      }
    }
  }
  return solveSymmetric(lower, right);
}

/** Fitted values of every row. Cost O(rows · width). */
export function fittedValues(design: SparseDesign, coefficients: Float64Array): Float64Array {
  const fitted = new Float64Array(design.rowCount);
  for (let row = 0; row < design.rowCount; row++) {
    for (let cell = row * design.width; cell < (row + 1) * design.width; cell++) {
      fitted[row]! += coefficients[design.columns[cell]!]! * design.values[cell]!;
    }
  }
  return fitted;
}
