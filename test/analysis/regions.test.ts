import { expect } from 'chai';
import { accessibility, opportunities, parseMeasure } from '../../src/analysis/accessibility/accessibility.ts';
import { gini, theil } from '../../src/analysis/accessibility/equity.ts';
import { benchmark, benchmarkInput } from '../../src/analysis/benchmark/benchmark.ts';
import { checkReferences } from '../../src/analysis/checks/reference-check.ts';
import { gravityDemand } from '../../src/analysis/demand/gravity-demand.ts';
import { DEFAULT_ISOCHRONES, isochrones } from '../../src/analysis/isochrones/isochrones.ts';
import { missingLinks, ROAD_CANDIDATES } from '../../src/analysis/missing-links/missing-links.ts';
import { zoneTimes } from '../../src/analysis/zone-times.ts';
import { freeze } from '../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../src/build/region-graph.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { minutesToMilliseconds } from '../../src/model/units.ts';
import { openNetwork, openRegion, regionFolder, shippedRegions } from '../../src/open/open-network.ts';
import { readRegion } from '../../src/read/region-folder.ts';
import { regionFiles } from '../../src/write/region-folder.ts';

describe('the shipped regions', () => {
  it('are three, and load without a fault', () => {
    expect(shippedRegions()).to.deep.equal(['boston-washington', 'jing-jin-ji', 'tokyo']);
    for (const name of shippedRegions()) {
      const { problems } = readRegion(regionFolder(name));
      expect(problems.filter((problem) => problem.severity === 'error')).to.deep.equal([]);
    }
  });

  it('hold the census of Jing-Jin-Ji, 110,369,339 people in 199 zones', () => {
    const { region } = openRegion('jing-jin-ji');
    expect(region.zones).to.have.length(199);
    expect(region.zones.reduce((sum, zone) => sum + zone.population, 0)).to.equal(110_369_339);
  });

  it('are written again as the same rows whatever the order of features', () => {
    const { region } = openRegion('jing-jin-ji');
    const turned = { ...region, roads: region.roads.toReversed(), zones: region.zones.toReversed(), rail: region.rail.toReversed() };
    expect([...regionFiles(turned)]).to.deep.equal([...regionFiles(region)]);
  });

  it('give at least 20 indicators, each a number', () => {
    const { region } = openRegion('jing-jin-ji');
    const rows = benchmark(benchmarkInput(region, { year: null, speeds: 'harmonised' }));
    expect(rows.length).to.be.at.least(20);
    expect(rows.filter((row) => row.value === null).map((row) => row.measure)).to.deep.equal([]);
  });
});

describe('published rail times', () => {
  it('of the fastest trains on the main lines are met: Beijing South – Tianjin and New York – Washington by Acela', () => {
    const timeOf = (name: string, from: string, to: string) => {
      const { region } = openRegion(name);
      return checkReferences(region).find(({ reference }) => reference.from === from && reference.to === to);
    };
    expect(timeOf('jing-jin-ji', 'beijing-south', 'tianjin-west')?.isWithin).to.equal(true);
    expect(timeOf('boston-washington', 'new-york-penn-station-ny', 'washington-union-station-dc')?.isWithin).to.equal(true);
    expect(timeOf('tokyo', 'tokyo', 'omiya')?.isWithin).to.equal(true);
  });
});

