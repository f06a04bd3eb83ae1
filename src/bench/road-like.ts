import type { Network } from '../model/network.ts';

/** Spacing of the grid and speeds by class: streets, main roads on every 8th row and column, motorways on every 64th. */
const SPACING_METRES = 120;
const SPEEDS_KILOMETRES_PER_HOUR = [30, 60, 110] as const;
const MAIN_EVERY = 8;
const MOTORWAY_EVERY = 64;
const LINKS_PER_NODE = 1.5;

/**
 * A road-like network of a given size: a jittered grid thinned to 1.5 two-way links a node, connected, with dead ends, main roads and
 * motorways. The same seed gives the same network.
 *
 * @param wantedNodes  rounded down to a square of a whole number
 * Cost O(nodes log nodes) time, 100 bytes a node.
 */
export function roadLikeNetwork(wantedNodes: number, seed: number): Network {
  const side = Math.floor(Math.sqrt(wantedNodes));
  const nodeCount = side * side;
  const random = createRandom(seed);
  const x = Float64Array.from({ length: nodeCount }, (_value, node) => (node % side) + 0.7 * random() - 0.35);
  const y = Float64Array.from({ length: nodeCount }, (_value, node) => Math.floor(node / side) + 0.7 * random() - 0.35);
  const kept = keptLinks(side, random);
  const arcCount = kept.reduce((sum, mask) => sum + 2 * ((mask & 1) + (mask >> 1)), 0);
  const firstArc = new Uint32Array(nodeCount + 1);
  const arcHead = new Uint32Array(arcCount);
  const arcCost = new Uint32Array(arcCount);
  const arcLink = new Uint32Array(arcCount);
  let arc = 0;
  const lay = (node: number, other: number, link: number): void => {
    const metres = Math.hypot(x[node]! - x[other]!, y[node]! - y[other]!) * SPACING_METRES;
    arcHead[arc] = other;
    arcCost[arc] = Math.max(1, Math.round((metres * 3600) / SPEEDS_KILOMETRES_PER_HOUR[classOf(side, Math.min(node, other), link & 1)]!));
    arcLink[arc++] = link;
  };
  for (let node = 0; node < nodeCount; node++) {
    if (node >= side && kept[node - side]! & 2) lay(node, node - side, (node - side) * 2 + 1);
    if (node % side > 0 && kept[node - 1]! & 1) lay(node, node - 1, (node - 1) * 2);
    if (kept[node]! & 1) lay(node, node + 1, node * 2);
    if (kept[node]! & 2) lay(node, node + side, node * 2 + 1);
    firstArc[node + 1] = arc;
  }
  const nodeIds = Array.from({ length: nodeCount }, (_value, node) => String(node));
  const longitude = x.map((value) => (value * SPACING_METRES) / 111_195);
  const latitude = y.map((value) => (value * SPACING_METRES) / 111_195);
  return { nodeCount, arcCount, firstArc, arcHead, arcCost, arcLink, nodeIds, linkIds: [], longitude, latitude };
}

/** 0 street, 1 main road, 2 motorway, of the link east (way 0) or south (way 1) of a node. */
function classOf(side: number, node: number, way: number): 0 | 1 | 2 {
  const line = way === 0 ? Math.floor(node / side) : node % side;
  if (line % MOTORWAY_EVERY === 0) return 2;
  return line % MAIN_EVERY === 0 ? 1 : 0;
}

/** Bit 0: the link east of a node, bit 1: the link south. Main roads first, then a spanning forest, then links at random. */
function keptLinks(side: number, random: () => number): Uint8Array {
  const nodeCount = side * side;
  const kept = new Uint8Array(nodeCount);
  const forest = createForest(nodeCount);
  const endOf = (link: number): number => (link >> 1) + (link & 1 ? side : 1);
  let count = 0;
  const keep = (link: number): void => {
    kept[link >> 1]! |= 1 << (link & 1);
    forest.join(link >> 1, endOf(link));
    count++;
  };
  const streets: number[] = [];
  for (let link = 0; link < nodeCount * 2; link++) {
    const isOutside = link & 1 ? endOf(link) >= nodeCount : endOf(link) % side === 0;
    if (isOutside) continue;
    if (classOf(side, link >> 1, link & 1) > 0) keep(link);
    else streets.push(link);
  }
  shuffle(streets, random);
  const rest: number[] = [];
  for (const link of streets) {
    if (forest.rootOf(link >> 1) === forest.rootOf(endOf(link))) rest.push(link);
    else keep(link);
  }
  const missing = Math.max(0, Math.round(nodeCount * LINKS_PER_NODE) - count);
  for (const link of rest.slice(0, missing)) keep(link);
  return kept;
}

function shuffle(values: number[], random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other]!, values[last]!];
  }
}

/** Which nodes hang together, by path halving. */
function createForest(nodeCount: number) {
  const parent = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
  const rootOf = (start: number): number => {
    let node = start;
    while (parent[node] !== node) {
      parent[node] = parent[parent[node]!]!;
      node = parent[node]!;
    }
    return node;
  };
  const join = (a: number, b: number): void => {
    parent[rootOf(a)] = rootOf(b);
  };
  return { rootOf, join };
}

/** Uniform in [0, 1) from 32 bits of state (Vigna 2015, splitmix, folded to 32 bits as by Stafford): the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
}
