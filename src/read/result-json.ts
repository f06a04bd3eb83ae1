import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { DataError } from '../model/errors.ts';
import { type Layer, type LayerColumn, layerType } from '../model/layer.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const envelope = z.object({
  corridor: z.string(),
  command: z.string(),
  parameters: z.record(z.string(), cell),
  inputs: z.array(z.object({ file: z.string(), sha256: z.string() })),
  units: z.record(z.string(), z.string()),
  rows: z.array(z.record(z.string(), cell)),
  notes: z.array(z.string()),
});

/** Decimals that carry every figure a command writes. */
const DECIMALS = 9;

/** Whether a file looks like a result of `--format json`. */
export function isResultJson(path: string): boolean {
  return path.endsWith('.json') && readFileSync(path, 'utf8').slice(0, 12).startsWith('{"corridor"');
}

/** A result as a command wrote it with `--format json`. @throws DataError naming what is wrong with it. Cost O(bytes). */
export function readResultJson(path: string): ResultTable {
  const file = basename(path);
  const fail = (feature: string, found: string, cause?: unknown): never => {
    const expected = 'a result of a corridor command, written with --format json';
    throw new DataError([{ severity: 'error', kind: 'broken-result', file, feature, property: 'JSON', found, expected }], { cause });
  };
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return fail('file', error instanceof Error ? error.message : String(error), error);
  }
  const parsed = envelope.safeParse(value);
  if (!parsed.success)
    return fail(parsed.error.issues[0]?.path.join('.') ?? '–', parsed.error.issues[0]?.message ?? 'another shape', parsed.error);
  const { command, parameters, inputs, units, rows, notes } = parsed.data;
  const names = Object.keys(rows[0] ?? units);
  const table = rows.map((row) => names.map((name): Cell => row[name] ?? null));
  return { command, parameters, inputs, columns: names.map((name) => column(name, units[name] ?? '', DECIMALS)), rows: table, notes };
}

const position = z.tuple([z.number(), z.number()]);
const bands = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      geometry: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position))) }),
      properties: z.record(z.string(), cell),
    }),
  ),
});

/** A result of areas as a command wrote it with `--format geojson`. @throws ZodError for anything else: only our own commands write it */
export function readResultAreas(path: string, name: string): Layer {
  const { features } = bands.parse(JSON.parse(readFileSync(path, 'utf8')));
  const names = Object.keys(features[0]?.properties ?? {});
  const rows = features.map(({ properties }) => names.map((column): Cell => properties[column] ?? null));
  const columns = names.map((column, index): LayerColumn => {
    return { name: column, type: layerType(rows.map((row) => row[index] ?? null)), unit: '' };
  });
  const polygons = features.map(({ geometry }) => geometry.coordinates);
  return { name, geometry: 'MultiPolygon', columns, rows, positions: rows.map(() => []), polygons };
}
