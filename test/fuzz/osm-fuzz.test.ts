import { expect } from 'chai';
import { DEFAULT_OSM_OPTIONS, importOsm } from '../../src/read/osm/import-osm.ts';
import { withFile } from '../support/osm-worlds.ts';
import { BZIP2_WORLD } from './bzip2-world.ts';
import { type FuzzFormat, fuzzOsm } from './osm-fuzz.ts';

describe('the sound original', () => {
  it('in bzip2 is a grid of 4 × 4 junctions: 2 × 4 × 3 roads', async () => {
    const { counts } = await withFile('grid.osm.bz2', BZIP2_WORLD, (path) => importOsm(path, DEFAULT_OSM_OPTIONS));
    // corners are ends of ways of unlike tags, so that they stay junctions
    expect(counts).to.include({ nodes: 16, ways: 8, junctions: 16, roadLinks: 24 });
  });
});

describe('broken copies of an OpenStreetMap file', () => {
  for (const format of ['pbf', 'xml', 'gz', 'bz2'] satisfies FuzzFormat[]) {
    it(`as ${format} are refused with a message or read to a sound network`, async () => {
      const { refused, read, failures } = await fuzzOsm(format, 200, 1);
      expect(failures).to.deep.equal([]);
      expect(refused).to.be.greaterThan(0);
      expect(refused + read).to.equal(200);
    }).timeout(120_000);
  }
});
