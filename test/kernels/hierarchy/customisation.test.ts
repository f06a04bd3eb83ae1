import { expect } from 'chai';
import fc from 'fast-check';
import { roadLikeNetwork } from '../../../src/bench/road-like.ts';
import { prepareCustomisation } from '../../../src/kernels/hierarchy/customisation.ts';
import { customiseHierarchy } from '../../../src/kernels/hierarchy/customise.ts';
import { buildHierarchy, type Hierarchy, type HierarchyArcs } from '../../../src/kernels/hierarchy/hierarchy.ts';
import { createTreeSearch } from '../../../src/kernels/hierarchy/tree-search.ts';
import { createUnpacker } from '../../../src/kernels/hierarchy/unpack.ts';
import { oneToAll } from '../../../src/kernels/one-to-all.ts';
import { type Network, UNREACHED } from '../../../src/model/network.ts';
import { sliceNetwork } from '../../../src/model/network-slice.ts';
import { anyNetwork, networkOf } from '../../support/random-networks.ts';

const bothOf = (network: Network): Hierarchy[] => [buildHierarchy(network), customiseHierarchy(prepareCustomisation(network), network)];

/** Every arc of a hierarchy stands for a way of the network of just its cost, from its tail to its head. */
function expectUnpacks(network: Network, hierarchy: Hierarchy, side: 'out' | 'into'): number {
  const { first, upper, cost }: HierarchyArcs = hierarchy[side];
  const unpack = createUnpacker(hierarchy, network);
  const tailOf = (arc: number) => network.firstArc.findLastIndex((start) => start <= arc);
  let shortcuts = 0;
  for (let position = 0; position < hierarchy.nodeCount; position++) {
    for (let arc = first[position]!; arc < first[position + 1]!; arc++) {
      const path = unpack(side, arc);
      if (path.length > 1) shortcuts++;
      const ends = [hierarchy.nodeAt[position]!, hierarchy.nodeAt[upper[arc]!]!];
      const [tail, head] = side === 'out' ? ends : ends.reverse();
      expect(tailOf(path[0]!)).to.equal(tail);
      expect(network.arcHead[path.at(-1)!]).to.equal(head);
      for (let step = 1; step < path.length; step++) expect(tailOf(path[step]!)).to.equal(network.arcHead[path[step - 1]!]);
      expect(path.reduce((sum, part) => sum + network.arcCost[part]!, 0)).to.equal(cost[arc]);
    }
  }
  return shortcuts;
}

describe('shortcuts', () => {
  it('unpack to ways of the network of the same cost, in hierarchies of both kinds', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        for (const hierarchy of bothOf(network)) for (const side of ['out', 'into'] as const) expectUnpacks(network, hierarchy, side);
      }),
      { numRuns: 100 },
    );
    const road = roadLikeNetwork(400, 2);
    expect(expectUnpacks(road, buildHierarchy(road), 'out')).to.be.greaterThan(50);
  });

  it('unpack where costs of 1 to 3 ms make ties everywhere', () => {
    const tied = anyNetwork.map((network) => ({ ...network, arcCost: network.arcCost.map((cost) => 1 + (cost % 3)) }));
    fc.assert(
      fc.property(tied, (network) => {
        for (const hierarchy of bothOf(network)) for (const side of ['out', 'into'] as const) expectUnpacks(network, hierarchy, side);
      }),
      { numRuns: 400 },
    );
  });

  it('are refused a network of other costs', () => {
    const line = networkOf(3, [
      [0, 1, 5],
      [1, 2, 5],
    ]);
    const hierarchy = buildHierarchy(line);
    const unpack = createUnpacker(hierarchy, { ...line, arcCost: line.arcCost.map((cost) => cost + 1) });
    expect(() => unpack(hierarchy.out.upper.length > 0 ? 'out' : 'into', 0)).to.throw(RangeError, 'no way of 5 ms');
  });
});

describe('customisation', () => {
  it('closes links that cost UNREACHED, as a slice without them', () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(), (network, seed) => {
        const kept = Uint8Array.from(network.linkIds, (_id, link) => ((link + seed) % 4 === 0 ? 0 : 1));
        const arcCost = network.arcCost.map((cost, arc) => (kept[network.arcLink[arc]!] ? cost : UNREACHED));
        const hierarchy = customiseHierarchy(prepareCustomisation(network), { ...network, arcCost });
        const slice = sliceNetwork(network, kept);
        const search = createTreeSearch(hierarchy);
        for (let origin = 0; origin < network.nodeCount; origin += 5) {
          expect(search.run(origin)).to.deep.equal(oneToAll(slice, origin));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a network of another topology', () => {
    const customisation = prepareCustomisation(networkOf(3, [[0, 1, 5]]));
    expect(() => customiseHierarchy(customisation, networkOf(2, [[0, 1, 5]]))).to.throw(RangeError, '2 nodes and 1 arcs; expected 3 and 1');
  });
});
