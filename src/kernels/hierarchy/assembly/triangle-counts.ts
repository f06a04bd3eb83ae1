/** Numbers of equally short ways of edges, and what they are made of. */
import {
  ARC_OF,
  at,
  COST,
  COUNT,
  FIRST,
  FIRST_LOWER,
  KEPT,
  LOWER,
  LOWER_EDGE,
  NEXT_PART,
  PART_FIRST,
  PART_SECOND,
  plus,
  ROW,
  ROW_COUNT,
  ROW_EDGE,
  turned,
  UPPER,
} from './triangle-table';

/** As rise, adding up the numbers of equally short ways: float64, out and into side by side. */
export function riseCounted(table: usize, from: usize, to: usize): void {
  const first = at(table, FIRST);
  const upper = at(table, UPPER);
  const firstLower = at(table, FIRST_LOWER);
  const lowerEdge = at(table, LOWER_EDGE);
  const lower = at(table, LOWER);
  const cost = at(table, COST);
  const row = at(table, ROW);
  const count = at(table, COUNT);
  const rowCount = at(table, ROW_COUNT);
  for (let middle: isize = <isize>to - 1; middle >= <isize>from; middle--) {
    const place = (<usize>middle) << 2;
    const start = <usize>load<u32>(first + place);
    const end = <usize>load<u32>(first + place, 4);
    const lastLower = <usize>load<u32>(firstLower + place, 4);
    for (let edge = start; edge < end; edge++) {
      const above = <usize>load<u32>(upper + (edge << 2));
      store<u64>(row + (above << 3), load<u64>(cost + (edge << 3)));
      v128.store(rowCount + (above << 4), v128.load(count + (edge << 4)));
    }
    for (let index = <usize>load<u32>(firstLower + place); index < lastLower; index++) {
      const base = <usize>load<u32>(lowerEdge + (index << 2));
      const below = <usize>load<u32>(lower + (base << 2));
      const more = turned(v128.load64_splat(cost + (base << 3)));
      const most = v128.not(more);
      const baseCount = v128.load(count + (base << 4));
      const moreCount = i64x2.shuffle(baseCount, baseCount, 1, 0);
      let side = <usize>load<u32>(first + (below << 2));
      if ((base - side) & 1) {
        offer(upper, row, rowCount, count, side, plus(v128.load64_zero(cost + (side << 3)), more, most), moreCount);
        side++;
      }
      for (; side < base; side += 2) {
        const target = row + ((<usize>load<u32>(upper + (side << 2))) << 3);
        const other = row + ((<usize>load<u32>(upper + (side << 2), 4)) << 3);
        const through = plus(v128.load(cost + (side << 3)), more, most);
        // most triangles change nothing: two are looked at together
        const beaten = i32x4.bitmask(i32x4.gt_u(through, v128.load64_lane(other, v128.load64_zero(target), 1)));
        if (beaten === 15) continue;
        if ((beaten & 3) !== 3) offer(upper, row, rowCount, count, side, through, moreCount);
        if ((beaten & 12) !== 12) offer(upper, row, rowCount, count, side + 1, i64x2.shuffle(through, through, 1, 0), moreCount);
      }
    }
    for (let edge = start; edge < end; edge++) {
      const above = <usize>load<u32>(upper + (edge << 2));
      store<u64>(cost + (edge << 3), load<u64>(row + (above << 3)));
      v128.store(count + (edge << 4), v128.load(rowCount + (above << 4)));
    }
  }
}

/** Lower the edge of a triangle to the way over its side, or add the ways up where they tie. */
function offer(upper: usize, row: usize, rowCount: usize, count: usize, side: usize, through: v128, moreCount: v128): void {
  const above = <usize>load<u32>(upper + (side << 2));
  const target = row + (above << 3);
  const there = v128.load64_zero(target);
  const least = i32x4.min_u(there, through);
  v128.store64_lane(target, least, 0);
  const ways = f64x2.mul(v128.load(count + (side << 4)), moreCount);
  const targetCount = rowCount + (above << 4);
  v128.store(
    targetCount,
    f64x2.add(
      v128.and(v128.load(targetCount), i64x2.extend_low_i32x4_s(i32x4.eq(least, there))),
      v128.and(ways, i64x2.extend_low_i32x4_s(i32x4.eq(least, through))),
    ),
  );
}

