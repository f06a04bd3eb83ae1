import type { Place, RoadLink, TurnRule } from './tables.ts';

/** Rows of a road network, some or all of them. */
export interface RoadRows {
  readonly junctions: readonly Place[];
  readonly roads: readonly RoadLink[];
  readonly turns: readonly TurnRule[];
}

/**
 * One change to a road network, whole in itself: the rows that go and the rows that come. Applied, the first are replaced by the second; undone,
 * the second by the first.
 */
export interface Edit {
  readonly id: string;
  /** drop-duplicate, snap, split, connect */
  readonly kind: 'drop-duplicate' | 'snap' | 'split' | 'connect';
  /** one sentence a planner can judge */
  readonly why: string;
  /** where to look, degrees, longitude first */
  readonly place: readonly [number, number];
  /** how far things were moved or are apart */
  readonly metres: number;
  readonly removes: RoadRows;
  readonly adds: RoadRows;
}

/** Contents of edits.json: edits in the order in which they are applied. */
export interface EditList {
  readonly state: 'proposed' | 'applied';
  readonly tolerance_metres: number;
  readonly connect_metres: number;
  readonly edits: readonly Edit[];
}
