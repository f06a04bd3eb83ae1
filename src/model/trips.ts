/** Trips of one pair of zones in the period that its table states. */
export interface TripRow {
  readonly from: string;
  readonly to: string;
  readonly trips: number;
}
