import type { ResultTable } from '../model/results.ts';
import type { RegionContext } from './context.ts';

/** A sentence that names the place and the number, and how it was computed. */
export interface Finding {
  /** the figure that leads, e.g. "72%" */
  readonly figure: string;
  readonly text: string;
  readonly how: string;
  /** what hides behind it, or empty */
  readonly caution: string;
}

/** A table that a section shows; written as CSV beside the page, and as GeoJSON where its rows have places. */
export interface NamedTable {
  /** file name without ending, unique within the report */
  readonly file: string;
  readonly table: ResultTable;
  /** a geometry a row, or null where the table has no places */
  readonly geometries: readonly (object | null)[] | null;
}

export interface SectionOutput {
  readonly html: string;
  readonly tables: readonly NamedTable[];
  readonly findings: readonly Finding[];
}

/** A part of each region's chapter: one file under sections/, one line in sections/list.ts. */
export interface RegionSection {
  readonly id: string;
  readonly title: string;
  readonly show: (context: RegionContext) => SectionOutput;
}

/** A part about all regions together. */
export interface AcrossSection {
  readonly id: string;
  readonly title: string;
  readonly show: (contexts: readonly RegionContext[]) => SectionOutput;
}

export const NOTHING: SectionOutput = { html: '', tables: [], findings: [] };
