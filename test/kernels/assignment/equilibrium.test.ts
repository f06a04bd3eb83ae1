import { expect } from 'chai';
import fc from 'fast-check';
import { allOrNothing } from '../../../src/kernels/assignment/all-or-nothing.ts';
import { linkEquilibrium } from '../../../src/kernels/assignment/frank-wolfe.ts';
import { BPR, CONICAL, costAreaAt, costAt, costSlopeAt, DAVIDSON, type LinkCosts } from '../../../src/kernels/assignment/link-costs.ts';
import { logitLoading } from '../../../src/kernels/assignment/logit-loading.ts';
import { selectLink } from '../../../src/kernels/assignment/select-link.ts';
import { createTreeSearch } from '../../../src/kernels/assignment/shortest-tree.ts';
import type { AssignmentProblem } from '../../../src/kernels/assignment/trip-classes.ts';
import { type Equilibrium, userEquilibrium } from '../../../src/kernels/assignment/user-equilibrium.ts';
import { world, worlds } from './worlds.ts';

/** A double holds 15 to 16 digits; sums over small worlds keep 12 of them. */
const ROUNDING = 1e-12;
const GAP = 1e-12;

/** Braess (1968): 6 units from 0 to 1 over nodes 2 and 3; the bridge 2 → 3 makes everyone slower. */
const BRAESS = [
  { from: 0, to: 2, freeTime: 1e-8, capacity: 1, b: 1e9, power: 1 },
  { from: 0, to: 3, freeTime: 50, capacity: 1, b: 0.02, power: 1 },
  { from: 2, to: 1, freeTime: 50, capacity: 1, b: 0.02, power: 1 },
  { from: 3, to: 1, freeTime: 1e-8, capacity: 1, b: 1e9, power: 1 },
];
const BRAESS_BRIDGE = { from: 2, to: 3, freeTime: 10, capacity: 1, b: 0.1, power: 1 };
const SIX = [{ from: 0, to: 1, amount: 6 }];

function totalCost({ network, costs, classes }: AssignmentProblem, { state }: Equilibrium): number {
  let sum = 0;
  for (let arc = 0; arc < network.arcCount; arc++) {
    const units = state.flow[arc] ?? 0;
    sum += units * (costAt({ ...costs, isMarginal: false }, arc, units) + (classes[0]?.charge[arc] ?? 0));
  }
  return sum;
}

describe('volume-delay functions', () => {
  const costs = (kind: number, b: number, power: number, isMarginal: boolean): LinkCosts => ({
    kind: Uint8Array.of(kind),
    freeTime: Float64Array.of(3),
    capacity: Float64Array.of(10),
    b: Float64Array.of(b),
    power: Float64Array.of(power),
    isMarginal,
  });

  for (const [name, kind, b, power] of [
    ['BPR', BPR, 0.15, 4],
    ['BPR with a broken power', BPR, 0.4, 2.5],
    ['conical', CONICAL, 0, 4],
    ['Davidson', DAVIDSON, 0.3, 0.9],
  ] as const) {
    for (const isMarginal of [false, true]) {
      it(`${name}${isMarginal ? ', marginal' : ''}: slope is the derivative of cost, and cost that of area`, () => {
        const table = costs(kind, b, power, isMarginal);
        const step = 1e-5;
        for (const flow of [0.5, 3, 8.2, 14, 30]) {
          const derived = (value: typeof costAt) => (value(table, 0, flow + step) - value(table, 0, flow - step)) / (2 * step);
          expect(derived(costAreaAt)).to.be.closeTo(costAt(table, 0, flow), 1e-6 * costAt(table, 0, flow));
          expect(derived(costAt)).to.be.closeTo(costSlopeAt(table, 0, flow), 1e-5 * (1 + costSlopeAt(table, 0, flow)));
        }
      });
    }
    it(`${name}: an empty link takes its free time`, () => {
      expect(costAt(costs(kind, b, power, false), 0, 0)).to.be.closeTo(3, ROUNDING);
      expect(costAreaAt(costs(kind, b, power, false), 0, 0)).to.be.closeTo(0, ROUNDING);
    });
  }

  it('double at capacity by the conical curve (Spiess 1990)', () => {
    expect(costAt(costs(CONICAL, 0, 4, false), 0, 10)).to.be.closeTo(2 * 3, ROUNDING);
  });
});

