import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { UsageError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';

export interface CsvRow {
  readonly file: string;
  /** line of the file, from 1 */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * A CSV table with a head; ragged rows and broken quotes are errors with their line, the rest still loads. Cost O(bytes).
 *
 * @throws UsageError where there is no such file
 */
export function readCsv(path: string): { columns: string[]; rows: CsvRow[]; problems: Problem[] } {
  if (!existsSync(path)) throw new UsageError(`file is "${path}"; expected a CSV file that is there`);
  const file = basename(path);
  const problems: Problem[] = [];
  const fault = (line: number, found: string, expected: string) =>
    problems.push({ severity: 'error', kind: 'csv', file, feature: `line ${line}`, property: 'row', found, expected });
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(readFileSync(path), {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    fault(Number(error.lines ?? 0), error.message, 'a CSV table (RFC 4180)');
    return { columns: [], rows: [], problems };
  }
  const columns = records[0]?.record ?? [];
  const rows: CsvRow[] = [];
  for (const { record, info } of records.slice(1)) {
    if (record.length !== columns.length) fault(info.lines, `${record.length} fields`, `${columns.length} fields as in the head`);
    else rows.push({ file, line: info.lines, fields: Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ''])) });
  }
  return { columns, rows, problems };
}
