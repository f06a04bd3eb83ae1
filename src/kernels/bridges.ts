import type { Network } from '../model/network.ts';
import { reverseNetwork } from './reverse-network.ts';

const NONE = -1;

/** State of a depth-first search, by node. */
interface Walk {
  /** turn at which a node was entered, from 1; 0 not yet */
  readonly entered: Uint32Array;
  /** the earliest turn that a node's part of the tree leads back to */
  readonly low: Uint32Array;
  readonly parent: Int32Array;
  readonly parentLink: Int32Array;
}

/**
 * Bridges and articulation points, directions left aside: the links and nodes whose loss cuts the network in pieces.
 *
 * Links that run parallel are no bridges. Iterative depth-first search with low points.
 * @returns  articulation: 1 a cut node; bridge: 1 a cut link, by link number
 * Cost O(nodes + arcs). Source: Tarjan (1974) doi:10.1016/0020-0190(74)90003-9.
 */
export function bridges(network: Network): { articulation: Uint8Array; bridge: Uint8Array } {
  const { nodeCount, linkIds } = network;
  const articulation = new Uint8Array(nodeCount);
  const bridge = new Uint8Array(linkIds.length);
  const { walk, left } = walkAll(network);
  const rootChildren = new Uint32Array(nodeCount);
  // a node comes here after all that was entered from it
  for (const node of left) {
    const above = walk.parent[node]!;
    if (above === NONE) continue;
    walk.low[above] = Math.min(walk.low[above]!, walk.low[node]!);
    if (walk.low[node]! > walk.entered[above]!) bridge[walk.parentLink[node]!] = 1;
    if (walk.parent[above] === NONE) rootChildren[above]! += 1;
    else if (walk.low[node]! >= walk.entered[above]!) articulation[above] = 1;
  }
  // a root is cut where the rest falls into several parts
  for (let node = 0; node < nodeCount; node++) if (rootChildren[node]! > 1) articulation[node] = 1;
  return { articulation, bridge };
}

/** Enter every node once; `low` then knows the arcs that lead back, but not yet those of nodes further down. `left`: nodes as they are left. */
function walkAll(network: Network): { walk: Walk; left: Uint32Array } {
  const { nodeCount } = network;
  const walk: Walk = {
    entered: new Uint32Array(nodeCount),
    low: new Uint32Array(nodeCount),
    parent: new Int32Array(nodeCount).fill(NONE),
    parentLink: new Int32Array(nodeCount).fill(NONE),
  };
  const { entered, low, parent, parentLink } = walk;
  const nextArc = createCursor(network);
  const stack: number[] = [];
  const left = new Uint32Array(nodeCount);
  let leftCount = 0;
  let turn = 0;
  const enter = (node: number): void => {
    turn += 1;
    entered[node] = turn;
    low[node] = turn;
    stack.push(node);
  };
  for (let root = 0; root < nodeCount; root++) {
    if (entered[root] === 0) enter(root);
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      const arc = nextArc(node);
      if (arc === null) {
        stack.pop();
        left[leftCount++] = node;
        continue;
      }
      // the link by which the node was entered leads back to no earlier one, nor does a loop
      if (arc.link === parentLink[node] || arc.head === node) continue;
      if (entered[arc.head] !== 0) {
        low[node] = Math.min(low[node]!, entered[arc.head]!);
        continue;
      }
      parent[arc.head] = node;
      parentLink[arc.head] = arc.link;
      enter(arc.head);
    }
  }
  return { walk, left };
}

/** The next unseen arc of a node at each call, out-arcs first, then in-arcs turned round; null when there is none left. */
function createCursor(network: Network): (node: number) => { head: number; link: number } | null {
  const sides = [network, reverseNetwork(network)];
  const cursor = new Uint32Array(network.nodeCount);
  return (node) => {
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
  };
}
