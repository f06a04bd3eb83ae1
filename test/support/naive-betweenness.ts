import { type Network, UNREACHED } from '../../src/model/network.ts';

export interface NaiveOptions {
  /** trips of a pair; default 1 */
  readonly trips?: (from: number, to: number) => number;
  readonly limitMilliseconds?: number;
}

/**
 * Betweenness by its definition, Σ σ(s,v) σ(v,t) / σ(s,t): all times by Floyd and Warshall, path counts by induction over times.
 *
 * Nothing in it is shared with the kernels. Cost O(nodes² · (nodes + arcs)).
 */
export function naiveBetweenness(network: Network, options: NaiveOptions = {}): { node: number[]; arc: number[] } {
  const { nodeCount, arcCount, arcHead, arcCost } = network;
  const tails = arcTails(network);
  const time = allTimes(network, tails);
  const paths = time.map((row, from) => pathCounts(network, tails, row, from));
  const node = new Array<number>(nodeCount).fill(0);
  const arc = new Array<number>(arcCount).fill(0);
  for (let from = 0; from < nodeCount; from++) {
    for (let to = 0; to < nodeCount; to++) {
      const total = time[from]![to]!;
      if (from === to || total >= UNREACHED || total > (options.limitMilliseconds ?? UNREACHED)) continue;
      const each = (options.trips?.(from, to) ?? 1) / paths[from]![to]!;
      for (let via = 0; via < nodeCount; via++) {
        if (via === from || via === to || time[from]![via]! + time[via]![to]! !== total) continue;
        node[via]! += each * paths[from]![via]! * paths[via]![to]!;
      }
      for (let index = 0; index < arcCount; index++) {
        const [tail, head] = [tails[index]!, arcHead[index]!];
        if (time[from]![tail]! + arcCost[index]! + time[head]![to]! !== total) continue;
        arc[index]! += each * paths[from]![tail]! * paths[head]![to]!;
      }
    }
  }
  return { node, arc };
}

function arcTails({ nodeCount, arcCount, firstArc }: Network): number[] {
  const tails = new Array<number>(arcCount);
  for (let node = 0; node < nodeCount; node++) tails.fill(node, firstArc[node], firstArc[node + 1]);
  return tails;
}

/** Times between all nodes; Infinity where there is no way. */
function allTimes({ nodeCount, arcCount, arcHead, arcCost }: Network, tails: readonly number[]): number[][] {
  const time = Array.from({ length: nodeCount }, (_row, from) =>
    Array.from({ length: nodeCount }, (_cell, to) => (from === to ? 0 : Number.POSITIVE_INFINITY)),
  );
  for (let arc = 0; arc < arcCount; arc++) {
    const row = time[tails[arc]!]!;
    row[arcHead[arc]!] = Math.min(row[arcHead[arc]!]!, arcCost[arc]!);
  }
  for (let via = 0; via < nodeCount; via++) {
    for (const row of time) for (let to = 0; to < nodeCount; to++) row[to] = Math.min(row[to]!, row[via]! + time[via]![to]!);
  }
  return time;
}

function pathCounts({ nodeCount, arcCount, arcHead, arcCost }: Network, tails: readonly number[], time: number[], from: number): number[] {
  const paths = new Array<number>(nodeCount).fill(0);
  paths[from] = 1;
  const byTime = Array.from(paths.keys()).sort((a, b) => time[a]! - time[b]!);
  for (const to of byTime) {
    if (to === from || time[to] === Number.POSITIVE_INFINITY) continue;
    for (let arc = 0; arc < arcCount; arc++) {
      if (arcHead[arc] === to && time[tails[arc]!]! + arcCost[arc]! === time[to]) paths[to]! += paths[tails[arc]!]!;
    }
  }
  return paths;
}
