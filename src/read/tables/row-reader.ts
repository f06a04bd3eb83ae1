import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../model/problem.ts';
import type { Basis, Provenance } from '../../model/tables.ts';
import { type CsvRow, readCsv } from '../csv.ts';

/** The tables of one folder and every problem met on the way. */
export class TableReader {
  readonly problems: Problem[] = [];
  private readonly directory: string;
  private readonly used = new Set<string>();

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Rows of a table; none where the file is absent. */
  rows(name: string): CsvRow[] {
    const path = join(this.directory, name);
    if (!existsSync(path)) return [];
    this.used.add(name);
    const { rows, problems } = readCsv(path);
    this.problems.push(...problems);
    return rows;
  }

  report(severity: Problem['severity'], kind: string, row: CsvRow, property: string, found: string, expected: string): void {
    this.problems.push({ severity, kind, file: row.file, feature: `line ${row.line} (${label(row)})`, property, found, expected });
  }

  /** A number, null where the field is empty; text is an error and reads as null. */
  number(row: CsvRow, name: string): number | null {
    const text = row.fields[name]?.trim() ?? '';
    if (text === '') return null;
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    this.report('error', 'not-a-number', row, name, `"${text}"`, 'a number with a decimal point');
    return null;
  }

  /** A number that must be there, within bounds; null refuses the row, with an error. */
  need(row: CsvRow, name: string, least: number, most: number): number | null {
    const before = this.problems.length;
    const value = this.number(row, name);
    if (value === null) {
      if (this.problems.length === before)
        this.report('error', 'missing-number', row, name, 'nothing', `a number from ${least} to ${most}`);
      return null;
    }
    if (value >= least && value <= most) return value;
    this.report('error', 'out-of-range', row, name, String(value), `${least} to ${most}`);
    return null;
  }
}

function label(row: CsvRow): string {
  const { id, zone_id, line_id, route, from, to, what } = row.fields;
  const name = id ?? zone_id ?? line_id ?? route ?? what ?? '';
  return from === undefined ? name : `${name} ${from} → ${to}`.trim();
}

/** Every filled field of a row that is not among the names given, by name. */
export function keptFields(row: CsvRow, used: readonly string[]): Record<string, string> {
  const rest = Object.entries(row.fields).filter(([name, text]) => text !== '' && !used.includes(name));
  return Object.fromEntries(rest.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** First rule that fits the source text of a row. */
const BASIS_RULES: readonly (readonly [RegExp, Basis])[] = [
  [/gabriel|neighbouring seats|between neighbouring/i, 'assumed-neighbour'],
  [/^assumed|^derived|seat access/i, 'assumed-access'],
  [/recalled/i, 'recalled'],
];

/** Source, confidence and the basis that follows from the source's own words; what no rule fits is published. */
export function provenance(row: CsvRow): Provenance {
  const source = row.fields.source ?? '';
  const lead = source.split(/[;,(]/)[0] ?? '';
  const rule = BASIS_RULES.find(([pattern, basis]) => pattern.test(basis === 'recalled' ? lead : source));
  return { source, confidence: row.fields.confidence ?? '', basis: rule?.[1] ?? 'published' };
}
