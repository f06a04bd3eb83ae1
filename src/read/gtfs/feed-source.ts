import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { DataError, UsageError } from '../../model/errors.ts';
import { byCodePoint } from '../../model/units.ts';
import { openZip } from '../zip.ts';

/** One table of a feed, as bytes. */
interface FeedFile {
  readonly name: string;
  readonly open: () => Promise<Readable>;
}

/** A GTFS feed: a folder or a zip of .txt tables. */
export interface FeedSource {
  /** file or folder name without .zip */
  readonly name: string;
  readonly files: ReadonlyMap<string, FeedFile>;
  /** what else lies in it, by name */
  readonly others: readonly string[];
  readonly close: () => void;
}

/**
 * Open a feed. Tables may lie in one folder inside the zip; names are taken in lower case.
 *
 * @throws UsageError where nothing is there; DataError for a broken zip
 */
export async function openFeedSource(path: string): Promise<FeedSource> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`feed is "${path}"; expected a GTFS zip or a folder of .txt tables`);
  const name = basename(path.replace(/[/\\]+$/, '')).replace(/\.zip$/i, '');
  if (stats.isDirectory()) {
    const all = readdirSync(path).sort(byCodePoint);
    const tables = all.filter((file) => file.toLowerCase().endsWith('.txt'));
    const others = all.filter((file) => !tables.includes(file));
    const files = tables.map((file): [string, FeedFile] => {
      return [file.toLowerCase(), { name: file, open: async () => createReadStream(join(path, file)) }];
    });
    return { name, files: new Map(files), others, close: () => {} };
  }
  return openFeedZip(path, name);
}

/** What is wrong with the container itself: nothing of the feed can be trusted. */
function brokenFeed(file: string, found: string, cause?: unknown): DataError {
  const expected = 'a whole zip file or folder of GTFS tables';
  return new DataError([{ severity: 'error', kind: 'broken-feed', file, feature: '–', property: 'file', found, expected }], { cause });
}

async function openFeedZip(path: string, name: string): Promise<FeedSource> {
  const file = basename(path);
  const zip = await openZip(path, (found, cause) => brokenFeed(file, found, cause));
  const tables = zip.entries.filter((entry) => /\.txt$/i.test(entry.fileName));
  const depthOf = ({ fileName }: { fileName: string }) => fileName.split('/').length;
  const depth = Math.min(...tables.map(depthOf));
  const taken = tables.filter((table) => depthOf(table) === depth);
  const files = new Map<string, FeedFile>();
  for (const entry of taken) {
    const table = basename(entry.fileName).toLowerCase();
    if (files.has(table)) throw brokenFeed(file, `two tables named ${table}`);
    files.set(table, { name: table, open: () => zip.open(entry) });
  }
  const others = zip.entries.filter((entry) => !taken.includes(entry)).map(({ fileName }) => fileName);
  return { name, files, others, close: zip.close };
}
