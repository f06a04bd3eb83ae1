import type { ModeDefaults, Place, RailLink, Region, RoadLink, Zone } from '../../src/model/tables.ts';

/**
 * Four towns on the equator, 0.1° (11.12 km) apart, whose seats are road junctions and whose first, second and fourth have stations:
 *
 *     w0 ──12 km── w1 ──12 km── w2 ──12 km── w3      road, 60 km/h: 12 minutes a hop
 *     s0 ── 6 min ─ s1 ─────── 8 min ─────── s3      line L, 34 trains a day in 17 hours: every 30 minutes, half of it 15
 *
 * Boarding takes 3 minutes, waiting at most 10 (the cap), so every ride costs 13 minutes before it starts. Seats, junctions and stations of
 * a town stand on one point, so access takes no time (1 ms where it is a step of its own).
 */
const LINE_DEFAULTS: ModeDefaults = {
  feederKilometresPerHour: 25,
  localRoadKilometresPerHour: 30,
  connectorCircuity: 1.3,
  walkKilometresPerHour: 4.5,
  boardingMinutes: 3,
  waitCapMinutes: 10,
  serviceHoursPerDay: 17,
  headwayMinutesByClass: {},
  speedKilometresPerHourByClass: {},
};

const PEOPLE = [1000, 2000, 3000, 4000];

function place(id: string, town: number, kind: string): Place {
  return { id, name: `Town ${town}`, nameLocal: '', longitude: town / 10, latitude: 0, kind, zone: `z${town}`, kept: {} };
}

function zone(town: number): Zone {
  const admin1 = town < 2 ? 'West' : 'East';
  const population = PEOPLE[town] ?? 0;
  return {
    id: `z${town}`,
    name: `Town ${town}`,
    nameLocal: '',
    admin1,
    admin2: admin1,
    longitude: town / 10,
    latitude: 0,
    population,
    jobs: population / 2,
    gdp: null,
    figures: {},
  };
}

const KNOWN = { source: 'made for tests', confidence: 'high', basis: 'published', status: 'open', kept: {} } as const;

export function road(from: number, to: number, change: Partial<RoadLink> = {}): RoadLink {
  return {
    ...KNOWN,
    id: `R:${from}:${to}`,
    from: `w${from}`,
    to: `w${to}`,
    route: 'R',
    name: 'Road R',
    class: 'primary',
    lengthKilometres: 12 * Math.abs(to - from),
    speedKilometresPerHour: 60,
    lanes: 2,
    oneway: false,
    toll: false,
    opened: 1990,
    ...change,
  };
}

export function rail(from: number, to: number, minutes: number, change: Partial<RailLink> = {}): RailLink {
  return {
    ...KNOWN,
    id: `L:${from}:${to}`,
    from: `s${from}`,
    to: `s${to}`,
    line: 'L',
    lineName: 'Line L',
    class: 'conventional',
    lengthKilometres: 12 * Math.abs(to - from),
    minutes,
    trainsPerDay: 34,
    opened: 2000,
    ...change,
  };
}

export function lineWorld(change: Partial<Region> = {}): Region {
  return {
    manifest: {
      id: 'line-world',
      name: 'Line world',
      nameLocal: '',
      boundingBox: [-0.5, -0.5, 1, 0.5],
      areaSquareKilometres: 100,
      areaSource: 'made for tests',
      primaryCore: 'z0',
      secondaryCores: ['z3'],
      currency: 'EUR',
      valueOfTimePerHour: 10,
      defaults: LINE_DEFAULTS,
      sources: [],
    },
    zones: [0, 1, 2, 3].map(zone),
    stations: [0, 1, 3].map((town) => place(`s${town}`, town, 'rail')),
    junctions: [0, 1, 2, 3].map((town) => place(`w${town}`, town, 'town')),
    rail: [rail(0, 1, 6), rail(1, 3, 8)],
    roads: [road(0, 1), road(1, 2), road(2, 3)],
    services: [],
    transfers: [],
    plans: [],
    references: [],
    ...change,
  };
}
