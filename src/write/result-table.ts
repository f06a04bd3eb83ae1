import type { Cell, Column, ResultTable } from '../model/results.ts';
import { CORRIDOR_VERSION } from '../model/version.ts';

/** Numbers are rounded once, here. */
function rounded(cell: Cell, column: Column): Cell {
  if (typeof cell !== 'number') return cell;
  if (!Number.isFinite(cell)) return null;
  const value = Number(cell.toFixed(column.decimals));
  return value === 0 ? 0 : value;
}

/** The design's JSON envelope; keys in a fixed order, one row a line so that a diff reads. */
export function toJson(table: ResultTable): string {
  const head = { corridor: CORRIDOR_VERSION, command: table.command, parameters: table.parameters, inputs: table.inputs, ...table.head };
  const units = Object.fromEntries(table.columns.filter((column) => column.unit).map((column) => [column.name, column.unit]));
  const rows = table.rows.map((row) =>
    JSON.stringify(Object.fromEntries(table.columns.map((column, index) => [column.name, rounded(row[index] ?? null, column)]))),
  );
  const parts = Object.entries({ ...head, units }).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  parts.push(`"rows": [${rows.length > 0 ? `\n${rows.join(',\n')}\n` : ''}]`, `"notes": ${JSON.stringify(table.notes)}`);
  return `{${parts.join(',\n')}}\n`;
}