describe('user equilibrium by bushes', () => {
  it('gives 92 minutes with the bridge of Braess and 83 without', () => {
    const withBridge = world(4, [...BRAESS, BRAESS_BRIDGE], SIX);
    const without = world(4, BRAESS, SIX);
    expect(totalCost(withBridge, userEquilibrium(withBridge, { gap: 1e-14 })) / 6).to.be.closeTo(92, 1e-6);
    expect(totalCost(without, userEquilibrium(without, { gap: 1e-14 })) / 6).to.be.closeTo(83, 1e-6);
  });

  it('leaves the bridge of Braess empty in the system optimum, at 83 minutes', () => {
    const optimum = world(4, [...BRAESS, BRAESS_BRIDGE], SIX, true);
    const found = userEquilibrium(optimum, { gap: 1e-14 });
    expect(totalCost(optimum, found) / 6).to.be.closeTo(83, 1e-6);
    const bridge = optimum.network.rowOf.indexOf(4);
    expect(found.state.flow[bridge]).to.equal(0);
  });

  it('shares two parallel links so that they cost the same: 4 + x = 1 + 2 (10 - x)', () => {
    const two = world(
      2,
      [
        { from: 0, to: 1, freeTime: 4, capacity: 4, b: 1, power: 1 },
        { from: 0, to: 1, freeTime: 1, capacity: 0.5, b: 1, power: 1 },
      ],
      [{ from: 0, to: 1, amount: 10 }],
    );
    const { state } = userEquilibrium(two, { gap: 1e-15 });
    expect(state.flow[0]).to.be.closeTo(17 / 3, 1e-12);
    expect(state.flow[1]).to.be.closeTo(13 / 3, 1e-12);
  });

  it('tells trips that have no way, and assigns the others', () => {
    const split = world(
      4,
      [{ from: 0, to: 1, freeTime: 1, capacity: 1, b: 0.15, power: 4 }],
      [
        { from: 0, to: 1, amount: 2 },
        { from: 0, to: 3, amount: 5 },
        { from: 2, to: 3, amount: 1 },
      ],
    );
    const { unserved, state } = userEquilibrium(split);
    expect(unserved).to.equal(6);
    expect([...state.flow]).to.deep.equal([2]);
  });

  it('refuses a toll that pays for the trip', () => {
    const paid = world(2, [{ from: 0, to: 1, freeTime: 1, capacity: 1, b: 0.15, power: 4, charge: -2 }], [{ from: 0, to: 1, amount: 1 }]);
    expect(() => userEquilibrium(paid)).to.throw(RangeError, 'costs -1 when empty');
  });

  it('keeps closed nodes free of through traffic', () => {
    const link = { freeTime: 1, capacity: 100, b: 0, power: 0 };
    const open = world(
      3,
      [
        { from: 0, to: 1, ...link },
        { from: 1, to: 2, ...link },
        { from: 0, to: 2, ...link, freeTime: 9 },
      ],
      [{ from: 0, to: 2, amount: 3 }],
    );
    const closed = { ...open, network: { ...open.network, isClosed: Uint8Array.of(0, 1, 0) } };
    const direct = open.network.rowOf.indexOf(2);
    expect(userEquilibrium(open).state.flow[direct]).to.equal(0);
    expect(userEquilibrium(closed).state.flow[direct]).to.equal(3);
  });

  it('conserves flow at every node, and its parts by select-link add up to it', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), ({ nodeCount, links, trips }, pick) => {
        const problem = world(nodeCount, links, trips);
        const { network, classes } = problem;
        const { state, bushes } = userEquilibrium(problem, { gap: 1e-12, maxIterations: 60 });
        const balance = new Float64Array(nodeCount);
        for (const { from, to, amount } of trips) {
          if (from === to) continue;
          balance[from] = (balance[from] ?? 0) - amount;
          balance[to] = (balance[to] ?? 0) + amount;
        }
        state.flow.forEach((units, arc) => {
          const [a, b] = [network.tail[arc] ?? 0, network.head[arc] ?? 0];
          balance[a] = (balance[a] ?? 0) + units;
          balance[b] = (balance[b] ?? 0) - units;
        });
        for (const rest of balance) expect(rest).to.be.closeTo(0, 1e-10);
        const arc = pick % network.arcCount;
        const chosen = new Uint8Array(network.arcCount);
        chosen[arc] = 1;
        const selection = selectLink(network, bushes, chosen);
        const sum = selection.pairs.reduce((total, { units }) => total + units, 0);
        expect(sum).to.be.closeTo(state.flow[arc] ?? 0, 1e-9);
        expect(selection.flow[arc]).to.be.closeTo(state.flow[arc] ?? 0, 1e-9);
        selection.flow.forEach((units, other) => {
          expect(units).to.be.within(0, (state.flow[other] ?? 0) + 1e-9);
        });
        expect(classes.length).to.equal(1);
      }),
      { numRuns: 150 },
    );
  });

  it('finds the objective that bi-conjugate Frank–Wolfe brackets', () => {
    fc.assert(
      fc.property(worlds, fc.boolean(), ({ nodeCount, links, trips }, isMarginal) => {
        const problem = world(nodeCount, links, trips, isMarginal);
        const ours = userEquilibrium(problem, { gap: GAP, maxIterations: 100 }).steps.at(-1);
        const theirs = linkEquilibrium(problem, { method: 'bi-conjugate', gap: 1e-6, maxIterations: 3000, onStep: () => {} }).steps.at(-1);
        if (!ours || !theirs) throw new Error('no step');
        expect(ours.relativeGap).to.be.at.most(GAP);
        // what the gap promises: the least objective lies between ours and ours less the excess, theirs likewise
        const slack = ROUNDING * (Math.abs(theirs.objective) + 1);
        expect(ours.lowerBound).to.be.at.most(theirs.objective + slack);
        expect(theirs.lowerBound).to.be.at.most(ours.objective + slack);
        // total cost is under 10 times the objective with these functions
        expect(ours.objective - ours.lowerBound).to.be.within(0, 10 * GAP * (ours.objective + 1));
      }),
      { numRuns: 150 },
    );
  });

  it('reads charges by class: two classes split two ways by what each minds', () => {
    const links = [
      { from: 0, to: 1, freeTime: 10, capacity: 1, b: 0, power: 0 },
      { from: 0, to: 1, freeTime: 12, capacity: 1, b: 0, power: 0 },
    ];
    const one = world(2, links, [{ from: 0, to: 1, amount: 3 }]);
    const charge = Float64Array.from(one.network.rowOf, (row) => (row === 0 ? 5 : 0));
    const tripClass = one.classes[0];
    if (!tripClass) throw new Error('no class');
    const { state } = userEquilibrium({ ...one, classes: [tripClass, { ...tripClass, charge }] });
    expect([...state.flow]).to.deep.equal([3, 3]);
  });

  it('starts warm: from the bushes of an equilibrium it is there at once', () => {
    const problem = world(4, [...BRAESS, BRAESS_BRIDGE], SIX);
    const { bushes } = userEquilibrium(problem, { gap: 1e-14 });
    expect(userEquilibrium(problem, { gap: 1e-13, start: bushes }).steps.length).to.equal(1);
  });
});