describe('door-to-door times', () => {
  it('are never longer with rail and road than by road alone', () => {
    const { region } = openRegion('jing-jin-ji');
    const road = zoneTimes(openNetwork(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' }).frozen, region.zones);
    const both = zoneTimes(openNetwork(region, DEFAULT_GRAPH_OPTIONS).frozen, region.zones);
    both.milliseconds.forEach((time, pair) => {
      expect(time).to.be.at.most(road.milliseconds[pair] ?? 0);
    });
  });

  it('are the same when the features come in another order', () => {
    const { region } = openRegion('jing-jin-ji');
    const turned = { ...region, roads: region.roads.toReversed(), rail: region.rail.toReversed(), services: region.services.toReversed() };
    const [a, b] = [region, turned].map((one) => zoneTimes(openNetwork(one, DEFAULT_GRAPH_OPTIONS).frozen, region.zones));
    expect(a?.milliseconds).to.deep.equal(b?.milliseconds);
  });
});

describe('missing links', () => {
  it('gain exactly what a full recomputation with the link gives', () => {
    const { region } = openRegion('jing-jin-ji');
    const options = { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' as const };
    const { frozen } = openNetwork(region, options);
    const times = zoneTimes(frozen, region.zones);
    const trips = gravityDemand(times);
    const links = missingLinks(region, frozen, times, trips, ROAD_CANDIDATES).slice(0, 3);
    expect(links).to.have.length(3);
    for (const link of links) {
      const { graph } = buildRegionGraph(region, options);
      const attributes = { link: 'new', kind: 'road' as const, minutes: link.minutes, lengthKilometres: link.lengthKilometres };
      graph.addEdge(`before/${link.from}`, `before/${link.to}`, attributes);
      graph.addEdge(`before/${link.to}`, `before/${link.from}`, attributes);
      const after = zoneTimes(freeze(graph), region.zones);
      const gain =
        after.milliseconds.reduce((sum, time, pair) => sum + ((times.milliseconds[pair] ?? 0) - time) * (trips[pair] ?? 0), 0) / 60_000;
      expect(link.gainPersonMinutes).to.be.closeTo(gain, Math.abs(gain) * 1e-9);
      expect(minutesToMilliseconds(link.minutes)).to.be.greaterThan(0);
    }
  });
});

describe('isochrones', () => {
  it('nest: a longer limit covers more ground and more people', () => {
    const { region } = openRegion('jing-jin-ji');
    const { frozen } = openNetwork(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' });
    const origin = frozen.nodeOf.get('zone-origin/110101') ?? 0;
    const bands = isochrones(frozen.network, oneToAll(frozen.network, origin), [], DEFAULT_ISOCHRONES);
    expect(bands.map((band) => band.minutes)).to.deep.equal([30, 60, 90, 120]);
    bands.slice(1).forEach((band, index) => {
      expect(band.areaSquareKilometres).to.be.greaterThan(bands[index]?.areaSquareKilometres ?? 0);
    });
    for (const ring of bands.flatMap((band) => band.geometry.coordinates.flat())) expect(ring[0]).to.deep.equal(ring.at(-1));
  });
});

describe('equity', () => {
  it('of equal values is 0, and Theil splits exactly between and within', () => {
    const equal = [1, 2, 3].map((weight) => ({ value: 5, weight, group: String(weight) }));
    expect(gini(equal)).to.be.closeTo(0, 1e-12);
    expect(theil(equal).total).to.be.closeTo(0, 1e-12);
    const rows = [
      { value: 1, weight: 1, group: 'a' },
      { value: 3, weight: 1, group: 'b' },
    ];
    // two people with a quarter and three quarters: Gini = 1/2 − 1/4
    expect(gini(rows)).to.be.closeTo(0.25, 1e-12);
    expect(theil(rows).between).to.be.closeTo(theil(rows).total, 1e-12);
  });
});

describe('accessibility', () => {
  it('and its dual are inverse: the minutes to reach N reach at least N', () => {
    const { region } = openRegion('jing-jin-ji');
    const times = zoneTimes(openNetwork(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' }).frozen, region.zones);
    const { values } = opportunities(region.zones, 'population');
    const dual = accessibility(times, values, { kind: 'dual', amount: 5e6 });
    dual.slice(0, 10).forEach((minutes, zone) => {
      const reached = accessibility(times, values, { kind: 'cumulative', minutes: minutes ?? 0 })[zone] ?? 0;
      expect(reached).to.be.at.least(5e6);
    });
  });

  it('refuses a measure it does not know, naming it', () => {
    expect(() => parseMeasure('nearest')).to.throw('measure is "nearest"');
  });
});
