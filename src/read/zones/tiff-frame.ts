import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of a value by its type (TIFF 6.0, BigTIFF): byte, text, short, long, rational, signed and floating ones, and those of 8 bytes. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
/** Width, height, compression, meaning, samples, rows a strip, planes, predictor, width and height of a tile: one number each. */
const SINGLE_TAGS = new Set([256, 257, 259, 262, 277, 278, 284, 317, 322, 323]);

/**
 * Check the head of a TIFF before it goes to the library, which would make arrays of as many values as a damaged count names.
 *
 * @returns bytes of the file
 * @throws  Error where it is no TIFF, or a value of the first directory does not lie within it
 */
export function checkTiffHead(path: string): number {
  const file = openSync(path, 'r');
  try {
    const bytes = fstatSync(file).size;
    const read = (offset: number, length: number): DataView => {
      if (!(offset >= 0 && offset + length <= bytes)) throw new Error(`bytes ${offset} to ${offset + length} of ${bytes}`);
      const part = Buffer.alloc(length);
      readSync(file, part, 0, length, offset);
      return new DataView(part.buffer, part.byteOffset, length);
    };
    checkDirectory(read, bytes);
    return bytes;
  } finally {
    closeSync(file);
  }
}

function checkDirectory(read: (offset: number, length: number) => DataView, bytes: number): void {
  const head = read(0, 8);
  const order = head.getUint16(0);
  const isLittle = order === 0x4949;
  const version = head.getUint16(2, isLittle);
  const isTiff = (isLittle || order === 0x4d4d) && (version === 42 || version === 43);
  if (!isTiff) throw new Error('no TIFF: it does not begin with II or MM and 42');
  const isBig = version === 43;
  const number = (view: DataView, at: number) => (isBig ? Number(view.getBigUint64(at, isLittle)) : view.getUint32(at, isLittle));
  const start = isBig ? number(read(8, 8), 0) : head.getUint32(4, isLittle);
  const entries = isBig ? number(read(start, 8), 0) : read(start, 2).getUint16(0, isLittle);
  const [entryBytes, ownBytes] = isBig ? [20, 8] : [12, 4];
  const table = read(start + (isBig ? 8 : 2), entries * entryBytes);
  for (let entry = 0; entry < entries; entry++) {
    const at = entry * entryBytes;
    const [tag, type] = [table.getUint16(at, isLittle), table.getUint16(at + 2, isLittle)];
    const [count, offset] = [number(table, at + 4), number(table, at + 4 + ownBytes)];
    checkEntry({ tag, type, count, offset }, ownBytes, bytes);
  }
}

type Entry = Readonly<Record<'tag' | 'type' | 'count' | 'offset', number>>;

function checkEntry({ tag, type, count, offset }: Entry, ownBytes: number, bytes: number): void {
  const each = TYPE_BYTES[type] ?? 0;
  if (each === 0) throw new Error(`tag ${tag} has values of type ${type}`);
  if (SINGLE_TAGS.has(tag) && count !== 1) throw new Error(`tag ${tag} has ${count} values, not 1`);
  // few bytes stand in the directory itself
  const end = each * count <= ownBytes ? 0 : offset + each * count;
  if (end > bytes) throw new Error(`tag ${tag}: bytes ${offset} to ${end} of ${bytes}`);
}
