/**
 * The 16-lane sweep in WebAssembly SIMD (AssemblyScript). `npm run build` compiles it; lanes-plain.ts holds the same steps in plain
 * TypeScript and gives the same numbers. Addresses are bytes from the start of the imported memory; layout in lanes.ts.
 */

const UNREACHED: u32 = 0xffffffff;
/** bytes of a row: 16 lanes of 4 bytes */
const ROW: usize = 64;

/** Lower the row at `target` by way of the row at `source` and an arc; sums that pass the last whole number of 32 bits stay there. */
function relax(target: usize, source: usize, cost: u32): void {
  const weight = i32x4.splat(cost);
  const most = v128.not(weight);
  lower(target, source, weight, most);
  lower(target + 16, source + 16, weight, most);
  lower(target + 32, source + 32, weight, most);
  lower(target + 48, source + 48, weight, most);
}

function lower(target: usize, source: usize, weight: v128, most: v128): void {
  v128.store(target, i32x4.min_u(v128.load(target), i32x4.add(i32x4.min_u(v128.load(source), most), weight)));
}

/** Carry costs up from the marked positions to all more important ones, marking those that are met; highest position first. */
export function climb(wordCount: usize, marks: usize, rows: usize, first: usize, upper: usize, cost: usize): void {
  for (let word: isize = <isize>wordCount - 1; word >= 0; word--) {
    const place = marks + ((<usize>word) << 2);
    let left = load<u32>(place);
    while (left !== 0) {
      const bit = 31 - clz<u32>(left);
      const position = ((<usize>word) << 5) + bit;
      const row = rows + position * ROW;
      const end = load<u32>(first + (position << 2), 4);
      for (let arc: usize = load<u32>(first + (position << 2)); arc < end; arc++) {
        const above: usize = load<u32>(upper + (arc << 2));
        const target = rows + above * ROW;
        const markPlace = marks + ((above >> 5) << 2);
        const mark = load<u32>(markPlace);
        const flag: u32 = 1 << (<u32>above & 31);
        if ((mark & flag) === 0) {
          store<u32>(markPlace, mark | flag);
          clear(target);
        }
        relax(target, row, load<u32>(cost + (arc << 2)));
      }
      // marks set meanwhile in this word lie below the bit in hand
      left = load<u32>(place) & (((<u32>1) << bit) - 1);
    }
  }
}

/** Carry costs down: rows of positions start … end - 1 from their own, where marked, and those of more important positions. */
export function descend(start: usize, end: usize, marks: usize, rows: usize, first: usize, upper: usize, cost: usize): void {
  let arc: usize = load<u32>(first + (start << 2));
  let row = rows + start * ROW;
  for (let position = start; position < end; position++) {
    let a = i32x4.splat(UNREACHED);
    let b = a;
    let c = a;
    let d = a;
    if (load<u32>(marks + ((position >> 5) << 2)) & (1 << (<u32>position & 31))) {
      a = v128.load(row, 0);
      b = v128.load(row, 16);
      c = v128.load(row, 32);
      d = v128.load(row, 48);
    }
    const last: usize = load<u32>(first + (position << 2), 4);
    for (; arc < last; arc++) {
      const source = rows + <usize>load<u32>(upper + (arc << 2)) * ROW;
      const weight = i32x4.splat(load<u32>(cost + (arc << 2)));
      const most = v128.not(weight);
      a = i32x4.min_u(a, i32x4.add(i32x4.min_u(v128.load(source, 0), most), weight));
      b = i32x4.min_u(b, i32x4.add(i32x4.min_u(v128.load(source, 16), most), weight));
      c = i32x4.min_u(c, i32x4.add(i32x4.min_u(v128.load(source, 32), most), weight));
      d = i32x4.min_u(d, i32x4.add(i32x4.min_u(v128.load(source, 48), most), weight));
    }
    v128.store(row, a, 0);
    v128.store(row, b, 16);
    v128.store(row, c, 32);
    v128.store(row, d, 48);
    row += ROW;
  }
}

/** The same for the positions of a list alone, each standing after all that it takes costs from; row `index` of the arcs is list[index]. */
export function descendList(count: usize, list: usize, marks: usize, rows: usize, first: usize, upper: usize, cost: usize): void {
  for (let index: usize = 0; index < count; index++) {
    const position: usize = load<u32>(list + (index << 2));
    const row = rows + position * ROW;
    if ((load<u32>(marks + ((position >> 5) << 2)) & (1 << (<u32>position & 31))) === 0) clear(row);
    const last: usize = load<u32>(first + (index << 2), 4);
    for (let arc: usize = load<u32>(first + (index << 2)); arc < last; arc++) {
      relax(row, rows + <usize>load<u32>(upper + (arc << 2)) * ROW, load<u32>(cost + (arc << 2)));
    }
  }
}

