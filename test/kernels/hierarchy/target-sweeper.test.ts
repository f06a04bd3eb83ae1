import { expect } from 'chai';
import fc from 'fast-check';
import { buildHierarchy } from '../../../src/kernels/hierarchy/hierarchy.ts';
import { createTargetSweeper } from '../../../src/kernels/hierarchy/target-sweeper.ts';
import { createTreeSearch } from '../../../src/kernels/hierarchy/tree-search.ts';
import { oneToAll } from '../../../src/kernels/one-to-all.ts';
import { reverseNetwork } from '../../../src/kernels/reverse-network.ts';
import { anyNetwork, networkOf } from '../../support/random-networks.ts';

describe('a sweep to some targets', () => {
  it('finds the times of Dijkstra, targets repeated and in any order, by both engines and both ways', () => {
    fc.assert(
      fc.property(anyNetwork, fc.array(fc.nat(), { maxLength: 12 }), (network, picks) => {
        const targets = picks.map((pick) => pick % network.nodeCount);
        const origins = Array.from({ length: Math.min(16, network.nodeCount) }, (_value, lane) => (lane * 3) % network.nodeCount);
        const hierarchy = buildHierarchy(network);
        for (const direction of ['forward', 'backward'] as const) {
          const turned = direction === 'forward' ? network : reverseNetwork(network);
          const expected = origins.flatMap((origin) => targets.map((target) => oneToAll(turned, origin)[target]));
          for (const engine of ['simd', 'plain'] as const) {
            const found = new Uint32Array(expected.length);
            createTargetSweeper(hierarchy, targets, { direction, engine }).run(origins, found, 0);
            expect(Array.from(found)).to.deep.equal(expected);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('visits nothing but the way down to one target', () => {
    const line = networkOf(
      9,
      Array.from({ length: 8 }, (_value, node) => [node, node + 1, 1] as const),
    );
    const hierarchy = buildHierarchy(line);
    expect(createTargetSweeper(hierarchy, [], { direction: 'forward' }).visited).to.equal(0);
    expect(createTargetSweeper(hierarchy, [4], { direction: 'forward' }).visited).to.be.lessThan(9);
  });

  it('names an unknown target', () => {
    expect(() => createTargetSweeper(buildHierarchy(networkOf(2, [[0, 1, 5]])), [7], { direction: 'forward' })).to.throw(
      RangeError,
      'target is node 7; expected 0 … 1',
    );
  });
});

describe('a single tree over the hierarchy', () => {
  it('is the tree of Dijkstra, both ways', () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(), (network, pick) => {
        const origin = pick % network.nodeCount;
        const hierarchy = buildHierarchy(network);
        expect(createTreeSearch(hierarchy).run(origin)).to.deep.equal(oneToAll(network, origin));
        expect(createTreeSearch(hierarchy, 'backward').run(origin)).to.deep.equal(oneToAll(reverseNetwork(network), origin));
      }),
      { numRuns: 300 },
    );
  });
});
