import { gravityDemand, missingLinks, openNetwork, openRegion, RAIL_CANDIDATES, zoneTimes } from 'corridor-network-analyser';

const { region } = openRegion('tokyo');
const { frozen } = openNetwork(region, { mode: 'rail', year: null, speeds: 'harmonised' });
const times = zoneTimes(frozen, region.zones);
const trips = gravityDemand(times, { tripsPerPersonPerDay: 1, decayPerMinute: 0.03 });

export const links = missingLinks(region, frozen, times, trips, { ...RAIL_CANDIDATES, limit: 5 });
export const first = links[0]?.gainPersonMinutes; // person-minutes a day, exact for the whole matrix
