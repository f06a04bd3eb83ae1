import type { Fault } from '../features.ts';
import { readPosition } from '../features.ts';

type Position = readonly [number, number];

/** A feature as a file has it, before it is checked. */
export interface RawFeature {
  readonly id?: unknown;
  readonly geometry: { readonly type: string; readonly coordinates?: unknown } | null;
  readonly properties: Readonly<Record<string, unknown>> | null;
}

/** Names of the properties that say what a line is; the first that a feature has counts. */
interface LineFields {
  readonly speed: readonly string[];
  readonly class: readonly string[];
  readonly name: readonly string[];
  readonly lanes: readonly string[];
  readonly oneway: readonly string[];
}

export const DEFAULT_LINE_FIELDS: LineFields = {
  speed: ['speed_kmh', 'maxspeed'],
  class: ['class', 'highway', 'fclass', 'railway'],
  name: ['name', 'ref', 'route'],
  lanes: ['lanes'],
  oneway: ['oneway'],
};

interface LineRow {
  readonly id: string;
  readonly positions: readonly Position[];
  readonly speedKilometresPerHour: number | null;
  readonly oneway: boolean;
  readonly class: string;
  readonly name: string;
  readonly lanes: number | null;
}

const KILOMETRES_PER_MILE = 1.609344;
const SPEEDS = { least: 1, most: 450 };

/**
 * Lines of any file's features: LineString and MultiLineString, each part a line of its own; points are passed over and counted, anything
 * else is a fault. A feature at fault is left out, the rest loads. Cost O(positions).
 */
export function readLines(
  features: readonly RawFeature[],
  file: string,
  fields: LineFields,
  fault: Fault,
): { lines: LineRow[]; points: number } {
  const seen = new Set<string>();
  let points = 0;
  const lines = features.flatMap((feature, index): LineRow[] => {
    if (feature.geometry?.type === 'Point') {
      points += 1;
      return [];
    }
    const own = feature.id ?? feature.properties?.id ?? feature.properties?.fid ?? index;
    const id = String(own);
    return readLine(feature, id, file, fields, fault).filter((row) => {
      if (seen.has(row.id)) fault('duplicate-id', file, id, 'id', row.id, 'an id of its own');
      return !seen.has(row.id) && seen.add(row.id);
    });
  });
  return { lines, points };
}

function readLine({ geometry, properties }: RawFeature, id: string, file: string, fields: LineFields, fault: Fault): LineRow[] {
  if (geometry?.type !== 'LineString' && geometry?.type !== 'MultiLineString') {
    fault('geometry-type', file, id, 'geometry', geometry?.type ?? 'null', 'LineString or MultiLineString');
    return [];
  }
  const all = Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
  const parts: unknown[] = geometry.type === 'LineString' ? [all] : all;
  const value = (names: readonly string[]) =>
    names.map((name) => properties?.[name]).find((found) => found !== undefined && found !== null && found !== '');
  const facts = readFacts(value, id, file, fault, fields);
  if (!facts) return [];
  const rows = parts.map((part, index): LineRow | null => {
    const list = Array.isArray(part) ? part : [];
    const positions = list.flatMap((place) => readPosition(place, file, id, fault));
    if (positions.length < 2 || positions.length < list.length) {
      if (positions.length === list.length) fault('short-line', file, id, 'geometry', `${positions.length} positions`, 'at least 2');
      return null;
    }
    const { isBackward, ...rest } = facts;
    return { ...rest, id: parts.length === 1 ? id : `${id}/${index}`, positions: isBackward ? positions.toReversed() : positions };
  });
  if (parts.length === 0) fault('short-line', file, id, 'geometry', 'no position', 'at least 2');
  return rows.includes(null) ? [] : rows.filter((row) => row !== null);
}

function readFacts(value: (names: readonly string[]) => unknown, id: string, file: string, fault: Fault, fields: LineFields) {
  const speedText = value(fields.speed);
  const speed = speedText === undefined ? null : readSpeed(speedText);
  if (Number.isNaN(speed)) {
    fault(
      'bad-value',
      file,
      id,
      fields.speed[0] ?? 'speed',
      JSON.stringify(speedText),
      `km/h from ${SPEEDS.least} to ${SPEEDS.most}, or as "30 mph"`,
    );
    return null;
  }
  const onewayText = value(fields.oneway);
  const direction = onewayText === undefined ? 'both' : DIRECTIONS[String(onewayText).toLowerCase()];
  if (!direction) {
    fault('bad-value', file, id, fields.oneway[0] ?? 'oneway', JSON.stringify(onewayText), 'yes, no, -1, true, false, 1 or 0, or F, T, B');
    return null;
  }
  const lanes = Number(value(fields.lanes) ?? Number.NaN);
  return {
    speedKilometresPerHour: speed,
    oneway: direction !== 'both',
    isBackward: direction === 'backward',
    class: String(value(fields.class) ?? 'road'),
    name: String(value(fields.name) ?? ''),
    lanes: Number.isFinite(lanes) && lanes >= 0 ? lanes : null,
  };
}

/** As OpenStreetMap, databases and Geofabrik's shapefiles write it. */
const DIRECTIONS: Readonly<Record<string, 'forward' | 'backward' | 'both'>> = {
  yes: 'forward',
  true: 'forward',
  '1': 'forward',
  f: 'forward',
  no: 'both',
  false: 'both',
  '0': 'both',
  b: 'both',
  '-1': 'backward',
  t: 'backward',
};

/** km/h; NaN for what is no speed. Zero stands for unknown in Geofabrik's shapefiles. */
function readSpeed(found: unknown): number | null {
  if (found === 0 || found === '0') return null;
  const match = /^(\d+(?:\.\d+)?)\s*(mph|km\/h)?$/.exec(String(found).trim());
  const speed = match ? Number(match[1]) * (match[2] === 'mph' ? KILOMETRES_PER_MILE : 1) : Number.NaN;
  return speed >= SPEEDS.least && speed <= SPEEDS.most ? speed : Number.NaN;
}
