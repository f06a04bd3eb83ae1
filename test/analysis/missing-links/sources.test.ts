import { expect } from 'chai';
import { gravityDemand } from '../../../src/analysis/demand/gravity-demand.ts';
import { type CandidateSource, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../../../src/analysis/missing-links/candidate.ts';
import { fitGapModel, GAP_SCORE, gapPairs } from '../../../src/analysis/missing-links/gap-model.ts';
import { type LinkSearch, plannedLinks, searchLinks } from '../../../src/analysis/missing-links/missing-links.ts';
import { zoneTimes } from '../../../src/analysis/zone-times.ts';
import { DEFAULT_GRAPH_OPTIONS, type Mode } from '../../../src/build/graph-types.ts';
import { nearbyPairs, withoutThroughPairs } from '../../../src/build/nearby-pairs.ts';
import type { Region } from '../../../src/model/tables.ts';
import { openNetwork, openRegion } from '../../../src/open/open-network.ts';
import { BRIDGE_ROW, seat, twoJurisdictions } from '../../support/two-jurisdictions.ts';

function search(region: Region, sources: readonly CandidateSource[], mode: Mode = 'road', more: Partial<LinkSearch> = {}) {
  const { frozen } = openNetwork(region, { ...DEFAULT_GRAPH_OPTIONS, mode });
  const times = zoneTimes(frozen, region.zones);
  const rules = mode === 'road' ? ROAD_CANDIDATES : RAIL_CANDIDATES;
  const usual = { region, frozen, times, trips: gravityDemand(times), rules, speeds: 'as-given', level: 'admin1' } as const;
  return searchLinks({ ...usual, gapModel: null, drawn: [], sources, ...more });
}

describe('pairs near on the map', () => {
  const { junctions } = twoJurisdictions({ hasBridge: true });
  const rules = { minimumKilometres: 15, maximumKilometres: 45, perSector: 3 };

  it('hold every neighbour of a grid, each pair once, whatever the order', () => {
    const pairs = nearbyPairs(junctions, rules).map(({ from, to }) => `${from.id}-${to.id}`);
    expect(new Set(pairs).size).to.equal(pairs.length);
    // 2 × 30 streets and 2 × 25 diagonals
    for (const { from, to } of twoJurisdictions({ hasBridge: true }).roads) expect(pairs).to.include(`${from}-${to}`);
    expect(nearbyPairs(junctions.toReversed(), rules).map(({ from, to }) => `${from.id}-${to.id}`)).to.deep.equal(pairs);
  });

  it('leave out what a third place on the way makes needless', () => {
    const pairs = nearbyPairs(junctions, rules);
    const left = withoutThroughPairs(pairs, junctions, 1.05);
    expect(left.some(({ kilometres }) => Math.abs(kilometres - 40) < 0.1)).to.equal(false);
    expect(left.filter(({ kilometres }) => kilometres < 21)).to.deep.equal(pairs.filter(({ kilometres }) => kilometres < 21));
  });
});

describe('candidates from the benchmark', () => {
  it('are the pairs that take longer than their like where the bridge still stands', () => {
    const whole = twoJurisdictions({ hasBridge: true });
    const usual = zoneTimes(openNetwork(whole, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' }).frozen, whole.zones);
    const model = fitGapModel([{ name: 'whole', times: usual }]);
    expect(model.pairs).to.equal((36 * 35) / 2);
    const region = twoJurisdictions({ hasBridge: false });
    const times = zoneTimes(openNetwork(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' }).frozen, region.zones);
    const [worst] = gapPairs(times, model, { minimumKilometres: 5, maximumKilometres: 60 });
    expect([worst?.pair.from, worst?.pair.to]).to.deep.equal([BRIDGE_ROW * 6 + 2, BRIDGE_ROW * 6 + 3]);
    expect(worst?.score).to.be.greaterThan(GAP_SCORE);
    const [first] = search(region, ['benchmark'], 'road', { gapModel: model }).links;
    expect(first).to.include({ source: 'benchmark', from: seat(2, BRIDGE_ROW), to: seat(3, BRIDGE_ROW) });
    expect(first?.why).to.match(/^30 min door to door; \d+ min is usual for such a pair in whole/);
  });
});

describe('drawn, planned and upgraded links', () => {
  const region = twoJurisdictions({ hasBridge: false });
  const place = (id: string) => {
    const { longitude = 0, latitude = 0 } = region.junctions.find((junction) => junction.id === id) ?? {};
    return [longitude, latitude] as const;
  };

  it('are drawn by hand: ends move to the nearest places, length runs along the line, speed is the line’s own', () => {
    const positions = [place(seat(2, 2)), place(seat(2, 3)), place(seat(3, 3))];
    const line = { id: 'by-hand', positions, speedKilometresPerHour: 120 };
    const lost = { id: 'nowhere', positions: [place(seat(0, 0)), place(seat(0, 0))], speedKilometresPerHour: null };
    const slow = { ...line, speedKilometresPerHour: 110 };
    const { links, left } = search(region, ['drawn'], 'road', { drawn: [slow, lost] });
    expect(left).to.deep.equal(['nowhere']);
    // two sides of the square, 40 km at 110 km/h, take longer than the two streets: nothing gained, so nothing listed
    expect(links).to.deep.equal([]);
    const [straight] = search(region, ['drawn'], 'road', { drawn: [{ ...line, positions: [place(seat(2, 2)), place(seat(3, 2))] }] }).links;
    expect(straight?.lengthKilometres).to.be.closeTo(20, 1e-6);
    expect(straight?.minutes).to.be.closeTo(10, 1e-6);
  });

  it('are planned ones only while they are not open', () => {
    const base = {
      name: 'Bridge',
      mode: 'road' as const,
      from: seat(2, 2),
      to: seat(3, 2),
      fromLonLat: place(seat(2, 2)),
      toLonLat: place(seat(3, 2)),
    };
    const figures = { lengthKilometres: 20, minutes: 10, speedKilometresPerHour: null, cost: 5e8, costCurrency: 'USD', costYear: 2020 };
    const basis = { source: 'hand-made', confidence: 'high', basis: 'published' as const };
    const planned = { ...base, ...figures, ...basis, id: 'bridge', status: 'planned', openingYear: 2030 };
    const built = { ...planned, id: 'old', status: 'open', openingYear: 2010 };
    const world = { ...region, plans: [planned, built] };
    const { links } = search(world, ['plan']);
    expect(links.map(({ id, givenCost, minutes }) => [id, givenCost, minutes])).to.deep.equal([['bridge', 5e8, 10]]);
    expect(search(world, ['plan'], 'road', { year: 2005 }).counts.get('plan')).to.equal(2);
    const { frozen } = openNetwork(world, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' });
    const times = zoneTimes(frozen, world.zones);
    expect(plannedLinks(world, frozen, times, gravityDemand(times), ROAD_CANDIDATES).links.map(({ id }) => id)).to.deep.equal(['bridge']);
  });

  it('say what becomes what: a trunk road a motorway, a train every half hour one every quarter', () => {
    const { region: real } = openRegion('jing-jin-ji');
    const [road] = search(real, ['upgrade'], 'road', { speeds: 'as-given' }).links;
    expect(road?.why).to.match(/\((trunk|primary), \d+ km\/h\) rebuilt as a motorway, \d+ km\/h$/);
    const [rail] = search(real, ['upgrade'], 'rail').links;
    const [, half, whole] = /twice the trains, every (\d+) in place of (\d+) min$/.exec(rail?.why ?? '') ?? [];
    expect(Number(whole) / Number(half)).to.be.closeTo(2, 0.2);
  });
});
