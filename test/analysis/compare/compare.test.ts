import { expect } from 'chai';
import { settingsOf } from '../../../src/analysis/appraisal/economies.ts';
import { PARAMETER_PACKS } from '../../../src/analysis/appraisal/parameter-packs.ts';
import { COST_TABLE } from '../../../src/analysis/appraisal/unit-costs.ts';
import { compareSlices, DEFAULT_COMPARE } from '../../../src/analysis/compare/compare.ts';
import { linkLoads } from '../../../src/analysis/compare/link-loads.ts';
import type { Slice } from '../../../src/analysis/compare/slice-measures.ts';
import { timeBenefit } from '../../../src/analysis/compare/time-benefit.ts';
import { worstShareMean } from '../../../src/analysis/compare/weighted.ts';
import { worthOf } from '../../../src/analysis/compare/worth.ts';
import { gravityDemand } from '../../../src/analysis/demand/gravity-demand.ts';
import { zoneTimes } from '../../../src/analysis/zone-times.ts';
import { applyUpgrade } from '../../../src/build/apply-upgrade.ts';
import { freeze } from '../../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../../src/build/region-graph.ts';
import type { Region } from '../../../src/model/tables.ts';
import type { Upgrade } from '../../../src/model/upgrade.ts';
import { networkOf, openSlices, parseSlice } from '../../../src/open/slices.ts';
import { riverRegion, road, zone } from '../../support/small-region.ts';

const BRIDGE: Upgrade = {
  id: 'a',
  name: 'New bridge',
  description: '',
  status: 'planned',
  openingYear: 2030,
  costs: [{ value: 1e9, currency: 'CNY', priceYear: 2025, scope: 'bridge', share: 1, source: 'test' }],
  source: 'test',
  confidence: 'high',
  basis: 'published',
  changes: [{ change: 'add-road', link: road('a:bridge', 'west', 'east', 10) }],
};

