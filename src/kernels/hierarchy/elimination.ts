import { startModule } from '../wasm-module.ts';
import { ELIMINATION_MODULE } from './elimination-module.js';
import { eliminatePlainly } from './elimination-plain.ts';
import type { Engine } from './lanes-engine.ts';
import { type Neighbours, neighboursOf, type Topology } from './neighbours.ts';

/** Nodes taken out one by one, each joining its remaining neighbours pairwise: what any costs may need, whatever the costs. */
export interface Elimination {
  /** nodes in the order in which they were taken out */
  readonly order: Uint32Array;
  /** neighbours that a node had when it was taken out: lists[first[node]] … , count[node] of them */
  readonly first: Uint32Array;
  readonly count: Uint32Array;
  readonly lists: Uint32Array;
}

export interface EliminationOptions {
  /** give up where more pairs of neighbours would be joined: customisation looks at each */
  readonly mostTriangles: number;
  /** 'simd' falls back on 'plain' where WebAssembly is missing or 4 GiB are too few; both give the same order */
  readonly engine: Engine;
}

export const EVERYTHING: EliminationOptions = { mostTriangles: Number.POSITIVE_INFINITY, engine: 'simd' };

interface EliminationFunctions {
  readonly eliminate: (table: number, stretch: number, mostTriangles: number) => number;
}

const ALIGNMENT = 64;
const TABLE_BYTES = 128;
const TOO_MANY_TRIANGLES = -1;
/** Nodes of one call: a function that was compiled in haste is replaced by a better one between calls, not within one. */
const STRETCH = 1024;
const MOST_BYTES = 0xffff0000;

/**
 * Eliminate by least degree: the node with the fewest neighbours left goes next, of equal ones the last to have become so. Neighbours that then
 * have no others than it and its neighbours go with it: nothing is left to join for them, and they are many where the graph has become dense.
 *
 * @returns null where that would make too many triangles
 * Cost O(Σ degree²) over the nodes that go first of such a group. Source: Rose (1972), doi:10.1016/B978-1-4832-3187-7.50018-0; groups as in
 * George, Liu (1989) doi:10.1137/1031001; its use for hierarchies that hold for any costs: Dibbelt, Strasser, Wagner (2016)
 * doi:10.1145/2886843.
 */
export function eliminate(network: Topology, options: EliminationOptions = EVERYTHING): Elimination | null {
  const neighbours = neighboursOf(network);
  const quick = options.engine === 'simd' ? eliminateQuickly(neighbours, options.mostTriangles) : undefined;
  return quick === undefined ? eliminatePlainly(neighbours, options.mostTriangles) : quick;
}

/** The same in WebAssembly; undefined where that cannot be had. Bytes: nodes · 45 + lists of neighbours as they grow · 4. */
function eliminateQuickly(neighbours: Neighbours, mostTriangles: number): Elimination | null | undefined {
  const { nodeCount } = neighbours;
  let bytes = TABLE_BYTES;
  const place = (length: number): number => {
    const start = bytes;
    bytes += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    return start;
  };
  const words = (): number => place(nodeCount * 4);
  const at = {
    first: words(),
    count: words(),
    room: words(),
    order: words(),
    seenIn: words(),
    isGoing: place(nodeCount),
    group: words(),
    degree: words(),
    head: place(nodeCount * 4 + 4),
    next: words(),
    before: words(),
    lists: place(0),
  };
  const used = neighbours.list.length;
  const wanted = bytes + used * 16;
  const started = wanted <= MOST_BYTES ? startModule<EliminationFunctions>(ELIMINATION_MODULE, wanted) : null;
  if (!started) return undefined;
  const view = (buffer: ArrayBuffer, start: number, length = nodeCount): Uint32Array => new Uint32Array(buffer, start, length);
  view(started.buffer, 0, TABLE_BYTES / 4).set([nodeCount, ...Object.values(at), used]);
  view(started.buffer, at.first).set(neighbours.first.subarray(0, nodeCount));
  const [count, room] = [view(started.buffer, at.count), view(started.buffer, at.room)];
  for (let node = 0; node < nodeCount; node++) count[node] = neighbours.first[node + 1]! - neighbours.first[node]!;
  room.set(count);
  view(started.buffer, at.lists, used).set(neighbours.list);
  for (let done = 0; done < nodeCount; ) {
    done = started.functions.eliminate(0, STRETCH, mostTriangles);
    if (done === TOO_MANY_TRIANGLES) return null;
    if (done < 0) return undefined;
  }
  // the memory may have moved as it grew
  const buffer = started.grow(0);
  const lists = new Uint32Array(buffer, at.lists, (buffer.byteLength - at.lists) >> 2);
  return { order: view(buffer, at.order), first: view(buffer, at.first), count: view(buffer, at.count), lists };
}
