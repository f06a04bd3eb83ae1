import { nearestPlaces } from '../../build/nearest-places.ts';
import { createSearch } from '../../kernels/one-to-all.ts';
import { type Network, UNREACHED } from '../../model/network.ts';
import type { Place, Region, Zone } from '../../model/tables.ts';
import { minutesToMilliseconds, travelMinutes } from '../../model/units.ts';

/** Id of the zone that stands for a coordinate; no table can hold it. */
export const POINT_ZONE_ID = '@point';

/**
 * The region with a zone of no people at a coordinate, so that a trip from there follows the same rules of access as from any seat.
 *
 * Cost O(zones).
 */
export function withPointZone(region: Region, longitude: number, latitude: number): Region {
  const zone: Zone = {
    id: POINT_ZONE_ID,
    name: `${longitude},${latitude}`,
    nameLocal: '',
    admin1: '',
    admin2: '',
    longitude,
    latitude,
    population: 0,
    jobs: null,
    gdp: null,
    figures: {},
  };
  return { ...region, zones: [...region.zones, zone] };
}

export interface PointAccess {
  /** how many of the nearest nodes a trip may start at */
  readonly nodes: number;
  /** no start farther than this, unless no node is nearer */
  readonly kilometres: number;
  readonly kilometresPerHour: number;
}

/**
 * Travel time from a coordinate to every node of a bare network: the least over the nearest nodes of straight access plus network time.
 *
 * @returns  Uint32Array(nodeCount), milliseconds, UNREACHED where there is no way
 * Cost: one tree a start node.
 */
export function timesFromPoint(network: Network, longitude: number, latitude: number, access: PointAccess): Uint32Array {
  const places = network.nodeIds.map((id, node): Place => {
    const [x, y] = [network.longitude[node] ?? Number.NaN, network.latitude[node] ?? Number.NaN];
    return { id: String(node), name: id, nameLocal: '', kind: 'node', zone: null, kept: {}, longitude: x, latitude: y };
  });
  const starts = nearestPlaces(places, { count: access.nodes, kilometres: access.kilometres })(longitude, latitude);
  const search = createSearch(network);
  const least = new Uint32Array(network.nodeCount).fill(UNREACHED);
  for (const { place, kilometres } of starts) {
    const first = minutesToMilliseconds(travelMinutes(kilometres, access.kilometresPerHour));
    const times = search.run(Number(place.id));
    for (let node = 0; node < times.length; node++) {
      const time = (times[node] ?? UNREACHED) + first;
      if (time < (least[node] ?? UNREACHED)) least[node] = time;
    }
  }
  return least;
}
