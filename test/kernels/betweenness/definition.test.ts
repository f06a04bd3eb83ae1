import { expect } from 'chai';
import fc from 'fast-check';
import { betweenness } from '../../../src/kernels/betweenness/betweenness.ts';
import type { BetweennessOptions } from '../../../src/kernels/betweenness/options.ts';
import { DEFAULT_BETWEENNESS } from '../../../src/kernels/betweenness/options.ts';
import type { Betweenness } from '../../../src/kernels/betweenness/plan.ts';
import { reverseNetwork } from '../../../src/kernels/reverse-network.ts';
import { LimitError } from '../../../src/model/errors.ts';
import type { Network } from '../../../src/model/network.ts';
import { naiveBetweenness } from '../../support/naive-betweenness.ts';
import { type Arc, anyNetwork, networkOf } from '../../support/random-networks.ts';

/** Sums of quotients of counts below 1e6 in another order: errors of a few units in the sixteenth digit each. */
const TOLERANCE = 1e-10;

/** Directed multigraphs with loops, parallel arcs, islands, and ties everywhere: weights are 1 to 4. */
const tiedNetwork = fc
  .integer({ min: 1, max: 14 })
  .chain((nodeCount) =>
    fc
      .array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1), fc.integer({ min: 1, max: 4 })), { maxLength: 40 })
      .map((arcs) => ({ nodeCount, arcs: arcs as Arc[] })),
  );

/** Two-way links, a few of them, so that trees hang and chains run. */
const sparseNetwork = fc.integer({ min: 2, max: 16 }).chain((nodeCount) =>
  fc
    .array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 9 })), {
      maxLength: nodeCount + 3,
    })
    .map((links) => ({
      nodeCount,
      arcs: links.flatMap(([from, to, cost, kind]): Arc[] =>
        kind === 0
          ? [[from, to, cost]]
          : [
              [from, to, cost],
              [to, from, cost],
            ],
      ),
    })),
);

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = TOLERANCE): void {
  expect(found.length).to.equal(expected.length);
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index]!;
    if (Math.abs(found[index]! - value) > tolerance * Math.max(1, Math.abs(value))) expect(found[index]).to.equal(value);
  }
}

function expectSame(found: Betweenness, expected: { node: ArrayLike<number>; arc: ArrayLike<number> }): void {
  expectClose(found.node, expected.node);
  expectClose(found.arc, expected.arc);
}

const VARIANTS: readonly (readonly [string, Partial<BetweennessOptions>])[] = [
  ['by default', {}],
  ['without WebAssembly', { engine: 'plain' }],
  ['by a search from every origin', { method: 'searches' }],
  ['without any reduction', { reductions: { parallelArcs: false, trees: false, chains: false } }],
  ['without merging parallel arcs', { reductions: { parallelArcs: false, trees: true, chains: true } }],
  ['without folding trees', { reductions: { parallelArcs: true, trees: false, chains: true } }],
  ['without contracting chains first', { reductions: { parallelArcs: true, trees: true, chains: false } }],
];

describe('betweenness by its definition', () => {
  for (const [name, options] of VARIANTS) {
    it(`is found ${name} on 1,000 multigraphs with loops, islands and ties everywhere`, () => {
      const isRight = ({ nodeCount, arcs }: { nodeCount: number; arcs: Arc[] }): void => {
        const network = networkOf(nodeCount, arcs);
        expectSame(betweenness(network, options), naiveBetweenness(network));
      };
      fc.assert(fc.property(tiedNetwork, isRight), { numRuns: 500 });
      fc.assert(fc.property(sparseNetwork, isRight), { numRuns: 500 });
    });
  }

  it('is found where origins fill several batches of 16, the last one in part', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        expectSame(betweenness(network), naiveBetweenness(network));
      }),
      { numRuns: 150 },
    );
  });

  it('leaves the cheaper of two ways over parallel arcs that are not merged', () => {
    // 0 → 5 twice at 3, but 0 → 2 → 5 takes 2: contracting 0 offers 4 → 5 at 3 and then at 4
    const network = networkOf(6, [
      [1, 4, 1],
      [5, 2, 1],
      [2, 5, 1],
      [4, 0, 1],
      [2, 0, 1],
      [0, 2, 1],
      [0, 5, 3],
      [0, 5, 3],
    ]);
    expectSame(betweenness(network, { reductions: { parallelArcs: false, trees: true, chains: true } }), naiveBetweenness(network));
  });

  it('gives the same bytes with and without WebAssembly', () => {
    fc.assert(
      fc.property(sparseNetwork, ({ nodeCount, arcs }) => {
        const network = networkOf(nodeCount, arcs);
        expect(betweenness(network, { engine: 'plain' })).to.deep.equal(betweenness(network));
      }),
    );
  });
});

