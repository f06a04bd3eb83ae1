import { expect } from 'chai';
import fc from 'fast-check';
import { assignTrips } from '../../../src/analysis/assignment/assign-trips.ts';
import { groupCriticality, type RemovalGroup } from '../../../src/analysis/criticality/group-criticality.ts';
import { netLandmarks } from '../../../src/analysis/criticality/landmarks.ts';
import { linkCriticality, linkCriticalityInParallel } from '../../../src/analysis/criticality/link-criticality.ts';
import { type Landmarks, removalGroups } from '../../../src/analysis/criticality/removal-groups.ts';
import { zoneLosses } from '../../../src/analysis/criticality/zone-losses.ts';
import { createTreeSearch } from '../../../src/kernels/assignment/shortest-tree.ts';
import type { FlowInput, FlowLink } from '../../../src/model/flow-input.ts';
import { withPool } from '../../../src/parallel/pool.ts';

const link = (id: string, from: number, to: number, freeMinutes: number, name = id): FlowLink => {
  const rest = { isConnector: false, curve: 'bpr', b: 0, power: 0, capacity: null, chargeMinutes: 0 } as const;
  return { id, from, to, name, freeMinutes, ...rest };
};
const bothWays = (id: string, a: number, b: number, minutes: number, name = id) => [
  link(id, a, b, minutes, name),
  link(id, b, a, minutes, name),
];

