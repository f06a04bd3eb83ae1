/**
 * Row types of a region. Units are in the names: kilometres, minutes, km/h, persons.
 * `null` means the source has no value; nothing here is ever a silent default.
 */

/** How a row is known. Border findings may rest on published and recalled rows only. */
export type Basis = 'published' | 'recalled' | 'assumed-access' | 'assumed-neighbour';

export type Status = 'open' | 'construction' | 'planned' | 'closed' | 'gap';

export interface Provenance {
  readonly source: string;
  readonly confidence: string;
  readonly basis: Basis;
}

/** Columns of the source row that no analysis reads, kept so that nothing is lost on the way. */
export interface Kept {
  readonly kept: Readonly<Record<string, string>>;
}

/** A figure of a zone with where it comes from. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly year: string;
  readonly method: string;
  readonly source: string;
  readonly confidence: string;
}

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly nameLocal: string;
  readonly admin1: string;
  readonly admin2: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly population: number;
  readonly jobs: number | null;
  readonly gdp: number | null;
  /** every other figure by name: income, universities, hospital beds, area … */
  readonly figures: Readonly<Record<string, Figure>>;
}

/** A rail station, or a named end of a road. */
export interface Place extends Kept {
  readonly id: string;
  readonly name: string;
  readonly nameLocal: string;
  readonly longitude: number;
  readonly latitude: number;
  /** rail, metro for stations; interchange, city, town, port, airport, border for junctions */
  readonly kind: string;
  readonly zone: string | null;
}

/** A line as drawn, degrees WGS84, longitude first; absent where it is a straight line between its ends. */
export interface Drawn {
  readonly geometry?: readonly (readonly [number, number])[];
}

export interface RailLink extends Provenance, Kept, Drawn {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly line: string;
  readonly lineName: string;
  readonly class: string;
  readonly lengthKilometres: number;
  /** minutes of a stopping train, either way */
  readonly minutes: number;
  /** one direction */
  readonly trainsPerDay: number | null;
  readonly opened: number | null;
  readonly status: Status;
}

export interface RoadLink extends Provenance, Kept, Drawn {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly route: string;
  readonly name: string;
  readonly class: string;
  readonly lengthKilometres: number;
  readonly speedKilometresPerHour: number;
  readonly lanes: number | null;
  readonly oneway: boolean;
  readonly toll: boolean | null;
  readonly opened: number | null;
  readonly status: Status;
}

/** Trains that skip stops. Minutes are cumulative from the first stop. */
export interface Service extends Kept {
  readonly id: string;
  readonly line: string;
  readonly name: string;
  readonly stops: readonly string[];
  readonly minutes: readonly number[];
  readonly trainsPerDay: number;
  readonly bidirectional: boolean;
}

/** A walk between two stations, both ways. */
export interface Transfer extends Kept {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
}

/** A planned, building or lately opened link, or a dead end at a border (status gap). */
export interface Plan extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly mode: 'road' | 'rail';
  /** ids of stations or junctions; null where the plan names a bare coordinate */
  readonly from: string | null;
  readonly to: string | null;
  readonly fromLonLat: readonly [number, number];
  readonly toLonLat: readonly [number, number];
  readonly lengthKilometres: number | null;
  readonly minutes: number | null;
  readonly speedKilometresPerHour: number | null;
  readonly cost: number | null;
  readonly costCurrency: string | null;
  readonly costYear: number | null;
  readonly status: string;
  readonly openingYear: number | null;
}

/** A published figure that the network is held against. */
export interface Reference {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly value: number;
  readonly unit: string;
  readonly year: string;
  readonly source: string;
  readonly confidence: string;
}

/** Rules of access, boarding and waiting of a region (region.json). */
export interface ModeDefaults {
  /** feeder speed between a seat and the stations of the rail mode, km/h */
  readonly feederKilometresPerHour: number;
  /** local road speed between a seat or station and the road network, km/h */
  readonly localRoadKilometresPerHour: number;
  /** road distance over straight-line distance of connectors */
  readonly connectorCircuity: number;
  readonly walkKilometresPerHour: number;
  /** gates, stairs and platform at each boarding */
  readonly boardingMinutes: number;
  readonly waitCapMinutes: number;
  readonly serviceHoursPerDay: number;
  /** headway by class where the tables give no trains a day; counted and listed when used */
  readonly headwayMinutesByClass: Readonly<Record<string, number>>;
  /** speed by class where a link has none, road and rail; counted and listed when used; no entry, no default */
  readonly speedKilometresPerHourByClass: Readonly<Record<string, number>>;
}

export interface RegionManifest {
  readonly id: string;
  readonly name: string;
  readonly nameLocal: string;
  readonly boundingBox: readonly [number, number, number, number];
  /** of all zones together; null where no source gives it */
  readonly areaSquareKilometres: number | null;
  readonly areaSource: string;
  /** zone ids */
  readonly primaryCore: string;
  readonly secondaryCores: readonly string[];
  readonly currency: string;
  readonly valueOfTimePerHour: number;
  readonly defaults: ModeDefaults;
  readonly sources: readonly string[];
}

export interface Region {
  readonly manifest: RegionManifest;
  readonly zones: readonly Zone[];
  readonly stations: readonly Place[];
  readonly junctions: readonly Place[];
  readonly rail: readonly RailLink[];
  readonly roads: readonly RoadLink[];
  readonly services: readonly Service[];
  readonly transfers: readonly Transfer[];
  readonly plans: readonly Plan[];
  readonly references: readonly Reference[];
  /** turns.json; absent where a region has none */
  readonly turns?: readonly TurnRule[];
  /** the region before upgrades: seats keep the connectors that they have there; absent where nothing was upgraded */
  readonly earlier?: Region;
}

/**
 * A turn that is forbidden, or the only one allowed, on a path of links run one after the other.
 *
 * no: the whole path may not be driven. only: who has driven all but the last link of the path must go on by the last.
 */
export interface TurnRule {
  readonly id: string;
  /** as the source names it: no_left_turn, only_straight_on … */
  readonly kind: string;
  readonly effect: 'no' | 'only';
  /** ids of road links, at least two, each with its direction: ">" from its from to its to, "<" the other way */
  readonly path: readonly string[];
}