/**
 * The same for times up to a limit: rows of which no lane is within the limit are not looked at again. A bit of `active` says whether a
 * position has a lane within the limit.
 */
export function descendWithin(
  start: usize,
  end: usize,
  marks: usize,
  rows: usize,
  first: usize,
  upper: usize,
  cost: usize,
  active: usize,
  limit: u32,
): void {
  const most = i32x4.splat(limit);
  for (let position = start; position < end; position++) {
    const row = rows + position * ROW;
    const arcs: usize = load<u32>(first + (position << 2));
    const last: usize = load<u32>(first + (position << 2), 4);
    let isOpen: u32 = load<u32>(marks + ((position >> 5) << 2)) & (1 << (<u32>position & 31));
    if (isOpen === 0) clear(row);
    for (let arc = arcs; arc < last; arc++) {
      const above: usize = load<u32>(upper + (arc << 2));
      if ((load<u32>(active + ((above >> 5) << 2)) & (1 << (<u32>above & 31))) === 0) continue;
      isOpen = 1;
      relax(row, rows + above * ROW, load<u32>(cost + (arc << 2)));
    }
    if (isOpen === 0) continue;
    const least = i32x4.min_u(i32x4.min_u(v128.load(row, 0), v128.load(row, 16)), i32x4.min_u(v128.load(row, 32), v128.load(row, 48)));
    if (v128.any_true(i32x4.le_u(least, most))) {
      const place = active + ((position >> 5) << 2);
      store<u32>(place, load<u32>(place) | (1 << (<u32>position & 31)));
    }
  }
}

function clear(row: usize): void {
  const none = i32x4.splat(UNREACHED);
  v128.store(row, none, 0);
  v128.store(row, none, 16);
  v128.store(row, none, 32);
  v128.store(row, none, 48);
}

/**
 * Add to 16 float64 totals the times of positions start … end - 1 that are reached, and to 16 more how many are: in whole numbers, exact while
 * totals are below 2^53.
 */
export function addTimes(start: usize, end: usize, rows: usize, totals: usize): void {
  const none = i32x4.splat(UNREACHED);
  // two parts of four lanes a pass: more would not fit the registers
  for (let part: usize = 0; part < 4; part += 2) {
    let a = i64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let firstCount = i32x4.splat(0);
    let secondCount = firstCount;
    const last = rows + end * ROW;
    for (let row = rows + start * ROW; row < last; row += ROW) {
      const first = v128.load(row + part * 16);
      const second = v128.load(row + part * 16, 16);
      const firstMissing = i32x4.eq(first, none);
      const secondMissing = i32x4.eq(second, none);
      const firstKept = v128.andnot(first, firstMissing);
      const secondKept = v128.andnot(second, secondMissing);
      firstCount = i32x4.add(firstCount, firstMissing);
      secondCount = i32x4.add(secondCount, secondMissing);
      a = i64x2.add(a, i64x2.extend_low_i32x4_u(firstKept));
      b = i64x2.add(b, i64x2.extend_high_i32x4_u(firstKept));
      c = i64x2.add(c, i64x2.extend_low_i32x4_u(secondKept));
      d = i64x2.add(d, i64x2.extend_high_i32x4_u(secondKept));
    }
    const sums = totals + part * 32;
    v128.store(sums, f64x2.add(v128.load(sums, 0), fromWhole(a)), 0);
    v128.store(sums, f64x2.add(v128.load(sums, 16), fromWhole(b)), 16);
    v128.store(sums, f64x2.add(v128.load(sums, 32), fromWhole(c)), 32);
    v128.store(sums, f64x2.add(v128.load(sums, 48), fromWhole(d)), 48);
    const all = i32x4.splat(<u32>(end - start));
    addWhole(totals + 128 + part * 32, i32x4.add(all, firstCount));
    addWhole(totals + 160 + part * 32, i32x4.add(all, secondCount));
  }
}

/** Add scale / time of all positions that are reached in more than no time. */
export function addInverse(start: usize, end: usize, rows: usize, totals: usize, scale: f64): void {
  const none = i32x4.splat(UNREACHED);
  const zero = i32x4.splat(0);
  const numerator = f64x2.splat(scale);
  for (let part: usize = 0; part < 4; part++) {
    let low = v128.load(totals + part * 32, 0);
    let high = v128.load(totals + part * 32, 16);
    for (let row = rows + start * ROW + part * 16; row < rows + end * ROW; row += ROW) {
      const times = v128.load(row);
      const isCounted = v128.not(v128.or(i32x4.eq(times, none), i32x4.eq(times, zero)));
      const first = f64x2.div(numerator, f64x2.convert_low_i32x4_u(times));
      const second = f64x2.div(numerator, f64x2.convert_low_i32x4_u(upperHalf(times)));
      low = f64x2.add(low, v128.and(first, i64x2.extend_low_i32x4_s(isCounted)));
      high = f64x2.add(high, v128.and(second, i64x2.extend_high_i32x4_s(isCounted)));
    }
    v128.store(totals + part * 32, low, 0);
    v128.store(totals + part * 32, high, 16);
  }
}

