type Position = readonly [number, number];

const POINT = 1;
const LINE = 2;

/** Well-known binary, little-endian (OGC 06-103r4): a point for one position, a line for more; an empty line for none. */
export function toWkb(positions: readonly Position[]): Uint8Array {
  const isPoint = positions.length === 1;
  const head = isPoint ? 5 : 9;
  const bytes = new Uint8Array(head + positions.length * 16);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint32(1, isPoint ? POINT : LINE, true);
  if (!isPoint) view.setUint32(5, positions.length, true);
  positions.forEach(([longitude, latitude], index) => {
    view.setFloat64(head + index * 16, longitude, true);
    view.setFloat64(head + index * 16 + 8, latitude, true);
  });
  return bytes;
}

/** Well-known text; empty where there is no place. */
export function toWkt(positions: readonly Position[]): string {
  const pairs = positions.map(([longitude, latitude]) => `${longitude} ${latitude}`).join(', ');
  if (positions.length === 0) return '';
  return positions.length === 1 ? `POINT (${pairs})` : `LINESTRING (${pairs})`;
}

/** West, south, east, north of all positions; null where there is none. */
export function boundsOf(all: readonly (readonly Position[])[]): [number, number, number, number] | null {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const positions of all) {
    for (const [longitude, latitude] of positions) {
      bounds[0] = Math.min(bounds[0], longitude);
      bounds[1] = Math.min(bounds[1], latitude);
      bounds[2] = Math.max(bounds[2], longitude);
      bounds[3] = Math.max(bounds[3], latitude);
    }
  }
  return Number.isFinite(bounds[0]) ? bounds : null;
}
