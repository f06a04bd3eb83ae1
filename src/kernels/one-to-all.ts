import { type Network, UNREACHED } from '../model/network.ts';
import { createCostHeap } from './cost-heap.ts';

/** As much of a Network as a search reads. */
export type SearchArcs = Pick<Network, 'nodeCount' | 'firstArc' | 'arcHead' | 'arcCost'>;

/** Scratch of a search over one network, used again and again. */
export interface Search {
  /**
   * Travel time from one node to every node within the limit (Dijkstra).
   *
   * @param origin             node index
   * @param limitMilliseconds  nodes farther than this stay UNREACHED
   * @returns                  Uint32Array(nodeCount), milliseconds; overwritten by the next run
   */
  readonly run: (origin: number, limitMilliseconds?: number) => Uint32Array;
  /** what the last run returned */
  readonly cost: Uint32Array;
  /** nodes in the order they were settled by the last run */
  readonly settled: Uint32Array;
  /** how many of `settled` count */
  readonly settledCount: () => number;
}

/**
 * Prepare searches over a network. Sums saturate: a path of UNREACHED milliseconds or more (49 days) is no path.
 *
 * Cost of a run O((nodes + arcs) log nodes), no allocation. Source: Dijkstra (1959) doi:10.1007/BF01386390.
 */
export function createSearch(network: SearchArcs): Search {
  const { nodeCount, firstArc, arcHead, arcCost } = network;
  const cost = new Uint32Array(nodeCount).fill(UNREACHED);
  const settled = new Uint32Array(nodeCount);
  const heap = createCostHeap(cost);
  let settledCount = 0;

  function run(origin: number, limitMilliseconds = UNREACHED - 1): Uint32Array {
    cost.fill(UNREACHED);
    settledCount = 0;
    cost[origin] = 0;
    heap.offer(origin);
    while (!heap.isEmpty()) {
      const node = heap.take();
      settled[settledCount++] = node;
      const here = cost[node]!;
      for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
        const through = here + arcCost[arc]!;
        const head = arcHead[arc]!;
        if (through < cost[head]! && through <= limitMilliseconds) {
          cost[head] = through;
          heap.offer(head);
        }
      }
    }
    return cost;
  }
  return { run, cost, settled, settledCount: () => settledCount };
}

/** One tree in fresh arrays: see Search.run. */
export function oneToAll(network: Network, origin: number, limitMilliseconds?: number): Uint32Array {
  return createSearch(network).run(origin, limitMilliseconds);
}
