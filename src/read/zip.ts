import { type Readable, Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** An opened zip: what is in it, and each entry's bytes as a stream that fails where they do not fit their checksum. */
interface OpenZip {
  readonly entries: readonly Entry[];
  readonly open: (entry: Entry) => Promise<Readable>;
  readonly close: () => void;
}

/** What an entry may unpack to: no public file comes near it, a crafted zip does. */
const MOST_BYTES = 16 * 1024 ** 3;

/** The error of a damaged container, from what was found. */
type Broken = (found: string, cause?: unknown) => Error;

/**
 * Open a zip. Directories and what Macs add of their own are left out.
 *
 * @throws what `broken` makes of the reason, where the file is no zip, or a damaged one; entries throw it too
 */
export async function openZip(path: string, broken: Broken): Promise<OpenZip> {
  try {
    const { zip, entries } = await listEntries(path);
    const files = entries.filter(({ fileName }) => !fileName.endsWith('/') && !fileName.startsWith('__MACOSX/'));
    return { entries: files, open: (entry) => openEntry(zip, entry, broken), close: () => zip.close() };
  } catch (error) {
    throw broken(error instanceof Error ? error.message : String(error), error);
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

function openEntry(zip: ZipFile, entry: Entry, broken: Broken): Promise<Readable> {
  if (entry.uncompressedSize > MOST_BYTES) return Promise.reject(broken(`${entry.fileName} of ${entry.uncompressedSize} bytes`));
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (failure, stream) => {
      if (failure) reject(broken(failure.message, failure));
      else {
        const checked = checksum(entry, broken);
        stream.on('error', (error) => checked.destroy(broken(`${entry.fileName}: ${error.message}`, error)));
        resolve(stream.pipe(checked));
      }
    });
  });
}

/** yauzl checks the size of what it unpacks, not its checksum: a flipped bit can still unpack to other digits. */
function checksum(entry: Entry, broken: Broken): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      if (sum === entry.crc32) done();
      else done(broken(`${entry.fileName}: checksum ${sum.toString(16)}, not ${entry.crc32.toString(16)}`));
    },
  });
}
