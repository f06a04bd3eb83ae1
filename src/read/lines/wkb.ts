/** Kinds of well-known binary that lines and places come in (OGC 06-103r4). */
const KINDS: Readonly<Record<number, 'Point' | 'LineString' | 'MultiLineString'>> = { 1: 'Point', 2: 'LineString', 5: 'MultiLineString' };
const WITH_HEIGHT = 1000;
const EXTENDED_HEIGHT = 0x80000000;

interface WkbGeometry {
  readonly type: string;
  readonly coordinates: unknown;
}

/**
 * Well-known binary to GeoJSON's coordinates; heights and measures are passed over. Polygons and others come back by number, without
 * coordinates, for the caller to refuse.
 *
 * @throws RangeError where the bytes end too early
 */
export function readWkb(bytes: Uint8Array): WkbGeometry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readAt(view, { at: 0 });
}

function readAt(view: DataView, cursor: { at: number }): WkbGeometry {
  const isLittle = view.getUint8(cursor.at) === 1;
  const code = view.getUint32(cursor.at + 1, isLittle);
  cursor.at += 5;
  const plain = (code & 0x0fffffff) % WITH_HEIGHT;
  const dimensions = code >= EXTENDED_HEIGHT ? 3 : 2 + ([0, 1, 1, 2][Math.floor((code & 0x0fffffff) / WITH_HEIGHT) % 4] ?? 0);
  const type = KINDS[plain];
  const position = () => {
    const pair = [view.getFloat64(cursor.at, isLittle), view.getFloat64(cursor.at + 8, isLittle)];
    cursor.at += dimensions * 8;
    return pair;
  };
  if (!type) return { type: `well-known binary type ${code}`, coordinates: null };
  if (type === 'Point') return { type, coordinates: position() };
  const count = view.getUint32(cursor.at, isLittle);
  cursor.at += 4;
  // a count that the bytes cannot hold would only fill memory before it fails
  if (count > view.byteLength) throw new RangeError(`${count} parts in ${view.byteLength} bytes`);
  const parts = Array.from({ length: count }, () => (type === 'LineString' ? position() : readAt(view, cursor).coordinates));
  return { type, coordinates: parts };
}
