import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Problem } from '../../model/problem.ts';
import { type Fault, faultsInto } from '../features.ts';

interface TntpLine {
  /** line of the file, from 1 */
  readonly line: number;
  readonly text: string;
}

/** A TNTP file before its rows are read: `<KEY> value` lines, then the rest. */
export interface TntpFile {
  readonly file: string;
  /** keys in capitals without brackets */
  readonly metadata: ReadonlyMap<string, { readonly line: number; readonly value: string }>;
  /** lines that are neither empty nor metadata, trimmed of blanks at the end */
  readonly lines: readonly TntpLine[];
}

/**
 * Open a TNTP file, plain or gzip (told by its first bytes), whatever its line ends. Cost O(bytes).
 *
 * @returns null where the file cannot be read, with the fault reported
 */
export function openTntp(path: string, fault: Fault): TntpFile | null {
  const file = basename(path);
  let text: string;
  try {
    const bytes = readFileSync(path);
    text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    fault('unreadable', file, '–', 'file', error instanceof Error ? error.message : String(error), 'a TNTP file, plain or gzip');
    return null;
  }
  const metadata = new Map<string, { line: number; value: string }>();
  const lines: TntpLine[] = [];
  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const pair = /^\s*<([^>]*)>(.*)$/.exec(raw);
    if (pair) metadata.set((pair[1] ?? '').trim().toUpperCase(), { line: index + 1, value: (pair[2] ?? '').trim() });
    else if (raw.trim() !== '') lines.push({ line: index + 1, text: raw.trimEnd() });
  });
  return { file, metadata, lines };
}

/** A whole number of the metadata, or null where it is absent or broken (broken ones are reported). */
export function metadataCount(opened: TntpFile, key: string, fault: Fault): number | null {
  const found = opened.metadata.get(key);
  if (!found) return null;
  const value = Number(found.value);
  if (found.value !== '' && Number.isInteger(value)) return value;
  fault('bad-metadata', opened.file, `line ${found.line}`, key, `"${found.value}"`, 'a whole number');
  return null;
}

/** Fields of a row: split at blanks and semicolons; where tabs part the row, an empty field between two tabs stays a field. */
export function rowFields(text: string, expected: number): string[] {
  const plain = text.split(/[\s;]+/).filter((field) => field !== '');
  if (plain.length >= expected || !text.includes('\t')) return plain;
  const tabbed = text
    .replace(/^\s*\t/, '')
    .replace(/\s*;\s*$/, '')
    .split('\t')
    .map((field) => field.trim());
  return tabbed.length >= expected ? tabbed : plain;
}

/** A number written in full, else NaN. */
export function strictNumber(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}

/** Add a problem that does not stop the reading. */
export function remark(
  problems: Problem[],
  severity: 'warning' | 'note',
  kind: string,
  file: string,
  feature: string,
  [property, found, expected]: readonly [string, string, string],
): void {
  problems.push({ severity, kind, file, feature, property, found, expected });
}

export { type Fault, faultsInto };
