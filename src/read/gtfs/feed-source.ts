import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { DataError, UsageError } from '../../model/errors.ts';
import { byCodePoint } from '../../model/units.ts';

/** One table of a feed, as bytes. */
export interface FeedFile {
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

/** A table that unpacks to more than this is refused: no public feed comes near it, a crafted zip does. */
const MOST_BYTES = 16 * 1024 ** 3;

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
  return openZip(path, name);
}

/** What is wrong with the container itself: nothing of the feed can be trusted. */
export function brokenFeed(file: string, found: string, cause?: unknown): DataError {
  const expected = 'a whole zip file or folder of GTFS tables';
  return new DataError([{ severity: 'error', kind: 'broken-feed', file, feature: '–', property: 'file', found, expected }], { cause });
}

async function openZip(path: string, name: string): Promise<FeedSource> {
  const file = basename(path);
  try {
    const { zip, entries } = await listEntries(path);
    const tables = entries.filter((entry) => /\.txt$/i.test(entry.fileName) && !entry.fileName.startsWith('__MACOSX/'));
    const depthOf = (entry: Entry) => entry.fileName.split('/').length;
    const depth = Math.min(...tables.map(depthOf));
    const files = new Map<string, FeedFile>();
    for (const entry of tables.filter((table) => depthOf(table) === depth)) {
      const table = basename(entry.fileName).toLowerCase();
      if (files.has(table)) throw brokenFeed(file, `two tables named ${table}`);
      files.set(table, { name: table, open: () => openEntry(zip, entry, file) });
    }
    const taken = tables.filter((table) => depthOf(table) === depth);
    const others = entries.filter((entry) => !taken.includes(entry) && !entry.fileName.endsWith('/')).map(({ fileName }) => fileName);
    return { name, files, others, close: () => zip.close() };
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw brokenFeed(file, error instanceof Error ? error.message : String(error), error);
  }
}

function listEntries(path: string): Promise<{ zip: ZipFile; entries: Entry[] }> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (failure, zip) => {
      if (failure) {
        reject(failure);
        return;
      }
      const entries: Entry[] = [];
      zip.on('entry', (entry: Entry) => {
        entries.push(entry);
        zip.readEntry();
      });
      zip.on('error', (error: unknown) => {
        zip.close();
        reject(error);
      });
      zip.on('end', () => resolve({ zip, entries }));
      zip.readEntry();
    });
  });
}

function openEntry(zip: ZipFile, entry: Entry, file: string): Promise<Readable> {
  if (entry.uncompressedSize > MOST_BYTES) return Promise.reject(brokenFeed(file, `${entry.fileName} of ${entry.uncompressedSize} bytes`));
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (failure, stream) => {
      if (failure) reject(brokenFeed(file, failure.message, failure));
      else {
        const checked = checksum(entry, file);
        stream.on('error', (error) => checked.destroy(brokenFeed(file, `${entry.fileName}: ${error.message}`, error)));
        resolve(stream.pipe(checked));
      }
    });
  });
}

/** yauzl checks the size of what it unpacks, not its checksum: a flipped bit can still unpack to other digits. */
function checksum(entry: Entry, file: string): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      if (sum === entry.crc32) done();
      else done(brokenFeed(file, `${entry.fileName}: checksum ${sum.toString(16)}, not ${entry.crc32.toString(16)}`));
    },
  });
}