const flows = (nodeCount: number, links: readonly FlowLink[], trips: readonly (readonly [number, number, number])[]): FlowInput => ({
  nodeIds: Array.from({ length: nodeCount }, (_value, node) => String.fromCharCode(97 + node)),
  isClosed: new Uint8Array(nodeCount),
  links,
  zones: Array.from({ length: nodeCount }, (_value, node) => {
    return { id: `zone ${String.fromCharCode(97 + node)}`, name: '', admin1: '', origin: node, destination: node };
  }),
  classes: [
    {
      name: 'all',
      carUnits: 1,
      from: Uint32Array.from(trips, ([from]) => from),
      to: Uint32Array.from(trips, ([, to]) => to),
      trips: Float64Array.from(trips, ([, , amount]) => amount),
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

/**
 * a –1– b –1– c –1– d under one name, the same a to d round e in 10, and a spur d – f: b and c are places of two ways, so that b–c is in the
 * middle of a chain from a to d.
 */
const RING = flows(
  6,
  [
    ...bothWays('ab', 0, 1, 1, 'Main'),
    ...bothWays('bc', 1, 2, 1, 'Main'),
    ...bothWays('cd', 2, 3, 1, 'Main'),
    ...bothWays('ae', 0, 4, 5, 'Round'),
    ...bothWays('ed', 4, 3, 5, 'Round'),
    ...bothWays('df', 3, 5, 2, 'Spur'),
    ...bothWays('ag', 0, 5, 100, 'Far'),
  ],
  [
    [0, 3, 2],
    [0, 5, 1],
    [1, 2, 4],
  ],
);

describe('groups of links out together', () => {
  it('are chains between junctions, parallel ones together; stations hold all that ends there', () => {
    const landmarks = netLandmarks(RING);
    const members = (rows: readonly number[]) => [...new Set(rows.map((row) => RING.links[row]?.id))];
    const corridors = removalGroups(RING, landmarks, 'corridors').map(({ id, rows }) => [id, members(rows)]);
    // f has two ways, but under two names; a and d have three
    expect(corridors).to.deep.equal([
      ['a – d', ['ab', 'bc', 'cd', 'ae', 'ed']],
      ['a – f', ['ag']],
      ['d – f', ['df']],
    ]);
    const stations = removalGroups(RING, landmarks, 'stations');
    expect(stations.map(({ id, rows }) => [id, members(rows)])).to.deep.include(['d', ['cd', 'ed', 'df']]);
  });

  it('cost what is counted by hand', async () => {
    const assignment = assignTrips(RING);
    const groups = removalGroups(RING, netLandmarks(RING), 'corridors');
    const { addedMinutes, cutOffTrips } = await withPool(1, (pool) => groupCriticality(pool, RING, assignment, groups));
    // a to d over f: 102 instead of 3 for two; a to f 100 instead of 5; b to c has no way for four
    expect([...addedMinutes]).to.deep.equal([2 * 99 + 95, 0, 95]);
    expect([...cutOffTrips]).to.deep.equal([4, 0, 0]);
  });

  it('by border are all links over it, by crossing those between two places, by bridge those of a name that hang together', () => {
    const landmarks: Landmarks = {
      ...netLandmarks(RING),
      admin1Of: (place) => (place === 'a' || place === 'e' ? 'West' : 'East'),
      structureOf: new Map([
        ['ab', 'Long Bridge'],
        ['bc', 'Long Bridge'],
        ['df', 'Long Bridge'],
      ]),
    };
    const rows = (kind: 'borders' | 'crossings' | 'bridges') =>
      removalGroups(RING, landmarks, kind).map((group) => [...new Set(group.rows.map((row) => RING.links[row]?.id))]);
    expect(rows('borders')).to.deep.equal([['ab', 'ed', 'ag']]);
    expect(rows('crossings')).to.deep.equal([['ab'], ['ag'], ['ed']]);
    expect(rows('bridges')).to.deep.equal([['ab', 'bc'], ['df']]);
  });

  it('may overlap: any groups cost what trees grown anew say, by group and by zone, the same bytes on one and two threads', async () => {
    const node = fc.nat({ max: 8 });
    const arcs = fc.array(fc.tuple(node, node, fc.integer({ min: 1, max: 9 })), { minLength: 10, maxLength: 30 });
    const demand = fc.array(fc.tuple(node, node, fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 12 });
    const members = fc.array(fc.array(fc.nat({ max: 29 }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
    let cutOff = 0;
    await withPool(2, (pool) =>
      fc.assert(
        fc.asyncProperty(arcs, demand, members, async (rows, trips, sets) => {
          const links = rows.map(([from, to, minutes], row) => link(String(row), from, to, minutes));
          const input = flows(9, links, trips);
          const assignment = assignTrips(input, { method: 'all-or-nothing' });
          const groups = sets.map((set, place): RemovalGroup => {
            const own = [...new Set(set.map((row) => row % links.length))];
            return { id: String(place), name: '', from: '', to: '', rows: own };
          });
          const found = await groupCriticality(pool, input, assignment, groups);
          expect(await withPool(1, (one) => groupCriticality(one, input, assignment, groups))).to.deep.equal(found);
          groups.forEach((group, place) => {
            const { added, cut } = naive(input, group);
            expect(found.addedMinutes[place]).to.equal(added);
            expect(found.cutOffTrips[place]).to.equal(cut);
            cutOff += cut;
            const zones = zoneLosses(input, assignment, [group], null, 60);
            const kept = (share: number | null) => share ?? 1;
            const sum = (of: (zone: (typeof zones)[number]) => number) => zones.reduce((total, zone) => total + of(zone), 0);
            expect(sum((zone) => zone.trips * (1 - kept(zone.keptShareWorst)))).to.be.closeTo(cut, 1e-9);
            expect(sum((zone) => zone.trips * kept(zone.keptShareMean) * (zone.addedMinutesMean ?? 0))).to.be.closeTo(added, 1e-9);
          });
        }),
        { numRuns: 100 },
      ),
    );
    expect(cutOff).to.be.above(0);
  });

  it('of links, over more origins than a block holds, are the same bytes in the process and on two threads', async () => {
    const size = 12;
    const links = Array.from({ length: size * size }, (_value, at) => {
      const right = at % size < size - 1 ? bothWays(`r${at}`, at, at + 1, 1 + ((at * 7) % 5) / 3) : [];
      return [...right, ...(at + size < size * size ? bothWays(`d${at}`, at, at + size, 1 + ((at * 11) % 7) / 3) : [])];
    }).flat();
    const trips = Array.from({ length: 900 }, (_value, at) => [(at * 5) % 144, (at * 17 + 3) % 144, 1 / (1 + (at % 9))] as const);
    const input = flows(size * size, links, trips);
    const assignment = assignTrips(input);
    const two = await withPool(2, (pool) => linkCriticalityInParallel(pool, input, assignment));
    expect(two).to.deep.equal(linkCriticality(input, assignment));
  });
});

describe('zones under failures', () => {
  it('lose trips, minutes and people within reach as counted by hand', () => {
    const groups = removalGroups(RING, netLandmarks(RING), 'corridors');
    const losses = zoneLosses(RING, assignTrips(RING), groups, [1, 10, 100, 1000, 10000, 100000], 5);
    const [a, b] = losses;
    // a: three trips, all keep a way; without a – d they lose 99, 99 and 95 minutes, without d – f the one to f 95
    expect(a).to.include({ trips: 3, keptShareMean: 1, keptShareWorst: 1, worstFailure: 'a – d' });
    expect(a?.addedMinutesWorst).to.be.closeTo(293 / 3, 1e-12);
    expect(a?.addedMinutesMean).to.be.closeTo((293 + 95) / 9, 1e-12);
    // within 5 minutes of a: a b c d e f; alone without a – d, without f when d – f is out
    expect(a).to.include({ people: 111111, peopleLostWorst: 111110, worstAccessFailure: 'a – d' });
    expect(b).to.include({ keptShareWorst: 0, worstFailure: 'a – d' });
    expect(b?.keptShareMean).to.be.closeTo(2 / 3, 1e-12);
  });
});

/** Trees with and without, each pair looked up. */
function naive(input: FlowInput, { rows }: RemovalGroup): { added: number; cut: number } {
  const { problem, arcOf } = assignTrips(input, { method: 'all-or-nothing' }).compiled;
  const before = createTreeSearch(problem.network);
  const after = createTreeSearch(problem.network);
  const none = new Float64Array(problem.network.arcCount);
  const cost = new Float64Array(problem.network.arcCount);
  arcOf.forEach((arc, row) => {
    if (arc >= 0) cost[arc] = input.links[row]?.freeMinutes ?? 0;
  });
  const without = cost.map((value, arc) => (rows.some((row) => arcOf[row] === arc) ? Number.POSITIVE_INFINITY : value));
  const { from, to, trips } = input.classes[0] as FlowInput['classes'][number];
  let [added, cut] = [0, 0];
  trips.forEach((amount, pair) => {
    before.run(from[pair] ?? 0, cost, none);
    after.run(from[pair] ?? 0, without, none);
    const [old, fresh] = [before.label[to[pair] ?? 0] ?? 0, after.label[to[pair] ?? 0] ?? 0];
    if (old === Number.POSITIVE_INFINITY) return;
    if (fresh === Number.POSITIVE_INFINITY) cut += amount;
    else added += amount * (fresh - old);
  });
  return { added, cut };
}
