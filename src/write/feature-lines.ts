import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export type Position = readonly [number, number];

export type Shape =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

export interface FeatureRow {
  readonly id: string;
  readonly geometry: Shape;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Decimals of a degree: about a centimetre, as OpenStreetMap keeps them. */
const DEGREE_DECIMALS = 7;

function rounded(coordinates: unknown): unknown {
  if (typeof coordinates === 'number') return Number(coordinates.toFixed(DEGREE_DECIMALS));
  return (coordinates as readonly unknown[]).map(rounded);
}

/** RFC 7946, one feature a line, in the order given: text in parts, so that a file may be larger than memory. */
export function* featureLines(rows: Iterable<FeatureRow>): Generator<string> {
  yield '{"type": "FeatureCollection", "features": [\n';
  let separator = '';
  for (const { id, geometry, properties } of rows) {
    const { type, coordinates } = geometry;
    const feature = { type: 'Feature', id, geometry: { type, coordinates: rounded(coordinates) }, properties: { id, ...properties } };
    yield `${separator}${JSON.stringify(feature)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** Characters gathered before they go to the disk. */
const CHUNK = 1 << 20;

function writeParts(path: string, parts: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    let chunk: string[] = [];
    let size = 0;
    for (const part of parts) {
      chunk.push(part);
      size += part.length;
      if (size < CHUNK) continue;
      writeSync(file, chunk.join(''));
      chunk = [];
      size = 0;
    }
    writeSync(file, chunk.join(''));
  } finally {
    closeSync(file);
  }
}

/** Write the files of a folder: all of them whole, or none where one fails. */
export function writeFolder(directory: string, files: ReadonlyMap<string, Iterable<string>>): void {
  mkdirSync(directory, { recursive: true });
  const draft = (name: string) => join(directory, `${name}.part`);
  try {
    for (const [name, parts] of files) writeParts(draft(name), parts);
  } catch (error) {
    for (const name of files.keys()) rmSync(draft(name), { force: true });
    throw error;
  }
  for (const name of files.keys()) renameSync(draft(name), join(directory, name));
}