describe('betweenness within a time', () => {
  for (const method of ['sweeps', 'searches'] as const) {
    it(`counts the pairs within the limit alone, by ${method}`, () => {
      fc.assert(
        fc.property(tiedNetwork, fc.integer({ min: 0, max: 12 }), ({ nodeCount, arcs }, limitMilliseconds) => {
          const network = networkOf(nodeCount, arcs);
          expectSame(betweenness(network, { method, limitMilliseconds }), naiveBetweenness(network, { limitMilliseconds }));
        }),
        { numRuns: 500 },
      );
    });
  }
});

describe('betweenness of trips', () => {
  const trips = (network: Network, seed: number) => {
    const count = Math.max(1, Math.min(5, network.nodeCount));
    // zones may share a node, and a node may be origin alone
    const origins = Uint32Array.from({ length: count }, (_value, index) => (index * 7 + seed) % network.nodeCount);
    const destinations = Uint32Array.from({ length: count + 1 }, (_value, index) => (index * 5 + seed) % network.nodeCount);
    const amounts = Float64Array.from({ length: count * (count + 1) }, (_value, index) => ((index * 31 + seed) % 11) / 4);
    return { origins, destinations, trips: amounts };
  };

  for (const method of ['sweeps', 'searches'] as const) {
    it(`carries each pair’s trips, and Σ flow · time over arcs is Σ trips · time over pairs, by ${method}`, () => {
      fc.assert(
        fc.property(tiedNetwork, fc.nat(1000), fc.option(fc.integer({ min: 0, max: 12 })), ({ nodeCount, arcs }, seed, limit) => {
          const network = networkOf(nodeCount, arcs);
          const demand = trips(network, seed);
          const limitMilliseconds = limit ?? DEFAULT_BETWEENNESS.limitMilliseconds;
          const found = betweenness(network, { method, demand, limitMilliseconds });
          const amount = (from: number, to: number): number => {
            let sum = 0;
            demand.origins.forEach((origin, row) => {
              demand.destinations.forEach((destination, column) => {
                if (origin === from && destination === to) sum += demand.trips[row * demand.destinations.length + column]!;
              });
            });
            return sum;
          };
          expectSame(found, naiveBetweenness(network, { trips: amount, limitMilliseconds }));
          const flowTime = found.arc.reduce((sum, flow, arc) => sum + flow * network.arcCost[arc]!, 0);
          expect(flowTime).to.be.closeTo(found.demand!.servedMilliseconds, 1e-9);
          const wanted = demand.trips.reduce((sum, value, index) => {
            const isWithin =
              demand.origins[Math.floor(index / demand.destinations.length)] === demand.destinations[index % demand.destinations.length];
            return sum + (isWithin ? 0 : value);
          }, 0);
          expect(found.demand!.served + found.demand!.unserved).to.be.closeTo(wanted, 1e-9);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('is refused on unknown nodes, in another shape, or of less than nothing', () => {
    const network = networkOf(3, [[0, 1, 5]]);
    const of = (origins: number[], destinations: number[], amounts: number[]) => () =>
      betweenness(network, {
        demand: { origins: Uint32Array.from(origins), destinations: Uint32Array.from(destinations), trips: Float64Array.from(amounts) },
      });
    expect(of([0], [3], [1])).to.throw(RangeError, 'node 3; expected 0 … 2');
    expect(of([0], [1], [1, 2])).to.throw(RangeError, '2 trips; expected 1 origins × 1 destinations');
    expect(of([0], [1], [-1])).to.throw(RangeError, 'demand 0 is -1');
    expect(of([0], [1], [Number.NaN])).to.throw(RangeError, 'demand 0 is NaN');
  });
});

describe('betweenness', () => {
  it('does not change by a bit when every weight is ten times as large', () => {
    fc.assert(
      fc.property(tiedNetwork, ({ nodeCount, arcs }) => {
        const tenfold = arcs.map(([from, to, cost]): Arc => [from, to, cost * 10]);
        expect(betweenness(networkOf(nodeCount, tenfold))).to.deep.equal(betweenness(networkOf(nodeCount, arcs)));
      }),
    );
  });

  it('moves with the nodes when they are numbered otherwise', () => {
    fc.assert(
      fc.property(tiedNetwork, fc.nat(100), ({ nodeCount, arcs }, shift) => {
        const moved = (node: number): number => (node + shift) % nodeCount;
        const found = betweenness(
          networkOf(
            nodeCount,
            arcs.map(([from, to, cost]): Arc => [moved(from), moved(to), cost]),
          ),
        );
        const before = betweenness(networkOf(nodeCount, arcs));
        expectClose(
          Array.from(before.node, (_value, node) => found.node[moved(node)]!),
          before.node,
        );
        expectClose(found.link, before.link);
      }),
    );
  });

  it('stays with its nodes and links when every arc is turned round', () => {
    fc.assert(
      fc.property(tiedNetwork, ({ nodeCount, arcs }) => {
        const network = networkOf(nodeCount, arcs);
        const [there, back] = [betweenness(network), betweenness(reverseNetwork(network))];
        expectClose(back.node, there.node);
        expectClose(back.link, there.link);
      }),
    );
  });

  it('of trips does not change when an arc is split in two, and its middle carries what the arc carried', () => {
    fc.assert(
      fc.property(tiedNetwork, fc.nat(39), ({ nodeCount, arcs }, choice) => {
        fc.pre(arcs.length > 0);
        const [from, to, cost] = arcs[choice % arcs.length]!;
        const doubled = arcs.map(([tail, head, milliseconds]): Arc => [tail, head, milliseconds * 2]);
        const split: Arc[] = doubled.filter((_arc, index) => index !== choice % arcs.length);
        split.push([from, nodeCount, cost], [nodeCount, to, cost]);
        const all = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
        const demand = { origins: all, destinations: all, trips: new Float64Array(nodeCount * nodeCount).fill(1) };
        const whole = betweenness(networkOf(nodeCount, doubled), { demand });
        const parted = betweenness(networkOf(nodeCount + 1, split), { demand });
        expectClose(parted.node.subarray(0, nodeCount), whole.node);
        expectClose([parted.node[nodeCount]!], [whole.link[choice % arcs.length]!]);
      }),
    );
  });

  it('is nothing on no arcs, one node and no node', () => {
    for (const nodeCount of [0, 1, 5]) {
      const { node, link } = betweenness(networkOf(nodeCount, []));
      expect(Array.from(node)).to.deep.equal(new Array(nodeCount).fill(0));
      expect(link.length).to.equal(0);
    }
  });

  it('refuses a way of 2^32 − 1 milliseconds or more, unless a limit lies below', () => {
    const half = 2 ** 31;
    const long: Arc[] = [
      [0, 1, half],
      [1, 2, half - 1],
      [2, 0, half - 2],
    ];
    for (const method of ['sweeps', 'searches', 'auto'] as const) {
      for (const engine of ['simd', 'plain'] as const) {
        const of = (arcs: readonly Arc[], limit?: number) =>
          Array.from(betweenness(networkOf(3, arcs), { method, engine, ...(limit ? { limitMilliseconds: limit } : {}) }).node);
        // 0 → 1 → 2 takes one millisecond too many; 1 → 2 → 0 and 2 → 0 → 1 fit in
        expect(() => of(long)).to.throw(LimitError, '49 days');
        expect(of(long, 2 ** 32 - 2)).to.deep.equal([1, 0, 1]);
        expect(of([[0, 1, half - 1], ...long.slice(1)])).to.deep.equal([1, 1, 1]);
      }
    }
  });
});
