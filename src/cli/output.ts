import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Imputed } from '../build/graph-types.ts';
import { UsageError } from '../model/errors.ts';
import type { ResultTable } from '../model/results.ts';
import { upgradeNames, upgradePath } from '../open/upgrades.ts';
import { toCsv, toJson, toText } from '../write/result-table.ts';

/** Said with every result between zones. */
export const OWN_ZONE = 'a zone reaches itself in 0 minutes: its own people and jobs count at once';

export function imputedNotes(imputed: readonly Imputed[]): string[] {
  return imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`);
}

/** Write whole files only: to a neighbour first, then renamed. @throws UsageError where a folder is in the way */
export function writeWhole(file: string, text: string | Uint8Array): void {
  if (existsSync(file) && statSync(file).isDirectory()) throw new UsageError(`${file} is a folder; expected a file to write`);
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.part`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** Text to the file named, else to standard output. */
export function emit(text: string, out: string | undefined): void {
  if (out) writeWhole(out, text);
  else process.stdout.write(text);
}

/** Characters of a line: what COLUMNS says, or those of the terminal; no limit for a file or another program, which loses no text so. */
export function lineWidth(): number {
  const said = Number(process.env.COLUMNS);
  return Number.isInteger(said) && said >= 40 ? said : (process.stdout.columns ?? Number.POSITIVE_INFINITY);
}

/** @throws UsageError for a format that a table cannot take */
export function formatTable(table: ResultTable, format: string): string {
  if (format === 'json') return toJson(table);
  if (format === 'csv') return toCsv(table);
  if (format === 'table') return toText(table, lineWidth());
  throw new UsageError(`--format is "${format}"; expected table, json or csv for this command`);
}

/** A log of the import lies beside the tables and is read by nothing. */
const NOT_READ = 'import-problems.csv';

/** Files of a region folder that commands may read and of its upgrades, with their SHA-256, by name. */
export function inputHashes(folder: string, upgrade?: string): { file: string; sha256: string }[] {
  const tables = readdirSync(folder)
    .filter((name) => /\.(geojson|json|csv)$/.test(name) && name !== NOT_READ && statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => ({ file: name, path: join(folder, name) }));
  const changes = upgradeNames(upgrade).flatMap((name) => {
    const path = upgradePath(folder, name);
    return path === null ? [] : [{ file: `upgrades/${basename(path)}`, path }];
  });
  return [...tables, ...changes].map(({ file, path }) => ({ file, sha256: sha256(path) }));
}

/** SHA-256 of a file, in hex. */
export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
