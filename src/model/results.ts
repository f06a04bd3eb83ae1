export type Cell = string | number | boolean | null;

export interface Column {
  readonly name: string;
  /** empty for names and ids */
  readonly unit: string;
  /** numbers are rounded to this once, when written */
  readonly decimals: number;
  /** its rows have units of their own, so that a terminal shows each number with its own digits */
  readonly isMixed?: boolean;
}

/** A plain table with a unit a column, and all that is needed to make it again. */
export interface ResultTable {
  readonly command: string;
  readonly parameters: Readonly<Record<string, Cell>>;
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
  /** figures of the whole result, at the top of JSON and last in a text table */
  readonly head?: Readonly<Record<string, Cell>>;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly notes: readonly string[];
}

export function column(name: string, unit = '', decimals = 0): Column {
  return { name, unit, decimals };
}

/** A column whose rows have units of their own, told by another column. */
export function mixedColumn(name: string, decimals: number): Column {
  return { name, unit: '', decimals, isMixed: true };
}
