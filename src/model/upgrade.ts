import type { Basis, Place, RailLink, RoadLink, Service, Status, Transfer } from './tables.ts';

/** Money named for an upgrade, in the currency and prices of its year. */
export interface UpgradeCost {
  readonly value: number;
  readonly currency: string;
  readonly priceYear: number;
  /** what it pays for, e.g. "whole line of 552.5 km" */
  readonly scope: string;
  /** part of that scope which lies in this upgrade, 0 … 1 */
  readonly share: number;
  readonly source: string;
}

/** What may be set on links, services and zones; an absent field stays as it is. */
export interface RoadSettings {
  readonly speedKilometresPerHour?: number;
  readonly lanes?: number;
  readonly class?: string;
  readonly toll?: boolean;
  readonly oneway?: boolean;
  readonly lengthKilometres?: number;
  readonly opened?: number;
  readonly status?: Status;
}

export interface RailSettings {
  readonly minutes?: number;
  /** times today's minutes; not together with minutes */
  readonly minutesFactor?: number;
  readonly trainsPerDay?: number;
  readonly class?: string;
  readonly lengthKilometres?: number;
  readonly opened?: number;
  readonly status?: Status;
}

export interface ServiceSettings {
  readonly trainsPerDay?: number;
  readonly minutes?: readonly number[];
  readonly minutesFactor?: number;
}

export interface ZoneSettings {
  readonly population?: number;
  readonly jobs?: number;
  readonly gdp?: number;
}

/** Which links a change is of: these ids, or all of a route or line. */
export interface Selection {
  readonly ids?: readonly string[];
  /** route of a road, line of a railway or service */
  readonly route?: string;
}

export type Removable = 'road' | 'rail' | 'service' | 'station' | 'junction';

/** One change. Ids of added things begin with the upgrade's own id and a colon, so that two upgrades never meet by chance. */
export type Change =
  | { readonly change: 'add-station' | 'add-junction'; readonly place: Place }
  | { readonly change: 'add-road'; readonly link: RoadLink }
  | { readonly change: 'add-rail'; readonly link: RailLink }
  | { readonly change: 'add-service'; readonly service: Service }
  | { readonly change: 'add-transfer'; readonly transfer: Transfer }
  | { readonly change: 'change-road'; readonly select: Selection; readonly set: RoadSettings }
  | { readonly change: 'change-rail'; readonly select: Selection; readonly set: RailSettings }
  | { readonly change: 'change-service'; readonly select: Selection; readonly set: ServiceSettings }
  | { readonly change: 'change-zone'; readonly id: string; readonly set: ZoneSettings }
  | { readonly change: 'remove'; readonly what: Removable; readonly ids: readonly string[] }
  | { readonly change: 'remove-transfer'; readonly from: string; readonly to: string };

/** A named, ordered list of changes to a region. */
export interface Upgrade {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** open, construction, planned, proposed, cancelled or hypothetical */
  readonly status: string;
  readonly openingYear: number | null;
  readonly costs: readonly UpgradeCost[];
  readonly source: string;
  readonly confidence: string;
  readonly basis: Basis;
  readonly changes: readonly Change[];
}
