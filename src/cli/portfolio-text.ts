import type { Cell, Column, ResultTable } from '../model/results.ts';
import { toText } from '../write/result-table.ts';
import { lineWidth } from './output.ts';

/** What each kind of row tells, in the order of the page. */
const TITLES: readonly (readonly [string, string])[] = [
  ['chosen', 'Chosen, in the order of building'],
  ['pays', 'Who would pay for each, and what its own residents have of it'],
  ['left-out', 'Left out'],
  ['jurisdiction', 'Jurisdictions: what each pays and gains'],
  ['together', 'What goes together: gain of both beyond the gain of each'],
  ['frontier', 'Frontier: the best set found by budget'],
  ['stability', 'How firm the ranking is'],
];

const MONEY = new Set(['cost', 'total_cost']);

/** A portfolio for a terminal: one table a kind of row, without its empty columns, money in millions. */
export function portfolioText(table: ResultTable): string {
  const kindAt = table.columns.findIndex(({ name }) => name === 'kind');
  const parts = TITLES.flatMap(([kind, title]) => {
    const rows = table.rows.filter((row) => row[kindAt] === kind);
    if (rows.length === 0) return [];
    const used = table.columns.flatMap((_column, index) =>
      index !== kindAt && rows.some((row) => (row[index] ?? null) !== null) ? [index] : [],
    );
    const columns = used.map((index): Column => {
      const column = table.columns[index] ?? { name: '', unit: '', decimals: 0 };
      return MONEY.has(column.name) ? { ...column, unit: `million ${column.unit}` } : column;
    });
    const cells = rows.map((row) =>
      used.map((index, position): Cell => {
        const cell = row[index] ?? null;
        return typeof cell === 'number' && MONEY.has(columns[position]?.name ?? '') ? cell / 1e6 : cell;
      }),
    );
    return [`${title}\n${toText({ ...table, columns, rows: cells, notes: [] }, lineWidth())}`];
  });
  return `${parts.join('\n')}\n${table.notes.map((note) => `note: ${note}\n`).join('')}`;
}
