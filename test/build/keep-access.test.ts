import { expect } from 'chai';
import { zoneTimes } from '../../src/analysis/zone-times.ts';
import type { GraphOptions, Mode } from '../../src/build/graph-types.ts';
import { UNREACHED } from '../../src/model/network.ts';
import type { Region } from '../../src/model/tables.ts';
import { openNetwork, openRegion, regionFolder, shippedRegions } from '../../src/open/open-network.ts';
import { networkOf, openSlices, parseSlice } from '../../src/open/slices.ts';
import { openUpgrades, shippedUpgrades } from '../../src/open/upgrades.ts';
import { place, rail, regionOf, road, zone } from '../support/small-region.ts';

const MODES: readonly Mode[] = ['road', 'rail', 'multimodal'];
const options = (mode: Mode): GraphOptions => ({ mode, year: null, speeds: 'harmonised' });
const timesOf = (region: Region, mode: Mode) => zoneTimes(openNetwork(region, options(mode)).frozen, region.zones).milliseconds;

/** Pairs that take longer after than before, and those that take less. */
function changes(before: Uint32Array, after: Uint32Array): { longer: number; shorter: number } {
  const count = (test: (was: number, is: number) => boolean) =>
    before.reduce((sum, was, pair) => sum + Number(test(was, after[pair] ?? 0)), 0);
  return { longer: count((was, is) => is > was), shorter: count((was, is) => is < was) };
}

describe('an upgrade in a command of one state', () => {
  for (const name of shippedRegions()) {
    const folder = regionFolder(name);
    const { region } = openRegion(name);
    const adding = openUpgrades(folder, region, shippedUpgrades(folder)).upgrades.filter((upgrade) =>
      upgrade.changes.every(({ change }) => change.startsWith('add-')),
    );
    it(`that only adds lengthens no pair of ${name}: ${adding.map(({ id }) => id).join(', ')}`, () => {
      expect(adding.length).to.be.greaterThan(0);
      let shorter = 0;
      for (const mode of MODES) {
        const before = timesOf(region, mode);
        const found = changes(before, timesOf(openRegion(name, adding.map(({ id }) => id).join(',')).region, mode));
        expect(found.longer, mode).to.equal(0);
        shorter += found.shorter;
      }
      expect(shorter).to.be.greaterThan(0);
    }).timeout(180_000);
  }

  it('gives the times that compare gives after it', () => {
    const [before, after] = openSlices('jing-jin-ji', [parseSlice('today', '--against'), parseSlice('xiongan-links', '--upgrade')]);
    if (!before || !after) throw new Error('no slices');
    const { frozen } = networkOf(after, options('rail'), networkOf(before, options('rail')));
    expect(zoneTimes(frozen, after.region.zones).milliseconds).to.deep.equal(
      timesOf(openRegion('jing-jin-ji', 'xiongan-links').region, 'rail'),
    );
  });

  it('with a station nearer than the five in use would have lost a seat its line, and does not', () => {
    const stations = Array.from({ length: 5 }, (_none, index) => place(`s${index}`, 3 + index, 0, 'station'));
    const base = {
      ...regionOf([zone('here', 'A', 1000, 0, 0), zone('there', 'A', 1000, 60, 0)], [], []),
      stations: [...stations, place('end', 60, 0, 'station')],
    };
    const links = stations.map((station, index) => rail(`line-${index}`, station.id, 'end', index === 4 ? 30 : 300, 100));
    const before: Region = { ...base, rail: links };
    const opened: Region = {
      ...before,
      stations: [...before.stations, place('new', 1, 0, 'station')],
      rail: [...links, rail('branch', 'new', 's0', 2, 100)],
    };
    expect(changes(timesOf(before, 'rail'), timesOf(opened, 'rail')).longer).to.equal(2);
    expect(changes(timesOf(before, 'rail'), timesOf({ ...opened, earlier: before }, 'rail')).longer).to.equal(0);
  });

  it('that takes a road out leaves no way over the junction that it served', () => {
    const zones = [zone('west', 'A', 1000, 0, 0), zone('east', 'A', 1000, 20, 0)];
    const junctions = [place('west', 0, 0), place('middle', 10, 0), place('east', 20, 0)];
    const before = regionOf(zones, junctions, [road('a', 'west', 'middle', 10), road('b', 'middle', 'east', 10)]);
    const after: Region = { ...before, roads: [], earlier: before };
    expect(timesOf(before, 'road')[1]).to.be.lessThan(UNREACHED);
    expect(timesOf(after, 'road')[1]).to.equal(UNREACHED);
  });
});
