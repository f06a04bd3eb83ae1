import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { applyUpgrade, applyUpgrades } from '../../src/build/apply-upgrade.ts';
import { freeze } from '../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { plansUpgrade } from '../../src/build/plans-upgrade.ts';
import { buildRegionGraph } from '../../src/build/region-graph.ts';
import type { Change, Upgrade } from '../../src/model/upgrade.ts';
import { openRegion, regionFolder, shippedRegions } from '../../src/open/open-network.ts';
import { openUpgrades, shippedUpgrades, upgradePath } from '../../src/open/upgrades.ts';
import { readUpgrade } from '../../src/read/upgrades.ts';
import { regionFiles } from '../../src/write/region-folder.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';
import { place, rail, regionOf, riverRegion, road, zone } from '../support/small-region.ts';

function upgrade(id: string, ...changes: Change[]): Upgrade {
  const head = { name: id, description: '', status: 'hypothetical', openingYear: null, costs: [], source: 'test', confidence: 'high' };
  return { ...head, id, basis: 'published', changes };
}

const bytes = (region: Parameters<typeof regionFiles>[0]) => [...regionFiles(region)];
const NEW_BRIDGE: Change = { change: 'add-road', link: road('a:bridge', 'west', 'east', 10) };
const FASTER: Change = { change: 'change-road', select: { ids: ['west-bank'] }, set: { speedKilometresPerHour: 90 } };

describe('an upgrade', () => {
  it('without changes gives the very region back, byte for byte', () => {
    const region = riverRegion();
    expect(applyUpgrade(region, upgrade('nothing')).region).to.equal(region);
    const { region: real } = openRegion('jing-jin-ji');
    expect(bytes(applyUpgrades(real, [upgrade('nothing'), upgrade('more-nothing')]).region)).to.deep.equal(bytes(real));
  });

  it('does not touch the region it is given', () => {
    const region = riverRegion();
    const before = JSON.stringify(region);
    applyUpgrade(region, upgrade('a', NEW_BRIDGE, FASTER, { change: 'remove', what: 'road', ids: ['bridge'] }));
    expect(JSON.stringify(region)).to.equal(before);
  });

  it('followed by an independent one is the same as both in either order', () => {
    const [a, b] = [upgrade('a', NEW_BRIDGE), upgrade('b', FASTER)];
    const region = riverRegion();
    const both = bytes(applyUpgrades(region, [a, b]).region);
    expect(bytes(applyUpgrade(applyUpgrade(region, a).region, b).region)).to.deep.equal(both);
    expect(bytes(applyUpgrades(region, [b, a]).region)).to.deep.equal(both);
    const network = (order: Upgrade[]) =>
      freeze(buildRegionGraph(applyUpgrades(region, order).region, DEFAULT_GRAPH_OPTIONS).graph).network;
    expect(network([a, b])).to.deep.equal(network([b, a]));
  });

  it('that sets what another has set otherwise holds, and both are named', () => {
    const slower: Change = { change: 'change-road', select: { route: 'west-bank' }, set: { speedKilometresPerHour: 50 } };
    const { region, problems } = applyUpgrades(riverRegion(), [upgrade('a', FASTER), upgrade('b', slower)]);
    expect(region.roads.find(({ id }) => id === 'west-bank')?.speedKilometresPerHour).to.equal(50);
    expect(problems).to.have.length(1);
    expect(problems[0]).to.include({ severity: 'warning', kind: 'conflict', file: 'upgrades/b.json', found: '50, set to 90 by a' });
  });

  it('that cannot be made says which of its changes failed, all of them in one go', () => {
    const { problems } = applyUpgrades(riverRegion(), [
      upgrade('a', { change: 'remove', what: 'road', ids: ['bridge'] }),
      upgrade(
        'b',
        { change: 'change-road', select: { ids: ['bridge'] }, set: { lanes: 6 } },
        { change: 'add-road', link: road('b:nowhere', 'west', 'atlantis', 10) },
        { change: 'change-zone', id: 'north', set: { population: 1 } },
        { change: 'remove', what: 'junction', ids: ['west'] },
        { change: 'add-road', link: road('b:rocket', 'west', 'east', 10, 900) },
        { change: 'change-rail', select: { route: 'red' }, set: { minutes: 3 } },
      ),
    ]);
    expect(problems.map(({ feature, kind, found }) => `${feature}: ${kind}: ${found}`)).to.deep.equal([
      'change 1 (change-road): unknown-road: bridge, taken out by a',
      'change 2 (add-road): dangling-end: atlantis',
      'change 3 (change-zone): unknown-zone: north',
      'change 4 (remove): in-use: west, used by west-a, west-bank',
      'change 5 (add-road): absurd-speed: 900.0 km/h',
      'change 6 (change-rail): empty-selection: red',
    ]);
  });

  it('changes trains, minutes, services, walks and people', () => {
    const stations = [place('s1', 0, 1, 'rail'), place('s2', 10, 1, 'rail'), place('s3', 20, 1, 'rail')];
    const lines = [rail('red', 's1', 's2', 10, 40), rail('blue', 's2', 's3', 10, 40)];
    const region = regionOf([zone('z', 'A', 10, 0, 0)], [], [], { stations, rail: lines });
    const service = {
      id: 'u:fast',
      line: 'red',
      name: '',
      stops: ['s1', 's3'],
      minutes: [0, 15],
      trainsPerDay: 10,
      bidirectional: true,
      kept: {},
    };
    const { region: after, problems } = applyUpgrade(
      region,
      upgrade(
        'u',
        { change: 'change-rail', select: { route: 'red' }, set: { trainsPerDay: 80, minutesFactor: 0.5 } },
        { change: 'add-service', service },
        { change: 'change-service', select: { ids: ['u:fast'] }, set: { minutesFactor: 2 } },
        { change: 'add-transfer', transfer: { from: 's1', to: 's2', minutes: 4, kept: {} } },
        { change: 'remove-transfer', from: 's1', to: 's2' },
        { change: 'change-zone', id: 'z', set: { population: 20, jobs: 5 } },
      ),
    );
    expect(problems).to.deep.equal([]);
    expect(after.rail[0]).to.include({ trainsPerDay: 80, minutes: 5 });
    expect(after.services[0]?.minutes).to.deep.equal([0, 30]);
    expect(after.transfers).to.deep.equal([]);
    expect(after.zones[0]).to.include({ population: 20, jobs: 5 });
  });
});

