import type { TableCount } from './table-reader.ts';

/** Rows of a feed, after their references are resolved to positions in these lists. */

export interface StopRow {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly platform: string;
  /** degrees; its station's where the feed gives none */
  longitude: number;
  latitude: number;
  /** 0 stop or platform, 1 station, 2 entrance, 3 generic node, 4 boarding area */
  readonly type: number;
  /** position of the station, or −1 */
  parent: number;
  readonly line: number;
}

export interface RouteRow {
  readonly id: string;
  readonly name: string;
  readonly agency: string;
  /** IANA name */
  readonly timezone: string;
  readonly type: number;
  readonly color: string;
}

/** Days of one service_id. */
export interface ServiceDays {
  /** bit 0 Monday … bit 6 Sunday */
  readonly weekdays: number;
  readonly first: number;
  readonly last: number;
  readonly added: Set<number>;
  readonly removed: Set<number>;
}

export interface TripRow {
  readonly id: string;
  /** position in routes */
  readonly route: number;
  readonly service: ServiceDays;
  readonly shape: string;
  readonly block: string;
  readonly headsign: string;
}

/** Departures of a trip by headway. Seconds; every departure start + k · headway before end. */
export interface FrequencyRow {
  readonly trip: number;
  readonly start: number;
  readonly end: number;
  readonly headway: number;
  readonly isExact: boolean;
}

export interface TransferRow {
  readonly from: number;
  readonly to: number;
  /** 0 recommended, 1 timed, 2 needs min_transfer_time, 3 not possible */
  readonly type: number;
  /** seconds, or −1 where not given */
  readonly seconds: number;
}

/** Everything of a feed but its stop times and shapes. */
export interface FeedTables {
  readonly name: string;
  /** stands before every id of this feed; empty for a single feed */
  readonly prefix: string;
  readonly timezone: string;
  readonly publisher: string;
  readonly stops: readonly StopRow[];
  readonly stopOf: ReadonlyMap<string, number>;
  readonly routes: readonly RouteRow[];
  readonly services: ReadonlyMap<string, ServiceDays>;
  readonly trips: readonly TripRow[];
  readonly tripOf: ReadonlyMap<string, number>;
  readonly frequencies: readonly FrequencyRow[];
  readonly transfers: readonly TransferRow[];
  readonly counts: readonly TableCount[];
}
