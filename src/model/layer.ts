import type { Cell } from './results.ts';

export type LayerType = 'text' | 'integer' | 'real' | 'boolean';

export interface LayerColumn {
  readonly name: string;
  readonly type: LayerType;
  /** empty for names and ids */
  readonly unit: string;
}

/** A table of features as map programs know it: one geometry type, typed columns. Coordinates are WGS84, longitude first. */
export interface Layer {
  /** lower case, words joined by underscores */
  readonly name: string;
  readonly geometry: 'Point' | 'LineString' | 'MultiPolygon' | 'none';
  readonly columns: readonly LayerColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** per row: one position for a point, two or more for a line, none where the place is unknown */
  readonly positions: readonly (readonly (readonly [number, number])[])[];
  /** of a MultiPolygon layer, per row: polygons of rings of positions, as GeoJSON has them */
  readonly polygons?: readonly Polygons[];
}

export type Polygons = readonly (readonly (readonly (readonly [number, number])[])[])[];

/**
 * The narrowest type that holds every value of a column; text where there is none.
 *
 * @param cells  the column's values, null among them
 */
export function layerType(cells: readonly Cell[]): LayerType {
  const known = cells.filter((cell) => cell !== null);
  if (known.length === 0) return 'text';
  if (known.every((cell) => typeof cell === 'boolean')) return 'boolean';
  if (!known.every((cell) => typeof cell === 'number')) return 'text';
  return known.every((cell) => Number.isInteger(cell) && Math.abs(cell) <= 0x7fffffff) ? 'integer' : 'real';
}

/** A value as its column's type asks for it. */
export function typedCell(cell: Cell, type: LayerType): Cell {
  return cell !== null && type === 'text' && typeof cell !== 'string' ? String(cell) : cell;
}
