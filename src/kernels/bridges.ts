import type { Network } from '../model/network.ts';
import { reverseNetwork } from './reverse-network.ts';

/**
 * Bridges and articulation points, directions left aside: the links and nodes whose loss cuts the network in pieces.
 *
 * Links that run parallel are no bridges. Iterative depth-first search with low points.
 * @returns  articulation: 1 a cut node; bridge: 1 a cut link, by link number
 * Cost O(nodes + arcs). Source: Tarjan (1974) doi:10.1016/0020-0190(74)90003-9.
 */
export function bridges(network: Network): { articulation: Uint8Array; bridge: Uint8Array } {
  const { nodeCount, linkIds } = network;
  const sides = [network, reverseNetwork(network)];
  const articulation = new Uint8Array(nodeCount);
  const bridge = new Uint8Array(linkIds.length);
  const entered = new Uint32Array(nodeCount);
  const low = new Uint32Array(nodeCount);
  const parentLink = new Int32Array(nodeCount).fill(-1);
  const parent = new Int32Array(nodeCount).fill(-1);
  const cursor = new Uint32Array(nodeCount);
  let clock = 0;

  for (let root = 0; root < nodeCount; root++) {
    if (entered[root] !== 0) continue;
    const stack = [root];
    let rootChildren = 0;
    clock += 1;
    entered[root] = clock;
    low[root] = clock;
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      const arc = nextArc(sides, node, cursor);
      if (arc) {
        if (arc.link === parentLink[node] || arc.head === node) continue;
        if (entered[arc.head] !== 0) {
          low[node] = Math.min(low[node]!, entered[arc.head]!);
          continue;
        }
        clock += 1;
        entered[arc.head] = clock;
        low[arc.head] = clock;
        parentLink[arc.head] = arc.link;
        parent[arc.head] = node;
        stack.push(arc.head);
        continue;
      }
      stack.pop();
      const above = parent[node]!;
      if (above < 0) continue;
      low[above] = Math.min(low[above]!, low[node]!);
      if (low[node]! > entered[above]!) bridge[parentLink[node]!] = 1;
      if (above === root) rootChildren += 1;
      else if (low[node]! >= entered[above]!) articulation[above] = 1;
    }
    if (rootChildren > 1) articulation[root] = 1;
  }
  return { articulation, bridge };
}

/** The next unseen arc of a node, out-arcs first, then in-arcs turned round. */
function nextArc(sides: readonly Network[], node: number, cursor: Uint32Array): { head: number; link: number } | null {
  let offset = cursor[node]!;
  for (const side of sides) {
    const count = side.firstArc[node + 1]! - side.firstArc[node]!;
    if (offset < count) {
      const arc = side.firstArc[node]! + offset;
      cursor[node]!++;
      return { head: side.arcHead[arc]!, link: side.arcLink[arc]! };
    }
    offset -= count;
  }
  return null;
}
