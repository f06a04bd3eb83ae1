/** Costs of edges through their triangles. */
import { at, BEST, COST, FIRST, FIRST_LOWER, KEPT, LOWER, LOWER_EDGE, plus, ROW, turned, UNREACHED, UPPER } from './triangle-table';

/** Every edge takes the cheapest way over one less important node, least important middle first. */
export function rise(table: usize, from: usize, to: usize): void {
  const first = at(table, FIRST);
  const upper = at(table, UPPER);
  const firstLower = at(table, FIRST_LOWER);
  const lowerEdge = at(table, LOWER_EDGE);
  const lower = at(table, LOWER);
  const cost = at(table, COST);
  const row = at(table, ROW);
  for (let middle: isize = <isize>to - 1; middle >= <isize>from; middle--) {
    const place = (<usize>middle) << 2;
    const start = <usize>load<u32>(first + place);
    const end = <usize>load<u32>(first + place, 4);
    const lastLower = <usize>load<u32>(firstLower + place, 4);
    // the row of the middle, by position, so that every triangle finds its edge at once
    for (let edge = start; edge < end; edge++) {
      store<u64>(row + ((<usize>load<u32>(upper + (edge << 2))) << 3), load<u64>(cost + (edge << 3)));
    }
    for (let index = <usize>load<u32>(firstLower + place); index < lastLower; index++) {
      const base = <usize>load<u32>(lowerEdge + (index << 2));
      const below = <usize>load<u32>(lower + (base << 2));
      const more = turned(v128.load64_splat(cost + (base << 3)));
      const most = v128.not(more);
      // rows are sorted, and the middle is the less important of the two upper ends, so it stands last
      let side = <usize>load<u32>(first + (below << 2));
      if ((base - side) & 1) {
        const target = row + ((<usize>load<u32>(upper + (side << 2))) << 3);
        const through = plus(v128.load64_zero(cost + (side << 3)), more, most);
        v128.store64_lane(target, i32x4.min_u(v128.load64_zero(target), through), 0);
        side++;
      }
      // two triangles at a time
      for (; side < base; side += 2) {
        const target = row + ((<usize>load<u32>(upper + (side << 2))) << 3);
        const other = row + ((<usize>load<u32>(upper + (side << 2), 4)) << 3);
        const through = plus(v128.load(cost + (side << 3)), more, most);
        const least = i32x4.min_u(v128.load64_lane(other, v128.load64_zero(target), 1), through);
        v128.store64_lane(target, least, 0);
        v128.store64_lane(other, least, 1);
      }
    }
    for (let edge = start; edge < end; edge++) {
      store<u64>(cost + (edge << 3), load<u64>(row + ((<usize>load<u32>(upper + (edge << 2))) << 3)));
    }
  }
}

/**
 * Which edges no way over more important nodes beats (nor equals, unless `keepsTies`), most important first: bit 0 of `kept` for out, bit 1
 * for into. `best` is UNREACHED everywhere before.
 */
export function press(table: usize, from: usize, to: usize, keepsTies: bool): void {
  const first = at(table, FIRST);
  const upper = at(table, UPPER);
  const firstLower = at(table, FIRST_LOWER);
  const lowerEdge = at(table, LOWER_EDGE);
  const lower = at(table, LOWER);
  const cost = at(table, COST);
  const best = at(table, BEST);
  const kept = at(table, KEPT);
  const row = at(table, ROW);
  const none = i32x4.splat(UNREACHED);
  for (let middle = from; middle < to; middle++) {
    const place = middle << 2;
    const end = <usize>load<u32>(first + place, 4);
    for (let edge = <usize>load<u32>(first + place); edge < end; edge++) {
      const own = v128.load64_zero(cost + (edge << 3));
      const detour = v128.load64_zero(best + (edge << 3));
      const least = i32x4.min_u(own, detour);
      const stays = keepsTies ? v128.andnot(i32x4.eq(least, own), i32x4.eq(own, none)) : i32x4.lt_u(own, detour);
      store<u8>(kept + edge, <u8>(i32x4.bitmask(stays) & 3));
      v128.store64_lane(best + (edge << 3), least, 0);
      v128.store64_lane(row + ((<usize>load<u32>(upper + (edge << 2))) << 3), least, 0);
    }
    const lastLower = <usize>load<u32>(firstLower + place, 4);
    for (let index = <usize>load<u32>(firstLower + place); index < lastLower; index++) {
      const base = <usize>load<u32>(lowerEdge + (index << 2));
      const below = <usize>load<u32>(lower + (base << 2));
      const baseCost = v128.load64_splat(cost + (base << 3));
      const most = v128.not(baseCost);
      let least = v128.load64_splat(best + (base << 3));
      let side = <usize>load<u32>(first + (below << 2));
      if ((base - side) & 1) {
        const above = v128.load64_splat(row + ((<usize>load<u32>(upper + (side << 2))) << 3));
        const sideBest = best + (side << 3);
        const sideCost = v128.load64_splat(cost + (side << 3));
        v128.store64_lane(sideBest, i32x4.min_u(v128.load64_zero(sideBest), plus(above, baseCost, most)), 0);
        least = i32x4.min_u(least, plus(turned(above), sideCost, v128.not(sideCost)));
        side++;
      }
      // two triangles at a time
      for (; side < base; side += 2) {
        const target = row + ((<usize>load<u32>(upper + (side << 2))) << 3);
        const other = row + ((<usize>load<u32>(upper + (side << 2), 4)) << 3);
        const above = v128.load64_lane(other, v128.load64_zero(target), 1);
        const sideBest = best + (side << 3);
        const sideCost = v128.load(cost + (side << 3));
        v128.store(sideBest, i32x4.min_u(v128.load(sideBest), plus(above, baseCost, most)));
        least = i32x4.min_u(least, plus(turned(above), sideCost, v128.not(sideCost)));
      }
      least = i32x4.min_u(least, i64x2.shuffle(least, least, 1, 0));
      v128.store64_lane(best + (base << 3), least, 0);
    }
  }
}

/**
 * Bring together the kept edges of one direction (0 out, 1 into), by position: where each row begins in `row`, upper ends and then, from the
 * middle on, costs in `best`. Returns how many there are. Overwrites `best` and `row`.
 */
export function gather(table: usize, nodeCount: usize, direction: usize): u32 {
  const first = at(table, FIRST);
  const upper = at(table, UPPER);
  const cost = at(table, COST) + (direction << 2);
  const kept = at(table, KEPT);
  const rows = at(table, ROW);
  const uppers = at(table, BEST);
  const edgeCount = <usize>load<u32>(first + (nodeCount << 2));
  const costs = uppers + (edgeCount << 2);
  let arc: usize = 0;
  let edge: usize = 0;
  store<u32>(rows, 0);
  for (let position: usize = 0; position < nodeCount; position++) {
    const end = <usize>load<u32>(first + (position << 2), 4);
    for (; edge < end; edge++) {
      // written whether kept or not, and overwritten where it is not: quicker than a branch that cannot be foretold
      store<u32>(uppers + (arc << 2), load<u32>(upper + (edge << 2)));
      store<u32>(costs + (arc << 2), load<u32>(cost + (edge << 3)));
      arc += (<usize>load<u8>(kept + edge) >> direction) & 1;
    }
    store<u32>(rows + (position << 2), <u32>arc, 4);
  }
  return <u32>arc;
}
