import { expect } from 'chai';
import { timeBenefit } from '../../src/analysis/compare/time-benefit.ts';
import { gravityDemand } from '../../src/analysis/demand/gravity-demand.ts';
import { zoneTimes } from '../../src/analysis/zone-times.ts';
import type { GraphOptions } from '../../src/build/graph-types.ts';
import type { Plan, Region } from '../../src/model/tables.ts';
import type { Upgrade } from '../../src/model/upgrade.ts';
import { openNetwork, openRegion, regionFolder } from '../../src/open/open-network.ts';
import { openUpgrades, shippedUpgrades } from '../../src/open/upgrades.ts';
import { newLinksOf } from '../../src/report/analyses.ts';
import { NOTHING_BESIDE, type RegionContext, regionContexts } from '../../src/report/context.ts';
import { growthFinding } from '../../src/report/sections/growth.ts';
import { interestsSection } from '../../src/report/sections/interests.ts';
import { portfolioSection } from '../../src/report/sections/portfolio.ts';
import { upgradesOf, upgradesSection, yearOfUpgrade } from '../../src/report/sections/upgrades.ts';
import { place, regionOf, riverRegion, road, zone } from '../support/small-region.ts';

const OPTIONS: GraphOptions = { mode: 'road', year: null, speeds: 'as-given' };

function contextOf(region: Region, upgrades: readonly Upgrade[] = []): RegionContext {
  const input = { region, problems: [], inputs: [], beside: { ...NOTHING_BESIDE, upgrades } };
  const [context] = regionContexts([input], OPTIONS);
  if (!context) throw new Error('no context');
  return context;
}

/** Three jurisdictions in a row; the middle one, with few people, has a gap in the road that the other two would use. */
function rowOfThree(): Region {
  const zones = [
    zone('west', 'West', 200_000, 0, 0),
    zone('mid-a', 'Middle', 4_000, 25, 0),
    zone('mid-b', 'Middle', 4_000, 50, 0),
    zone('east', 'East', 100_000, 75, 0),
  ];
  const junctions = [place('west', 0, 0), place('mid-a', 25, 0), place('mid-b', 50, 0), place('east', 75, 0), place('north', 37, 40)];
  const roads = [
    road('a', 'west', 'mid-a', 25),
    road('b', 'mid-a', 'north', 60),
    road('c', 'north', 'mid-b', 60),
    road('d', 'mid-b', 'east', 25),
  ];
  return regionOf(zones, junctions, roads);
}

const GAP: Plan = {
  id: 'gap',
  name: 'The gap',
  mode: 'road',
  status: 'planned',
  from: 'mid-a',
  to: 'mid-b',
  fromLonLat: [25 / 111.195, 0],
  toLonLat: [50 / 111.195, 0],
  lengthKilometres: 25,
  speedKilometresPerHour: 60,
  minutes: 25,
  openingYear: null,
  cost: null,
  costCurrency: null,
  costYear: null,
  source: 'test',
  confidence: 'high',
  basis: 'published',
};

describe('who pays and who gains, in the report', () => {
  it('tells a link on the land of one that others use: shares as a full recomputation has them', () => {
    const region = { ...rowOfThree(), plans: [GAP] };
    const context = contextOf(region);
    const interest = newLinksOf(context)[0]?.interests.get('gap');
    const before = zoneTimes(openNetwork(region, OPTIONS).frozen, region.zones);
    const built = { ...region, roads: [...region.roads, road('gap', 'mid-a', 'mid-b', 25)] };
    const trips = gravityDemand(before);
    const { byResidents, fixedDemand } = timeBenefit(before, zoneTimes(openNetwork(built, OPTIONS).frozen, region.zones), trips, trips);
    const outside = ((byResidents[0] ?? 0) + (byResidents[3] ?? 0)) / fixedDemand;
    expect(outside).to.be.greaterThan(0.5);
    expect(interest?.payers.map(({ name, costShare }) => [name, Number(costShare.toFixed(9))])).to.deep.equal([['Middle', 1]]);
    expect(interest?.gainOutside).to.be.closeTo(outside, 1e-9);
    const { html, tables } = interestsSection.show(context);
    expect(html).to.contain('would give most of it to people of jurisdictions that pay nothing');
    expect(tables[0]?.table.rows.find((row) => row[0] === 'gap')?.at(-1)).to.match(/^(gains mainly outside|worth its cost, to no payer)$/);
  });

  it('says so where there is one jurisdiction, or nothing that saves time', () => {
    const one = rowOfThree();
    const alone = { ...one, zones: one.zones.map((row) => ({ ...row, admin1: 'All' })) };
    expect(interestsSection.show(contextOf(alone)).html).to.contain('one jurisdiction');
    expect(interestsSection.show(contextOf({ ...one, roads: [] })).tables).to.deep.equal([]);
  });

  it('chooses a set whose shares add up, on real tables', () => {
    const { tables } = portfolioSection.show(contextOf(openRegion('jing-jin-ji').region));
    const shares = tables.find(({ file }) => file === 'jing-jin-ji-portfolio-road-jurisdictions')?.table.rows ?? [];
    for (const part of [1, 2]) expect(shares.reduce((sum, row) => sum + Number(row[part]), 0)).to.be.closeTo(1, 1e-9);
    const chosen = tables.find(({ file }) => file === 'jing-jin-ji-portfolio-road')?.table.rows ?? [];
    expect(chosen.length).to.be.greaterThan(1);
  }).timeout(60_000);
});

describe('an upgrade that brings openings forward', () => {
  const bridge = { ...road('near', 'west', 'east', 10), opened: 2015 };
  const region = { ...riverRegion(), roads: [...riverRegion().roads, bridge] };
  const upgrade: Upgrade = {
    id: 'sooner',
    name: 'Sooner',
    description: '',
    status: 'open',
    openingYear: 2015,
    costs: [],
    source: 'test',
    confidence: 'high',
    basis: 'published',
    changes: [{ change: 'change-road', select: { ids: ['near'] }, set: { opened: 2010 } }],
  };

  it('is held against the network of its year: 60 minutes on each of 400,000 trips', () => {
    const context = contextOf(region, [upgrade]);
    const [row] = upgradesOf(context);
    expect(row?.year).to.equal(2010);
    expect(row?.personMinutes).to.be.closeTo(400_000 * 60, 1);
    expect(upgradesSection.show(context).html).to.contain('it is held against the network of 2010');
  });

  it('is that kind only where every change is a year', () => {
    expect(yearOfUpgrade(upgrade)).to.equal(2010);
    const faster = { change: 'change-road', select: { ids: ['near'] }, set: { opened: 2010, lanes: 6 } } as const;
    expect(yearOfUpgrade({ ...upgrade, changes: [...upgrade.changes, faster] })).to.equal(null);
    expect(yearOfUpgrade({ ...upgrade, changes: [] })).to.equal(null);
    const folder = regionFolder('jing-jin-ji');
    const shipped = openUpgrades(folder, openRegion('jing-jin-ji').region, shippedUpgrades(folder)).upgrades;
    const dated = shipped.flatMap((own) => (yearOfUpgrade(own) === null ? [] : [[own.id, yearOfUpgrade(own)]]));
    expect(dated).to.deep.equal([['capital-ring-gaps', 2013]]);
  });

  it('shows what was built since 2000 as a finding', () => {
    const [finding] = growthFinding([contextOf(region)]);
    // across the river in an hour only since 2015: 100,000 reach 400,000 and not 100,000 people, 300,000 reach 400,000 and not 300,000
    expect(finding?.figure).to.equal('+60%');
    expect(finding?.text).to.contain('(250,000, now 400,000)');
  });
});
