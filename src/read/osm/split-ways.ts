import { ellipsoidKilometres } from '../../model/ellipsoid.ts';
import { IS_BACKWARD } from './collect.ts';
import { growingCounts, growingFloats } from './growing-array.ts';
import type { NodeTable } from './node-table.ts';
import type { Tally } from './tally.ts';
import type { Ways } from './way-table.ts';

/** Where pieces end. A node that a barrier blocks stands here once for each road that ends at it: nobody passes. */
interface Vertices {
  readonly count: number;
  /** number in the NodeTable */
  readonly node: Uint32Array;
  /** 0, or the running number of a blocked node's further ends */
  readonly copy: Uint32Array;
  /** vertex of a node of the NodeTable, -1 for none; for blocked nodes the last one */
  readonly ofNode: Int32Array;
}

/**
 * Ways cut where they meet. Piece p runs from vertex from[p] to vertex to[p] over the positions start[p] … end[p] of `ways.node`, backwards
 * where end < start; one-way pieces always run the way cars may drive. The pieces of way w are firstOfWay[w] … firstOfWay[w + 1] - 1.
 */
export interface Pieces {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly way: Uint32Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly kilometres: Float64Array;
  readonly firstOfWay: Uint32Array;
  readonly vertices: Vertices;
}

class Splitter<P> {
  private readonly ways: Ways<P>;
  private readonly nodes: NodeTable;
  private readonly uses: Uint8Array;
  private readonly hasBarriers: boolean;
  private readonly ofNode: Int32Array;
  private readonly vertexNode = growingCounts();
  private readonly vertexCopy = growingCounts();
  private readonly copies = new Map<number, number>();
  readonly from = growingCounts();
  readonly to = growingCounts();
  readonly way = growingCounts();
  readonly start = growingCounts();
  readonly end = growingCounts();
  readonly kilometres = growingFloats();

  constructor(ways: Ways<P>, nodes: NodeTable, hasBarriers: boolean) {
    this.ways = ways;
    this.nodes = nodes;
    this.hasBarriers = hasBarriers;
    this.ofNode = new Int32Array(nodes.ids.length).fill(-1);
    this.uses = this.countUses();
  }

  /** How often ways touch a node, up to 2; an end counts as two, because a piece ends there in any case. */
  private countUses(): Uint8Array {
    const uses = new Uint8Array(this.nodes.ids.length);
    for (let way = 0; way < this.ways.count; way++) {
      const [first, end] = [this.ways.first[way] ?? 0, this.ways.first[way + 1] ?? 0];
      for (let at = first; at < end; at++) {
        const node = this.ways.node[at] ?? 0;
        uses[node] = Math.min(2, (uses[node] ?? 0) + (at === first || at === end - 1 ? 2 : 1));
      }
    }
    return uses;
  }

  private isBlocked(node: number): boolean {
    return this.hasBarriers && this.nodes.isBlocked[node] === 1;
  }

  private vertexAt(at: number): number {
    const node = this.ways.node[at] ?? 0;
    const known = this.ofNode[node] ?? -1;
    if (known >= 0 && !this.isBlocked(node)) return known;
    const vertex = this.vertexNode.length;
    const copy = this.copies.get(node) ?? 0;
    if (this.isBlocked(node)) this.copies.set(node, copy + 1);
    this.vertexNode.push(node);
    this.vertexCopy.push(copy);
    this.ofNode[node] = vertex;
    return vertex;
  }

  /**
   * Add the parts of a way whose nodes are in the file.
   *
   * @returns  how many of its nodes are not
   */
  addWay(way: number): number {
    const [first, end] = [this.ways.first[way] ?? 0, this.ways.first[way + 1] ?? 0];
    let runStart = first;
    let missing = 0;
    for (let at = first; at <= end; at++) {
      if (at < end && this.nodes.isFound[this.ways.node[at] ?? 0] === 1) continue;
      if (at - runStart >= 2) this.addRun(way, runStart, at - 1);
      if (at < end) missing += 1;
      runStart = at + 1;
    }
    return missing;
  }

  /** Cut positions first … last, all of them found, into pieces. */
  private addRun(way: number, first: number, last: number): void {
    let start = first;
    let from = this.vertexAt(first);
    for (let at = first + 1; at <= last; at++) {
      const node = this.ways.node[at] ?? 0;
      if (at < last && (this.uses[node] ?? 0) < 2 && !this.isBlocked(node)) continue;
      const to = this.vertexAt(at);
      if (from === to) {
        // a loop gets a vertex half way, so that no link leads back to its own end
        const middle = start + Math.floor((at - start) / 2);
        const half = this.vertexAt(middle);
        this.addPiece(way, from, half, start, middle);
        this.addPiece(way, half, to, middle, at);
      } else this.addPiece(way, from, to, start, at);
      start = at;
      // beyond a barrier another end of the same node begins
      from = this.isBlocked(node) && at < last ? this.vertexAt(at) : to;
    }
  }

  private addPiece(way: number, from: number, to: number, start: number, end: number): void {
    const isBackward = ((this.ways.flags[way] ?? 0) & IS_BACKWARD) !== 0;
    this.from.push(isBackward ? to : from);
    this.to.push(isBackward ? from : to);
    this.way.push(way);
    this.start.push(isBackward ? end : start);
    this.end.push(isBackward ? start : end);
    let kilometres = 0;
    for (let at = start; at < end; at++) kilometres += segmentKilometres(this.ways, this.nodes, at);
    this.kilometres.push(kilometres);
  }

  vertices(): Vertices {
    return { count: this.vertexNode.length, node: this.vertexNode.view(), copy: this.vertexCopy.view(), ofNode: this.ofNode };
  }
}

/** Kilometres from the node at a position of `ways.node` to the next one. */
export function segmentKilometres(ways: Ways<unknown>, nodes: NodeTable, at: number): number {
  const [a, b] = [ways.node[at] ?? 0, ways.node[at + 1] ?? 0];
  return ellipsoidKilometres(nodes.longitude(a), nodes.latitude(a), nodes.longitude(b), nodes.latitude(b));
}

/**
 * Cut ways where they share a node, end, or meet a barrier; ways that merely cross (bridges, tunnels) stay apart. Nodes that the file does
 * not hold cut a way too: both parts stay, and nothing is drawn across the gap.
 *
 * @param runs  cars, which barriers stop, or trains, which they do not; ways of trains are told of as "rail-way"
 * Cost O(positions).
 */
export function splitWays<P>(ways: Ways<P>, nodes: NodeTable, runs: 'cars' | 'trains', tally: Tally): Pieces {
  const splitter = new Splitter(ways, nodes, runs === 'cars');
  const kind = runs === 'cars' ? 'way' : 'rail-way';
  const firstOfWay = new Uint32Array(ways.count + 1);
  for (let way = 0; way < ways.count; way++) {
    const before = splitter.from.length;
    const missing = splitter.addWay(way);
    firstOfWay[way + 1] = splitter.from.length;
    const id = ways.id[way] ?? 0;
    if (splitter.from.length === before) {
      const reason = missing > 0 ? 'fewer than two of its nodes are in the file' : 'fewer than two nodes';
      tally.add(`${kind}-dropped`, 'way', reason, id);
    } else if (missing > 0) tally.add(`${kind}-cut`, 'way', 'some of its nodes are not in the file', id);
  }
  return {
    count: splitter.from.length,
    from: splitter.from.view(),
    to: splitter.to.view(),
    way: splitter.way.view(),
    start: splitter.start.view(),
    end: splitter.end.view(),
    kilometres: splitter.kilometres.view(),
    firstOfWay,
    vertices: splitter.vertices(),
  };
}
