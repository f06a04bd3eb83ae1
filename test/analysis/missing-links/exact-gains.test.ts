import { expect } from 'chai';
import { opportunities } from '../../../src/analysis/accessibility/accessibility.ts';
import { gini } from '../../../src/analysis/accessibility/equity.ts';
import { hourRows } from '../../../src/analysis/benchmark/benchmark.ts';
import { gravityDemand } from '../../../src/analysis/demand/gravity-demand.ts';
import { type Candidate, type CandidateSource, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../../../src/analysis/missing-links/candidate.ts';
import { linkEffects } from '../../../src/analysis/missing-links/link-effects.ts';
import { lossesAvoided } from '../../../src/analysis/missing-links/loss-avoided.ts';
import { gainsOf, searchLinks } from '../../../src/analysis/missing-links/missing-links.ts';
import { stabilityBands } from '../../../src/analysis/missing-links/stability.ts';
import { type ZoneTimes, zoneTimes } from '../../../src/analysis/zone-times.ts';
import { freeze } from '../../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS, type Mode } from '../../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../../src/build/region-graph.ts';
import { seededRandom } from '../../../src/kernels/seeded-random.ts';
import { UNREACHED } from '../../../src/model/network.ts';
import type { Region } from '../../../src/model/tables.ts';
import { openRegion } from '../../../src/open/open-network.ts';
import { BRIDGE_ROW, seat, twoJurisdictions } from '../../support/two-jurisdictions.ts';

function opened(region: Region, mode: Mode) {
  const options = { ...DEFAULT_GRAPH_OPTIONS, mode };
  const frozen = freeze(buildRegionGraph(region, options).graph);
  const times = zoneTimes(frozen, region.zones);
  return { region, options, frozen, times, trips: gravityDemand(times) };
}

/** Times with the candidate's arcs put into the graph and everything computed again. */
function recomputed({ region, options }: ReturnType<typeof opened>, candidate: Candidate): ZoneTimes {
  const { graph } = buildRegionGraph(region, options);
  for (const { from, to, minutes } of candidate.arcs) graph.addEdge(from, to, { link: 'new', kind: 'road', minutes, lengthKilometres: 1 });
  return zoneTimes(freeze(graph), region.zones);
}

function savedMinutes(before: ZoneTimes, after: ZoneTimes, trips: Float64Array): number {
  return (
    before.milliseconds.reduce(
      (sum, time, pair) => sum + (time === UNREACHED ? 0 : (time - (after.milliseconds[pair] ?? 0)) * (trips[pair] ?? 0)),
      0,
    ) / 60_000
  ); // prettier-ignore
}

function found(world: ReturnType<typeof opened>, mode: 'road' | 'rail', sources: readonly CandidateSource[]) {
  const rules = { ...(mode === 'road' ? ROAD_CANDIDATES : RAIL_CANDIDATES), limit: 1000 };
  return searchLinks({ ...world, rules, speeds: 'as-given', level: 'admin1', gapModel: null, drawn: [], sources }).links;
}

describe('gains of candidates', () => {
  for (const [name, mode, kind, sources] of [
    ['new roads that lie in both road layers', 'multimodal', 'road', ['detour', 'plan', 'upgrade']],
    ['new railways with new stations', 'multimodal', 'rail', ['detour', 'dead-end', 'plan', 'upgrade']],
    ['interchanges of roads', 'road', 'road', ['interchange']],
    ['interchanges of railways', 'rail', 'rail', ['interchange']],
  ] as const) {
    it(`equal a full recomputation on a random sample: ${name}`, () => {
      const world = opened(openRegion('jing-jin-ji').region, mode);
      const links = found(world, kind, sources);
      const gains = gainsOf(world.frozen, world.times, world.trips, links);
      const random = seededRandom(7);
      expect(links.length).to.be.greaterThan(3);
      for (let draw = 0; draw < 3; draw++) {
        const link = links[random.below(links.length)] as (typeof links)[number];
        const after = recomputed(world, link);
        const expected = savedMinutes(world.times, after, world.trips);
        expect(link.gainPersonMinutes).to.be.closeTo(expected, Math.abs(expected) * 1e-9 + 1e-6);
        const { pairs, milliseconds } = gains.improved(link.arcs);
        const shorter = [...after.milliseconds.keys()].filter(
          (pair) => (after.milliseconds[pair] ?? 0) < (world.times.milliseconds[pair] ?? 0),
        );
        expect([...pairs]).to.deep.equal(shorter);
        pairs.forEach((pair, position) => {
          expect(milliseconds[position]).to.equal(after.milliseconds[pair]);
        });
        const effects = linkEffects(link, world.times, gains, opportunities(world.region.zones, 'population').values, {
          kind: 'cumulative',
          minutes: 60,
        });
        expect(effects.giniChange).to.be.closeTo(gini(hourRows(after)) - gini(hourRows(world.times)), 1e-12);
      }
    }).timeout(60_000);
  }

  it('do not depend on the order of features', () => {
    const { region } = openRegion('jing-jin-ji');
    const turned = { ...region, roads: region.roads.toReversed(), junctions: region.junctions.toReversed() };
    const ids = (own: Region) => found(opened(own, 'road'), 'road', ['detour', 'dead-end', 'interchange']).map((link) => link.id);
    expect(ids(turned)).to.deep.equal(ids(region));
  });
});

describe('the loss that a link avoids', () => {
  it('is what four full recomputations say: with and without the link, with and without the failure', () => {
    const world = opened(twoJurisdictions({ hasBridge: false }), 'road');
    const failing = `${seat(2, 1)}:${seat(3, 1)}`;
    const [bridge] = found(world, 'road', ['detour']);
    if (!bridge) throw new Error('no link was found');
    const gains = gainsOf(world.frozen, world.times, world.trips, [bridge]);
    const broken = opened({ ...world.region, roads: world.region.roads.filter((road) => road.id !== failing) }, 'road');
    const lossToday = -savedMinutes(world.times, broken.times, world.trips);
    const lossWithLink = -savedMinutes(recomputed(world, bridge), recomputed(broken, bridge), world.trips);
    const [avoided] = lossesAvoided(world.region, world.options, [bridge], gains, [failing]);
    expect(bridge.from).to.equal(seat(2, BRIDGE_ROW));
    expect(avoided?.failing).to.equal(failing);
    expect(avoided?.personMinutes).to.be.closeTo(lossToday - lossWithLink, 1e-3);
  });
});

describe('stability bands', () => {
  it('hold every rank when nothing varies, and say the same twice', () => {
    const world = opened(twoJurisdictions({ hasBridge: false }), 'road');
    const links = found(world, 'road', ['detour']);
    const gains = gainsOf(world.frozen, world.times, world.trips, links);
    const still = { runs: 5, seed: 1, networkSpeed: 0, linkSpeed: 0, zoneDemand: 0, cost: 0 };
    for (const band of stabilityBands(links, gains, undefined, still)) expect(band.keepsPlace).to.equal(1);
    expect(stabilityBands(links, gains)).to.deep.equal(stabilityBands(links, gains));
  });
});
