import { expect } from 'chai';
import { assignTrips } from '../../../src/analysis/assignment/assign-trips.ts';
import { elasticEquilibrium, pairCosts } from '../../../src/analysis/assignment/elastic-demand.ts';
import type { FlowInput, FlowLink } from '../../../src/model/flow-input.ts';

const link = (id: string, from: number, to: number, freeMinutes: number, capacity: number): FlowLink => {
  return { id, name: id, from, to, freeMinutes, capacity, isConnector: false, curve: 'bpr', b: 1, power: 1, chargeMinutes: 0 };
};
const input = (links: readonly FlowLink[], trips: readonly number[]): FlowInput => ({
  nodeIds: ['0', '1', '2'],
  isClosed: new Uint8Array(3),
  links,
  zones: [0, 1, 2].map((node) => ({ id: String(node), name: '', admin1: '', origin: node, destination: node })),
  classes: [
    {
      name: 'all',
      carUnits: 1,
      from: Uint32Array.from(trips, () => 0),
      to: Uint32Array.from(trips, (_amount, pair) => pair + 1),
      trips: Float64Array.from(trips),
      extraCharge: null,
    },
  ],
  flowUnit: 'trips',
  timeUnit: 'min',
  personsPerUnit: 1,
  valueOfTime: null,
  dayProfile: null,
  notes: [],
});

/** The root of a falling function by halving. */
function root(of: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 200; step++) {
    const middle = (from + to) / 2;
    if (of(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

describe('trips that react to their cost', () => {
  for (const theta of [0.01, 0.1, 1]) {
    it(`on one link, θ ${theta}: d = 12 exp(-θ (10 (1 + d/5) - 10))`, () => {
      const found = elasticEquilibrium(input([link('a', 0, 1, 10, 5)], [12]), [Float64Array.of(10)], { theta, tolerance: 1e-12 });
      const expected = root((d) => 12 * Math.exp(-theta * 10 * (d / 5)) - d, 0, 12);
      expect(found.residual).to.be.at.most(1e-12);
      expect(found.trips).to.be.closeTo(expected, 1e-9);
      expect(found.assignment.flow[0]).to.be.closeTo(expected, 1e-9);
      expect(found.rounds).to.be.below(60);
    });
  }

  it('stay as they are at their usual costs, at once, and with θ of 0', () => {
    const world = input([link('a', 0, 1, 10, 5), link('b', 0, 2, 7, 4)], [3, 8]);
    const usual = assignTrips(world, { gap: 1e-12 });
    const same = elasticEquilibrium(world, pairCosts(usual), { theta: 0.2, start: usual });
    expect([same.rounds, same.trips]).to.deep.equal([1, 11]);
    expect(elasticEquilibrium(world, [Float64Array.of(0, 0)], { theta: 0 }).trips).to.equal(11);
  });

  it('grow where a link is new, each pair to its own demand curve; pairs without a way keep theirs, unserved', () => {
    const before = input([link('a', 0, 1, 10, 5), link('far', 1, 2, 5, 3)], [3, 8]);
    const usual = pairCosts(assignTrips(before, { gap: 1e-12 }));
    const after = input([...before.links, link('new', 0, 2, 6, 4)], [3, 8]);
    const { assignment, residual, trips } = elasticEquilibrium(after, usual, { theta: 0.05, tolerance: 1e-10, gap: 1e-12 });
    expect(residual).to.be.at.most(1e-10);
    const costs = pairCosts(assignment)[0] ?? [];
    const demand = [3, 8].map((amount, pair) => amount * Math.exp(-0.05 * ((costs[pair] ?? 0) - (usual[0]?.[pair] ?? 0))));
    expect(trips).to.be.closeTo((demand[0] ?? 0) + (demand[1] ?? 0), 1e-8);
    expect(trips).to.be.above(11);
    const cut = elasticEquilibrium(input([link('a', 0, 1, 10, 5)], [3, 8]), usual, { theta: 0.05 });
    expect(cut.assignment.unserved).to.equal(8);
  });
});
