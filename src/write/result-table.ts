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

/** Columns for a terminal: numbers right and of four digits or so, words left, units in the head. */
export function toText(table: ResultTable): string {
  const head = table.columns.map((column) => (column.unit ? `${column.name} (${column.unit})` : column.name));
  const decimals = terminalDecimals(table);
  const cells = table.rows.map((row) =>
    table.columns.map((column, index) => {
      const cell = rounded(row[index] ?? null, column);
      return cell === null ? '–' : typeof cell === 'number' ? cell.toFixed(decimals(index, cell)) : String(cell);
    }),
  );
  // folded, not spread: a table may have more rows than a call takes arguments
  const widths = head.map((name, index) => cells.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), name.length));
  const isNumber = table.columns.map((_column, index) => table.rows.some((row) => typeof row[index] === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (isNumber[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  const figures = Object.entries(table.head ?? {}).map(([name, value]) => `${name}: ${value ?? '–'}`);
  return `${[line(head), ...cells.map(line), ...figures, ...table.notes.map((note) => `note: ${note}`)].join('\n')}\n`;
}
