/** Faults of a container that its library would not see, would read short, or would run away with. Each check is O(records), without copies. */

const FLATGEOBUF_MAGIC = [0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62];
/** Bytes of an entry of FlatGeobuf's index: a box of four doubles and an offset. */
const INDEX_ENTRY_BYTES = 40;

export interface FlatGeobufHead {
  /** 0 where the writer did not know */
  readonly featuresCount: number;
  /** 0 for no index */
  readonly indexNodeSize: number;
}

/** @throws Error where the file is no FlatGeobuf 3 or its head does not lie within it: to be asked before anything is read */
export function checkFlatGeobufStart(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!FLATGEOBUF_MAGIC.every((byte, index) => bytes[index] === byte)) throw new Error('no FlatGeobuf of version 3');
  if (bytes.length < 16 || 12 + view.getUint32(8, true) > bytes.length) throw new Error('the head runs past the end of the file');
}

/** @throws Error where the features do not fill the file to its last byte, or are not as many as the head says */
export function checkFlatGeobufFeatures(bytes: Uint8Array, { featuresCount, indexNodeSize }: FlatGeobufHead): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 12 + view.getUint32(8, true);
  if (indexNodeSize > 0) {
    // the library would count the levels of an empty tree for ever
    if (featuresCount === 0) throw new Error('an index of no features');
    at += INDEX_ENTRY_BYTES * treeEntries(featuresCount, Math.max(2, indexNodeSize), bytes.length);
  }
  let count = 0;
  for (; at < bytes.length; count++) {
    const length = at + 4 <= bytes.length ? view.getUint32(at, true) : 0;
    if (length === 0 || at + 4 + length > bytes.length) throw new Error(`feature ${count} runs past the end of the file`);
    at += 4 + length;
  }
  if (at !== bytes.length) throw new Error('the index runs past the end of the file');
  if (featuresCount > 0 && count !== featuresCount) throw new Error(`${count} features; the head says ${featuresCount}`);
}

function treeEntries(features: number, nodeSize: number, most: number): number {
  let [level, total] = [features, features];
  while (level > 1 && total <= most) {
    level = Math.ceil(level / nodeSize);
    total += level;
  }
  // a single feature still has a root above it
  return features === 1 ? 2 : total;
}

const SHAPE_HEAD_BYTES = 100;
/** Codes of the ESRI shape types (1998): null, and points, lines, areas and sets of points, plain, with height and with a measure. */
const SHAPE_TYPES = new Set([0, 1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28]);
const WITH_PARTS = new Set([3, 5, 13, 15, 23, 25]);
const MULTIPOINTS = new Set([8, 18, 28]);

/**
 * The .shp of a shapefile.
 *
 * @returns how many records it holds
 * @throws  Error where its length, its records or the parts and points within one do not fit
 * Source: ESRI Shapefile Technical Description (1998).
 */
export function checkShapes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < SHAPE_HEAD_BYTES || view.getInt32(0) !== 9994) throw new Error('no shapefile: it does not begin with 9994');
  const words = view.getInt32(24);
  if (words * 2 !== bytes.length) throw new Error(`${bytes.length} bytes; the head says ${words * 2}`);
  const type = view.getInt32(32, true);
  if (!SHAPE_TYPES.has(type)) throw new Error(`shape type ${type}`);
  let count = 0;
  for (let at = SHAPE_HEAD_BYTES; at < bytes.length; count++) {
    const length = at + 8 <= bytes.length ? view.getInt32(at + 4) * 2 : 0;
    const number = count + 1;
    if (length < 4 || at + 8 + length > bytes.length) throw new Error(`record ${number} runs past the end of the file`);
    const own = view.getInt32(at + 8, true);
    if (own !== 0 && own !== type) throw new Error(`record ${number} is of shape type ${own}; the head says ${type}`);
    if (own !== 0) checkRecord(new DataView(view.buffer, view.byteOffset + at + 8, length), own, number);
    at += 8 + length;
  }
  return count;
}

function checkRecord(record: DataView, type: number, number: number): void {
  const refuse = (what: string) => new Error(`record ${number}: ${what}`);
  const hasParts = WITH_PARTS.has(type);
  // after the type: a box, the number of parts and that of points; a box and the number of points; or one point
  const head = hasParts ? 44 : MULTIPOINTS.has(type) ? 40 : 4;
  if (record.byteLength < head) throw refuse('too short');
  const parts = hasParts ? record.getInt32(36, true) : 0;
  const points = head === 4 ? 1 : record.getInt32(head - 4, true);
  const bytes = head + 4 * parts + 16 * points + heightBytes(type, points);
  if (parts < 0 || points < 0 || bytes > record.byteLength)
    throw refuse(`${parts} parts and ${points} points in ${record.byteLength} bytes`);
  for (let part = 0, last = 0; part < parts; part++) {
    const first = record.getInt32(44 + 4 * part, true);
    if (first < last || first > points || (part === 0 && first !== 0)) throw refuse(`part ${part} begins at point ${first} of ${points}`);
    last = first;
  }
}

/** Bytes of heights: their range and one number a point; a single point has just its own. Measures behind them may be left out. */
function heightBytes(type: number, points: number): number {
  if (type < 11 || type > 18) return 0;
  return type === 11 ? 8 : 16 + 8 * points;
}

/**
 * The .dbf of a shapefile.
 *
 * @returns how many rows it holds
 * @throws  Error where its rows do not fit its length, or its fields its rows
 * Source: dBASE III table format.
 */
export function checkRows(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new Error('.dbf: too short');
  const [rows, headBytes, rowBytes] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  const fields = Math.floor((headBytes - 33) / 32);
  const isWhole = headBytes === 33 + 32 * fields && headBytes <= bytes.length && bytes[headBytes - 1] === 13;
  if (fields < 1 || !isWhole) throw new Error(`.dbf: a head of ${headBytes} bytes`);
  let width = 1;
  for (let field = 0; field < fields; field++) width += bytes[32 + 32 * field + 16] ?? 0;
  if (width !== rowBytes) throw new Error(`.dbf: fields of ${width} bytes in rows of ${rowBytes}`);
  if (headBytes + rows * rowBytes > bytes.length) throw new Error(`.dbf: ${rows} rows of ${rowBytes} bytes in ${bytes.length - headBytes}`);
  // each row begins with a blank, or with a star where it was struck out
  for (let row = 0; row < rows; row++) {
    const mark = bytes[headBytes + row * rowBytes];
    if (mark !== 0x20 && mark !== 0x2a) throw new Error(`.dbf: row ${row + 1} does not begin where it should`);
  }
  return rows;
}
