/** ascendDemand and returnToOrigins of sweep-back.ts in WebAssembly SIMD (AssemblyScript). */
import {
  ARC_FLOW,
  ARC_UP_COST,
  ARRIVALS,
  ATTRACTION,
  at,
  CARRIED,
  CLIMBED,
  COST,
  COUNTS,
  DEMAND,
  DOWN_COUNT,
  DOWN_TAIL,
  FIRST_DOWN,
  FIRST_UP,
  MASKS,
  NODE_COUNT,
  PATHS,
  plus,
  SLOT_OF,
  STARTS_HERE,
  sumOf,
  THROUGH,
  TIGHT,
  TIMES,
  UP_COUNT,
  UP_HEAD,
  UP_PATHS,
  WEIGHT,
  WORTH,
} from './table';

export function ascendDemand(table: usize, limit: u32, weightSum: f64): void {
  const nodeCount = at(table, NODE_COUNT);
  const first = at(table, FIRST_DOWN);
  const tail = at(table, DOWN_TAIL);
  const arcCount = at(table, DOWN_COUNT);
  const paths = at(table, PATHS);
  const worth = at(table, WORTH);
  const tight = at(table, TIGHT);
  const masks = at(table, MASKS);
  const arcFlow = at(table, ARC_FLOW) + ((<usize>load<u32>(at(table, FIRST_UP) + (nodeCount << 2))) << 3);
  for (let rank: usize = 0; rank < nodeCount; rank++) {
    if (load<u16>(at(table, STARTS_HERE) + (rank << 1)) === 0) drawDemand(table, rank, limit, weightSum);
    else drawAtOrigin(table, rank, limit);
    const own = worth + rank * COUNTS;
    const begin = <usize>load<u32>(first + (rank << 2));
    const end = <usize>load<u32>(first + (rank << 2), 4);
    const w0 = v128.load(own, 0);
    const w1 = v128.load(own, 16);
    const w2 = v128.load(own, 32);
    const w3 = v128.load(own, 48);
    const w4 = v128.load(own, 64);
    const w5 = v128.load(own, 80);
    const w6 = v128.load(own, 96);
    const w7 = v128.load(own, 112);
    for (let arc = begin; arc < end; arc++) {
      const lanes = <u32>load<u16>(tight + (arc << 1));
      if (lanes === 0) continue;
      const count = f64x2.splat(load<f64>(arcCount + (arc << 3)));
      const above = <usize>load<u32>(tail + (arc << 2)) * COUNTS;
      let flow = f64x2.splat(0);
      flow = carry(w0, count, masks, lanes, worth + above, paths + above, flow);
      flow = carry(w1, count, masks, lanes >> 2, worth + above + 16, paths + above + 16, flow);
      flow = carry(w2, count, masks, lanes >> 4, worth + above + 32, paths + above + 32, flow);
      flow = carry(w3, count, masks, lanes >> 6, worth + above + 48, paths + above + 48, flow);
      flow = carry(w4, count, masks, lanes >> 8, worth + above + 64, paths + above + 64, flow);
      flow = carry(w5, count, masks, lanes >> 10, worth + above + 80, paths + above + 80, flow);
      flow = carry(w6, count, masks, lanes >> 12, worth + above + 96, paths + above + 96, flow);
      flow = carry(w7, count, masks, lanes >> 14, worth + above + 112, paths + above + 112, flow);
      const place = arcFlow + (arc << 3);
      store<f64>(place, load<f64>(place) + sumOf(flow));
    }
  }
}

/** Two lanes of an arc: hand worth up where tight, and return the flow with theirs added. */
function carry(own: v128, count: v128, masks: usize, lanes: u32, worth: usize, paths: usize, flow: v128): v128 {
  const carried = v128.and(f64x2.mul(own, count), v128.load(masks + <usize>((lanes & 3) << 4)));
  v128.store(worth, f64x2.add(v128.load(worth), carried));
  return f64x2.add(flow, f64x2.mul(v128.load(paths), carried));
}