describe('logit loading', () => {
  it('splits two paths by exp(-θ Δ)', () => {
    const link = { capacity: 1, b: 0, power: 0 };
    const two = world(
      3,
      [
        { from: 0, to: 2, freeTime: 5, ...link },
        { from: 0, to: 1, freeTime: 3, ...link },
        { from: 1, to: 2, freeTime: 3, ...link },
      ],
      [{ from: 0, to: 2, amount: 10 }],
    );
    const time = Float64Array.from(two.network.rowOf, (row) => [5, 3, 3][row] ?? 0);
    const { flow } = logitLoading(two, time, 0.7, createTreeSearch(two.network));
    const share = 1 / (1 + Math.exp(-0.7 * (6 - 5)));
    expect(flow[two.network.rowOf.indexOf(0)]).to.be.closeTo(10 * share, ROUNDING * 10);
  });

  it('goes over into all or nothing as θ grows', () => {
    fc.assert(
      fc.property(worlds, ({ nodeCount, links, trips }) => {
        const problem = world(nodeCount, links, trips);
        const search = createTreeSearch(problem.network);
        // times that leave no two paths equal
        const time = Float64Array.from(problem.network.rowOf, (row) => 1 + Math.sqrt(2 + row) / 7);
        const single = {
          ...problem,
          classes: problem.classes.map((group) => ({ ...group, charge: new Float64Array(problem.network.arcCount) })),
        };
        const spread = logitLoading(single, time, 1e7, search);
        const sharp = allOrNothing(single, time, search);
        spread.flow.forEach((units, arc) => {
          expect(units).to.be.closeTo(sharp.flow[arc] ?? 0, 1e-6);
        });
      }),
      { numRuns: 100 },
    );
  });
});
