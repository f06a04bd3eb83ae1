import { allThreads, betweennessInParallel, openNetwork, openRegion, withPool, zoneTimesInParallel } from 'corridor-network-analyser';

const { region } = openRegion('boston-washington');
const { frozen } = openNetwork(region, { mode: 'road', year: null, speeds: 'harmonised' });

// the bytes do not depend on the number of threads
export const { times, shares } = await withPool(allThreads(), async (pool) => ({
  times: await zoneTimesInParallel(pool, frozen, region.zones),
  shares: await betweennessInParallel(pool, frozen.network),
}));
