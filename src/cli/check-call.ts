import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../model/errors.ts';

const FORMATS = ['table', 'json', 'csv', 'geojson', 'html'];

/**
 * What can be told of a call before any work: the format and the way to its output. An hour's run must not end at a misspelt word.
 *
 * @throws UsageError naming the option
 */
export function checkCall(command: Command): void {
  const { format, out } = command.opts<{ format?: string; out?: string }>();
  if (format !== undefined && !FORMATS.includes(format)) {
    throw new UsageError(
      `--format is "${format}"; expected table, json or csv; geojson where the command has places, html of a comparison`,
    );
  }
  if (out === undefined) return;
  if (out.trim() === '') throw new UsageError('--out is empty; expected a path');
  let folder = dirname(out);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new UsageError(`--out is "${out}", and "${folder}" is a file; expected a folder there`);
  }
}
