/**
 * Elimination by least degree in WebAssembly (AssemblyScript), step for step as in elimination.ts, so that both give the same order.
 * `npm run build` compiles it. Addresses are bytes from the start of the imported memory, `table` that of their table; lists of neighbours lie
 * at its end and make it longer as they grow.
 */

const NONE: u32 = 0xffffffff;
const PAGE_BYTES: usize = 65536;

const NODE_COUNT: usize = 0;
const FIRST: usize = 4;
const COUNT: usize = 8;
const ROOM: usize = 12;
const ORDER: usize = 16;
const SEEN_IN: usize = 20;
const IS_GOING: usize = 24;
const GROUP: usize = 28;
const DEGREE: usize = 32;
const HEAD: usize = 36;
const NEXT: usize = 40;
const BEFORE: usize = 44;
const LISTS: usize = 48;
const USED: usize = 52;
/** where the last stretch ended: nodes in order, least degree, rows seen, and, as a float64, triangles */
const DONE: usize = 56;
const LEAST: usize = 60;
const ROWS: usize = 64;
const TRIANGLES: usize = 72;

function at(table: usize, field: usize): usize {
  return <usize>load<u32>(table + field);
}

function get(array: usize, index: u32): u32 {
  return load<u32>(array + ((<usize>index) << 2));
}

function set(array: usize, index: u32, value: u32): void {
  store<u32>(array + ((<usize>index) << 2), value);
}

/** Put a node first among those of its degree. */
function link(table: usize, node: u32, degree: u32): void {
  const head = at(table, HEAD);
  const old = get(head, degree);
  set(at(table, DEGREE), node, degree);
  set(at(table, NEXT), node, old);
  set(at(table, BEFORE), node, NONE);
  if (old !== NONE) set(at(table, BEFORE), old, node);
  set(head, degree, node);
}

function unlink(table: usize, node: u32): void {
  const above = get(at(table, BEFORE), node);
  const below = get(at(table, NEXT), node);
  if (above === NONE) set(at(table, HEAD), get(at(table, DEGREE), node), below);
  else set(at(table, NEXT), above, below);
  if (below !== NONE) set(at(table, BEFORE), below, above);
}

/** Give a list more room at the end; whether there was memory for it. */
function move(table: usize, node: u32): bool {
  const lists = at(table, LISTS);
  const used = load<u32>(table + USED);
  const size = get(at(table, COUNT), node);
  const wanted: u32 = max<u32>(4, size * 2);
  const end: u64 = <u64>lists + ((<u64>used + <u64>wanted) << 2);
  const have: u64 = <u64>memory.size() * <u64>PAGE_BYTES;
  if (end > have) {
    if (end > 0xffff0000) return false;
    // half as much again, so that it grows seldom
    const more = max<u64>(end - have, min<u64>(have >> 1, 0xffff0000 - have));
    if (memory.grow(<i32>((more + <u64>PAGE_BYTES - 1) / <u64>PAGE_BYTES)) < 0) return false;
  }
  const first = at(table, FIRST);
  memory.copy(lists + ((<usize>used) << 2), lists + ((<usize>get(first, node)) << 2), (<usize>size) << 2);
  set(first, node, used);
  set(at(table, ROOM), node, wanted);
  store<u32>(table + USED, used + wanted);
  return true;
}

/** Take a node off the list of a neighbour, and add to that list the node's other neighbours; whether there was memory for it. */
function join(table: usize, node: u32, other: u32, rows: u32): bool {
  const first = at(table, FIRST);
  const count = at(table, COUNT);
  const seenIn = at(table, SEEN_IN);
  const lists = at(table, LISTS);
  set(seenIn, other, rows);
  const size = get(count, other) - 1;
  const start = lists + ((<usize>get(first, other)) << 2);
  const last = start + ((<usize>size) << 2);
  for (let place = start; place <= last; place += 4) {
    let neighbour = load<u32>(place);
    if (neighbour === node) {
      neighbour = load<u32>(last);
      store<u32>(place, neighbour);
    }
    set(seenIn, neighbour, rows);
  }
  set(seenIn, node, 0);
  set(count, other, size);
  const own = lists + ((<usize>get(first, node)) << 2);
  const end = own + ((<usize>get(count, node)) << 2);
  for (let place = own; place < end; place += 4) {
    const added = load<u32>(place);
    if (get(seenIn, added) === rows) continue;
    const length = get(count, other);
    if (length === get(at(table, ROOM), other) && !move(table, other)) return false;
    set(lists, get(first, other) + length, added);
    set(count, other, length + 1);
  }
  return true;
}