describe('a file of an upgrade', () => {
  const folder = folderForEachTest();

  it('with faults lists every one: unknown fields, wrong values, ids outside its namespace', () => {
    const path = folder.at('bad.json');
    const changes = [
      { change: 'add-road', id: 'mine', from: 'a', to: 'b', route: 'r', class: 'motorway', length_km: -3, speed_kmh: 100 },
      { change: 'change-rail', select: { ids: ['x'], route: 'y' }, set: { trains: 5 } },
      { change: 'paint', id: 'x' },
    ];
    writeFileSync(
      path,
      JSON.stringify({ id: 'Bad Name', name: 'x', status: 'soon', opening_year: null, source: 's', confidence: 'c', changes }),
    );
    const { upgrade: none, problems } = readUpgrade(path);
    expect(none).to.equal(null);
    expect(problems.map(({ property }) => property)).to.include.members([
      'id',
      'status',
      'changes.0.length_km',
      'changes.1.select',
      'changes.1.set',
      'changes.2.change',
    ]);
    writeFileSync(
      path,
      JSON.stringify({
        id: 'bad',
        name: 'x',
        status: 'planned',
        opening_year: null,
        source: 's',
        confidence: 'c',
        changes: [{ change: 'add-junction', id: 'mine', name: 'x', longitude: 1, latitude: 1, kind: 'city' }],
      }),
    );
    expect(readUpgrade(path).problems.map(({ kind, expected }) => `${kind}: ${expected}`)).to.deep.equal([
      'namespace: an id that begins with bad:',
    ]);
  });

  it('ships at least four times with each region, each sound, sourced and applied without a word', () => {
    for (const name of shippedRegions()) {
      const folderOf = regionFolder(name);
      const { region } = openRegion(name);
      const names = shippedUpgrades(folderOf);
      expect(names.length).to.be.at.least(4);
      for (const file of names) {
        const { upgrade: own, problems } = readUpgrade(upgradePath(folderOf, file) ?? '');
        expect(problems).to.deep.equal([]);
        expect(own?.id).to.equal(file);
        expect(own?.source.length).to.be.at.least(10);
        if (own) expect(applyUpgrade(region, own).problems).to.deep.equal([]);
      }
      const { upgrades } = openUpgrades(folderOf, region, names);
      expect(applyUpgrades(region, upgrades).problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    }
  });

  it('named plans opens what is being built and adds what is planned, without a fault', () => {
    for (const name of shippedRegions()) {
      const { region } = openRegion(name);
      const { upgrade: plans, left } = plansUpgrade(region);
      const { region: after, problems } = applyUpgrade(region, plans);
      expect(problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
      expect(after.rail.filter(({ status }) => status === 'construction')).to.deep.equal([]);
      expect(left.every((text) => /: /.test(text))).to.equal(true);
    }
  });
});
