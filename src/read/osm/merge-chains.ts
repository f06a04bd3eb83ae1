import { growingCounts } from './growing-array.ts';
import type { Pieces } from './split-ways.ts';

/**
 * Links made of pieces. Link l runs from vertex from[l] to vertex to[l] over the entries first[l] … first[l + 1] - 1 of `entry`; an entry is
 * piece × 2, plus 1 where the piece is run against its own direction. Its name comes from the piece `leader[l]`, the lowest of them, which it
 * runs the right way round.
 */
export interface Links {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly first: Uint32Array;
  readonly entry: Uint32Array;
  readonly leader: Uint32Array;
}

export interface MergeRules {
  /** whether two pieces say the same of the road on them */
  readonly isAlike: (pieceA: number, pieceB: number) => boolean;
  readonly isOneway: (piece: number) => boolean;
  /** 1 at vertices where links must end: the vias of turn restrictions */
  readonly isKept: Uint8Array;
}

/** At each vertex, up to two piece ends (piece × 2 + 1 at its `to` end) and how many there are. */
function incidence(pieces: Pieces) {
  const degree = new Uint32Array(pieces.vertices.count);
  const one = new Uint32Array(pieces.vertices.count);
  const two = new Uint32Array(pieces.vertices.count);
  for (let piece = 0; piece < pieces.count; piece++) {
    for (const side of [0, 1]) {
      const vertex = (side === 0 ? pieces.from[piece] : pieces.to[piece]) ?? 0;
      const count = degree[vertex] ?? 0;
      if (count === 0) one[vertex] = piece * 2 + side;
      else if (count === 1) two[vertex] = piece * 2 + side;
      degree[vertex] = count + 1;
    }
  }
  return { degree, one, two };
}

class Chains {
  private readonly pieces: Pieces;
  private readonly rules: MergeRules | null;
  private readonly ends: ReturnType<typeof incidence>;
  private readonly isDone: Uint8Array;
  readonly from = growingCounts();
  readonly to = growingCounts();
  readonly first = growingCounts();
  readonly entry = growingCounts();
  readonly leader = growingCounts();

  constructor(pieces: Pieces, rules: MergeRules | null) {
    this.pieces = pieces;
    this.rules = rules;
    this.ends = incidence(pieces);
    this.isDone = new Uint8Array(pieces.count);
  }

  /** The entry that goes on through the vertex at which `entry` arrives, or -1 where the link ends. */
  private next(entry: number): number {
    const { rules, ends } = this;
    const vertex = this.headOf(entry);
    if (!rules || ends.degree[vertex] !== 2 || rules.isKept[vertex] === 1) return -1;
    const [one, two] = [ends.one[vertex] ?? 0, ends.two[vertex] ?? 0];
    const arriving = entry ^ 1; // the piece end at which we stand: `to` (odd) of a piece run forward
    const other = one === arriving ? two : one;
    const [pieceA, pieceB] = [entry >>> 1, other >>> 1];
    if (pieceA === pieceB || !rules.isAlike(pieceA, pieceB)) return -1;
    // leaving from the `from` end (even) runs the piece forward
    const onward = other;
    const isStraight = (entry & 1) === (onward & 1);
    return rules.isOneway(pieceA) && !isStraight ? -1 : onward;
  }

  /** The vertex at which an entry arrives. */
  private headOf(entry: number): number {
    return ((entry & 1) === 0 ? this.pieces.to[entry >>> 1] : this.pieces.from[entry >>> 1]) ?? 0;
  }

  /** The chain through a piece, from end to end; a ring starts at the piece itself. */
  private chainOf(piece: number): number[] {
    const ahead = [piece * 2];
    this.isDone[piece] = 1;
    const walk = (start: number, list: number[]) => {
      for (let entry = this.next(start); entry >= 0 && this.isDone[entry >>> 1] === 0; entry = this.next(entry)) {
        this.isDone[entry >>> 1] = 1;
        list.push(entry);
      }
    };
    walk(piece * 2, ahead);
    const behind: number[] = [];
    walk(piece * 2 + 1, behind);
    return [...behind.reverse().map((entry) => entry ^ 1), ...ahead];
  }

  addFrom(piece: number): void {
    if (this.isDone[piece] === 1) return;
    const chain = this.chainOf(piece);
    const from = this.headOf((chain[0] ?? 0) ^ 1);
    const to = this.headOf(chain.at(-1) ?? 0);
    if (from !== to || chain.length < 2) this.addLink(chain);
    else {
      const half = Math.floor(chain.length / 2);
      this.addLink(chain.slice(0, half));
      this.addLink(chain.slice(half));
    }
  }

  /** The lowest piece leads and is run forward. */
  private addLink(chain: readonly number[]): void {
    const lowest = chain.reduce((least, entry) => (entry >>> 1 < least >>> 1 ? entry : least));
    const entries = (lowest & 1) === 0 ? chain : chain.toReversed().map((entry) => entry ^ 1);
    this.leader.push(lowest >>> 1);
    this.from.push(this.headOf((entries[0] ?? 0) ^ 1));
    this.to.push(this.headOf(entries.at(-1) ?? 0));
    this.first.push(this.entry.length);
    for (const entry of entries) this.entry.push(entry);
  }
}

/**
 * Join pieces to links through vertices where exactly two alike pieces meet and no third: the chain keeps every position and its true
 * length. Rings and chains that come back to their start are cut in two.
 *
 * @param rules  null joins nothing: a link a piece
 * Cost O(pieces).
 */
export function mergeChains(pieces: Pieces, rules: MergeRules | null): Links {
  const chains = new Chains(pieces, rules);
  for (let piece = 0; piece < pieces.count; piece++) chains.addFrom(piece);
  chains.first.push(chains.entry.length);
  return {
    count: chains.leader.length,
    from: chains.from.view(),
    to: chains.to.view(),
    first: chains.first.view(),
    entry: chains.entry.view(),
    leader: chains.leader.view(),
  };
}

/** Kilometres of each link. */
export function linkKilometres(pieces: Pieces, links: Links): Float64Array {
  const kilometres = new Float64Array(links.count);
  for (let link = 0; link < links.count; link++) {
    let sum = 0;
    for (let at = links.first[link] ?? 0; at < (links.first[link + 1] ?? 0); at++)
      sum += pieces.kilometres[(links.entry[at] ?? 0) >>> 1] ?? 0;
    kilometres[link] = sum;
  }
  return kilometres;
}
