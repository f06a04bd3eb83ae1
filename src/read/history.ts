import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../model/problem.ts';
import { readCsv } from './csv.ts';

/** A published figure of one year, from history.csv. */
interface HistoryFigure {
  readonly what: string;
  readonly unit: string;
  readonly year: number;
  readonly value: number;
  readonly source: string;
  readonly confidence: string;
}

/** History of a region folder, empty where it has none; rows without a number are in `problems` and left out. Cost O(bytes). */
export function readHistory(folder: string): { figures: HistoryFigure[]; problems: Problem[] } {
  const path = join(folder, 'history.csv');
  if (!existsSync(path)) return { figures: [], problems: [] };
  const { rows, problems } = readCsv(path);
  const figures = rows.flatMap(({ fields, line }): HistoryFigure[] => {
    const { what = '', unit = '', source = '', confidence = '' } = fields;
    const [year, value] = [Number(fields.year), Number(fields.value)];
    if (fields.year && fields.value && Number.isFinite(year) && Number.isFinite(value))
      return [{ what, unit, year, value, source, confidence }];
    const found = `${fields.year} / ${fields.value}`;
    problems.push({
      severity: 'error',
      kind: 'history',
      file: 'history.csv',
      feature: `line ${line}`,
      property: 'year, value',
      found,
      expected: 'two numbers',
    });
    return [];
  });
  return { figures, problems };
}
