import { expect } from 'chai';
import fc from 'fast-check';
import {
  type ArcSet,
  arcGain,
  createGainScratch,
  type GainTables,
  gainOfPairs,
  improvedPairs,
} from '../../../src/kernels/gain/link-gain.ts';
import { timesBetween } from '../../../src/kernels/many-to-many.ts';
import { reverseNetwork } from '../../../src/kernels/reverse-network.ts';
import { UNREACHED } from '../../../src/model/network.ts';
import { type Arc, networkOf } from '../../support/random-networks.ts';

/** Every node is a zone and an end. */
function tablesOf(nodeCount: number, arcs: readonly Arc[]): GainTables {
  const all = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
  const network = networkOf(nodeCount, arcs);
  const zoneTimes = timesBetween(network, all, all);
  const homeward = zoneTimes.slice();
  const outward = timesBetween(reverseNetwork(network), all, all);
  return { zoneCount: nodeCount, endCount: nodeCount, zoneTimes, outward, homeward };
}

const world = fc.integer({ min: 3, max: 9 }).chain((nodeCount) =>
  fc.record({
    nodeCount: fc.constant(nodeCount),
    arcs: fc
      .array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1), fc.integer({ min: 1, max: 20 })), { maxLength: 30 })
      .map((arcs) => arcs.filter(([from, to]) => from !== to)),
    link: fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1), fc.integer({ min: 1, max: 20 })).filter(([from, to]) => from !== to),
    weights: fc.array(fc.nat(9), { minLength: nodeCount * nodeCount, maxLength: nodeCount * nodeCount }),
  }),
);

const bothWays = ([from, to, cost]: Arc): ArcSet => ({
  tails: Uint32Array.of(from, to),
  heads: Uint32Array.of(to, from),
  milliseconds: Uint32Array.of(cost, cost),
});

describe('the gain of a new link', () => {
  it('equals a full recomputation of every pair on random directed multigraphs', () => {
    fc.assert(
      fc.property(world, ({ nodeCount, arcs, link, weights }) => {
        const [from, to, cost] = link;
        const before = tablesOf(nodeCount, arcs);
        const after = tablesOf(nodeCount, [...arcs, link, [to, from, cost]]);
        const counted = Float64Array.from(weights, (weight, pair) => (before.zoneTimes[pair] === UNREACHED ? 0 : weight));
        const expected = counted.reduce((sum, weight, pair) => sum + weight * (before.zoneTimes[pair]! - after.zoneTimes[pair]!), 0);
        const scratch = createGainScratch(nodeCount);
        const ways = arcGain(before, counted, from, to, cost, scratch) + arcGain(before, counted, to, from, cost, scratch);
        expect(ways).to.equal(expected);
        const improved = improvedPairs(before, bothWays(link), scratch);
        expect(gainOfPairs(before, counted, improved)).to.equal(expected);
        const shorter = [...after.zoneTimes.keys()].filter((pair) => after.zoneTimes[pair]! < before.zoneTimes[pair]!);
        expect([...improved.pairs]).to.deep.equal(shorter);
        expect([...improved.milliseconds]).to.deep.equal(shorter.map((pair) => after.zoneTimes[pair]!));
      }),
      { numRuns: 300 },
    );
  });

  it('is never negative, and a shorter link never gains less', () => {
    fc.assert(
      fc.property(world, ({ nodeCount, arcs, link: [from, to, cost], weights }) => {
        const tables = tablesOf(nodeCount, arcs);
        const scratch = createGainScratch(nodeCount);
        const counted = Float64Array.from(weights, (weight, pair) => (tables.zoneTimes[pair] === UNREACHED ? 0 : weight));
        const slow = arcGain(tables, counted, from, to, cost + 5, scratch);
        expect(slow).to.be.at.least(0);
        expect(arcGain(tables, counted, from, to, cost, scratch)).to.be.at.least(slow);
      }),
    );
  });

  it('of a link beside a quicker one is nothing', () => {
    const tables = tablesOf(2, [
      [0, 1, 4],
      [1, 0, 4],
    ]);
    expect(arcGain(tables, new Float64Array(4).fill(1), 0, 1, 4, createGainScratch(2))).to.equal(0);
  });

  it('of an interchange with four turns is the least of the turns, pair by pair', () => {
    // two roads 0–1 and 2–3 that cross unjoined; the crossing is 1 from each end
    const roads: Arc[] = [
      [0, 1, 2],
      [1, 0, 2],
      [2, 3, 2],
      [3, 2, 2],
    ];
    const turns = [0, 1].flatMap((a) =>
      [2, 3].flatMap((b): Arc[] => [
        [a, b, 2],
        [b, a, 2],
      ]),
    ); // prettier-ignore
    const arcs = {
      tails: Uint32Array.from(turns, ([tail]) => tail),
      heads: Uint32Array.from(turns, ([, head]) => head),
      milliseconds: Uint32Array.from(turns, ([, , cost]) => cost),
    };
    const improved = improvedPairs(tablesOf(4, roads), arcs, createGainScratch(4));
    const withNode = tablesOf(5, [
      ...roads,
      ...[0, 1, 2, 3].flatMap((end): Arc[] => [
        [end, 4, 1],
        [4, end, 1],
      ]),
    ]); // prettier-ignore
    expect(improved.pairs).to.have.length(8);
    improved.pairs.forEach((pair, position) => {
      expect(improved.milliseconds[position]).to.equal(withNode.zoneTimes[Math.floor(pair / 4) * 5 + (pair % 4)]);
    });
  });
});
