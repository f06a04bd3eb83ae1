import type { Links } from './merge-chains.ts';

export interface Islands {
  /** number of pieces of the network that hang together, directions left aside */
  readonly count: number;
  /** vertices of the island that a link lies on */
  readonly sizeOfLink: Uint32Array;
  /** a number of the island of a link: one of its vertices */
  readonly rootOfLink: Uint32Array;
  readonly largest: number;
  readonly vertexCount: number;
}

/** Islands of a network of links by union and find with path halving. Cost O(links), nearly. Source: Tarjan (1975) doi:10.1145/321879.321884. */
export function linkIslands(links: Links, vertexCount: number): Islands {
  const parent = new Uint32Array(vertexCount);
  for (let vertex = 0; vertex < vertexCount; vertex++) parent[vertex] = vertex;
  const rootOf = (vertex: number): number => {
    let at = vertex;
    while (parent[at] !== at) {
      const above = parent[at] ?? at;
      parent[at] = parent[above] ?? above;
      at = above;
    }
    return at;
  };
  const isUsed = new Uint8Array(vertexCount);
  for (let link = 0; link < links.count; link++) {
    const [from, to] = [links.from[link] ?? 0, links.to[link] ?? 0];
    isUsed[from] = 1;
    isUsed[to] = 1;
    const [a, b] = [rootOf(from), rootOf(to)];
    // the lower number leads, whatever the order
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  const size = new Uint32Array(vertexCount);
  let used = 0;
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    if (isUsed[vertex] === 0) continue;
    used += 1;
    const root = rootOf(vertex);
    size[root] = (size[root] ?? 0) + 1;
  }
  const rootOfLink = Uint32Array.from({ length: links.count }, (_none, link) => rootOf(links.from[link] ?? 0));
  let count = 0;
  let largest = 0;
  for (const islandSize of size) {
    if (islandSize > 0) count += 1;
    if (islandSize > largest) largest = islandSize;
  }
  return { count, sizeOfLink: rootOfLink.map((root) => size[root] ?? 0), rootOfLink, largest, vertexCount: used };
}
