import { expect } from 'chai';
import { parseMeasure } from '../../src/analysis/accessibility/accessibility.ts';
import { nodeAccessibility, nodeAccessibilityInParallel } from '../../src/analysis/accessibility/node-accessibility.ts';
import { roadLikeNetwork } from '../../src/bench/road-like.ts';
import { closeness } from '../../src/kernels/closeness.ts';
import { timesBetween } from '../../src/kernels/many-to-many.ts';
import { withPool } from '../../src/parallel/pool.ts';
import { closenessInParallel } from '../../src/parallel/sums.ts';
import { timesInParallel } from '../../src/parallel/times.ts';

/** 4,900 nodes: three parts of origins. */
const network = roadLikeNetwork(4900, 3);

describe('sums and times on threads', () => {
  for (const threads of [1, 2]) {
    it(`are those of one call to the byte, on ${threads}`, async () => {
      const measures = ['cumulative:3', 'gravity:exponential:0.2', 'mean-time'].map(parseMeasure);
      const origins = Uint32Array.from({ length: 4500 }, (_value, index) => (index * 7) % network.nodeCount);
      const targets = Uint32Array.of(5, 17, 4000);
      await withPool(threads, async (pool) => {
        expect(await closenessInParallel(pool, network)).to.deep.equal(closeness(network));
        expect(await nodeAccessibilityInParallel(pool, network, measures)).to.deep.equal(nodeAccessibility(network, measures));
        expect(await timesInParallel(pool, network, origins, targets)).to.deep.equal(timesBetween(network, origins, targets));
      });
    });
  }
});
