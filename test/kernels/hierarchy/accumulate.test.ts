import { expect } from 'chai';
import fc from 'fast-check';
import { roadLikeNetwork } from '../../../src/bench/road-like.ts';
import { type Accumulation, accumulate, DEFAULT_ACCUMULATE } from '../../../src/kernels/hierarchy/accumulate.ts';
import { exponential } from '../../../src/kernels/hierarchy/exponential.ts';
import { buildHierarchy } from '../../../src/kernels/hierarchy/hierarchy.ts';
import { oneToAll } from '../../../src/kernels/one-to-all.ts';
import { type Network, UNREACHED } from '../../../src/model/network.ts';
import { anyNetwork, networkOf } from '../../support/random-networks.ts';

const everyNode = (network: Network) => Uint32Array.from({ length: network.nodeCount }, (_value, node) => node);

/** Amounts that no sum of which is round. */
const amountsOf = (network: Network) => Float64Array.from({ length: network.nodeCount }, (_value, node) => 1 + node / 7);

function askedOf(network: Network): Accumulation[] {
  const amounts = amountsOf(network);
  return [
    { kind: 'times' },
    { kind: 'inverse', scale: 60_000 },
    { kind: 'within', limitMilliseconds: 15, amounts },
    { kind: 'exponential', perMillisecond: 0.05, amounts },
    { kind: 'power', unitMilliseconds: 3, exponent: 1.5, amounts },
  ];
}

/** The same by Dijkstra and plain loops. */
function naiveSum(network: Network, origin: number, asked: Accumulation): number {
  const amounts = amountsOf(network);
  return oneToAll(network, origin).reduce((sum, time, node) => {
    if (time === UNREACHED) return sum;
    if (asked.kind === 'times') return sum + time;
    if (asked.kind === 'inverse') return node === origin ? sum : sum + asked.scale / time;
    if (asked.kind === 'within') return time <= asked.limitMilliseconds ? sum + amounts[node]! : sum;
    return sum + amounts[node]! * weightAt(asked, time);
  }, 0);
}

function weightAt(asked: Accumulation, time: number): number {
  if (asked.kind === 'exponential') return Math.exp(-asked.perMillisecond * time);
  return asked.kind === 'power' ? Math.max(time / asked.unitMilliseconds, 1) ** -asked.exponent : Number.NaN;
}

describe('sums over all nodes', () => {
  it('equal those of Dijkstra trees to 1e-12, the rounding of another order of adding', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const asked = askedOf(network);
        const results = accumulate(buildHierarchy(network), everyNode(network), asked);
        asked.forEach((accumulation, index) => {
          for (let origin = 0; origin < network.nodeCount; origin++) {
            const expected = naiveSum(network, origin, accumulation);
            expect(results[index]!.sums[origin]).to.be.closeTo(expected, 1e-12 * Math.max(1, expected));
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('are the same bytes from SIMD lanes and plain TypeScript, and whatever origins share a sweep', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const hierarchy = buildHierarchy(network);
        const asked = askedOf(network);
        const [fast, plain] = (['simd', 'plain'] as const).map((engine) =>
          accumulate(hierarchy, everyNode(network), asked, { ...DEFAULT_ACCUMULATE, engine }),
        );
        expect(fast).to.deep.equal(plain);
        const alone = accumulate(hierarchy, [network.nodeCount - 1], asked);
        alone.forEach(({ sums }, index) => {
          expect(sums[0]).to.equal(fast![index]!.sums[network.nodeCount - 1]);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('within a limit alone are those of a sweep over everything', () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(60), (network, limitMilliseconds) => {
        const hierarchy = buildHierarchy(network);
        const within: Accumulation = { kind: 'within', limitMilliseconds, amounts: amountsOf(network) };
        for (const engine of ['simd', 'plain'] as const) {
          const options = { ...DEFAULT_ACCUMULATE, engine };
          const [alone] = accumulate(hierarchy, everyNode(network), [within], options);
          const [beside] = accumulate(hierarchy, everyNode(network), [within, { kind: 'times' }], options);
          expect(alone).to.deep.equal(beside);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('of whole amounts are exact, whether most of a network lies within the limit or little of it', () => {
    const network = roadLikeNetwork(400, 1);
    const hierarchy = buildHierarchy(network);
    const amounts = Float64Array.from({ length: network.nodeCount }, (_value, node) => (node * 7919) % 1000);
    const trees = Array.from(everyNode(network), (origin) => oneToAll(network, origin));
    const farthest = Math.max(...trees[0]!.filter((time) => time !== UNREACHED));
    for (const share of [0, 0.02, 0.3, 0.6, 1]) {
      const limitMilliseconds = Math.round(farthest * share);
      const expected = trees.map((tree) => tree.reduce((sum, time, node) => (time <= limitMilliseconds ? sum + amounts[node]! : sum), 0));
      for (const engine of ['simd', 'plain'] as const) {
        const options = { ...DEFAULT_ACCUMULATE, engine };
        const [counted] = accumulate(hierarchy, everyNode(network), [{ kind: 'within', limitMilliseconds, amounts }], options);
        expect(Array.from(counted!.sums)).to.deep.equal(expected);
      }
    }
  });

  it('count the origin itself and what it reaches, on an island of two', () => {
    const network = networkOf(3, [[0, 1, 7]]);
    const [times] = accumulate(buildHierarchy(network), everyNode(network), [{ kind: 'times' }]);
    expect(times).to.deep.equal({ sums: Float64Array.of(7, 0, 0), counts: Float64Array.of(2, 1, 1) });
  });

  it('refuse amounts that are not one a node', () => {
    const hierarchy = buildHierarchy(networkOf(2, [[0, 1, 7]]));
    const within: Accumulation = { kind: 'within', limitMilliseconds: 1, amounts: new Float64Array(3) };
    expect(() => accumulate(hierarchy, [0], [within])).to.throw(RangeError, '3 amounts; expected one for each of 2 nodes');
  });
});

describe('the exponential of the lanes', () => {
  it('is within 4e-16 of Math.exp, relative, from 0 to -700', () => {
    for (let power = 0; power > -700; power -= 0.37) {
      expect(Math.abs(exponential(power) / Math.exp(power) - 1)).to.be.lessThan(4.5e-16);
    }
  });
});
