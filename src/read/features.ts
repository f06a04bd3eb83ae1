import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../model/problem.ts';
import { hasFeatureLines, readFeatureLines } from './feature-lines.ts';

interface ReadFeature<T> {
  readonly row: T;
  /** properties that the schema does not know */
  readonly kept: Readonly<Record<string, string>>;
  readonly positions: readonly (readonly [number, number])[];
}

/** Adds a problem of severity error. */
export type Fault = (kind: string, file: string, feature: string, property: string, found: string, expected: string) => void;

export function faultsInto(problems: Problem[]): Fault {
  return (kind, file, feature, property, found, expected) =>
    problems.push({ severity: 'error', kind, file, feature, property, found, expected });
}

/** JSON of a file checked by a schema, or null with its faults reported. */
export function readJson<T>(path: string, schema: z.ZodType<T>, fault: Fault): T | null {
  const file = basename(path);
  if (!existsSync(path)) {
    fault('missing-file', file, '–', 'file', 'nothing', 'a file');
    return null;
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    fault('broken-json', file, '–', 'file', error instanceof Error ? error.message : String(error), 'JSON (RFC 8259)');
    return null;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  reportIssues(parsed.error, value, file, '–', fault);
  return null;
}

/** Faults of a shape, each by its path, in the words of a problem. */
export function reportIssues(error: z.ZodError, value: unknown, file: string, feature: string, fault: Fault): void {
  for (const issue of error.issues) {
    const found = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
    fault('schema', file, feature, issue.path.join('.') || 'value', shown(found), issue.message.replace(SHAPE_FAULT, '$1'));
  }
}

/** zod's own words around what was expected; what was received is told as found */
const SHAPE_FAULT = /^Invalid (?:input|option): expected (.*?)(?:, received .*)?$/;
const MOST_SHOWN = 80;

function shown(found: unknown): string {
  const text = JSON.stringify(found) ?? 'nothing';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

const collectionSchema = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });
const featureSchema = z.object({
  type: z.literal('Feature'),
  geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()) }).nullable(),
  properties: z.record(z.string(), z.unknown()),
});

/**
 * Features of one GeoJSON file of a region folder. Bad ones are reported and left out, the rest load.
 *
 * @param shape  the geometry that every feature must have; null geometry is allowed for lines
 */
export function readFeatures<T extends { id: string }>(
  folder: string,
  file: string,
  shape: 'Point' | 'LineString',
  schema: z.ZodType<T>,
  fault: Fault,
): ReadFeature<T>[] {
  const seen = new Set<string>();
  const features: ReadFeature<T>[] = [];
  let index = 0;
  for (const value of featureValues(join(folder, file), fault)) {
    const feature = readFeature(value, index, file, shape, schema, fault);
    if (feature && seen.has(feature.row.id)) {
      fault('duplicate-id', file, `${index} (${feature.row.id})`, 'id', feature.row.id, 'an id of its own');
    } else if (feature) {
      seen.add(feature.row.id);
      features.push(feature);
    }
    index += 1;
  }
  return features;
}

/** The features of a collection: line by line where the file is laid out so, else the whole file at once. */
function featureValues(path: string, fault: Fault): Iterable<unknown> {
  if (!hasFeatureLines(path)) return readJson(path, collectionSchema, fault)?.features ?? [];
  return readFeatureLines(path, (line, found) => fault('broken-json', basename(path), `line ${line}`, 'file', found, 'JSON (RFC 8259)'));
}

function readFeature<T extends { id: string }>(
  value: unknown,
  index: number,
  file: string,
  shape: 'Point' | 'LineString',
  schema: z.ZodType<T>,
  fault: Fault,
): ReadFeature<T> | null {
  const outer = featureSchema.safeParse(value);
  if (!outer.success) {
    reportIssues(outer.error, value, file, String(index), fault);
    return null;
  }
  const { geometry, properties } = outer.data;
  const name = `${index} (${String(properties.id ?? 'no id')})`;
  const isShape = geometry === null ? shape === 'LineString' : geometry.type === shape;
  if (!isShape) fault('geometry-type', file, name, 'geometry', geometry?.type ?? 'null', shape);
  const parsed = schema.safeParse(properties);
  if (!parsed.success) reportIssues(parsed.error, properties, file, name, fault);
  if (!isShape) return null;
  const list = geometry === null ? [] : shape === 'Point' ? [geometry.coordinates] : geometry.coordinates;
  const positions = list.flatMap((position) => readPosition(position, file, name, fault));
  if (!parsed.success || positions.length < list.length) return null;
  return { row: parsed.data, kept: unknownFields(properties, parsed.data), positions };
}

/** What a value holds beyond what its schema knows, as text. */
function unknownFields(value: object, known: object): Record<string, string> {
  const rest = Object.entries(value).filter(([name, inner]) => !(name in known) && inner !== null && inner !== undefined);
  return Object.fromEntries(rest.map(([name, inner]) => [name, typeof inner === 'string' ? inner : JSON.stringify(inner)]));
}

export function readPosition(value: unknown, file: string, feature: string, fault: Fault): [number, number][] {
  const [longitude, latitude] = Array.isArray(value) ? value : [];
  if (typeof longitude !== 'number' || typeof latitude !== 'number') {
    fault('coordinates', file, feature, 'geometry', JSON.stringify(value) ?? 'nothing', '[longitude, latitude] in degrees');
    return [];
  }
  if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return [[longitude, latitude]];
  const isSwapped = Math.abs(longitude) <= 90 && Math.abs(latitude) <= 180;
  const reason = isSwapped ? 'longitude first (these look swapped)' : 'degrees WGS84 (these look projected)';
  fault('coordinates', file, feature, 'geometry', `[${longitude}, ${latitude}]`, reason);
  return [];
}
