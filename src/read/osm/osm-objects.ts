/** Tags of one OpenStreetMap object. */
export type Tags = ReadonlyMap<string, string>;

export const NO_TAGS: Tags = new Map();

/** One member of a relation. */
export interface Member {
  readonly kind: 'node' | 'way' | 'relation';
  readonly id: number;
  readonly role: string;
}

/**
 * What a pass over a file wants to see; kinds without a function are passed over. Coordinates are whole 1e-7 degrees, longitude first.
 * Arrays are reused by the reader: copy what you keep.
 */
export interface OsmHandler {
  readonly node?: (id: number, longitudeE7: number, latitudeE7: number, tags: Tags) => void;
  readonly way?: (id: number, nodes: readonly number[], tags: Tags) => void;
  readonly relation?: (id: number, members: readonly Member[], tags: Tags) => void;
}

/** A file that can be read again and again, each time for other kinds of object. */
export interface OsmSource {
  /**
   * One pass over the file, in its order.
   *
   * @throws DataError naming the place of the fault
   */
  readonly pass: (handler: OsmHandler) => Promise<void>;
}

/** Whole 1e-7 degrees within the globe. */
export function isOnGlobe(longitudeE7: number, latitudeE7: number): boolean {
  return Math.abs(longitudeE7) <= 1_800_000_000 && Math.abs(latitudeE7) <= 900_000_000;
}