function sliceOf(label: string, region: Region): Slice {
  const frozen = freeze(buildRegionGraph(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' }).graph);
  return { label, region, frozen, times: zoneTimes(frozen, region.zones) };
}

const before = sliceOf('before', riverRegion());
const after = sliceOf('after', applyUpgrade(riverRegion(), BRIDGE).region);
const { rows, benefit } = compareSlices(before, after);
const row = (scope: string, id: string, measure: string) =>
  rows.find((own) => own.scope === scope && own.id === id && own.measure === measure);

describe('a comparison over a new bridge', () => {
  it('tells 70 minutes before, 10 after, for the pair of cores and the pair of jurisdictions', () => {
    for (const own of [row('region', 'west→east', 'pair-minutes'), row('admin1', 'West→East', 'pair-minutes')]) {
      // a connector of no length still takes a millisecond at either end
      expect(own?.before).to.be.closeTo(70, 3 / 60_000);
      expect(own?.after).to.be.closeTo(10, 3 / 60_000);
      expect(own?.change).to.be.closeTo(-60, 1e-9);
    }
  });

  it('saves 60 minutes on each of 400,000 trips, told by whose residents make them', () => {
    expect(row('region', 'jing-jin-ji', 'person-minutes-saved')?.after).to.be.closeTo(24e6, 1e-3);
    expect(row('admin1', 'West', 'person-minutes-saved')?.after).to.be.closeTo(6e6, 1e-3);
    expect(row('zone', 'east', 'person-minutes-saved')?.after).to.be.closeTo(18e6, 1e-3);
    // one destination each: the trips cannot react, so the rule of a half gives the same
    expect(benefit.ruleOfHalf).to.be.closeTo(24e6, 1e-3);
  });

  it('brings each side the people of the other within 60 minutes, and makes all winners', () => {
    expect(row('zone', 'west', 'cumulative:60')).to.include({ before: 100_000, after: 400_000, change: 300_000 });
    expect(row('zone', 'east', 'cumulative:60')).to.include({ before: 300_000, after: 400_000 });
    expect(row('region', 'jing-jin-ji', 'winners:cumulative:60')?.after).to.equal(400_000);
    expect(row('region', 'jing-jin-ji', 'losers:cumulative:60')?.after).to.equal(0);
    expect(row('region', 'jing-jin-ji', 'gini:cumulative:60')?.after).to.be.closeTo(0, 1e-12);
  });

  it('takes every trip off the old bridge', () => {
    expect(row('region', 'bridge', 'link-trips')).to.include({ after: 0 });
    expect(row('region', 'bridge', 'link-trips')?.before).to.be.closeTo(400_000, 1e-6);
    expect(row('region', 'a:bridge', 'link-trips')?.after).to.be.closeTo(400_000, 1e-6);
  });

  it('prices the bridge by its own cost, under every manual', () => {
    const options = { settings: settingsOf(after.region.manifest), costs: COST_TABLE, packs: PARAMETER_PACKS, runs: 100, seed: 1 };
    const state = (slice: Slice, upgrades: readonly Upgrade[]) => ({ region: slice.region, year: null, upgrades });
    const worth = worthOf(state(before, []), state(after, [BRIDGE]), benefit, options);
    expect(worth.appraisals).to.have.length(PARAMETER_PACKS.length);
    expect(worth.rows.find(({ measure }) => measure === 'capital-cost')?.after).to.be.closeTo(1e9, 1);
    expect(worthOf(state(before, []), state(after, []), benefit, options).notes).to.deep.equal(['no upgrade named, so nothing is priced']);
  });

  it('with nothing changed has no change in any row', () => {
    const same = compareSlices(before, sliceOf('same', applyUpgrade(riverRegion(), { ...BRIDGE, changes: [] }).region));
    // a jurisdiction of one zone has no pair of its own: no value before, none after
    expect(same.rows.filter(({ before: value, change }) => change !== 0 && value !== null)).to.deep.equal([]);
  });

  it('refuses slices of different zones', () => {
    const other = sliceOf('other', { ...riverRegion(), zones: riverRegion().zones.slice(0, 1) });
    expect(() => compareSlices(before, other)).to.throw(/different zones/);
  });
});

describe('the rule of a half', () => {
  it('is ½ (T⁰ + T¹)(t⁰ − t¹): 100 and 200 trips, 30 to 20 minutes, 1,500 person-minutes', () => {
    const zones = [zone('a', 'A', 1, 0, 0), zone('b', 'A', 1, 1, 0)];
    const times = (minutes: number) => ({ zones, milliseconds: Uint32Array.of(0, minutes * 60_000, minutes * 60_000, 0) });
    const result = timeBenefit(times(30), times(20), Float64Array.of(0, 100, 0, 0), Float64Array.of(0, 200, 0, 0));
    expect([result.fixedDemand, result.ruleOfHalf]).to.deep.equal([1000, 1500]);
  });
});

describe('the worst-off fifth', () => {
  it('is the mean over the fifth of people that is served worst, the last zone in part', () => {
    const zones = [zone('a', 'A', 10, 0, 0), zone('b', 'A', 90, 1, 0)];
    // 20 of 100 people: 10 with 1 and 10 with 3
    expect(worstShareMean(zones, [1, 3], 'high', 0.2)).to.equal(2);
    expect(worstShareMean(zones, [1, 3], 'low', 0.2)).to.equal(3);
  });
});

describe('slices of a region', () => {
  it('are named by a year, upgrades or both', () => {
    expect(parseSlice('2013+capital-ring-gaps', '--against')).to.deep.include({ year: 2013, upgrades: ['capital-ring-gaps'] });
    expect(parseSlice('today', '--against')).to.deep.include({ year: null, upgrades: [] });
    expect(() => parseSlice('2010+2015', '--against')).to.throw(/at most one year/);
  });

  it('that only add links make no pair of zones longer, by rail too, where new stations push old ones off the list of the nearest', () => {
    const names = ['today', 'xiongan-links'].map((name) => parseSlice(name, '--against'));
    const [today, later] = openSlices('jing-jin-ji', names);
    if (!today || !later) throw new Error('no slices');
    const options = { ...DEFAULT_GRAPH_OPTIONS, mode: 'rail' as const };
    const first = networkOf(today, options);
    const second = networkOf(later, options, first);
    const [old, now] = [zoneTimes(first.frozen, today.region.zones), zoneTimes(second.frozen, later.region.zones)];
    const longer = now.milliseconds.filter((time, pair) => time > (old.milliseconds[pair] ?? 0));
    expect(longer).to.have.length(0);
    expect(second.kept).to.be.greaterThan(0);
  });

  it('load their links with as many trips as reach a zone: every trip enters its destination once', () => {
    const trips = gravityDemand(before.times);
    const loads = linkLoads(before.frozen, before.region.zones, trips);
    expect(loads.get('west-bank')).to.be.closeTo(
      trips.reduce((sum, trip) => sum + trip, 0),
      1e-6,
    );
    expect(DEFAULT_COMPARE.links).to.be.greaterThan(0);
  });
});