/** Where no lane starts: count what passes, draw the rank's demand. */
function drawDemand(table: usize, rank: usize, limit: u32, weightSum: f64): void {
  const cost = at(table, COST) + rank * TIMES;
  const paths = at(table, PATHS) + rank * COUNTS;
  const worth = at(table, WORTH) + rank * COUNTS;
  const weight = at(table, WEIGHT);
  const demand = at(table, DEMAND);
  const attraction = f64x2.splat(load<f64>(at(table, ATTRACTION) + (rank << 3)));
  const bound = i32x4.splat(limit);
  let passing = f64x2.splat(0);
  let reached: u32 = 0;
  for (let group: usize = 0; group < 4; group++) {
    const times = v128.load(cost + (group << 4));
    const isReached = i32x4.eq(i32x4.min_u(times, bound), times);
    reached |= i32x4.bitmask(isReached) << (<u32>(group << 2));
    const place = group << 5;
    let lower = v128.load(worth + place);
    let upper = v128.load(worth + place, 16);
    const lowerPaths = v128.load(paths + place);
    const upperPaths = v128.load(paths + place, 16);
    passing = f64x2.add(passing, f64x2.mul(lowerPaths, lower));
    passing = f64x2.add(passing, f64x2.mul(upperPaths, upper));
    let lowerDrawn: v128;
    let upperDrawn: v128;
    if (demand === 0) {
      lowerDrawn = f64x2.mul(attraction, v128.load(weight + place));
      upperDrawn = f64x2.mul(attraction, v128.load(weight + place, 16));
    } else {
      lowerDrawn = v128.load(demand + rank * COUNTS + place);
      upperDrawn = v128.load(demand + rank * COUNTS + place, 16);
    }
    // what is not reached has no paths: the quotient is masked whatever it is
    lower = f64x2.add(lower, v128.and(f64x2.div(lowerDrawn, lowerPaths), i64x2.extend_low_i32x4_s(isReached)));
    upper = f64x2.add(upper, v128.and(f64x2.div(upperDrawn, upperPaths), i64x2.extend_high_i32x4_s(isReached)));
    v128.store(worth + place, lower);
    v128.store(worth + place, upper, 16);
  }
  const through = at(table, THROUGH) + (rank << 3);
  store<f64>(through, load<f64>(through) + sumOf(passing));
  let arrived: f64 = weightSum;
  if (reached !== 0xffff) {
    arrived = 0;
    for (; reached !== 0; reached &= reached - 1) arrived += load<f64>(weight + <usize>(ctz<u32>(reached) << 3));
  }
  const arrivals = at(table, ARRIVALS) + (rank << 3);
  store<f64>(arrivals, load<f64>(arrivals) + arrived);
}

/** The same lane by lane: lanes that start here pass nothing and draw nothing. */
function drawAtOrigin(table: usize, rank: usize, limit: u32): void {
  const cost = at(table, COST) + rank * TIMES;
  const paths = at(table, PATHS) + rank * COUNTS;
  const worth = at(table, WORTH) + rank * COUNTS;
  const weight = at(table, WEIGHT);
  const demand = at(table, DEMAND);
  const attraction = load<f64>(at(table, ATTRACTION) + (rank << 3));
  const starting = <u32>load<u16>(at(table, STARTS_HERE) + (rank << 1));
  let even: f64 = 0;
  let odd: f64 = 0;
  let arrived: f64 = 0;
  for (let lane: usize = 0; lane < 16; lane++) {
    if ((starting >> <u32>lane) & 1) continue;
    const place = lane << 3;
    const count = load<f64>(paths + place);
    const passing = count * load<f64>(worth + place);
    if (lane & 1) odd += passing;
    else even += passing;
    if (load<u32>(cost + (lane << 2)) > limit) continue;
    const own = load<f64>(weight + place);
    arrived += own;
    const drawn = demand === 0 ? attraction * own : load<f64>(demand + rank * COUNTS + place);
    store<f64>(worth + place, load<f64>(worth + place) + drawn / count);
  }
  const through = at(table, THROUGH) + (rank << 3);
  store<f64>(through, load<f64>(through) + (even + odd));
  const arrivals = at(table, ARRIVALS) + (rank << 3);
  store<f64>(arrivals, load<f64>(arrivals) + arrived);
}

