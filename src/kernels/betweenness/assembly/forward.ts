/** climb and descend of sweep-forward.ts in WebAssembly SIMD (AssemblyScript). */
import {
  ARC_UP_COST,
  at,
  CLIMBED,
  COST,
  COUNTS,
  DOWN_COST,
  DOWN_COUNT,
  DOWN_TAIL,
  FIRST_DOWN,
  FIRST_UP,
  NODE_COUNT,
  PATHS,
  plus,
  SLOT_OF,
  sumOf,
  TIGHT,
  TIMES,
  UNREACHED,
  UP_COUNT,
  UP_HEAD,
  UP_PATHS,
  WORTH,
} from './table';

export function climb(table: usize, slots: usize): void {
  const first = at(table, FIRST_UP);
  const head = at(table, UP_HEAD);
  const arcCost = at(table, ARC_UP_COST);
  const arcCount = at(table, UP_COUNT);
  const cost = at(table, COST);
  const paths = at(table, PATHS);
  const climbed = at(table, CLIMBED);
  for (let slot: usize = 0; slot < slots; slot++) {
    const rank = <usize>load<u32>(climbed + (slot << 2));
    const ownCost = cost + rank * TIMES;
    const ownPaths = paths + rank * COUNTS;
    const end = <usize>load<u32>(first + (rank << 2), 4);
    for (let arc = <usize>load<u32>(first + (rank << 2)); arc < end; arc++) {
      const above = <usize>load<u32>(head + (arc << 2));
      const aboveCost = cost + above * TIMES;
      const abovePaths = paths + above * COUNTS;
      const weight = i32x4.splat(load<u32>(arcCost + (arc << 2)));
      const most = v128.not(weight);
      const count = f64x2.splat(load<f64>(arcCount + (arc << 3)));
      for (let group: usize = 0; group < 4; group++) {
        const through = plus(v128.load(ownCost + (group << 4)), weight, most);
        const there = v128.load(aboveCost + (group << 4));
        const least = i32x4.min_u(through, there);
        const kept = i32x4.eq(least, there);
        const taken = i32x4.eq(least, through);
        v128.store(aboveCost + (group << 4), least);
        const place = abovePaths + (group << 5);
        const source = ownPaths + (group << 5);
        v128.store(
          place,
          f64x2.add(
            v128.and(v128.load(place), i64x2.extend_low_i32x4_s(kept)),
            v128.and(f64x2.mul(v128.load(source), count), i64x2.extend_low_i32x4_s(taken)),
          ),
        );
        v128.store(
          place,
          f64x2.add(
            v128.and(v128.load(place, 16), i64x2.extend_high_i32x4_s(kept)),
            v128.and(f64x2.mul(v128.load(source, 16), count), i64x2.extend_high_i32x4_s(taken)),
          ),
          16,
        );
      }
    }
  }
}

