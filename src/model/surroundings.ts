import type { Status } from './tables.ts';

export type Position = readonly [number, number];
/** Closed: the first position is also the last. */
export type Ring = readonly Position[];

/** An administrative boundary as an area (borders.geojson). */
export interface Border {
  readonly id: string;
  /** admin_level of OpenStreetMap: 4 (province, state) … 8 (municipality) */
  readonly level: number;
  readonly name: string;
  readonly nameLocal: string;
  readonly population: number | null;
  /** parts, each an outer ring and the holes in it; outer rings run against the clock (RFC 7946) */
  readonly polygons: readonly (readonly Ring[])[];
}

/** A piece of railway track between switches (tracks.geojson): what lies on the ground, whatever trains run on it. */
export interface Track {
  readonly id: string;
  readonly class: string;
  readonly name: string;
  readonly route: string;
  readonly status: Status;
  readonly usage: string;
  readonly speedKilometresPerHour: number;
  readonly speedFrom: string;
  readonly electrified: string;
  readonly gauge: string;
  readonly lengthKilometres: number;
  readonly bridge: boolean;
  readonly tunnel: boolean;
  readonly geometry: readonly Position[];
}
