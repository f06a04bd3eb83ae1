import { expect } from 'chai';
import fc from 'fast-check';
import { roadLikeNetwork } from '../../../src/bench/road-like.ts';
import { prepareCustomisation } from '../../../src/kernels/hierarchy/customisation.ts';
import { createCustomiser, customiseHierarchy } from '../../../src/kernels/hierarchy/customise.ts';
import { EVERYTHING, eliminate } from '../../../src/kernels/hierarchy/elimination.ts';
import type { Hierarchy } from '../../../src/kernels/hierarchy/hierarchy.ts';
import { createTreeSearch } from '../../../src/kernels/hierarchy/tree-search.ts';
import { createTriangleMemory } from '../../../src/kernels/hierarchy/triangle-memory.ts';
import { oneToAll } from '../../../src/kernels/one-to-all.ts';
import { reverseNetwork } from '../../../src/kernels/reverse-network.ts';
import { type Network, UNREACHED } from '../../../src/model/network.ts';
import { anyNetwork } from '../../support/random-networks.ts';

/** What becomes of the cost of an arc that changes. */
const CHANGES = {
  raised: (cost: number, draw: number) => cost + 1 + draw,
  lowered: (cost: number, draw: number) => Math.max(1, cost - 1 - draw),
  closed: () => UNREACHED,
  'almost too long': () => UNREACHED - 1,
  'drawn anew': (_cost: number, draw: number) => draw + 1,
};

const anyChange = fc.record({
  share: fc.constantFrom(0.01, 0.1, 1),
  kind: fc.constantFrom(...(Object.keys(CHANGES) as (keyof typeof CHANGES)[])),
  draws: fc.array(fc.nat(30), { minLength: 7, maxLength: 7 }),
  seed: fc.nat(1000),
});

function changed(
  network: Network,
  { share, kind, draws, seed }: { share: number; kind: keyof typeof CHANGES; draws: number[]; seed: number },
) {
  // at least one arc changes, however few there are
  const every = Math.max(1, Math.min(network.arcCount, Math.round(1 / share)));
  const arcCost = network.arcCost.map((cost, arc) => {
    return (arc + seed) % every === 0 ? CHANGES[kind](cost, draws[(arc + seed) % draws.length]!) : cost;
  });
  return { ...network, arcCost };
}

function expectDijkstra(network: Network, hierarchy: Hierarchy, step: number): void {
  const [forward, backward] = [createTreeSearch(hierarchy), createTreeSearch(hierarchy, 'backward')];
  const turned = reverseNetwork(network);
  for (let origin = 0; origin < network.nodeCount; origin += step) {
    expect(forward.run(origin)).to.deep.equal(oneToAll(network, origin));
    expect(backward.run(origin)).to.deep.equal(oneToAll(turned, origin));
  }
}