/** Add the amounts of all positions within a limit. */
export function addWithin(start: usize, end: usize, rows: usize, totals: usize, amounts: usize, limit: u32): void {
  const most = i32x4.splat(limit);
  for (let part: usize = 0; part < 4; part++) {
    let low = v128.load(totals + part * 32, 0);
    let high = v128.load(totals + part * 32, 16);
    for (let position = start; position < end; position++) {
      const isWithin = i32x4.le_u(v128.load(rows + position * ROW + part * 16), most);
      const amount = v128.load64_splat(amounts + (position << 3));
      low = f64x2.add(low, v128.and(amount, i64x2.extend_low_i32x4_s(isWithin)));
      high = f64x2.add(high, v128.and(amount, i64x2.extend_high_i32x4_s(isWithin)));
    }
    v128.store(totals + part * 32, low, 0);
    v128.store(totals + part * 32, high, 16);
  }
}

/** The same for amounts that are whole numbers and together below 2^32, in whole numbers. */
export function countWithin(start: usize, end: usize, rows: usize, totals: usize, counts: usize, limit: u32): void {
  const most = i32x4.splat(limit);
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let row = rows + start * ROW;
  for (let position = start; position < end; position++) {
    const amount = v128.load32_splat(counts + (position << 2));
    a = i32x4.add(a, v128.and(amount, i32x4.le_u(v128.load(row, 0), most)));
    b = i32x4.add(b, v128.and(amount, i32x4.le_u(v128.load(row, 16), most)));
    c = i32x4.add(c, v128.and(amount, i32x4.le_u(v128.load(row, 32), most)));
    d = i32x4.add(d, v128.and(amount, i32x4.le_u(v128.load(row, 48), most)));
    row += ROW;
  }
  addWhole(totals, a);
  addWhole(totals + 32, b);
  addWhole(totals + 64, c);
  addWhole(totals + 96, d);
}

function addWhole(totals: usize, four: v128): void {
  v128.store(totals, f64x2.add(v128.load(totals, 0), f64x2.convert_low_i32x4_u(four)), 0);
  v128.store(totals, f64x2.add(v128.load(totals, 16), f64x2.convert_low_i32x4_u(upperHalf(four))), 16);
}

function fromWhole(two: v128): v128 {
  const first = f64x2.splat(<f64>(<u64>i64x2.extract_lane(two, 0)));
  return f64x2.replace_lane(first, 1, <f64>(<u64>i64x2.extract_lane(two, 1)));
}

/** Add amount · exp(rate · time) of all positions that are reached, the rate being below 0. */
export function addDecayed(start: usize, end: usize, rows: usize, totals: usize, amounts: usize, rate: f64): void {
  const none = i32x4.splat(UNREACHED);
  const rates = f64x2.splat(rate);
  for (let part: usize = 0; part < 4; part++) {
    let low = v128.load(totals + part * 32, 0);
    let high = v128.load(totals + part * 32, 16);
    for (let position = start; position < end; position++) {
      const times = v128.load(rows + position * ROW + part * 16);
      const isReached = i32x4.ne(times, none);
      const amount = v128.load64_splat(amounts + (position << 3));
      const first = f64x2.mul(amount, exponential(f64x2.mul(rates, f64x2.convert_low_i32x4_u(times))));
      const second = f64x2.mul(amount, exponential(f64x2.mul(rates, f64x2.convert_low_i32x4_u(upperHalf(times)))));
      low = f64x2.add(low, v128.and(first, i64x2.extend_low_i32x4_s(isReached)));
      high = f64x2.add(high, v128.and(second, i64x2.extend_high_i32x4_s(isReached)));
    }
    v128.store(totals + part * 32, low, 0);
    v128.store(totals + part * 32, high, 16);
  }
}

function upperHalf(four: v128): v128 {
  return i32x4.shuffle(four, four, 2, 3, 2, 3);
}

/** e to the powers x of -708 … 0, lower ones as -708; the steps and constants are those of exponential.ts. */
function exponential(powers: v128): v128 {
  const x = f64x2.max(powers, f64x2.splat(-708));
  const magic = f64x2.splat(6755399441055744);
  const k = f64x2.sub(f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), magic), magic);
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238))), f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
  let sum = f64x2.splat(1.0 / 6227020800.0);
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 479001600.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 39916800.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 3628800.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 362880.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 40320.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 5040.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 720.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 120.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 24.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 6.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.5));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  const exponent = i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k)), i64x2.splat(1023));
  return f64x2.mul(sum, i64x2.shl(exponent, 52));
}
