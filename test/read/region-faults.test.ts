import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Region } from '../../src/model/tables.ts';
import { readRegion } from '../../src/read/region-folder.ts';
import { writeRegion } from '../../src/write/region-folder.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';
import { lineWorld, rail, road } from '../worlds/line-world.ts';

describe('a region folder', () => {
  const folder = folderForEachTest();

  const write = (region: Region) => writeRegion(region, [], folder.path);
  const change = (file: string, edit: (text: string) => string) => folder.write(file, edit(readFileSync(folder.at(file), 'utf8')));
  const kinds = () => readRegion(folder.path).problems.map(({ severity, kind, file }) => `${severity} ${kind} ${file}`);

  it('comes back as it was written', () => {
    write(lineWorld());
    const { region, problems } = readRegion(folder.path);
    expect(problems).to.deep.equal([]);
    expect(region).to.deep.equal({ ...lineWorld(), manifest: region.manifest });
  });

  it('is refused with the place of the fault where its JSON is broken', () => {
    write(lineWorld());
    change('roads.geojson', (text) => text.slice(0, -20));
    expect(kinds()).to.include('error broken-json roads.geojson');
  });

  it('names each kind of fault, and loads the rest', () => {
    write(
      lineWorld({
        roads: [
          road(0, 1),
          road(0, 1, { id: 'dangling', to: 'nowhere' }),
          road(1, 2, { id: 'loop', to: 'w1' }),
          road(2, 3, { id: 'slow', speedKilometresPerHour: 0.5 }),
        ],
        rail: [rail(0, 1, 6), rail(1, 3, 0.1)],
      }),
    );
    expect(kinds()).to.include.members([
      'error dangling-end roads.geojson',
      'error self-loop roads.geojson',
      'error schema roads.geojson',
      'error absurd-speed rail.geojson',
    ]);
    expect(readRegion(folder.path).region.roads.map(({ id }) => id)).to.deep.equal(['R:0:1']);
  });

  it('names duplicate ids, wrong geometry, projected and swapped places', () => {
    write(lineWorld());
    change('junctions.geojson', (text) => text.replace('"id":"w1","name"', '"id":"w0","name"'));
    change('stations.geojson', (text) => text.replace('[0.1,0]', '[11131949,0]'));
    change('zones.geojson', (text) => text.replace('"type":"Point"', '"type":"Polygon"'));
    expect(kinds()).to.include.members([
      'error duplicate-id junctions.geojson',
      'error coordinates stations.geojson',
      'error geometry-type zones.geojson',
    ]);
  });

  it('tells latitude first from longitude first by the box of the region, even where both are in range', () => {
    const north = lineWorld();
    const moved = north.junctions.map((place, index) => ({
      ...place,
      longitude: index === 0 ? 41 : -72,
      latitude: index === 0 ? -72 : 41,
    }));
    write({ ...north, manifest: { ...north.manifest, boundingBox: [-73, 40, -71, 42] }, junctions: moved });
    const faults = readRegion(folder.path).problems.filter(({ kind, file }) => kind === 'coordinates' && file === 'junctions.geojson');
    expect(faults.map(({ feature }) => feature)).to.deep.equal(['w0']);
    expect(faults[0]?.expected).to.contain('look swapped');
  });

  it('suspects unknown classes and lengths under 0.95 of the straight line, without refusing them', () => {
    write(lineWorld({ roads: [road(0, 1, { class: 'cart-track' }), road(1, 2, { lengthKilometres: 5 }), road(2, 3)] }));
    expect(kinds()).to.have.members(['warning unknown-class roads.geojson', 'warning too-short roads.geojson']);
    expect(readRegion(folder.path).region.roads).to.have.length(3);
    // a warning a class, whatever the number of links
    write(
      lineWorld({
        roads: [road(0, 1, { class: 'cart-track' }), road(1, 2, { class: 'cart-track' }), road(2, 3, { class: 'residential' })],
      }),
    );
    expect(readRegion(folder.path).problems.map(({ feature, found }) => [feature, found])).to.deep.equal([
      ['2 links, R:0:1 first', 'cart-track'],
    ]);
  });

  it('works out what is missing only by rules that region.json gives, and notes each use', () => {
    const withSpeeds = lineWorld();
    const speeds = { primary: 50 };
    write({
      ...withSpeeds,
      manifest: { ...withSpeeds.manifest, defaults: { ...withSpeeds.manifest.defaults, speedKilometresPerHourByClass: speeds } },
    });
    change('roads.geojson', (text) => text.replaceAll('"speed_kmh":60', '"speed_kmh":null').replace('"length_km":12', '"length_km":null'));
    const { region, problems } = readRegion(folder.path);
    expect(region.roads.map((link) => link.speedKilometresPerHour)).to.deep.equal([50, 50, 50]);
    expect(region.roads[0]?.lengthKilometres).to.be.closeTo(0.1 * 111.195, 0.001);
    expect(problems.map(({ severity, kind }) => `${severity} ${kind}`)).to.have.members([
      'note imputed-length_km',
      ...Array.from({ length: 3 }, () => 'note imputed-speed_kmh'),
    ]);
  });

  it('refuses links without a speed or minutes where no rule is given', () => {
    write(lineWorld());
    change('roads.geojson', (text) => text.replace('"speed_kmh":60', '"speed_kmh":null'));
    change('rail.geojson', (text) => text.replace('"minutes":6', '"minutes":null'));
    expect(kinds()).to.have.members(['error missing-speed roads.geojson', 'error missing-minutes rail.geojson']);
  });
});
