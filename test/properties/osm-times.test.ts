import { expect } from 'chai';
import { freeze } from '../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../src/build/region-graph.ts';
import { createSearch } from '../../src/kernels/one-to-all.ts';
import { UNREACHED } from '../../src/model/network.ts';
import type { Region } from '../../src/model/tables.ts';
import { DEFAULT_OSM_OPTIONS, importOsm, type OsmImport, osmManifest } from '../../src/read/osm/import-osm.ts';
import { itWithShared, sharedPath } from '../support/shared-data.ts';

/** 588 highway ways and 109 mapped restrictions. */
const MOSCOW = 'osm/graphhopper_moscow.osm.gz';

function regionOf({ region, boundingBox }: OsmImport, hasTurns: boolean): Region {
  const { turns = [], ...rest } = region;
  const rows = { ...rest, zones: [], junctions: [...region.junctions], roads: [...region.roads], ...(hasTurns ? { turns } : {}) };
  return { manifest: osmManifest('m', 'Moscow', [], boundingBox, MOSCOW), ...rows };
}

/** Milliseconds from some junctions to all, by junction; each junction's least over the nodes that stand for it. */
function timesBetween(region: Region, origins: readonly string[]): Map<string, number>[] {
  const { graph } = buildRegionGraph(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' });
  const { network, nodeOf } = freeze(graph);
  const search = createSearch(network);
  return origins.map((origin) => {
    const costs = search.run(nodeOf.get(`before/${origin}`) ?? 0);
    const least = new Map<string, number>();
    network.nodeIds.forEach((id, index) => {
      const junction = id.replace(/^before\//, '').replace(/~\d+$/, '');
      least.set(junction, Math.min(least.get(junction) ?? UNREACHED, costs[index] ?? UNREACHED));
    });
    return least;
  });
}

describe('times on an imported street network', () => {
  itWithShared('are the same with and without joining of chains, and never shortened by turn restrictions', [MOSCOW], async () => {
    const joined = await importOsm(sharedPath(MOSCOW), DEFAULT_OSM_OPTIONS);
    const apart = await importOsm(sharedPath(MOSCOW), { ...DEFAULT_OSM_OPTIONS, isSimplified: false });
    expect(apart.counts.roadLinks).to.be.greaterThan(joined.counts.roadLinks);
    expect(joined.region.turns?.length).to.be.greaterThan(20);
    const junctions = [...joined.region.junctions].map(({ id }) => id);
    const origins = junctions.filter((_id, index) => index % 40 === 0);
    const free = timesBetween(regionOf(joined, false), origins);
    const pieces = timesBetween(regionOf(apart, false), origins);
    const restricted = timesBetween(regionOf(joined, true), origins);
    let longer = 0;
    for (const [index, times] of free.entries()) {
      for (const id of junctions) {
        const time = times.get(id) ?? UNREACHED;
        const other = pieces[index]?.get(id) ?? UNREACHED;
        // each piece is rounded to a millisecond: a way of some hundred pieces may differ by so many halves of one
        expect(Math.abs(time - other), `${origins[index]} to ${id}`).to.be.at.most(100);
        const bound = restricted[index]?.get(id) ?? UNREACHED;
        expect(bound, `${origins[index]} to ${id}`).to.be.at.least(time);
        if (bound > time) longer += 1;
      }
    }
    expect(longer).to.be.greaterThan(0);
  });
});
