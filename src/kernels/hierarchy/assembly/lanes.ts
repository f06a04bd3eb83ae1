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
  for (let offset: usize = 0; offset < ROW; offset += 16) {
    const through = i32x4.add(i32x4.min_u(v128.load(source + offset), most), weight);
    v128.store(target + offset, i32x4.min_u(v128.load(target + offset), through));
  }
}

/** Carry costs up from the marked positions to all more important ones, marking those that are met; highest position first. */
export function climb(wordCount: usize, marks: usize, rows: usize, first: usize, upper: usize, cost: usize): void {
  const none = i32x4.splat(UNREACHED);
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
          v128.store(target, none, 0);
          v128.store(target, none, 16);
          v128.store(target, none, 32);
          v128.store(target, none, 48);
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
