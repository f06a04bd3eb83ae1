import type { Network } from '../model/network.ts';

/** The network with every arc turned round; nodes and links keep their numbers. Cost O(nodes + arcs). */
export function reverseNetwork(network: Network): Network {
  const { nodeCount, arcCount, firstArc, arcHead, arcCost, arcLink } = network;
  const first = new Uint32Array(nodeCount + 1);
  for (let arc = 0; arc < arcCount; arc++) first[arcHead[arc]! + 1]!++;
  for (let node = 0; node < nodeCount; node++) first[node + 1]! += first[node]!;
  const next = first.slice(0, nodeCount);
  const head = new Uint32Array(arcCount);
  const cost = new Uint32Array(arcCount);
  const link = new Uint32Array(arcCount);
  for (let tail = 0; tail < nodeCount; tail++) {
    for (let arc = firstArc[tail]!; arc < firstArc[tail + 1]!; arc++) {
      const slot = next[arcHead[arc]!]!++;
      head[slot] = tail;
      cost[slot] = arcCost[arc]!;
      link[slot] = arcLink[arc]!;
    }
  }
  return { ...network, firstArc: first, arcHead: head, arcCost: cost, arcLink: link };
}
