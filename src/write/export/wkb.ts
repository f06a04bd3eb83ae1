import type { Layer, Polygons } from '../../model/layer.ts';

type Position = readonly [number, number];

const POINT = 1;
const LINE = 2;
const POLYGON = 3;
const MULTI_POLYGON = 6;

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
function toWkt(positions: readonly Position[]): string {
  const pairs = positions.map(([longitude, latitude]) => `${longitude} ${latitude}`).join(', ');
  if (positions.length === 0) return '';
  return positions.length === 1 ? `POINT (${pairs})` : `LINESTRING (${pairs})`;
}

/** Well-known binary of several polygons. */
function polygonsWkb(polygons: Polygons): Uint8Array {
  const rings = polygons.flat();
  const bytes = new Uint8Array(9 + polygons.length * 9 + rings.reduce((sum, ring) => sum + 4 + ring.length * 16, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const head = (type: number, count: number) => {
    view.setUint8(at, 1);
    view.setUint32(at + 1, type, true);
    view.setUint32(at + 5, count, true);
    at += 9;
  };
  head(MULTI_POLYGON, polygons.length);
  for (const polygon of polygons) {
    head(POLYGON, polygon.length);
    for (const ring of polygon) {
      view.setUint32(at, ring.length, true);
      at += 4;
      for (const [longitude, latitude] of ring) {
        view.setFloat64(at, longitude, true);
        view.setFloat64(at + 8, latitude, true);
        at += 16;
      }
    }
  }
  return bytes;
}

interface LayerGeometry {
  readonly type: 'Point' | 'LineString' | 'MultiPolygon';
  readonly coordinates: unknown;
  readonly wkb: () => Uint8Array;
  readonly wkt: () => string;
}

/** The geometry of a row of a layer in every notation; null where its place is unknown. */
export function geometryOf(layer: Layer, index: number): LayerGeometry | null {
  if (layer.geometry === 'none') return null;
  if (layer.geometry === 'MultiPolygon') {
    const polygons = layer.polygons?.[index] ?? [];
    if (polygons.length === 0) return null;
    return { type: 'MultiPolygon', coordinates: polygons, wkb: () => polygonsWkb(polygons), wkt: () => polygonsWkt(polygons) };
  }
  const positions = layer.positions[index] ?? [];
  if (positions.length === 0) return null;
  const coordinates = layer.geometry === 'Point' ? positions[0] : positions;
  return { type: layer.geometry, coordinates, wkb: () => toWkb(positions), wkt: () => toWkt(positions) };
}

function polygonsWkt(polygons: Polygons): string {
  const ringText = (ring: readonly Position[]) => `(${ring.map(([longitude, latitude]) => `${longitude} ${latitude}`).join(', ')})`;
  return `MULTIPOLYGON (${polygons.map((polygon) => `(${polygon.map(ringText).join(', ')})`).join(', ')})`;
}

/** West, south, east, north of a layer; null where no row has a place. */
export function boundsOf(layer: Layer): [number, number, number, number] | null {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const positions of [...layer.positions, ...(layer.polygons ?? []).flat(2)]) {
    for (const [longitude, latitude] of positions) {
      bounds[0] = Math.min(bounds[0], longitude);
      bounds[1] = Math.min(bounds[1], latitude);
      bounds[2] = Math.max(bounds[2], longitude);
      bounds[3] = Math.max(bounds[3], latitude);
    }
  }
  return Number.isFinite(bounds[0]) ? bounds : null;
}
