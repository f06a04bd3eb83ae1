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

/** Columns for a terminal: numbers right, words left, units in the head. */
export function toText(table: ResultTable): string {
  const head = table.columns.map((column) => (column.unit ? `${column.name} (${column.unit})` : column.name));
  const cells = table.rows.map((row) =>
    table.columns.map((column, index) => {
      const cell = rounded(row[index] ?? null, column);
      return cell === null ? '–' : typeof cell === 'number' ? cell.toFixed(column.decimals) : String(cell);
    }),
  );
  const widths = head.map((name, index) => Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)));
  const isNumber = table.columns.map((_column, index) => table.rows.some((row) => typeof row[index] === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (isNumber[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  const figures = Object.entries(table.head ?? {}).map(([name, value]) => `${name}: ${value ?? '–'}`);
  return `${[line(head), ...cells.map(line), ...figures, ...table.notes.map((note) => `note: ${note}`)].join('\n')}\n`;
}