/** How many kept edges each tight triangle makes: `NEXT_PART`, by arc, counts them; see layParts. */
export function countParts(table: usize, from: usize, to: usize): void {
  walkTight(table, from, to, false);
}

/**
 * For every kept edge that a way over a less important node equals, that way's first and second arc. `ARC_OF` numbers kept edges, out and
 * into side by side; `NEXT_PART` is where the parts of an arc begin, and becomes where they end.
 */
export function layParts(table: usize, from: usize, to: usize): void {
  walkTight(table, from, to, true);
}

function walkTight(table: usize, from: usize, to: usize, isLaying: bool): void {
  const first = at(table, FIRST);
  const upper = at(table, UPPER);
  const firstLower = at(table, FIRST_LOWER);
  const lowerEdge = at(table, LOWER_EDGE);
  const lower = at(table, LOWER);
  const cost = at(table, COST);
  const row = at(table, ROW);
  const rowEdge = at(table, ROW_EDGE);
  for (let middle = from; middle < to; middle++) {
    const place = middle << 2;
    const end = <usize>load<u32>(first + place, 4);
    for (let edge = <usize>load<u32>(first + place); edge < end; edge++) {
      const above = <usize>load<u32>(upper + (edge << 2));
      store<u64>(row + (above << 3), load<u64>(cost + (edge << 3)));
      store<u32>(rowEdge + (above << 2), <u32>edge);
    }
    const lastLower = <usize>load<u32>(firstLower + place, 4);
    for (let index = <usize>load<u32>(firstLower + place); index < lastLower; index++) {
      const base = <usize>load<u32>(lowerEdge + (index << 2));
      const below = <usize>load<u32>(lower + (base << 2));
      const more = turned(v128.load64_splat(cost + (base << 3)));
      const most = v128.not(more);
      let side = <usize>load<u32>(first + (below << 2));
      if ((base - side) & 1) {
        const above = v128.load64_zero(row + ((<usize>load<u32>(upper + (side << 2))) << 3));
        const tight = i32x4.bitmask(i32x4.eq(plus(v128.load64_zero(cost + (side << 3)), more, most), above));
        noteTight(table, base, side, <usize>load<u32>(upper + (side << 2)), tight, isLaying);
        side++;
      }
      for (; side < base; side += 2) {
        const above = <usize>load<u32>(upper + (side << 2));
        const other = <usize>load<u32>(upper + (side << 2), 4);
        const there = v128.load64_lane(row + (other << 3), v128.load64_zero(row + (above << 3)), 1);
        const tight = i32x4.bitmask(i32x4.eq(plus(v128.load(cost + (side << 3)), more, most), there));
        if (tight === 0) continue;
        noteTight(table, base, side, above, tight, isLaying);
        noteTight(table, base, side + 1, other, tight >> 2, isLaying);
      }
    }
  }
}

/** Bits 0 and 1 of `tight`: out and into of the edge from the middle to `above` are equalled by this triangle. */
function noteTight(table: usize, base: usize, side: usize, above: usize, tight: i32, isLaying: bool): void {
  if ((tight & 3) === 0) return;
  const edge = <usize>load<u32>(at(table, ROW_EDGE) + (above << 2));
  const both = tight & <i32>load<u8>(at(table, KEPT) + edge);
  if (both & 1) notePart(table, edge << 1, (base << 1) + 1, side << 1, isLaying);
  if (both & 2) notePart(table, (edge << 1) + 1, (side << 1) + 1, base << 1, isLaying);
}

function notePart(table: usize, whole: usize, firstPart: usize, secondPart: usize, isLaying: bool): void {
  const arcOf = at(table, ARC_OF);
  const place = at(table, NEXT_PART) + ((<usize>load<u32>(arcOf + (whole << 2))) << 2);
  const part = <usize>load<u32>(place);
  store<u32>(place, <u32>part + 1);
  if (!isLaying) return;
  store<u32>(at(table, PART_FIRST) + (part << 2), load<u32>(arcOf + (firstPart << 2)));
  store<u32>(at(table, PART_SECOND) + (part << 2), load<u32>(arcOf + (secondPart << 2)));
}
