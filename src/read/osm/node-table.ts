/** Places of the nodes that ways need, in typed arrays sorted by id: 17 bytes a node. */
export class NodeTable {
  readonly ids: Float64Array;
  /** whole 1e-7 degrees */
  readonly longitudeE7: Int32Array;
  readonly latitudeE7: Int32Array;
  /** 1 once the node was seen in the file */
  readonly isFound: Uint8Array;
  /** 1 where a barrier stops cars */
  readonly isBlocked: Uint8Array;
  private cursor = 0;

  /** @param lists  ids that are needed, in any order, with repeats */
  constructor(lists: readonly (Float64Array | readonly number[])[]) {
    const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
    let used = 0;
    for (const list of lists) {
      all.set(list, used);
      used += list.length;
    }
    all.sort();
    let count = 0;
    for (let at = 0; at < all.length; at++) if (at === 0 || all[at] !== all[at - 1]) all[count++] = all[at] ?? 0;
    this.ids = all.slice(0, count);
    this.longitudeE7 = new Int32Array(count);
    this.latitudeE7 = new Int32Array(count);
    this.isFound = new Uint8Array(count);
    this.isBlocked = new Uint8Array(count);
  }

  /**
   * Number of a node, or -1 where it is not needed. Ids that rise from call to call, as in files sorted by id, cost O(1), others O(log n).
   */
  indexOf(id: number): number {
    const { ids } = this;
    let low = 0;
    let high = ids.length;
    const near = this.cursor;
    if (near < ids.length && (ids[near] ?? 0) <= id) {
      low = near;
      let step = 1;
      while (near + step < ids.length && (ids[near + step] ?? 0) <= id) {
        low = near + step;
        step *= 2;
      }
      high = Math.min(ids.length, near + step);
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    this.cursor = low;
    return ids[low] === id ? low : -1;
  }

  /** Note where a node lies; nodes that nobody needs are passed over. Returns its number or -1. Of repeats the first stays. */
  place(id: number, longitudeE7: number, latitudeE7: number): number {
    const index = this.indexOf(id);
    if (index < 0 || this.isFound[index] === 1) return index;
    this.longitudeE7[index] = longitudeE7;
    this.latitudeE7[index] = latitudeE7;
    this.isFound[index] = 1;
    return index;
  }

  longitude(index: number): number {
    return (this.longitudeE7[index] ?? 0) / 1e7;
  }

  latitude(index: number): number {
    return (this.latitudeE7[index] ?? 0) / 1e7;
  }
}