/** Take those that go off the list of a node. */
function dropGoing(table: usize, node: u32): void {
  const isGoing = at(table, IS_GOING);
  const start = at(table, LISTS) + ((<usize>get(at(table, FIRST), node)) << 2);
  const end = start + ((<usize>get(at(table, COUNT), node)) << 2);
  let kept = start;
  for (let place = start; place < end; place += 4) {
    const neighbour = load<u32>(place);
    if (load<u8>(isGoing + neighbour)) continue;
    store<u32>(kept, neighbour);
    kept += 4;
  }
  set(at(table, COUNT), node, <u32>((kept - start) >> 2));
}

/** The rows of a group lack those of the group that went before. */
function dropEarlier(table: usize, going: u32): void {
  const isGoing = at(table, IS_GOING);
  const group = at(table, GROUP);
  for (let index: u32 = 1; index < going; index++) {
    store<u8>(isGoing + get(group, index - 1), 1);
    dropGoing(table, get(group, index));
  }
  for (let index: u32 = 0; index < going; index++) store<u8>(isGoing + get(group, index), 0);
}

/**
 * Put at least so many nodes more in order, so that a long elimination can be done in stretches.
 *
 * @returns how many are in order; -1 where there are more than `most` triangles, -2 where memory ran out
 */
export function eliminate(table: usize, stretch: u32, most: f64): i32 {
  const nodeCount = <u32>at(table, NODE_COUNT);
  const first = at(table, FIRST);
  const count = at(table, COUNT);
  const lists = at(table, LISTS);
  const order = at(table, ORDER);
  const isGoing = at(table, IS_GOING);
  const group = at(table, GROUP);
  const head = at(table, HEAD);
  let least = load<u32>(table + LEAST);
  let rows = load<u32>(table + ROWS);
  let done = load<u32>(table + DONE);
  let triangles = load<f64>(table + TRIANGLES);
  if (done === 0) {
    memory.fill(head, 0xff, (<usize>nodeCount + 1) << 2);
    for (let node: u32 = nodeCount; node > 0; node--) link(table, node - 1, get(count, node - 1));
  }
  const end = min<u32>(nodeCount, done + stretch);
  while (done < end) {
    while (get(head, least) === NONE) least++;
    const node = get(head, least);
    unlink(table, node);
    const degree = get(count, node);
    set(order, done++, node);
    triangles += <f64>degree * (<f64>degree - 1) * 0.5;
    let going: u32 = 0;
    const own = get(first, node);
    for (let index: u32 = 0; index < degree; index++) {
      const other = get(lists, own + index);
      if (!join(table, node, other, ++rows)) return -2;
      if (get(count, other) !== degree - 1) continue;
      store<u8>(isGoing + other, 1);
      set(group, going++, other);
    }
    for (let index: u32 = 0; index < degree; index++) {
      const other = get(lists, own + index);
      if (load<u8>(isGoing + other)) continue;
      if (going > 0) dropGoing(table, other);
      const now = get(count, other);
      if (get(at(table, DEGREE), other) === now) continue;
      unlink(table, other);
      link(table, other, now);
      least = min<u32>(least, now);
    }
    for (let index: u32 = 0; index < going; index++) {
      const other = get(group, index);
      unlink(table, other);
      set(order, done++, other);
      store<u8>(isGoing + other, 0);
      const left = <f64>(degree - 1 - index);
      triangles += left * (left - 1) * 0.5;
    }
    dropEarlier(table, going);
    if (triangles > most) return -1;
  }
  store<u32>(table + LEAST, least);
  store<u32>(table + ROWS, rows);
  store<u32>(table + DONE, done);
  store<f64>(table + TRIANGLES, triangles);
  return <i32>done;
}
