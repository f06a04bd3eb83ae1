import { basename } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../model/problem.ts';
import { type Fault, faultsInto, readJson, readPosition, reportIssues } from './features.ts';

interface PlainLine {
  readonly id: string;
  readonly positions: readonly (readonly [number, number])[];
  readonly speedKilometresPerHour: number | null;
  readonly oneway: boolean;
}

const speed = z.number().min(1).max(450).nullable().optional();
const lineProperties = z
  .object({
    id: z.union([z.string(), z.number()]).optional(),
    speed_kmh: speed,
    maxspeed: speed,
    oneway: z
      .union([z.boolean(), z.enum(['yes', 'no', '-1'])])
      .nullable()
      .optional(),
  })
  .nullable();
const collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });
const feature = z.object({
  type: z.literal('Feature'),
  id: z.union([z.string(), z.number()]).optional(),
  geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()).optional() }).nullable(),
  properties: lineProperties,
});

/**
 * The lines of a single GeoJSON file without from and to: LineString and MultiLineString, each part a line of its own. Points are passed
 * over; other geometries, and a file without a line, are faults. `oneway` "-1" turns the line round. Cost O(positions).
 */
export function readPlainLines(path: string): { lines: PlainLine[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const file = basename(path);
  const parsed = readJson(path, collection, fault);
  const seen = new Set<string>();
  const lines = (parsed?.features ?? [])
    .flatMap((value, index) => readLine(value, index, file, fault))
    .filter(({ id }) => {
      if (seen.has(id)) fault('duplicate-id', file, id, 'id', id, 'an id of its own');
      return !seen.has(id) && seen.add(id);
    });
  if (lines.length === 0 && problems.length === 0) fault('no-links', file, '–', 'geometry', 'no line', 'at least one LineString');
  return { lines, problems };
}

function readLine(value: unknown, index: number, file: string, fault: Fault): PlainLine[] {
  const parsed = feature.safeParse(value);
  if (!parsed.success) {
    reportIssues(parsed.error, value, file, String(index), fault);
    return [];
  }
  const { geometry, properties } = parsed.data;
  const id = String(parsed.data.id ?? properties?.id ?? index);
  if (geometry?.type === 'Point') return [];
  if (geometry?.type !== 'LineString' && geometry?.type !== 'MultiLineString') {
    fault('geometry-type', file, id, 'geometry', geometry?.type ?? 'null', 'LineString or MultiLineString');
    return [];
  }
  const parts = geometry.type === 'LineString' ? [geometry.coordinates] : (geometry.coordinates ?? []);
  return parts.flatMap((part, position): PlainLine[] => {
    const list = Array.isArray(part) ? part : [];
    const positions = list.flatMap((place) => readPosition(place, file, id, fault));
    if (positions.length < 2) {
      fault('short-line', file, id, 'geometry', `${positions.length} positions`, 'at least 2');
      return [];
    }
    const isBackward = properties?.oneway === '-1';
    return [
      {
        id: parts.length === 1 ? id : `${id}/${position}`,
        positions: isBackward ? positions.toReversed() : positions,
        speedKilometresPerHour: properties?.speed_kmh ?? properties?.maxspeed ?? null,
        oneway: properties?.oneway === true || properties?.oneway === 'yes' || isBackward,
      },
    ];
  });
}
