import { UNREACHED } from '../../model/network.ts';

/** Arcs from each rank to higher ones, one way or the other: the up arcs, or the down arcs read backwards. */
export interface RisingArcs {
  readonly first: Uint32Array;
  readonly higher: Uint32Array;
  readonly cost: Uint32Array;
  readonly count: Float64Array;
}

/** All ways that only climb from one rank, used again from rank to rank. */
export interface PathClimb {
  /** find the ways of a rank; those of the last one are forgotten */
  readonly run: (start: number) => void;
  /** ranks that can be climbed to, ascending; `size()` of them count */
  readonly climbed: Uint32Array;
  readonly size: () => number;
  /** milliseconds, by rank; UNREACHED where it cannot be climbed to */
  readonly cost: Uint32Array;
  /** number of quickest ways that only climb, by rank */
  readonly paths: Float64Array;
  /**
   * Draw one of the quickest ways that only climb to `top`, each as likely as any other, calling `visit` with its arcs in order.
   *
   * @param random  from 0 to below 1
   */
  readonly drawWay: (top: number, random: () => number, visit: (arc: number) => void) => void;
}

/** Cost of a run O(arcs above the rank + ranks / 32); memory 24 bytes a rank. */
export function createPathClimb(nodeCount: number, { first, higher, cost: arcCost, count }: RisingArcs): PathClimb {
  const cost = new Uint32Array(nodeCount).fill(UNREACHED);
  const paths = new Float64Array(nodeCount);
  const onward = new Float64Array(nodeCount);
  const climbed = new Uint32Array(nodeCount);
  const pending = new Uint32Array((nodeCount >> 5) + 1);
  let size = 0;

  function run(start: number): void {
    for (let place = 0; place < size; place++) cost[climbed[place]!] = UNREACHED;
    size = 0;
    cost[start] = 0;
    paths[start] = 1;
    pending[start >> 5]! |= 1 << (start & 31);
    for (let word = start >> 5; word < pending.length; word++) {
      while (pending[word] !== 0) {
        const bit = 31 - Math.clz32(pending[word]! & -pending[word]!);
        pending[word]! &= ~(1 << bit);
        const rank = (word << 5) + bit;
        climbed[size++] = rank;
        for (let arc = first[rank]!; arc < first[rank + 1]!; arc++) {
          const above = higher[arc]!;
          const through = cost[rank]! + arcCost[arc]!;
          if (through >= UNREACHED || through > cost[above]!) continue;
          const ways = paths[rank]! * count[arc]!;
          paths[above] = through === cost[above] ? paths[above]! + ways : ways;
          cost[above] = through;
          pending[above >> 5]! |= 1 << (above & 31);
        }
      }
    }
  }

  function drawWay(top: number, random: () => number, visit: (arc: number) => void): void {
    // how many quickest ways lead on from each rank to the top, highest rank first
    for (let place = size - 1; place >= 0; place--) {
      const rank = climbed[place]!;
      onward[rank] = rank === top ? 1 : 0;
      if (rank >= top) continue;
      for (let arc = first[rank]!; arc < first[rank + 1]!; arc++) {
        const above = higher[arc]!;
        if (above <= top && cost[rank]! + arcCost[arc]! === cost[above]!) onward[rank]! += count[arc]! * onward[above]!;
      }
    }
    let rank = climbed[0]!;
    while (rank !== top) {
      let left = random() * onward[rank]!;
      let chosen = -1;
      for (let arc = first[rank]!; arc < first[rank + 1]! && (chosen < 0 || left >= 0); arc++) {
        const above = higher[arc]!;
        const isTight = above <= top && cost[rank]! + arcCost[arc]! === cost[above]!;
        if (!isTight || onward[above] === 0) continue;
        chosen = arc;
        left -= count[arc]! * onward[above]!;
      }
      visit(chosen);
      rank = higher[chosen]!;
    }
  }
  return { run, climbed, size: () => size, cost, paths, drawWay };
}
