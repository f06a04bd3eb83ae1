import { expect } from 'chai';
import fc from 'fast-check';
import { gravityDemand } from '../../../src/analysis/demand/gravity-demand.ts';
import { buildingOrder, chooseExact, chooseGreedy, type Fairness } from '../../../src/analysis/portfolio/choose.ts';
import { floorFairness, landShares, localInterest } from '../../../src/analysis/portfolio/jurisdictions.ts';
import { type LinkItem, linkProblem } from '../../../src/analysis/portfolio/link-problem.ts';
import { costOfSet, type SetProblem } from '../../../src/analysis/portfolio/set-problem.ts';
import { frontier, synergies } from '../../../src/analysis/portfolio/synergy.ts';
import { zoneTimes } from '../../../src/analysis/zone-times.ts';
import { applyUpgrade } from '../../../src/build/apply-upgrade.ts';
import { freeze } from '../../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../../src/build/region-graph.ts';
import { minutesToMilliseconds } from '../../../src/model/units.ts';
import { place, regionOf, riverRegion, road, zone } from '../../support/small-region.ts';

/** A set problem by a plain function of the set; one zone has all the gain. */
function problemOf(costs: readonly number[], gain: (set: readonly number[]) => number): SetProblem {
  return {
    ids: costs.map((_cost, item) => `item-${item}`),
    costs,
    hold: () => {},
    value: (set) => ({ total: gain(set), byZone: Float64Array.of(gain(set)) }),
  };
}

/** A monotone gain without any pattern: weights of items and of pairs that stand together, all over 0 or down to what keeps it monotone. */
function patchwork(own: readonly number[], pairs: readonly number[]): (set: readonly number[]) => number {
  return (set) => {
    let sum = 0;
    for (const a of set) sum += own[a] ?? 0;
    for (const a of set) for (const b of set) if (a < b) sum += pairs[(a * own.length + b) % pairs.length] ?? 0;
    return sum;
  };
}

function everySubset(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_none, bits) =>
    Array.from({ length: count }, (_item, item) => item).filter((item) => bits & (1 << item)),
  );
}

const OPTIONS = { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' as const };

describe('a portfolio', () => {
  it('found exactly is the best of all subsets that the budget allows', () => {
    const figures = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(figures, figures, fc.integer({ min: 1, max: 60 }), (own, pairs, budget) => {
        const costs = own.map((_own, item) => 3 + ((item * 7) % 11));
        const problem = problemOf(costs, patchwork(own, pairs));
        const best = Math.max(...everySubset(7).flatMap((set) => (costOfSet(problem, set) <= budget ? [problem.value(set).total] : [])));
        const exact = chooseExact(problem, budget);
        expect(exact.gain).to.equal(best);
        expect(exact.cost).to.be.at.most(budget);
        const greedy = chooseGreedy(problem, budget);
        expect(greedy.cost).to.be.at.most(budget);
        expect(greedy.gain).to.be.at.most(best);
      }),
    );
  });

  it('sees two links that are worth nothing alone and much together, which a lazy bound would have thrown away', () => {
    const problem = problemOf([1, 1, 1], (set) => (set.includes(0) && set.includes(1) ? 100 : 0) + (set.includes(2) ? 10 : 0));
    expect(chooseGreedy(problem, 2).order).to.have.members([0, 1]);
    expect(chooseExact(problem, 2).gain).to.equal(100);
    expect(synergies(problem, [0, 1, 2])).to.deep.equal([{ a: 0, b: 1, value: 100, share: 100 / 1e-9 }]);
  });

  it('does not fall for a cheap trifle that leaves no money for the best', () => {
    const problem = problemOf([1, 100], (set) => (set.includes(0) ? 2 : 0) + (set.includes(1) ? 100 : 0));
    expect(chooseGreedy(problem, 100).order).to.deep.equal([1]);
  });

  it('under a fairness rule keeps the rule, at a price in gain', () => {
    const gains = [90, 80, 10];
    const problem = problemOf([1, 1, 1], (set) => set.reduce((sum, item) => sum + (gains[item] ?? 0), 0));
    const fairness: Fairness = { fulfilled: (set) => (set.includes(2) ? 1 : 0) };
    expect(chooseGreedy(problem, 2).gain).to.equal(170);
    for (const choice of [chooseGreedy(problem, 2, { fairness }), chooseExact(problem, 2, fairness)]) {
      expect(choice).to.include({ gain: 100, fairness: 1 });
    }
  });

  it('has a frontier that never falls, and an order in which the best next step comes first', () => {
    const gains = [5, 40, 20];
    const problem = problemOf([10, 10, 10], (set) => set.reduce((sum, item) => sum + (gains[item] ?? 0), 0));
    expect(frontier(problem, [30, 10, 20]).map(({ gain }) => gain)).to.deep.equal([40, 60, 65]);
    expect(buildingOrder(problem, [0, 1, 2])).to.deep.equal([1, 2, 0]);
  });
});