export function returnToOrigins(table: usize, slots: usize): void {
  const first = at(table, FIRST_UP);
  const head = at(table, UP_HEAD);
  const arcCost = at(table, ARC_UP_COST);
  const arcCount = at(table, UP_COUNT);
  const climbed = at(table, CLIMBED);
  const slotOf = at(table, SLOT_OF);
  const cost = at(table, COST);
  const upPaths = at(table, UP_PATHS);
  const worth = at(table, WORTH);
  const arcFlow = at(table, ARC_FLOW);
  const carriedRow = at(table, CARRIED);
  const zero = f64x2.splat(0);
  for (let slot: isize = <isize>slots - 1; slot >= 0; slot--) {
    const rank = <usize>load<u32>(climbed + ((<usize>slot) << 2));
    const ownCost = cost + rank * TIMES;
    const ownPaths = upPaths + <usize>slot * COUNTS;
    memory.fill(carriedRow, 0, COUNTS);
    const end = <usize>load<u32>(first + (rank << 2), 4);
    for (let arc = <usize>load<u32>(first + (rank << 2)); arc < end; arc++) {
      const above = <usize>load<u32>(head + (arc << 2));
      const aboveSlot = <usize>load<u32>(slotOf + (above << 2));
      const weight = i32x4.splat(load<u32>(arcCost + (arc << 2)));
      const most = v128.not(weight);
      const count = f64x2.splat(load<f64>(arcCount + (arc << 3)));
      let flow = zero;
      for (let group: usize = 0; group < 4; group++) {
        const through = plus(v128.load(ownCost + (group << 4)), weight, most);
        const isTight = i32x4.eq(through, v128.load(cost + above * TIMES + (group << 4)));
        if (!v128.any_true(isTight)) continue;
        const place = group << 5;
        const aboveWorth = worth + above * COUNTS + place;
        const abovePaths = upPaths + aboveSlot * COUNTS + place;
        const lower = v128.and(i64x2.extend_low_i32x4_s(isTight), f64x2.ne(v128.load(abovePaths), zero));
        const upper = v128.and(i64x2.extend_high_i32x4_s(isTight), f64x2.ne(v128.load(abovePaths, 16), zero));
        const lowerCarried = v128.and(f64x2.mul(v128.load(aboveWorth), count), lower);
        const upperCarried = v128.and(f64x2.mul(v128.load(aboveWorth, 16), count), upper);
        v128.store(carriedRow + place, f64x2.add(v128.load(carriedRow + place), lowerCarried));
        v128.store(carriedRow + place, f64x2.add(v128.load(carriedRow + place, 16), upperCarried), 16);
        flow = f64x2.add(flow, f64x2.mul(v128.load(ownPaths + place), lowerCarried));
        flow = f64x2.add(flow, f64x2.mul(v128.load(ownPaths + place, 16), upperCarried));
      }
      const place = arcFlow + (arc << 3);
      store<f64>(place, load<f64>(place) + sumOf(flow));
    }
    passClimbing(table, rank, ownPaths, carriedRow);
  }
}

/** Count what passes a rank on its way up, and add it to what has come down there. */
function passClimbing(table: usize, rank: usize, ownPaths: usize, carriedRow: usize): void {
  const worth = at(table, WORTH) + rank * COUNTS;
  const starting = <u32>load<u16>(at(table, STARTS_HERE) + (rank << 1));
  let even: f64 = 0;
  let odd: f64 = 0;
  for (let lane: usize = 0; lane < 16; lane++) {
    const place = lane << 3;
    const climbing = load<f64>(carriedRow + place);
    if (((starting >> <u32>lane) & 1) === 0) {
      const passing = load<f64>(ownPaths + place) * climbing;
      if (lane & 1) odd += passing;
      else even += passing;
    }
    store<f64>(worth + place, climbing + load<f64>(worth + place));
  }
  const through = at(table, THROUGH) + (rank << 3);
  store<f64>(through, load<f64>(through) + (even + odd));
}
