import { expect } from 'chai';
import { parseMeasure } from '../../src/analysis/accessibility/accessibility.ts';
import { nodeAccessibility, nodeAccessibilityInParallel } from '../../src/analysis/accessibility/node-accessibility.ts';
import { searchedStraightness, straightness, straightnessInParallel } from '../../src/analysis/centrality/centrality.ts';
import { roadLikeNetwork } from '../../src/bench/road-like.ts';
import { closeness } from '../../src/kernels/closeness.ts';
import { timesBetween } from '../../src/kernels/many-to-many.ts';
import { withPool } from '../../src/parallel/pool.ts';
import { closenessInParallel } from '../../src/parallel/sums.ts';
import { timesInParallel } from '../../src/parallel/times.ts';

/** 4,900 nodes: three parts of origins. */
const network = roadLikeNetwork(4900, 3);

/** Two parts of origins: straightness takes a distance on the sphere a pair. */
const smaller = roadLikeNetwork(2500, 4);

describe('sums and times on threads', () => {
  for (const threads of [1, 2, 8]) {
    it(`are those of one call to the byte, on ${threads}`, async () => {
      const measures = ['cumulative:3', 'gravity:exponential:0.2', 'gravity:power:1.5', 'mean-time'].map(parseMeasure);
      const origins = Uint32Array.from({ length: 4500 }, (_value, index) => (index * 7) % network.nodeCount);
      const targets = Uint32Array.of(5, 17, 4000);
      await withPool(threads, async (pool) => {
        expect(await closenessInParallel(pool, network)).to.deep.equal(closeness(network));
        expect(await nodeAccessibilityInParallel(pool, network, measures)).to.deep.equal(nodeAccessibility(network, measures));
        expect(await timesInParallel(pool, network, origins, targets)).to.deep.equal(timesBetween(network, origins, targets));
        expect(await straightnessInParallel(pool, smaller)).to.deep.equal(straightness(smaller));
      });
    });
  }

  it('are those of one call to the byte where origins are too few for a hierarchy and each is searched', async () => {
    const large = roadLikeNetwork(60_000, 5);
    const origins = Uint32Array.from({ length: 60 }, (_value, index) => index * 997);
    const targets = Uint32Array.of(1, 30_000, 59_000);
    const expected = timesBetween(large, origins, targets);
    for (const threads of [1, 2, 8]) {
      const found = await withPool(threads, (pool) => timesInParallel(pool, large, origins, targets));
      expect(found).to.deep.equal(expected);
    }
  });

  it('refuse a target that is no node, on threads as in one call', async () => {
    const message = 'target is node 4900; expected 0 … 4899';
    const found = await withPool(2, (pool) => timesInParallel(pool, network, Uint32Array.of(0), Uint32Array.of(4900))).catch(String);
    expect(found).to.include(message);
    expect(() => timesBetween(network, Uint32Array.of(0), Uint32Array.of(4900))).to.throw(RangeError, message);
  });
});

describe('straightness', () => {
  it('by sweeps is that of a search from every node to 1e-12, the rounding of another order of adding', () => {
    const swept = straightness(smaller);
    searchedStraightness(smaller).forEach((expected, node) => {
      expect(swept[node]).to.be.closeTo(expected, 1e-12 * expected);
    });
  });
});