describe('customising again', () => {
  it('gives the arcs and costs of a fresh build, and the times of Dijkstra, after any changes one after another, by both engines', () => {
    fc.assert(
      fc.property(anyNetwork, fc.array(anyChange, { minLength: 1, maxLength: 4 }), (network, changes) => {
        const customisation = prepareCustomisation(network);
        const [quick, plain] = [createCustomiser(customisation), createCustomiser(customisation, 'plain')];
        let now = network;
        for (const change of changes) {
          now = changed(now, change);
          const again = quick(now);
          expect(again).to.deep.equal(customiseHierarchy(prepareCustomisation(now), now));
          expect(plain(now)).to.deep.equal(again);
          expectDijkstra(now, again, 4);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('does so on a road-like network of 1,500 nodes, and gives the first hierarchy back where costs do', () => {
    const network = roadLikeNetwork(1500, 5);
    const customiser = createCustomiser(prepareCustomisation(network));
    const first = customiser(network);
    for (const share of [0.01, 0.1, 1]) {
      for (const kind of Object.keys(CHANGES) as (keyof typeof CHANGES)[]) {
        const now = changed(network, { share, kind, draws: [3, 900, 40, 12, 5_000], seed: 3 });
        const again = customiser(now);
        expect(again).to.deep.equal(customiseHierarchy(prepareCustomisation(now), now));
        expectDijkstra(now, again, 500);
      }
    }
    expect(customiser(network)).to.deep.equal(first);
  });
});

describe('elimination', () => {
  it('takes out the same nodes with the same neighbours by both engines', () => {
    const bySimd = fc.property(anyNetwork, (network) => {
      const [quick, plain] = [eliminate(network)!, eliminate(network, { ...EVERYTHING, engine: 'plain' })!];
      expect(quick.order).to.deep.equal(plain.order);
      expect(quick.count).to.deep.equal(plain.count);
      for (let node = 0; node < network.nodeCount; node++) {
        const rows = [quick, plain].map(({ first, count, lists }) => lists.slice(first[node]!, first[node]! + count[node]!));
        expect(rows[0]).to.deep.equal(rows[1]);
      }
    });
    fc.assert(bySimd, { numRuns: 200 });
  });

  it('keeps for every node just the neighbours that eliminating one by one, without groups, would leave it', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const { order, first, count, lists } = eliminate(network)!;
        expect([...order].sort((a, b) => a - b)).to.deep.equal([...order.keys()]);
        const near = Array.from({ length: network.nodeCount }, () => new Set<number>());
        for (let tail = 0; tail < network.nodeCount; tail++) {
          for (const head of network.arcHead.subarray(network.firstArc[tail], network.firstArc[tail + 1])) {
            if (head !== tail) near[tail]!.add(head);
            if (head !== tail) near[head]!.add(tail);
          }
        }
        const left = new Set(order);
        for (const node of order) {
          const others = [...near[node]!];
          expect(others.length, 'least degree').to.equal(Math.min(...Array.from(left, (one) => near[one]!.size)));
          expect([...lists.subarray(first[node], first[node]! + count[node]!)].sort((a, b) => a - b)).to.deep.equal(
            others.sort((a, b) => a - b),
          );
          left.delete(node);
          for (const other of others) {
            near[other]!.delete(node);
            for (const second of others) if (second !== other) near[other]!.add(second);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives up where more triangles would be made than allowed, by both engines', () => {
    const network = roadLikeNetwork(400, 2);
    const { first } = prepareCustomisation(network);
    let triangles = 0;
    for (let position = 0; position < network.nodeCount; position++) {
      const degree = first[position + 1]! - first[position]!;
      triangles += (degree * (degree - 1)) / 2;
    }
    for (const engine of ['simd', 'plain'] as const) {
      expect(eliminate(network, { mostTriangles: triangles, engine })).not.to.equal(null);
      expect(eliminate(network, { mostTriangles: triangles - 1, engine })).to.equal(null);
    }
  });
});

describe('triangles with counts', () => {
  it('are walked alike by both engines', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const topology = prepareCustomisation(network);
        const results = (['simd', 'plain'] as const).map((engine) => {
          const { memory, steps } = createTriangleMemory(topology, 'costs-and-counts', engine);
          topology.edgeOf.forEach((pair, arc) => {
            if (pair >= memory.cost.length || network.arcCost[arc]! >= memory.cost[pair]!) return;
            memory.cost[pair] = network.arcCost[arc]!;
            memory.count[pair] = 1;
          });
          steps.riseCounted();
          steps.pressKeepingTies();
          const costs = memory.cost.slice();
          const kept = memory.kept.slice();
          const counts = memory.count.map((count, pair) => ((kept[pair >> 1]! >> (pair & 1)) & 1 ? count : 0));
          memory.arcOf.forEach((_arc, pair) => {
            memory.arcOf[pair] = pair;
          });
          steps.countParts();
          const sizes = memory.nextPart.slice();
          let partCount = 0;
          sizes.forEach((size, arc) => {
            memory.nextPart[arc] = partCount;
            partCount += size;
          });
          return { costs, kept, counts, sizes, parts: steps.layParts(partCount) };
        });
        expect(results[0]).to.deep.equal(results[1]);
      }),
      { numRuns: 300 },
    );
  });
});
