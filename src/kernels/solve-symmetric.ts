/**
 * Solve A x = b for a symmetric positive semi-definite A by Cholesky's method; unknowns that others determine already get 0.
 *
 * @param lower  row-major, the lower half counts; left as it is
 * Cost O(n³).
 */
export function solveSymmetric(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const root = factor(lower, size);
  const solution = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let value = right[row]!;
    for (let inner = 0; inner < row; inner++) value -= root[row * size + inner]! * solution[inner]!;
    const pivot = root[row * size + row]!;
    solution[row] = pivot > 0 ? value / pivot : 0;
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = solution[row]!;
    for (let below = row + 1; below < size; below++) value -= root[below * size + row]! * solution[below]!;
    const pivot = root[row * size + row]!;
    solution[row] = pivot > 0 ? value / pivot : 0;
  }
  return solution;
}

/** A pivot smaller than this share of its diagonal is rounding: the column depends on those before it. */
const LEAST_PIVOT_SHARE = 1e-10;

function factor(lower: Float64Array, size: number): Float64Array {
  const root = lower.slice();
  for (let row = 0; row < size; row++) {
    for (let other = 0; other <= row; other++) {
      let value = root[row * size + other]!;
      for (let inner = 0; inner < other; inner++) value -= root[row * size + inner]! * root[other * size + inner]!;
      const pivot = root[other * size + other]!;
      if (row !== other) root[row * size + other] = pivot > 0 ? value / pivot : 0;
      else root[row * size + row] = value > LEAST_PIVOT_SHARE * lower[row * size + row]! ? Math.sqrt(value) : 0;
    }
  }
  return root;
}
