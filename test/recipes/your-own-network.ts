import { betweenness, buildHierarchy, compileNetwork, createSweeper, timesBetween, UNREACHED } from 'corridor-network-analyser';

// a street of four nodes, a minute a link, and a slower way round from end to end
const nodes = [0, 1, 2, 3].map((index) => ({ id: `n${index}`, longitude: 116 + index / 100, latitude: 40 }));
const street = [0, 1, 2].flatMap((from) => [
  { from, to: from + 1, milliseconds: 60_000, link: from },
  { from: from + 1, to: from, milliseconds: 60_000, link: from },
]);
const network = compileNetwork(nodes, [...street, { from: 0, to: 3, milliseconds: 200_000, link: 3 }], ['a', 'b', 'c', 'ring']);

export const minutes = timesBetween(network, Uint32Array.of(0), Uint32Array.of(3))[0] ?? UNREACHED; // 180,000 ms
export const between = betweenness(network); // by node, arc and link

// many trees over one hierarchy: 16 origins a sweep
const sweeper = createSweeper(buildHierarchy(network));
sweeper.run([0, 1, 2, 3]);
export const tree = new Uint32Array(network.nodeCount);
sweeper.copyTree(3, tree); // from the fourth origin to every node
