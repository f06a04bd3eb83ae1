import fc from 'fast-check';
import { compileFlowNetwork } from '../../../src/kernels/assignment/flow-network.ts';
import { BPR, CONICAL, DAVIDSON } from '../../../src/kernels/assignment/link-costs.ts';
import { type AssignmentProblem, compileTrips } from '../../../src/kernels/assignment/trip-classes.ts';

export interface WorldLink {
  readonly from: number;
  readonly to: number;
  readonly freeTime: number;
  readonly capacity: number;
  readonly b: number;
  readonly power: number;
  readonly kind?: number;
  readonly charge?: number;
}

export interface WorldTrip {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** A problem of one class from plain rows. */
export function world(nodeCount: number, links: readonly WorldLink[], trips: readonly WorldTrip[], isMarginal = false): AssignmentProblem {
  const network = compileFlowNetwork(
    nodeCount,
    links.map(({ from }) => from),
    links.map(({ to }) => to),
  );
  const byArc = (value: (link: WorldLink) => number) => Float64Array.from(network.rowOf, (row) => value(links[row] as WorldLink));
  return {
    network,
    costs: {
      kind: Uint8Array.from(network.rowOf, (row) => links[row]?.kind ?? BPR),
      freeTime: byArc(({ freeTime }) => freeTime),
      capacity: byArc(({ capacity }) => capacity),
      b: byArc(({ b }) => b),
      power: byArc(({ power }) => power),
      isMarginal,
    },
    classes: [
      compileTrips(
        trips.map(({ from }) => from),
        trips.map(({ to }) => to),
        trips.map(({ amount }) => amount),
        byArc(({ charge }) => charge ?? 0),
      ),
    ],
  };
}

/** Random strongly connected worlds: a ring both ways, chords, parallel links, zero times and constant costs among them. */
export const worlds: fc.Arbitrary<{ nodeCount: number; links: WorldLink[]; trips: WorldTrip[] }> = fc
  .integer({ min: 3, max: 9 })
  .chain((nodeCount) => {
    const node = fc.integer({ min: 0, max: nodeCount - 1 });
    const shape = fc.record({
      freeTime: fc.constantFrom(0, 1, 2, 3.5, 7),
      capacity: fc.constantFrom(5, 10, 20),
      curve: fc.constantFrom([BPR, 0.15, 4], [BPR, 0, 0], [BPR, 1, 1], [CONICAL, 0, 4], [DAVIDSON, 0.3, 0.9], [BPR, 0.8, 2.5]),
      charge: fc.constantFrom(0, 0, 1.5),
    });
    const ring = fc.array(shape, { minLength: 2 * nodeCount, maxLength: 2 * nodeCount });
    const chords = fc.array(fc.tuple(node, node, shape), { maxLength: 3 * nodeCount });
    const trips = fc.array(fc.record({ from: node, to: node, amount: fc.constantFrom(1, 4, 9.5) }), { minLength: 1, maxLength: 12 });
    return fc.tuple(ring, chords, trips).map(([sides, extra, demand]) => {
      const link = (from: number, to: number, { freeTime, capacity, curve, charge }: (typeof sides)[number]): WorldLink => {
        const [kind = BPR, b = 0, power = 0] = curve;
        return { from, to, freeTime, capacity, b, power, kind, charge };
      };
      const links = [
        ...sides.map((side, at) => {
          const a = at % nodeCount;
          const next = (a + 1) % nodeCount;
          return at < nodeCount ? link(a, next, side) : link(next, a, side);
        }),
        ...extra.map(([from, to, side]) => link(from, to, side)),
      ];
      return { nodeCount, links, trips: demand };
    });
  });