describe('new links as a set', () => {
  const item = (id: string, from: string, to: string, minutes: number): LinkItem => {
    const arcs = [
      { from: `before/${from}`, to: `before/${to}`, minutes },
      { from: `before/${to}`, to: `before/${from}`, minutes },
    ];
    return { id, cost: 1, arcs };
  };

  it('gain what building the region with them gains, one by one and together', () => {
    const zones = [0, 1, 2, 3, 4].map((n) => zone(`z${n}`, n < 2 ? 'A' : 'B', 1000 * (n + 1), 10 * n, 0));
    const junctions = zones.map(({ id }, n) => place(id, 10 * n, 0));
    const roads = [0, 1, 2, 3].map((n) => road(`r${n}`, `z${n}`, `z${n + 1}`, 12, 40));
    const region = regionOf(zones, junctions, roads);
    const { frozen, times } = networkOf(region);
    const trips = gravityDemand(times);
    const items = [item('a', 'z0', 'z2', 12), item('b', 'z2', 'z4', 12), item('c', 'z1', 'z4', 20)];
    const problem = linkProblem(frozen, times, trips, items);
    const added = { a: road('u:a', 'z0', 'z2', 12, 60), b: road('u:b', 'z2', 'z4', 12, 60), c: road('u:c', 'z1', 'z4', 20, 60) };
    for (const set of everySubset(3)) {
      const changes = set.map((index) => ({ change: 'add-road' as const, link: Object.values(added)[index] ?? road('', '', '', 1) }));
      const upgraded = applyUpgrade(region, { ...HEAD, changes }).region;
      const after = networkOf(upgraded).times;
      let saved = 0;
      after.milliseconds.forEach((time, pair) => {
        saved += ((times.milliseconds[pair] ?? 0) - time) * (trips[pair] ?? 0);
      });
      expect(problem.value(set).total).to.be.closeTo(saved / minutesToMilliseconds(1), 1e-6);
      problem.hold(set);
      expect(problem.value(set.toReversed()).total).to.equal(problem.value(set).total);
    }
  });

  it('across a river save 60 minutes a trip, which is 70 by the old bridge less 10 by the new', () => {
    const region = riverRegion();
    const { frozen, times } = networkOf(region);
    const trips = gravityDemand(times);
    const { total, byZone } = linkProblem(frozen, times, trips, [item('bridge', 'west', 'east', 10)]).value([0]);
    expect(total).to.be.closeTo(60 * ((trips[1] ?? 0) + (trips[2] ?? 0)), 1e-6);
    // one trip a head and day: 100,000 in the west, 300,000 in the east
    expect([...byZone].map(Math.round)).to.deep.equal([6_000_000, 18_000_000]);
  });
});

const HEAD = {
  id: 'u',
  name: 'u',
  description: '',
  status: 'hypothetical',
  openingYear: null,
  costs: [],
  source: 'test',
  confidence: 'high',
  basis: 'published' as const,
};

function networkOf(region: Parameters<typeof buildRegionGraph>[0]) {
  const frozen = freeze(buildRegionGraph(region, OPTIONS).graph);
  return { frozen, times: zoneTimes(frozen, region.zones) };
}

describe('who pays and who gains', () => {
  it('splits a line between two seats in the middle', () => {
    const { zones } = riverRegion();
    const [west, east] = zones;
    const shares = landShares(zones, [west?.longitude ?? 0, 0], [east?.longitude ?? 0, 0], 'admin1');
    expect([...shares].map(([name, share]) => [name, Number(share.toFixed(9))])).to.deep.equal([
      ['West', 0.5],
      ['East', 0.5],
    ]);
  });

  it('shows the defect: a link worth twice its cost, whose payer has a tenth of the gain', () => {
    const interest = localInterest(
      new Map([['West', 1]]),
      new Map([
        ['East', 90],
        ['West', 10],
      ]),
      2,
    );
    expect(interest.payers).to.deep.equal([{ name: 'West', costShare: 1, gainShare: 0.1, ownRatio: 0.2 }]);
    expect(interest.gainOutside).to.be.closeTo(0.9, 1e-12);
    expect(interest.isDefect).to.equal(true);
    expect(
      localInterest(
        new Map([['West', 1]]),
        new Map([
          ['East', 40],
          ['West', 60],
        ]),
        2,
      ).isDefect,
    ).to.equal(false);
  });

  it('counts a floor of seconds a head as kept where every jurisdiction has it', () => {
    const { zones } = riverRegion();
    const problem: SetProblem = {
      ids: ['bridge'],
      costs: [1],
      hold: () => {},
      value: (set) => ({ total: set.length, byZone: set.length > 0 ? Float64Array.of(100_000, 150_000) : new Float64Array(2) }),
    };
    // a minute a head in the west, half a minute in the east
    expect(floorFairness(problem, zones, 'admin1', 60).fulfilled([0])).to.be.closeTo((1 + 0.5) / 2, 1e-12);
    expect(floorFairness(problem, zones, 'admin1', 30).fulfilled([0])).to.equal(1);
    expect(floorFairness(problem, zones, 'admin1', 30).fulfilled([])).to.equal(0);
  });
});