export function descend(table: usize): f64 {
  const first = at(table, FIRST_DOWN);
  const tail = at(table, DOWN_TAIL);
  const arcCost = at(table, DOWN_COST);
  const arcCount = at(table, DOWN_COUNT);
  const cost = at(table, COST);
  const paths = at(table, PATHS);
  const none = f64x2.splat(0);
  let pathSum = none;
  for (let rank: isize = <isize>at(table, NODE_COUNT) - 1; rank >= 0; rank--) {
    const ownCost = cost + <usize>rank * TIMES;
    const ownPaths = paths + <usize>rank * COUNTS;
    const begin = <usize>load<u32>(first + ((<usize>rank) << 2));
    const end = <usize>load<u32>(first + ((<usize>rank) << 2), 4);
    const slot = load<i32>(at(table, SLOT_OF) + ((<usize>rank) << 2));
    let a = i32x4.splat(UNREACHED);
    let b = a;
    let c = a;
    let d = a;
    if (slot >= 0) {
      a = v128.load(ownCost, 0);
      b = v128.load(ownCost, 16);
      c = v128.load(ownCost, 32);
      d = v128.load(ownCost, 48);
    }
    for (let arc = begin; arc < end; arc++) {
      const from = cost + <usize>load<u32>(tail + (arc << 2)) * TIMES;
      const weight = i32x4.splat(load<u32>(arcCost + (arc << 2)));
      const most = v128.not(weight);
      a = i32x4.min_u(a, plus(v128.load(from, 0), weight, most));
      b = i32x4.min_u(b, plus(v128.load(from, 16), weight, most));
      c = i32x4.min_u(c, plus(v128.load(from, 32), weight, most));
      d = i32x4.min_u(d, plus(v128.load(from, 48), weight, most));
    }
    let p0 = none;
    let p1 = none;
    let p2 = none;
    let p3 = none;
    let p4 = none;
    let p5 = none;
    let p6 = none;
    let p7 = none;
    if (slot >= 0) {
      // the row still holds what was climbed: ways that take longer than those from above are no shortest ways
      const isA = i32x4.eq(a, v128.load(ownCost, 0));
      const isB = i32x4.eq(b, v128.load(ownCost, 16));
      const isC = i32x4.eq(c, v128.load(ownCost, 32));
      const isD = i32x4.eq(d, v128.load(ownCost, 48));
      p0 = v128.and(v128.load(ownPaths, 0), i64x2.extend_low_i32x4_s(isA));
      p1 = v128.and(v128.load(ownPaths, 16), i64x2.extend_high_i32x4_s(isA));
      p2 = v128.and(v128.load(ownPaths, 32), i64x2.extend_low_i32x4_s(isB));
      p3 = v128.and(v128.load(ownPaths, 48), i64x2.extend_high_i32x4_s(isB));
      p4 = v128.and(v128.load(ownPaths, 64), i64x2.extend_low_i32x4_s(isC));
      p5 = v128.and(v128.load(ownPaths, 80), i64x2.extend_high_i32x4_s(isC));
      p6 = v128.and(v128.load(ownPaths, 96), i64x2.extend_low_i32x4_s(isD));
      p7 = v128.and(v128.load(ownPaths, 112), i64x2.extend_high_i32x4_s(isD));
      storeRow(at(table, UP_PATHS) + <usize>slot * COUNTS, p0, p1, p2, p3, p4, p5, p6, p7);
    }
    storeTimes(ownCost, a, b, c, d);
    for (let arc = begin; arc < end; arc++) {
      const above = <usize>load<u32>(tail + (arc << 2));
      const from = cost + above * TIMES;
      const weight = i32x4.splat(load<u32>(arcCost + (arc << 2)));
      const most = v128.not(weight);
      const isA = i32x4.eq(a, plus(v128.load(from, 0), weight, most));
      const isB = i32x4.eq(b, plus(v128.load(from, 16), weight, most));
      const isC = i32x4.eq(c, plus(v128.load(from, 32), weight, most));
      const isD = i32x4.eq(d, plus(v128.load(from, 48), weight, most));
      const lanes = i32x4.bitmask(isA) | (i32x4.bitmask(isB) << 4) | (i32x4.bitmask(isC) << 8) | (i32x4.bitmask(isD) << 12);
      store<u16>(at(table, TIGHT) + (arc << 1), <u16>lanes);
      if (lanes === 0) continue;
      const count = f64x2.splat(load<f64>(arcCount + (arc << 3)));
      const source = paths + above * COUNTS;
      p0 = f64x2.add(p0, v128.and(f64x2.mul(v128.load(source, 0), count), i64x2.extend_low_i32x4_s(isA)));
      p1 = f64x2.add(p1, v128.and(f64x2.mul(v128.load(source, 16), count), i64x2.extend_high_i32x4_s(isA)));
      p2 = f64x2.add(p2, v128.and(f64x2.mul(v128.load(source, 32), count), i64x2.extend_low_i32x4_s(isB)));
      p3 = f64x2.add(p3, v128.and(f64x2.mul(v128.load(source, 48), count), i64x2.extend_high_i32x4_s(isB)));
      p4 = f64x2.add(p4, v128.and(f64x2.mul(v128.load(source, 64), count), i64x2.extend_low_i32x4_s(isC)));
      p5 = f64x2.add(p5, v128.and(f64x2.mul(v128.load(source, 80), count), i64x2.extend_high_i32x4_s(isC)));
      p6 = f64x2.add(p6, v128.and(f64x2.mul(v128.load(source, 96), count), i64x2.extend_low_i32x4_s(isD)));
      p7 = f64x2.add(p7, v128.and(f64x2.mul(v128.load(source, 112), count), i64x2.extend_high_i32x4_s(isD)));
    }
    pathSum = f64x2.add(pathSum, storeRow(ownPaths, p0, p1, p2, p3, p4, p5, p6, p7));
    memory.fill(at(table, WORTH) + <usize>rank * COUNTS, 0, COUNTS);
  }
  return sumOf(pathSum);
}

function storeTimes(place: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(place, a, 0);
  v128.store(place, b, 16);
  v128.store(place, c, 32);
  v128.store(place, d, 48);
}

/** Store a row of path counts; returns their sum in two halves. */
function storeRow(place: usize, p0: v128, p1: v128, p2: v128, p3: v128, p4: v128, p5: v128, p6: v128, p7: v128): v128 {
  v128.store(place, p0, 0);
  v128.store(place, p1, 16);
  v128.store(place, p2, 32);
  v128.store(place, p3, 48);
  v128.store(place, p4, 64);
  v128.store(place, p5, 80);
  v128.store(place, p6, 96);
  v128.store(place, p7, 112);
  const half = f64x2.add(f64x2.add(p0, p1), f64x2.add(p2, p3));
  return f64x2.add(half, f64x2.add(f64x2.add(p4, p5), f64x2.add(p6, p7)));
}
