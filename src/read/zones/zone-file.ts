import { basename } from 'node:path';
import { area, booleanPointInPolygon, centroid, pointOnFeature } from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import { z } from 'zod';
import { readCsv } from '../csv.ts';
import { type Fault, readJson, readPosition } from '../features.ts';

/** One row of a file of zones or points: where it lies and what its columns hold. */
export interface PlacedRow {
  /** as a planner finds it: "feature 12" or "line 13" */
  readonly label: string;
  readonly longitude: number;
  readonly latitude: number;
  /** null for points */
  readonly polygon: Polygon | MultiPolygon | null;
  readonly areaSquareKilometres: number | null;
  readonly columns: Readonly<Record<string, unknown>>;
}

const collectionSchema = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });
const featureSchema = z.object({
  type: z.literal('Feature'),
  id: z.union([z.string(), z.number()]).optional(),
  geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()) }).nullable(),
  properties: z.record(z.string(), z.unknown()).nullable(),
});

/**
 * Rows of a GeoJSON file of points or polygons, or of a CSV table with a longitude and a latitude. Polygons are measured at their centroid,
 * or, where that lies outside, at a point inside.
 *
 * Faults of rows are reported and the rows left out. Cost O(bytes).
 */
export function readPlacedRows(path: string, coordinates: CoordinateColumns, fault: Fault): PlacedRow[] {
  return /\.(csv|tsv|txt)$/i.test(path) ? readTable(path, coordinates, fault) : readGeoJson(path, fault);
}

/** Names of the columns that hold the place; null looks for the usual names. */
export interface CoordinateColumns {
  readonly longitude: string | null;
  readonly latitude: string | null;
}

const USUAL = {
  longitude: ['longitude', 'lon', 'lng', 'long', 'x'],
  latitude: ['latitude', 'lat', 'y'],
} as const;

function readTable(path: string, coordinates: CoordinateColumns, fault: Fault): PlacedRow[] {
  const { columns, rows, problems } = readCsv(path);
  const file = basename(path);
  for (const { kind, feature, property, found, expected } of problems) fault(kind, file, feature, property, found, expected);
  const nameOf = (axis: 'longitude' | 'latitude'): string | null => {
    const given = coordinates[axis];
    const name = columns.find((column) =>
      given === null ? USUAL[axis].some((usual) => usual === column.toLowerCase()) : column === given,
    );
    if (name === undefined) fault('missing-column', file, 'head', axis, columns.join(','), given ?? USUAL[axis].join(' or '));
    return name ?? null;
  };
  const [longitudeName, latitudeName] = [nameOf('longitude'), nameOf('latitude')];
  if (longitudeName === null || latitudeName === null) return [];
  return rows.flatMap(({ line, fields }): PlacedRow[] => {
    const label = `line ${line}`;
    const value = (name: string) => (fields[name]?.trim() === '' ? Number.NaN : Number(fields[name]));
    const pair = [value(longitudeName), value(latitudeName)].map((number) => (Number.isNaN(number) ? null : number));
    return readPosition(pair, file, label, fault).map(([longitude, latitude]) => {
      return { label, longitude, latitude, polygon: null, areaSquareKilometres: null, columns: fields };
    });
  });
}

function readGeoJson(path: string, fault: Fault): PlacedRow[] {
  const file = basename(path);
  const features = readJson(path, collectionSchema, fault)?.features ?? [];
  return features.flatMap((value, index): PlacedRow[] => {
    const label = `feature ${index}`;
    const parsed = featureSchema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      fault(
        'schema',
        file,
        label,
        issue?.path.join('.') ?? 'feature',
        JSON.stringify(value)?.slice(0, 80) ?? 'nothing',
        issue?.message ?? '',
      );
      return [];
    }
    const { geometry, properties, id } = parsed.data;
    const columns = { ...(id === undefined ? {} : { id }), ...properties };
    if (geometry?.type === 'Point') {
      return readPosition(geometry.coordinates, file, label, fault).map(([longitude, latitude]) => {
        return { label, longitude, latitude, polygon: null, areaSquareKilometres: null, columns };
      });
    }
    const polygon = readPolygon(geometry, file, label, fault);
    if (!polygon) return [];
    const [longitude, latitude] = representativePoint(polygon);
    return [{ label, longitude, latitude, polygon, areaSquareKilometres: area(polygon) / 1e6, columns }];
  });
}

type Geometry = z.infer<typeof featureSchema>['geometry'];

function readPolygon(geometry: Geometry, file: string, label: string, fault: Fault): Polygon | MultiPolygon | null {
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') {
    fault('geometry-type', file, label, 'geometry', geometry?.type ?? 'null', 'Point, Polygon or MultiPolygon');
    return null;
  }
  const parts = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as unknown[];
  const rings = parts.flatMap((part) => (Array.isArray(part) ? part : [part]));
  const isSound = rings.every((ring: unknown) => {
    const positions = Array.isArray(ring) ? ring : [];
    const read = positions.flatMap((position) => readPosition(position, file, label, fault));
    const [first, last] = [read[0], read.at(-1)];
    const isClosed = read.length >= 4 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
    if (read.length === positions.length && !isClosed)
      fault('open-ring', file, label, 'geometry', `${read.length} positions`, 'a closed ring of four or more');
    return isClosed && read.length === positions.length;
  });
  return isSound && rings.length > 0 ? (geometry as Polygon | MultiPolygon) : null;
}

/** The centroid of a polygon, or where that lies outside a point inside, longitude first. */
export function representativePoint(polygon: Polygon | MultiPolygon): [number, number] {
  const middle = centroid(polygon);
  const chosen = booleanPointInPolygon(middle, polygon) ? middle : pointOnFeature(polygon);
  const [longitude = 0, latitude = 0] = chosen.geometry.coordinates;
  return [longitude, latitude];
}
