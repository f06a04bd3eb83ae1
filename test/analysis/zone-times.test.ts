import { expect } from 'chai';
import { zoneTimes, zoneTimesInParallel } from '../../src/analysis/zone-times.ts';
import { freeze } from '../../src/build/freeze.ts';
import { buildRegionGraph } from '../../src/build/region-graph.ts';
import { withPool } from '../../src/parallel/pool.ts';
import { lineWorld } from '../worlds/line-world.ts';

describe('times between zones', () => {
  it('refuse a zone that the network has no seat for, in place of timing another node', async () => {
    const region = lineWorld();
    const frozen = freeze(buildRegionGraph(region, { mode: 'road', year: null, speeds: 'as-given' }).graph);
    const stranger = { ...region.zones[0]!, id: 'elsewhere' };
    const message = 'the network has no node zone-origin/elsewhere; expected one of the region that it was built from';
    expect(() => zoneTimes(frozen, [...region.zones, stranger])).to.throw(RangeError, message);
    const thrown = await withPool(1, (pool) => zoneTimesInParallel(pool, frozen, [stranger])).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(RangeError).with.property('message', message);
    expect(zoneTimes(frozen, region.zones).milliseconds).to.have.length(region.zones.length ** 2);
  });
});
