import { PLAIN_DEFAULTS } from '../../src/model/mode-defaults.ts';
import type { Place, RailLink, Region, RoadLink, Zone } from '../../src/model/tables.ts';

const KILOMETRES_PER_DEGREE = 111.195;

/** A place by kilometres east and north of 0° E, 0° N, where a degree of longitude is as long as one of latitude. */
export function place(id: string, eastKilometres: number, northKilometres: number, kind = 'city'): Place {
  const [longitude, latitude] = [eastKilometres / KILOMETRES_PER_DEGREE, northKilometres / KILOMETRES_PER_DEGREE];
  return { id, name: id, nameLocal: '', kind, zone: null, kept: {}, longitude, latitude };
}

export function zone(id: string, admin1: string, population: number, eastKilometres: number, northKilometres: number): Zone {
  const { longitude, latitude } = place(id, eastKilometres, northKilometres);
  return { id, name: id, nameLocal: '', admin1, admin2: admin1, longitude, latitude, population, jobs: null, gdp: null, figures: {} };
}

const ABOUT = { source: 'test', confidence: 'high', basis: 'published' as const, kept: {}, opened: null, status: 'open' as const };

export function road(id: string, from: string, to: string, kilometres: number, kilometresPerHour = 60): RoadLink {
  const shape = { route: id, name: id, class: 'motorway', lanes: 4, oneway: false, toll: null };
  return { ...ABOUT, ...shape, id, from, to, lengthKilometres: kilometres, speedKilometresPerHour: kilometresPerHour };
}

export function rail(id: string, from: string, to: string, minutes: number, trainsPerDay: number): RailLink {
  return { ...ABOUT, id, from, to, line: id, lineName: id, class: 'commuter', lengthKilometres: minutes, minutes, trainsPerDay };
}

/** A region of these tables, CNY, with the first zone as its core. */
export function regionOf(
  zones: readonly Zone[],
  junctions: readonly Place[],
  roads: readonly RoadLink[],
  more: Partial<Region> = {},
): Region {
  return {
    manifest: {
      id: 'jing-jin-ji',
      name: 'Test',
      nameLocal: '',
      boundingBox: [0, 0, 1, 1],
      areaSquareKilometres: null,
      areaSource: '',
      primaryCore: zones[0]?.id ?? '',
      secondaryCores: zones.slice(1, 2).map(({ id }) => id),
      currency: 'CNY',
      valueOfTimePerHour: 35,
      defaults: PLAIN_DEFAULTS,
      sources: [],
    },
    zones,
    stations: [],
    junctions,
    rail: [],
    roads,
    services: [],
    transfers: [],
    plans: [],
    references: [],
    ...more,
  };
}

/**
 * Two towns on either side of a river, two jurisdictions, with a bridge far to the north:
 *
 *     w-north ─10─ e-north        30 km by 60 km/h on either bank, 10 km over the bridge
 *        │            │
 *       30           30           a bridge between west and east would be 10 km: 10 minutes in place of 70
 *        │            │
 *      west    ?    east
 */
export function riverRegion(): Region {
  const zones = [zone('west', 'West', 100_000, 0, 0), zone('east', 'East', 300_000, 10, 0)];
  // two more junctions beside each seat, so that its three connectors stay on its own bank
  const west = [place('west', 0, 0), place('west-2', 0, -1), place('west-3', 0, -2)];
  const east = [place('east', 10, 0), place('east-2', 10, -1), place('east-3', 10, -2)];
  const junctions = [...west, ...east, place('w-north', 0, 30), place('e-north', 10, 30)];
  const streets = ['west', 'east'].flatMap((side) => [
    road(`${side}-a`, side, `${side}-2`, 1),
    road(`${side}-b`, `${side}-2`, `${side}-3`, 1),
  ]);
  const roads = [
    ...streets,

    road('west-bank', 'west', 'w-north', 30),
    road('bridge', 'w-north', 'e-north', 10),
    road('east-bank', 'e-north', 'east', 30),
  ];
  return regionOf(zones, junctions, roads);
}
