import { growingCounts, growingFloats } from './growing-array.ts';
import type { NodeTable } from './node-table.ts';

/** Ways in compressed rows: the nodes of way w are node[first[w]] … node[first[w + 1] - 1], numbers of a NodeTable. Sorted by id. */
export interface Ways<P> {
  readonly count: number;
  readonly id: Float64Array;
  readonly first: Uint32Array;
  readonly node: Uint32Array;
  /** number in `profiles` */
  readonly profile: Uint32Array;
  readonly flags: Uint8Array;
  readonly profiles: readonly P[];
}

/** Collects ways as they come: eight bytes a node, equal profiles kept once. */
export class WayTable<P> {
  private readonly ids = growingFloats();
  private readonly firsts = growingCounts();
  private readonly refs = growingFloats();
  private readonly profileOf = growingCounts();
  private readonly flagsOf = growingCounts();
  private readonly profiles: P[] = [];
  private readonly known = new Map<string, number>();

  get length(): number {
    return this.ids.length;
  }

  /** Nodes that follow themselves are taken once. */
  add(id: number, nodes: readonly number[], profile: P, flags: number): void {
    const key = JSON.stringify(profile);
    let number = this.known.get(key);
    if (number === undefined) {
      number = this.profiles.length;
      this.known.set(key, number);
      this.profiles.push(profile);
    }
    this.ids.push(id);
    this.firsts.push(this.refs.length);
    this.profileOf.push(number);
    this.flagsOf.push(flags);
    let before = Number.NaN;
    for (const node of nodes) {
      if (node !== before) this.refs.push(node);
      before = node;
    }
  }

  /** Ids of the nodes of all ways, in any order and with repeats. */
  nodeIds(): Float64Array {
    return this.refs.view();
  }

  /**
   * The ways sorted by id with nodes by number. Of ways with the same id the first one in the file stays.
   *
   * @param repeated  told the id of each way left out for that
   */
  freeze(nodes: NodeTable, repeated: (id: number) => void): Ways<P> {
    const order = Uint32Array.from({ length: this.ids.length }, (_none, index) => index);
    order.sort((a, b) => this.ids.at(a) - this.ids.at(b) || a - b);
    const kept: number[] = [];
    let size = 0;
    for (const way of order) {
      const before = kept.at(-1);
      if (before !== undefined && this.ids.at(before) === this.ids.at(way)) repeated(this.ids.at(way));
      else {
        kept.push(way);
        size += this.end(way) - this.firsts.at(way);
      }
    }
    const first = new Uint32Array(kept.length + 1);
    const node = new Uint32Array(size);
    let cursor = 0;
    for (const [index, way] of kept.entries()) {
      for (let at = this.firsts.at(way); at < this.end(way); at++) node[cursor++] = nodes.indexOf(this.refs.at(at));
      first[index + 1] = cursor;
    }
    return {
      count: kept.length,
      id: Float64Array.from(kept, (way) => this.ids.at(way)),
      first,
      node,
      profile: Uint32Array.from(kept, (way) => this.profileOf.at(way)),
      flags: Uint8Array.from(kept, (way) => this.flagsOf.at(way)),
      profiles: this.profiles,
    };
  }

  private end(way: number): number {
    return way + 1 < this.firsts.length ? this.firsts.at(way + 1) : this.refs.length;
  }
}