function quoted(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with line feeds; an unreachable or unknown value is an empty field. */
export function toCsv(table: ResultTable): string {
  const lines = [table.columns.map((column) => column.name).join(',')];
  for (const row of table.rows) lines.push(table.columns.map((column, index) => quoted(rounded(row[index] ?? null, column))).join(','));
  return `${lines.join('\n')}\n`;
}

/** Figures that a reader takes in at a glance; JSON and CSV keep all that the column states. */
const TERMINAL_DIGITS = 4;

/** Decimals that leave a number of this size so many significant digits, within those the column states. */
function decimalsFor(size: number, column: Column): number {
  if (size === 0 || column.unit === '°') return column.decimals;
  return Math.min(column.decimals, Math.max(0, TERMINAL_DIGITS - 1 - Math.floor(Math.log10(size))));
}

function isWholeCell(cell: Cell): boolean {
  return typeof cell !== 'number' || Number.isInteger(cell);
}

/** The decimals that a number shows: none in a column of whole numbers. A column has those of its largest number, one of mixed units each number its own. */
function terminalDecimals(table: ResultTable): (column: number, cell: number) => number {
  const isWhole = table.columns.map((column, index) => table.rows.every((row) => isWholeCell(rounded(row[index] ?? null, column))));
  const largest = table.columns.map((_column, index) =>
    table.rows.reduce((most, row) => Math.max(most, typeof row[index] === 'number' ? Math.abs(row[index]) : 0), 0),
  );
  return (index, cell) => {
    const column = table.columns[index] as Column;
    if (isWhole[index] || (column.isMixed && Number.isInteger(cell))) return 0;
    return decimalsFor(column.isMixed ? Math.abs(cell) : (largest[index] ?? 0), column);
  };
}

/** Letters of two columns: East Asian ones, and pictures (Unicode Standard Annex 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns of a terminal that a text takes. */
function widthOf(text: string): number {
  if (/^[ -~–…]*$/.test(text)) return text.length;
  let width = 0;
  for (const letter of text) width += WIDE.test(letter) ? 2 : 1;
  return width;
}

/** A text of at most so many columns, with … where it was cut. */
function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const letter of text) {
    used += widthOf(letter);
    if (used > width) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** Texts are not cut below this many characters; the first column, by which rows are told apart, not below twice as many. */
const LEAST_TEXT = 20;
const GAP = '  ';

/**
 * Widths that fit a line: the widest texts are cut first; where that is not enough, columns are left out from the right, 0 for each.
 *
 * @param widths  of whole columns, heads included
 * @param heads   widths of the heads: no column gets narrower
 */
function fittedWidths(widths: readonly number[], heads: readonly number[], isText: readonly boolean[], lineWidth: number): number[] {
  const fitted = widths.slice();
  const least = widths.map((width, index) => {
    const floor = Math.max(heads[index] ?? 0, index === 0 ? 2 * LEAST_TEXT : LEAST_TEXT);
    return isText[index] ? Math.min(width, floor) : width;
  });
  let shown = widths.length;
  while (shown > 1 && lineLength(least.slice(0, shown)) > lineWidth) shown -= 1;
  while (lineLength(fitted.slice(0, shown)) > lineWidth) {
    let widest = -1;
    for (let index = 0; index < shown; index++) {
      const isWider = (fitted[index] ?? 0) > (fitted[widest] ?? 0);
      if ((fitted[index] ?? 0) > (least[index] ?? 0) && isWider) widest = index;
    }
    if (widest < 0) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
  }
  return fitted.map((width, index) => (index < shown ? width : 0));
}

/** What a reader of a narrowed table must know. */
function widthNotes(table: ResultTable, whole: readonly number[], fitted: readonly number[]): string[] {
  const names = (pick: (index: number) => boolean) => table.columns.flatMap(({ name }, index) => (pick(index) ? [name] : []));
  const leftOut = names((index) => fitted[index] === 0);
  const cut = names((index) => fitted[index] !== 0 && (fitted[index] ?? 0) < (whole[index] ?? 0));
  const all = '--format csv or json has all';
  return [
    ...(leftOut.length > 0 ? [`too narrow for ${leftOut.length} columns: ${leftOut.join(', ')}; ${all}`] : []),
    ...(cut.length > 0 ? [`texts cut to fit (…): ${cut.join(', ')}; ${all}`] : []),
  ];
}

function lineLength(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
}

/** The heads of columns, in one line with their units where that fits, else units below names. */
function headsOf({ columns }: ResultTable, cellWidths: readonly number[], lineWidth: number): string[][] {
  const units = columns.map(({ unit }) => (unit ? `(${unit})` : ''));
  const flat = columns.map(({ name }, index) => `${name} ${units[index]}`.trimEnd());
  if (lineLength(flat.map((head, index) => Math.max(head.length, cellWidths[index] ?? 0))) <= lineWidth) return [flat];
  return [columns.map(({ name }) => name), units];
}

/**
 * Columns for a terminal: numbers right and of four digits or so, words left, units in the head.
 *
 * @param lineWidth  characters of a line: where a table is wider, units go below the names, then long texts are cut, then columns at the right
 *                   left out, the last two told in a note. Default: no limit
 */
export function toText(table: ResultTable, lineWidth = Number.POSITIVE_INFINITY): string {
  const decimals = terminalDecimals(table);
  const cells = table.rows.map((row) =>
    table.columns.map((column, index) => {
      const cell = rounded(row[index] ?? null, column);
      return cell === null ? '–' : typeof cell === 'number' ? cell.toFixed(decimals(index, cell)) : String(cell);
    }),
  );
  // folded, not spread: a table may have more rows than a call takes arguments
  const cellWidths = table.columns.map((_column, index) => cells.reduce((width, row) => Math.max(width, widthOf(row[index] ?? '')), 0));
  const heads = headsOf(table, cellWidths, lineWidth);
  const headWidths = table.columns.map((_column, index) => Math.max(...heads.map((head) => head[index]?.length ?? 0)));
  const whole = cellWidths.map((width, index) => Math.max(width, headWidths[index] ?? 0));
  const isNumber = table.columns.map((_column, index) => table.rows.some((row) => typeof row[index] === 'number'));
  const isText = isNumber.map((number) => !number);
  const widths = fittedWidths(whole, headWidths, isText, lineWidth);
  const line = (row: readonly string[]) =>
    row
      .flatMap((cell, index) => {
        const width = widths[index] ?? 0;
        if (width === 0) return [];
        if (isNumber[index]) return [cell.padStart(width)];
        const text = shortened(cell, width);
        return [text + ' '.repeat(width - widthOf(text))];
      })
      .join(GAP)
      .trimEnd();
  const figures = Object.entries(table.head ?? {}).map(([name, value]) => `${name}: ${value ?? '–'}`);
  const notes = [...table.notes, ...widthNotes(table, whole, widths)];
  const shownHeads = heads.map(line).filter((head, index) => index === 0 || head !== '');
  return `${[...shownHeads, ...cells.map(line), ...figures, ...notes.map((note) => `note: ${note}`)].join('\n')}\n`;
}
