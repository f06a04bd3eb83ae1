import { expect } from 'chai';
import { osmManifest } from '../../src/read/osm/import-osm.ts';
import { regionLayers } from '../../src/write/export/region-layers.ts';
import { importWorld, node, way } from '../support/osm-worlds.ts';

describe('the layers of a region', () => {
  it('hold links as the region draws them, straight ones from end to end', async () => {
    const nodes = [node(1, 0, 0), node(2, 1, 1), node(3, 2, 0), node(4, 3, 0)];
    const { region, boundingBox } = await importWorld([
      ...nodes,
      way(1, [1, 2, 3], { highway: 'primary' }),
      way(2, [3, 4], { highway: 'residential' }),
    ]);
    const manifest = osmManifest('w', 'w', [], boundingBox, 'world.osm');
    const layers = regionLayers({ manifest, ...region, roads: [...region.roads], junctions: [...region.junctions] });
    expect(layers.find(({ name }) => name === 'roads')?.positions).to.deep.equal([
      [
        [0, 0],
        [0.001, 0.001],
        [0.002, 0],
      ],
      [
        [0.002, 0],
        [0.003, 0],
      ],
    ]);
  });
});
