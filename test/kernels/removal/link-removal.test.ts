import { expect } from 'chai';
import fc from 'fast-check';
import { compileFlowNetwork, type FlowNetwork } from '../../../src/kernels/assignment/flow-network.ts';
import { createTreeSearch } from '../../../src/kernels/assignment/shortest-tree.ts';
import { compileTrips, type TripClass } from '../../../src/kernels/assignment/trip-classes.ts';
import { removeInTurn } from '../../../src/kernels/removal/link-removal.ts';
import { readTntpNet } from '../../../src/read/tntp/net.ts';
import { itWithShared, sharedPath } from '../../support/shared-data.ts';

/** Every group out, every tree anew: the naive way. Infinite costs stand for removed arcs. */
function naive(
  network: FlowNetwork,
  cost: Float64Array,
  trips: TripClass,
  groupOf: Int32Array,
  group: number,
): { added: number; cut: number } {
  const search = createTreeSearch(network);
  const none = new Float64Array(network.arcCount);
  const without = cost.map((value, arc) => (groupOf[arc] === group ? Number.POSITIVE_INFINITY : value));
  let [added, cut] = [0, 0];
  trips.origins.forEach((origin, index) => {
    search.run(origin, cost, none);
    const before = search.label.slice();
    search.run(origin, without, none);
    for (let pair = trips.firstPair[index] ?? 0; pair < (trips.firstPair[index + 1] ?? 0); pair++) {
      const to = trips.destination[pair] ?? 0;
      const [old, fresh] = [before[to] ?? 0, search.label[to] ?? 0];
      if (old === Number.POSITIVE_INFINITY) continue;
      if (fresh === Number.POSITIVE_INFINITY) cut += trips.amount[pair] ?? 0;
      else added += (trips.amount[pair] ?? 0) * (fresh - old);
    }
  });
  return { added, cut };
}

describe('links out in turn', () => {
  it('cost what trees grown anew say: a thousand links of random networks, whole numbers, to the last bit', () => {
    let compared = 0;
    const node = fc.nat({ max: 11 });
    const arcs = fc.array(fc.tuple(node, node, fc.nat({ max: 9 })), { minLength: 8, maxLength: 40 });
    const demand = fc.array(fc.tuple(node, node, fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        arcs,
        demand,
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat({ max: 11 }), { maxLength: 2 }),
        (rows, pairs, groups, closed) => {
          const isClosed = new Uint8Array(12);
          for (const at of closed) isClosed[at] = 1;
          const network = compileFlowNetwork(
            12,
            rows.map(([from]) => from),
            rows.map(([, to]) => to),
            isClosed,
          );
          const cost = Float64Array.from(network.rowOf, (row) => rows[row]?.[2] ?? 0);
          const groupOf = Int32Array.from(network.rowOf, (row) => (row % (groups + 1)) - 1);
          const trips = compileTrips(
            pairs.map(([from]) => from),
            pairs.map(([, to]) => to),
            pairs.map(([, , amount]) => amount),
            new Float64Array(network.arcCount),
          );
          const loss = removeInTurn({ network, cost, trips, groupOf, groupCount: groups });
          for (let group = 0; group < groups; group++) {
            const { added, cut } = naive(network, cost, trips, groupOf, group);
            expect(loss.addedCost[group]).to.equal(added);
            expect(loss.cutOff[group]).to.equal(cut);
            compared++;
          }
          const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
          expect(sum(loss.originAdded)).to.equal(sum(loss.addedCost));
          expect(sum(loss.originCutOff)).to.equal(sum(loss.cutOff));
        },
      ),
      { numRuns: 300 },
    );
    expect(compared).to.be.at.least(1000);
  });

  itWithShared('cost the same on a real network with floating-point times', ['tntp/Chicago-Sketch/ChicagoSketch_net.tntp'], () => {
    const { net } = readTntpNet(sharedPath('tntp/Chicago-Sketch/ChicagoSketch_net.tntp'));
    const network = compileFlowNetwork(
      933,
      net.links.map(({ from }) => from - 1),
      net.links.map(({ to }) => to - 1),
    );
    const cost = Float64Array.from(network.rowOf, (row) => (net.links[row]?.freeTime ?? 0) + 0.04 * (net.links[row]?.length ?? 0));
    const pairs = Array.from({ length: 30 * 387 }, (_value, at) => [(at * 13) % 387, (at * 7 + Math.floor(at / 387)) % 387] as const);
    const trips = compileTrips(
      pairs.map(([from]) => from),
      pairs.map(([, to]) => to),
      pairs.map((_pair, at) => (at % 5) + 0.25),
      new Float64Array(network.arcCount),
    );
    const groupOf = Int32Array.from(network.rowOf);
    const loss = removeInTurn({ network, cost, trips, groupOf, groupCount: network.arcCount });
    for (let group = 0; group < network.arcCount; group += 499) {
      const { added, cut } = naive(network, cost, trips, groupOf, group);
      // differences of labels of 15 digits, summed: nine digits are left
      expect(loss.addedCost[group]).to.be.closeTo(added, 1e-9 * (1 + added));
      expect(loss.cutOff[group]).to.equal(cut);
    }
  });
});
