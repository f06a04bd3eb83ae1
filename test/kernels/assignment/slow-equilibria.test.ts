import { expect } from 'chai';
import { exactStep, linkEquilibrium } from '../../../src/kernels/assignment/frank-wolfe.ts';
import { BPR, costAt, DAVIDSON } from '../../../src/kernels/assignment/link-costs.ts';
import { userEquilibrium } from '../../../src/kernels/assignment/user-equilibrium.ts';
import { type WorldLink, world } from './worlds.ts';

const link = (from: number, to: number, freeTime = 0, charge = 0): WorldLink => ({
  from,
  to,
  freeTime,
  capacity: 5,
  b: 0.15,
  power: 4,
  charge,
});
/** Costs the same whatever passes, or nearly: what one origin shifts over 1 → 2 and 5 → 4 the other takes back. */
const VALLEY: readonly WorldLink[] = [
  link(0, 1),
  link(1, 2, 2),
  link(2, 3),
  link(3, 4),
  link(4, 5),
  link(5, 6),
  link(6, 7),
  link(7, 8),
  link(8, 0),
  link(1, 0, 0, 1.5),
  link(2, 1),
  link(3, 2),
  link(4, 3, 3.5),
  { ...link(5, 4, 2), b: 0.8, power: 2.5 },
  link(6, 5, 7),
  link(7, 6),
  link(8, 7),
  link(0, 8),
  link(0, 5, 3.5),
];
const davidson = { from: 0, to: 1, freeTime: 1, capacity: 5, b: 0.3, power: 0.9, kind: DAVIDSON };

describe('equilibria that are slow to find', () => {
  it('two origins that undo each other: gap 1e-12 in 20 iterations, where passes one by one stand at 1e-6 after 100', () => {
    const trips = [
      { from: 5, to: 2, amount: 1 },
      { from: 0, to: 4, amount: 9.5 },
    ];
    const problem = world(9, VALLEY, trips);
    const { steps, state } = userEquilibrium(problem, { gap: 1e-12, maxIterations: 20 });
    expect(steps.at(-1)?.relativeGap).to.be.at.most(1e-12);
    const theirs = linkEquilibrium(problem, { method: 'conjugate', gap: 1e-9, maxIterations: 3000, onStep: () => {} }).steps.at(-1);
    expect(steps.at(-1)?.objective).to.be.within(theirs?.lowerBound ?? Number.NaN, (theirs?.objective ?? Number.NaN) + 1e-12);
    // 0 → 4 over 2 and over 5 cost the same to the last digits
    const cost = (rows: readonly number[]) =>
      rows.reduce((sum, row) => sum + (state.time[problem.network.rowOf.indexOf(row)] ?? Number.NaN), 0);
    expect(cost([0, 1, 2, 3])).to.be.closeTo(cost([18, 13]), 1e-9);
  });

  it('halves the trips of two equal links whose cost bends at capacity, where plain Newton steps go in a circle', () => {
    const problem = world(2, [davidson, davidson], [{ from: 0, to: 1, amount: 9.5 }], true);
    const { state, steps } = userEquilibrium(problem, { gap: 1e-14, maxIterations: 10 });
    expect(state.flow[0]).to.be.closeTo(4.75, 1e-12);
    expect(state.flow[1]).to.be.closeTo(4.75, 1e-12);
    expect(steps.at(-1)?.relativeGap).to.be.at.most(1e-14);
  });

  it('stops a shift short of all where the cheap way grows dear on the way: 1 + 0.15 (x/5)^4 = 2', () => {
    const cheap = { from: 0, to: 1, freeTime: 1, capacity: 5, b: 0.15, power: 4, kind: BPR };
    const fixed = { ...cheap, freeTime: 2, b: 0, power: 0 };
    const { state, steps } = userEquilibrium(world(2, [fixed, cheap], [{ from: 0, to: 1, amount: 40 }]), { gap: 1e-14, maxIterations: 10 });
    expect(state.flow[1]).to.be.closeTo(5 * (1 / 0.15) ** 0.25, 1e-9);
    expect(steps.length).to.be.at.most(5);
  });

  it('finds the least point of a line search across a bend', () => {
    const problem = world(2, [davidson, davidson], [{ from: 0, to: 1, amount: 9.5 }], true);
    const here = { flow: Float64Array.of(9.5, 0), charge: 0 };
    const aim = { flow: Float64Array.of(0, 9.5), charge: 0 };
    expect(exactStep(problem, here, aim)).to.be.closeTo(0.5, 1e-12);
    expect(costAt(problem.costs, 0, 4.75)).to.equal(costAt(problem.costs, 1, 4.75));
  });
});
