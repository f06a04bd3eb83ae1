import { expect } from 'chai';
import { approximateBetweenness, sampleSize } from '../../../src/kernels/betweenness/approximate.ts';
import { betweenness } from '../../../src/kernels/betweenness/betweenness.ts';
import { createRandomStream } from '../../../src/kernels/random-streams.ts';
import { approximateInParallel } from '../../../src/parallel/betweenness.ts';
import { withPool } from '../../../src/parallel/pool.ts';
import { type Arc, gridArcs, networkOf } from '../../support/random-networks.ts';

const SIDE = 15;
const PAIRS = SIDE ** 2 * (SIDE ** 2 - 1);

describe('sampled betweenness', () => {
  // ties everywhere on the first, islands and parallel arcs on the second
  const networks = [
    networkOf(SIDE ** 2, gridArcs(SIDE)),
    networkOf(
      SIDE ** 2,
      gridArcs(SIDE).flatMap(([from, to], index): Arc[] =>
        index % 5 === 0
          ? []
          : index % 7 === 0
            ? [
                [from, to, 2],
                [from, to, 2],
              ]
            : [[from, to, 2 + (index % 3)]],
      ),
    ),
  ];

  it('is off by less than epsilon everywhere, for each of ten seeds', () => {
    for (const network of networks) {
      const exact = betweenness(network);
      for (let seed = 1; seed <= 10; seed++) {
        const { node, arc, largestError } = approximateBetweenness(network, { epsilon: 0.03, delta: 0.05, seed });
        expect(largestError).to.be.closeTo(0.03 * PAIRS, 1e-9);
        node.forEach((value, index) => {
          expect(Math.abs(value - exact.node[index]!)).to.be.lessThan(largestError);
        });
        arc.forEach((value, index) => {
          expect(Math.abs(value - exact.arc[index]!)).to.be.lessThan(largestError);
        });
      }
    }
  });

  it('has no bias: the mean over 40 seeds is 6 times nearer than one of them may be', () => {
    const network = networks[0]!;
    const exact = betweenness(network);
    const mean = new Float64Array(network.nodeCount);
    for (let seed = 1; seed <= 40; seed++) {
      approximateBetweenness(network, { epsilon: 0.05, seed }).node.forEach((value, index) => {
        mean[index]! += value / 40;
      });
    }
    mean.forEach((value, index) => {
      expect(Math.abs(value - exact.node[index]!)).to.be.lessThan((0.05 * PAIRS) / 6);
    });
  });

  it('gives the same bytes from the same seed on 1 and 2 threads, and others from another seed', async () => {
    const network = networks[0]!;
    const one = approximateBetweenness(network, { epsilon: 0.03, seed: 7 });
    const two = await withPool(2, (pool) => approximateInParallel(pool, network, { epsilon: 0.03, seed: 7 }));
    expect(two).to.deep.equal(one);
    expect(approximateBetweenness(network, { epsilon: 0.03, seed: 8 }).node).not.to.deep.equal(one.node);
  });

  it('takes 0.5 / ε² · (⌊log2(N − 1)⌋ + 1 + ln(2 / δ)) samples: 65,000 + 1 for N = 1,025, ε = 0.01, δ = 2 e^−2', () => {
    // log2(1024) = 10, + 1, + ln(e²) = 13; 0.5 · 10^4 · 13 = 65,000, and the logarithm rounds up
    expect(sampleSize(0.01, 2 * Math.exp(-2), 1025)).to.be.oneOf([65_000, 65_001]);
  });

  it('refuses an error of nothing, and finds nothing on one node', () => {
    expect(() => approximateBetweenness(networks[0]!, { epsilon: 0 })).to.throw(RangeError, 'epsilon is 0');
    expect(() => approximateBetweenness(networks[0]!, { delta: 1 })).to.throw(RangeError, 'delta is 1');
    expect(Array.from(approximateBetweenness(networkOf(1, [])).node)).to.deep.equal([0]);
  });
});

describe('seeded random numbers', () => {
  it('are spread evenly: 100,000 of them fall into ten parts within 4 standard deviations', () => {
    const random = createRandomStream(3, 4);
    const parts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) parts[Math.floor(random() * 10)]! += 1;
    // standard deviation √(100,000 · 0.1 · 0.9) = 95
    for (const part of parts) expect(Math.abs(part - 10_000)).to.be.lessThan(4 * 95);
  });
});
