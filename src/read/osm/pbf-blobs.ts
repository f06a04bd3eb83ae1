import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';

/** Limits of the format: a header of 64 KiB, a blob of 32 MiB. */
const MOST_HEADER_BYTES = 64 * 1024;
const MOST_BLOB_BYTES = 32 * 1024 * 1024;

/** A fault of the file, with the byte at which it was found. */
export class PbfFault extends Error {
  readonly offset: number;
  readonly expected: string;
  constructor(offset: number, found: string, expected: string, options?: ErrorOptions) {
    super(found, options);
    this.offset = offset;
    this.expected = expected;
  }
}

/** One blob of a PBF file, still packed. */
interface Blob {
  /** number of the blob in its file, from 0 */
  readonly index: number;
  readonly offset: number;
  readonly type: string;
  /** the unpacked bytes */
  readonly unpack: () => Uint8Array;
}

/**
 * Read the fields of one message up to its end and not a byte further.
 *
 * @throws Error where a field runs over the end
 */
export function readMessage(pbf: PbfReader, end: number, field: (tag: number, wireType: number) => void): void {
  if (!(end <= pbf.length)) throw new Error('a message longer than the bytes there are');
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) field(tag, pbf.type);
  if (pbf.pos !== end) throw new Error('a field that runs over the end of its message');
}

/** The end of the message that starts here. */
export function messageEnd(pbf: PbfReader): number {
  if (pbf.type !== 2) throw new Error(`wire type ${pbf.type} where bytes belong`);
  return pbf.readVarint() + pbf.pos;
}

/**
 * The blobs of a PBF file one after the other; only one is in memory.
 *
 * @throws PbfFault on a truncated or broken file
 * Source: wiki.openstreetmap.org/wiki/PBF_Format
 */
export function* readBlobs(path: string): Generator<Blob> {
  const size = statSync(path).size;
  const file = openSync(path, 'r');
  try {
    let offset = 0;
    for (let index = 0; offset < size; index++) {
      const start = offset;
      const headerLength = readBytes(file, start, 4, size).readUInt32BE(0);
      if (headerLength > MOST_HEADER_BYTES) {
        throw new PbfFault(start, `a blob header of ${headerLength} bytes`, 'at most 65536: this is no OpenStreetMap PBF file');
      }
      const header = readHeader(readBytes(file, start + 4, headerLength, size), start);
      const bodyStart = start + 4 + headerLength;
      const body = readBytes(file, bodyStart, header.dataSize, size);
      yield { index, offset: start, type: header.type, unpack: () => unpack(body, bodyStart) };
      offset = bodyStart + header.dataSize;
    }
  } finally {
    closeSync(file);
  }
}

function readBytes(file: number, offset: number, length: number, size: number): Buffer {
  if (offset + length > size) throw new PbfFault(offset, `${size - offset} bytes to the end`, `${length} bytes: the file is truncated`);
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, offset + done);
    if (count === 0) throw new PbfFault(offset + done, 'the end of the file', `${length - done} more bytes: the file is truncated`);
    done += count;
  }
  return bytes;
}

function readHeader(bytes: Uint8Array, offset: number): { type: string; dataSize: number } {
  let type = '';
  let dataSize = -1;
  try {
    const pbf = new PbfReader(bytes);
    readMessage(pbf, bytes.length, (tag) => {
      if (tag === 1) type = pbf.readString();
      else if (tag === 3) dataSize = pbf.readVarint();
    });
  } catch (error) {
    throw new PbfFault(offset, `a blob header that cannot be read (${reasonOf(error)})`, 'type and datasize', { cause: error });
  }
  if (!(dataSize >= 0 && dataSize <= MOST_BLOB_BYTES)) throw new PbfFault(offset, `a blob of ${dataSize} bytes`, 'from 0 to 33554432');
  return { type, dataSize };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const OTHER_PACKINGS: Readonly<Record<number, string>> = { 4: 'LZMA', 5: 'bzip2', 6: 'LZ4', 7: 'Zstandard' };

function unpack(body: Uint8Array, offset: number): Uint8Array {
  let raw: Uint8Array | null = null;
  let packed: Uint8Array | null = null;
  let rawSize = -1;
  let other = '';
  try {
    const pbf = new PbfReader(body);
    readMessage(pbf, body.length, (tag) => {
      if (tag === 1) raw = pbf.readBytes();
      else if (tag === 2) rawSize = pbf.readVarint();
      else if (tag === 3) packed = pbf.readBytes();
      else if (OTHER_PACKINGS[tag]) other = OTHER_PACKINGS[tag];
    });
    if (packed) raw = inflateSync(packed, { maxOutputLength: MOST_BLOB_BYTES });
  } catch (error) {
    throw new PbfFault(offset, `a blob that cannot be unpacked (${reasonOf(error)})`, 'zlib or plain bytes', { cause: error });
  }
  if (!raw) throw new PbfFault(offset, other ? `a blob packed by ${other}` : 'a blob without data', 'zlib or plain bytes');
  const bytes: Uint8Array = raw;
  if (rawSize >= 0 && packed && bytes.length !== rawSize) {
    throw new PbfFault(offset, `${bytes.length} bytes after unpacking`, `${rawSize} as the blob says`);
  }
  return bytes;
}
