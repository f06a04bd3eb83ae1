/** Trips between nodes of a network; several zones may share a node. */
export interface NodeDemand {
  /** node of each row and of each column of trips */
  readonly origins: Uint32Array;
  readonly destinations: Uint32Array;
  /** row-major origins × destinations, finite and at least 0 */
  readonly trips: Float64Array;
}
