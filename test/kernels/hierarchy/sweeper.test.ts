import { expect } from 'chai';
import fc from 'fast-check';
import { prepareCustomisation } from '../../../src/kernels/hierarchy/customisation.ts';
import { customiseHierarchy } from '../../../src/kernels/hierarchy/customise.ts';
import { buildHierarchy } from '../../../src/kernels/hierarchy/hierarchy.ts';
import type { Engine } from '../../../src/kernels/hierarchy/lanes-engine.ts';
import { LANES } from '../../../src/kernels/hierarchy/lanes-plain.ts';
import { createSweeper } from '../../../src/kernels/hierarchy/sweeper.ts';
import { createSearch } from '../../../src/kernels/one-to-all.ts';
import { reverseNetwork } from '../../../src/kernels/reverse-network.ts';
import type { Network } from '../../../src/model/network.ts';
import { anyNetwork, gridArcs, networkOf } from '../../support/random-networks.ts';

/** All trees by sweeps, and the same by Dijkstra; backward trees are Dijkstra's on the network turned round. */
function expectAllTrees(network: Network, engine: Engine, direction: 'forward' | 'backward', hierarchy = buildHierarchy(network)): void {
  const { nodeCount } = network;
  const search = createSearch(direction === 'forward' ? network : reverseNetwork(network));
  const sweeper = createSweeper(hierarchy, { direction, engine });
  const tree = new Uint32Array(nodeCount);
  for (let start = 0; start < nodeCount; start += LANES) {
    const origins = Array.from({ length: Math.min(LANES, nodeCount - start) }, (_value, lane) => start + lane);
    sweeper.run(origins);
    for (const [lane, origin] of origins.entries()) {
      sweeper.copyTree(lane, tree);
      expect(tree, `from ${origin}`).to.deep.equal(search.run(origin));
    }
  }
}

describe('a sweep over the hierarchy', () => {
  for (const engine of ['simd', 'plain'] as const) {
    for (const direction of ['forward', 'backward'] as const) {
      it(`finds the times of Dijkstra on random multigraphs with loops and islands (${engine}, ${direction})`, () => {
        fc.assert(
          fc.property(anyNetwork, (network) => expectAllTrees(network, engine, direction)),
          { numRuns: 300 },
        );
      });
    }
  }

  it('finds the times of Dijkstra on a 30 × 30 unit grid, full of equal ways', () => {
    expectAllTrees(networkOf(900, gridArcs(30)), 'simd', 'forward');
  });

  it('saturates at 49 days as Dijkstra does, in every lane', () => {
    const half = 0x7fffffff;
    const network = networkOf(4, [
      [0, 1, half],
      [1, 2, half],
      [2, 3, 1],
      [3, 2, 1],
    ]);
    for (const engine of ['simd', 'plain'] as const) expectAllTrees(network, engine, 'forward');
  });

  it('finds the times of changed weights along an order that does not know them', () => {
    fc.assert(
      fc.property(anyNetwork, fc.integer({ min: 1, max: 50 }), (network, factor) => {
        const arcCost = network.arcCost.map((cost, arc) => (arc % 3 === 0 ? cost * factor : cost));
        const changed = { ...network, arcCost };
        expectAllTrees(changed, 'simd', 'forward', customiseHierarchy(prepareCustomisation(network), changed));
      }),
      { numRuns: 200 },
    );
  });

  it('names an unknown origin and too many of them', () => {
    const sweeper = createSweeper(buildHierarchy(networkOf(2, [[0, 1, 5]])));
    expect(() => sweeper.run([2])).to.throw(RangeError, 'origin is node 2; expected 0 … 1');
    expect(() => sweeper.run(new Uint32Array(17))).to.throw(RangeError, '17 origins in one sweep; expected at most 16');
  });
});
