/**
 * Costs of all edges of a customisation through their triangles, in WebAssembly SIMD (AssemblyScript). `npm run build` compiles it;
 * triangles-plain.ts holds the same steps in plain TypeScript and gives the same numbers.
 *
 * The two directions of an edge lie side by side, out then into, and are worked on together. Addresses are bytes from the start of the
 * imported memory, and `table` is the address of their table, in the order of triangle-memory.ts.
 */

const UNREACHED: u32 = 0xffffffff;

const NODE_COUNT: usize = 0;
const FIRST: usize = 4;
const UPPER: usize = 8;
const FIRST_LOWER: usize = 12;
const LOWER_EDGE: usize = 16;
const LOWER: usize = 20;
const COST: usize = 24;
const BEST: usize = 28;
const KEPT: usize = 32;
const ROW: usize = 36;
const COUNT: usize = 40;
const ROW_COUNT: usize = 44;
const ROW_EDGE: usize = 48;
const ARC_OF: usize = 52;
const NEXT_PART: usize = 56;
const PART_FIRST: usize = 60;
const PART_SECOND: usize = 64;

function at(table: usize, field: usize): usize {
  return <usize>load<u32>(table + field);
}

/** Sums that pass the last whole number of 32 bits stay there; `most` is the complement of `more`. */
function plus(times: v128, more: v128, most: v128): v128 {
  return i32x4.add(i32x4.min_u(times, most), more);
}

/** Out and into, exchanged. */
function turned(pair: v128): v128 {
  return i32x4.shuffle(pair, pair, 1, 0, 3, 2);
}

/** Every edge takes the cheapest way over one less important node, least important middle first. */
export function rise(table: usize): void {
  const first = at(table, FIRST);
  const upper = at(table, UPPER);
  const firstLower = at(table, FIRST_LOWER);
  const lowerEdge = at(table, LOWER_EDGE);
  const lower = at(table, LOWER);
  const cost = at(table, COST);
  const row = at(table, ROW);
  for (let middle: isize = <isize>at(table, NODE_COUNT) - 1; middle >= 0; middle--) {
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
      for (let side = <usize>load<u32>(first + (below << 2)); side < base; side++) {
        const target = row + ((<usize>load<u32>(upper + (side << 2))) << 3);
        const through = plus(v128.load64_zero(cost + (side << 3)), more, most);
        v128.store64_lane(target, i32x4.min_u(v128.load64_zero(target), through), 0);
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
export function press(table: usize, keepsTies: bool): void {
  const nodeCount = at(table, NODE_COUNT);
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
  for (let middle: usize = 0; middle < nodeCount; middle++) {
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
      let least = v128.load64_zero(best + (base << 3));
      for (let side = <usize>load<u32>(first + (below << 2)); side < base; side++) {
        const above = v128.load64_zero(row + ((<usize>load<u32>(upper + (side << 2))) << 3));
        const sideBest = best + (side << 3);
        const sideCost = v128.load64_zero(cost + (side << 3));
        v128.store64_lane(sideBest, i32x4.min_u(v128.load64_zero(sideBest), plus(above, baseCost, most)), 0);
        least = i32x4.min_u(least, plus(turned(above), sideCost, v128.not(sideCost)));
      }
      v128.store64_lane(best + (base << 3), least, 0);
    }
  }
}

/** As rise, adding up the numbers of equally short ways: float64, out and into side by side. */
export function riseCounted(table: usize): void {
  const first = at(table, FIRST);
  const upper = at(table, UPPER);
  const firstLower = at(table, FIRST_LOWER);
  const lowerEdge = at(table, LOWER_EDGE);
  const lower = at(table, LOWER);
  const cost = at(table, COST);
  const row = at(table, ROW);
  const count = at(table, COUNT);
  const rowCount = at(table, ROW_COUNT);
  for (let middle: isize = <isize>at(table, NODE_COUNT) - 1; middle >= 0; middle--) {
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
      for (let side = <usize>load<u32>(first + (below << 2)); side < base; side++) {
        const above = <usize>load<u32>(upper + (side << 2));
        const target = row + (above << 3);
        const through = plus(v128.load64_zero(cost + (side << 3)), more, most);
        const there = v128.load64_zero(target);
        const least = i32x4.min_u(there, through);
        const taken = i32x4.eq(least, through);
        // most triangles change nothing
        if ((i32x4.bitmask(taken) & 3) === 0) continue;
        v128.store64_lane(target, least, 0);
        const ways = f64x2.mul(v128.load(count + (side << 4)), moreCount);
        const targetCount = rowCount + (above << 4);
        v128.store(
          targetCount,
          f64x2.add(
            v128.and(v128.load(targetCount), i64x2.extend_low_i32x4_s(i32x4.eq(least, there))),
            v128.and(ways, i64x2.extend_low_i32x4_s(taken)),
          ),
        );
      }
    }
    for (let edge = start; edge < end; edge++) {
      const above = <usize>load<u32>(upper + (edge << 2));
      store<u64>(cost + (edge << 3), load<u64>(row + (above << 3)));
      v128.store(count + (edge << 4), v128.load(rowCount + (above << 4)));
    }
  }
}

/** How many kept edges each tight triangle makes: `NEXT_PART`, by arc, counts them; see layParts. */
export function countParts(table: usize): void {
  walkTight(table, false);
}

/**
 * For every kept edge that a way over a less important node equals, that way's first and second arc. `ARC_OF` numbers kept edges, out and
 * into side by side; `NEXT_PART` is where the parts of an arc begin, and becomes where they end.
 */
export function layParts(table: usize): void {
  walkTight(table, true);
}

function walkTight(table: usize, isLaying: bool): void {
  const nodeCount = at(table, NODE_COUNT);
  const first = at(table, FIRST);
  const upper = at(table, UPPER);
  const firstLower = at(table, FIRST_LOWER);
  const lowerEdge = at(table, LOWER_EDGE);
  const lower = at(table, LOWER);
  const cost = at(table, COST);
  const kept = at(table, KEPT);
  const row = at(table, ROW);
  const rowEdge = at(table, ROW_EDGE);
  for (let middle: usize = 0; middle < nodeCount; middle++) {
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
      for (let side = <usize>load<u32>(first + (below << 2)); side < base; side++) {
        const above = <usize>load<u32>(upper + (side << 2));
        const through = plus(v128.load64_zero(cost + (side << 3)), more, most);
        let tight = i32x4.bitmask(i32x4.eq(through, v128.load64_zero(row + (above << 3)))) & 3;
        if (tight === 0) continue;
        const edge = <usize>load<u32>(rowEdge + (above << 2));
        tight &= <i32>load<u8>(kept + edge);
        if (tight & 1) notePart(table, edge << 1, (base << 1) + 1, side << 1, isLaying);
        if (tight & 2) notePart(table, (edge << 1) + 1, (side << 1) + 1, base << 1, isLaying);
      }
    }
  }
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
