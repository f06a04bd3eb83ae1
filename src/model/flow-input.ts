/** A one-way link that trips can be assigned to. */
export interface FlowLink {
  /** both directions of a two-way link share it */
  readonly id: string;
  /** index into nodeIds */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** connectors join zones to the network: they are in no ranking */
  readonly isConnector: boolean;
  /** units an hour (or the period of the trips); null where the cost does not depend on flow */
  readonly capacity: number | null;
  readonly freeMinutes: number;
  readonly curve: 'bpr' | 'conical' | 'davidson';
  readonly b: number;
  readonly power: number;
  /** toll and distance in minutes, as travellers mind them */
  readonly chargeMinutes: number;
}

export interface FlowZone {
  readonly id: string;
  readonly name: string;
  /** state, prefecture or province; empty where there is none */
  readonly admin1: string;
  /** index into nodeIds */
  readonly origin: number;
  readonly destination: number;
}

/** Trips of one class of traveller between zones. */
export interface FlowClass {
  readonly name: string;
  /** passenger-car units a unit of trips */
  readonly carUnits: number;
  /** index into zones, by pair */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly trips: Float64Array;
  /** minutes on top of each link's own charge, by link; null for none */
  readonly extraCharge: Float64Array | null;
}

/** Everything an assignment needs, free of files and graphs. */
export interface FlowInput {
  readonly nodeIds: readonly string[];
  /** 1: a node that trips start and end at and never pass through */
  readonly isClosed: Uint8Array;
  readonly links: readonly FlowLink[];
  readonly zones: readonly FlowZone[];
  readonly classes: readonly FlowClass[];
  /** unit of a flow, e.g. "vehicles an hour" */
  readonly flowUnit: string;
  readonly timeUnit: string;
  /** persons a unit of flow, for person-minutes */
  readonly personsPerUnit: number;
  /** what an hour of delay costs a person, and in which currency; null where unknown */
  readonly valueOfTime: { readonly perHour: number; readonly currency: string } | null;
  /** traffic by hour of the day over that of the hour assigned; null where the period is not an hour of a day */
  readonly dayProfile: readonly number[] | null;
  readonly notes: readonly string[];
}
