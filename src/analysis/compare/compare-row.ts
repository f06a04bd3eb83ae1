/** What a row of a comparison is about. */
export interface CompareSubject {
  readonly scope: 'region' | 'admin1' | 'zone' | 'link';
  readonly id: string;
  readonly name: string;
}

/** One figure before and after; null where there is none. */
export interface CompareRow extends CompareSubject {
  readonly measure: string;
  readonly unit: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
}

/** A figure in both states: [before, after]. */
export type BothStates = readonly [before: number | null, after: number | null];

/** A figure of a subject with its change, which is null unless both states have the figure. */
export function compareRow({ scope, id, name }: CompareSubject, measure: string, unit: string, [before, after]: BothStates): CompareRow {
  return { scope, id, name, measure, unit, before, after, change: before === null || after === null ? null : after - before };
}
