import { expect } from 'chai';
import { ASSIGNMENT_METHODS, assignTrips } from '../../../src/analysis/assignment/assign-trips.ts';
import { newRoadLinks } from '../../../src/analysis/assignment/new-road-links.ts';
import { withNewLinks } from '../../../src/analysis/assignment/with-new-links.ts';
import { bottlenecks } from '../../../src/analysis/bottlenecks/bottlenecks.ts';
import { marginalCapacity } from '../../../src/analysis/bottlenecks/marginal-capacity.ts';
import { linkCriticality } from '../../../src/analysis/criticality/link-criticality.ts';
import { drawPairs, lossesAtEquilibrium } from '../../../src/analysis/criticality/lost-links.ts';
import type { FlowInput, FlowLink } from '../../../src/model/flow-input.ts';

const link = (id: string, from: number, to: number, freeMinutes: number, b: number): FlowLink => {
  const rest = { name: id, isConnector: false, curve: 'bpr', power: 1, chargeMinutes: 0 } as const;
  return { id, from, to, capacity: 1, freeMinutes, b, ...rest };
};

/** Braess (1968): times 10x, 50 + x and 10 + x; 6 trips from node 0 to 1. */
const FOUR = [link('a', 0, 2, 1e-8, 1e9), link('b', 0, 3, 50, 0.02), link('c', 2, 1, 50, 0.02), link('d', 3, 1, 1e-8, 1e9)];
const BRIDGE = link('bridge', 2, 3, 10, 0.1);

const braess = (links: readonly FlowLink[]): FlowInput => ({
  nodeIds: ['0', '1', '2', '3'],
  isClosed: new Uint8Array(4),
  links,
  zones: [
    { id: 'home', name: '', admin1: 'North', origin: 0, destination: 0 },
    { id: 'work', name: '', admin1: 'South', origin: 1, destination: 1 },
  ],
  classes: [{ name: 'all', carUnits: 1, from: Uint32Array.of(0), to: Uint32Array.of(1), trips: Float64Array.of(6), extraCharge: null }],
  flowUnit: 'trips',
  timeUnit: 'min',
  personsPerUnit: 1,
  valueOfTime: { perHour: 30, currency: 'EUR' },
  dayProfile: [0.1, 0.5, 1],
  notes: [],
});

const GAP = { gap: 1e-13 };

describe('effects of links on everyone', () => {
  it('a new link that makes everyone slower is found out: 6 × 92 instead of 6 × 83 minutes', () => {
    const input = braess(FOUR);
    const before = assignTrips(input, GAP);
    expect(withNewLinks(input, before, [BRIDGE], 1e-13).addedMinutes).to.be.closeTo(6 * 92 - 6 * 83, 1e-5);
  });

  it('a road candidate is tried both ways: a motorway of 10 minutes over the square costs everyone 117/11 minutes', () => {
    const input = braess(FOUR);
    const rows = newRoadLinks(input, { id: 'new', from: '2', to: '3', minutes: 10, class: 'motorway' });
    expect(rows?.map(({ from, to, capacity }) => [from, to, capacity])).to.deep.equal([
      [2, 3, 4000],
      [3, 2, 4000],
    ]);
    // x on each old way, y = 6 - 2x over the new: 10 (6 - x) + 10 = 50 + x, so x = 20/11 and each takes 1030/11 minutes in place of 83
    const effect = withNewLinks(input, assignTrips(input, GAP), rows ?? [], 1e-13);
    expect(effect.addedMinutes).to.be.closeTo(6 * (1030 / 11 - 83), 1e-5);
    expect(newRoadLinks(input, { id: 'new', from: '2', to: 'nowhere', minutes: 10, class: 'motorway' })).to.equal(null);
  });

  it('its loss is a gain at the new equilibrium, and its width has a negative value', () => {
    const input = braess([...FOUR, BRIDGE]);
    const now = assignTrips(input, GAP);
    const [loss] = lossesAtEquilibrium(input, now, [['bridge']], 1e-13);
    expect(loss?.addedMinutes).to.be.closeTo(6 * 83 - 6 * 92, 1e-5);
    expect(loss?.cutOffTrips).to.equal(0);
    const [value] = marginalCapacity(input, now, [4]);
    expect(value).to.be.below(0);
  });

  it('two links that fail together cut off what neither does alone', () => {
    const input = braess(FOUR);
    const now = assignTrips(input, GAP);
    const losses = lossesAtEquilibrium(input, now, [['a'], ['a', 'b']], 1e-13);
    expect(losses.map(({ cutOffTrips }) => cutOffTrips)).to.deep.equal([0, 6]);
    // all six over b and d: 50 + 6 + 60 minutes each, against 83
    expect(losses[0]?.addedMinutes).to.be.closeTo(6 * (116 - 83), 1e-5);
    expect(losses[1]?.addedMinutes).to.be.closeTo(0, 1e-9);
  });

  it('fixed times give importance by hand: without a, half the trips go from 83 to 83 minutes; exposure is of their zone', () => {
    const input = braess(FOUR);
    const now = assignTrips(input, GAP);
    const { addedMinutes, cutOffTrips, zones } = linkCriticality(input, now);
    for (const row of [0, 1, 2, 3]) expect(addedMinutes[row]).to.be.closeTo(0, 1e-6);
    expect([...cutOffTrips]).to.deep.equal([0, 0, 0, 0]);
    expect(zones.map(({ zone }) => zone)).to.deep.equal(['home', 'work']);
  });

  it('rows carry delay in money, hours over capacity and where the flow comes from', () => {
    const input = braess(FOUR);
    const [first] = bottlenecks(input, assignTrips(input, GAP), null);
    // 3 trips, 30 minutes over an empty link: 90 person-minutes at 30 an hour
    expect(first?.delayPersonMinutes).to.be.closeTo(90, 1e-5);
    expect(first?.delayCost).to.be.closeTo(45, 1e-5);
    // 0.3, 1.5 and 3 trips against a capacity of 1
    expect(first?.hoursOverCapacity).to.equal(2);
    expect([first?.mainOrigin, first?.mainOriginShare]).to.deep.equal(['North', 1]);
  });

  it('pairs of failures are drawn by their seed, each once', () => {
    const ids = ['a', 'b', 'c', 'd'];
    expect(drawPairs(ids, 4, 7)).to.deep.equal(drawPairs(ids, 4, 7));
    expect(new Set(drawPairs(ids, 100, 7).map(String)).size).to.equal(6);
  });

  it('every method loads all trips', () => {
    const input = braess([...FOUR, BRIDGE]);
    for (const method of ASSIGNMENT_METHODS) {
      const { flow } = assignTrips(input, { method, gap: 1e-4, maxIterations: 50 });
      expect((flow[0] ?? 0) + (flow[1] ?? 0)).to.be.closeTo(6, 1e-9, method);
    }
  });
});
