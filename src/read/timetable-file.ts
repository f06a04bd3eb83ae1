import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { DataError } from '../model/errors.ts';
import {
  TIMETABLE_ALIGNMENT,
  TIMETABLE_ARRAYS,
  TIMETABLE_MAGIC,
  TIMETABLE_NAMES,
  TIMETABLE_START_BYTES,
  TIMETABLE_VERSION,
  type Timetable,
  type TimetableHead,
} from '../model/timetable.ts';

const headSchema = z.object({
  date: z.string(),
  timezone: z.string(),
  sections: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['u8', 'u32', 'i32', 'json']),
      offset: z.number().int().nonnegative().multipleOf(TIMETABLE_ALIGNMENT),
      length: z.number().int().nonnegative(),
    }),
  ),
});

/** @throws DataError where the file is no timetable, is cut short, or breaks the invariant of Timetable. Cost O(bytes). */
export function readTimetable(path: string): Timetable {
  return decodeTimetable(readFileSync(path), basename(path));
}

/** The reverse of write/timetable-file.ts. @throws DataError naming the section. Cost O(bytes). */
export function decodeTimetable(file: Uint8Array, name: string): Timetable {
  const fail = (feature: string, found: string, expected: string, cause?: unknown): never => {
    throw new DataError([{ severity: 'error', kind: 'broken-timetable', file: name, feature, property: 'bytes', found, expected }], {
      cause,
    });
  };
  if (file.length < TIMETABLE_START_BYTES) fail('head', `${file.length} bytes`, `at least ${TIMETABLE_START_BYTES}`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = new TextDecoder().decode(file.subarray(0, 8));
  if (magic !== TIMETABLE_MAGIC) fail('head', JSON.stringify(magic), TIMETABLE_MAGIC);
  const version = view.getUint32(8, true);
  if (version !== TIMETABLE_VERSION) fail('version', String(version), `${TIMETABLE_VERSION}: import the feed again`);
  const headLength = view.getUint32(12, true);
  const start = Math.ceil((TIMETABLE_START_BYTES + headLength) / TIMETABLE_ALIGNMENT) * TIMETABLE_ALIGNMENT;
  if (start > file.length) fail('head', `${headLength} bytes`, `at most the ${file.length} bytes of the file`);
  const head = parseHead(file.subarray(TIMETABLE_START_BYTES, TIMETABLE_START_BYTES + headLength), fail);
  const bytesOf = (section: string, type: string): Uint8Array => {
    const entry = head.sections.find((candidate) => candidate.name === section);
    if (!entry || entry.type !== type) return fail(section, entry?.type ?? 'no such section', type);
    const from = start + entry.offset;
    if (from + entry.length > file.length)
      fail(section, `ends at byte ${from + entry.length}`, `a file of that length, not ${file.length}`);
    // a copy of its own, so that a typed array can lie over it
    return new Uint8Array(file.subarray(from, from + entry.length));
  };
  const names = Object.fromEntries(TIMETABLE_NAMES.map((section) => [section, parseNames(section, bytesOf(section, 'json'), fail)]));
  const arrays = Object.fromEntries(
    Object.entries(TIMETABLE_ARRAYS).map(([section, type]) => {
      const bytes = bytesOf(section, type);
      if (type !== 'u8' && bytes.length % 4 !== 0) fail(section, `${bytes.length} bytes`, 'a multiple of 4');
      const array = type === 'u8' ? bytes : type === 'u32' ? new Uint32Array(bytes.buffer) : new Int32Array(bytes.buffer);
      return [section, array];
    }),
  );
  const timetable = { date: head.date, timezone: head.timezone, ...names, ...arrays } as Timetable;
  const breach = brokenInvariant(timetable);
  if (breach) fail('invariant', breach, 'the layout of docs/gtfs.md');
  return timetable;
}

type Fail = (feature: string, found: string, expected: string, cause?: unknown) => never;

function parseHead(bytes: Uint8Array, fail: Fail): TimetableHead {
  try {
    return headSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    return fail(
      'head',
      error instanceof Error ? error.message.slice(0, 200) : String(error),
      'JSON with date, timezone and sections',
      error,
    );
  }
}

function parseNames(section: string, bytes: Uint8Array, fail: Fail): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    return fail(section, error instanceof Error ? error.message.slice(0, 200) : String(error), 'a JSON array of strings', error);
  }
}

function brokenInvariant(timetable: Timetable): string | null {
  const { stationIds, stopIds, lineIds, tripIds, stopStation, patternLine, patternFirstStop, patternStop, patternFirstTrip } = timetable;
  const patterns = patternLine.length;
  if (stopStation.length !== stopIds.length || timetable.tripBlock.length !== tripIds.length) return 'lists of unequal length';
  if (!isFirstList(patternFirstStop, patterns, patternStop.length)) return 'patternFirstStop';
  if (!isFirstList(patternFirstTrip, patterns, tripIds.length)) return 'patternFirstTrip';
  if (timetable.patternFlags.length !== patternStop.length) return 'patternFlags';
  if (stopStation.some((station) => station >= stationIds.length)) return 'stopStation';
  if (patternStop.some((stop) => stop >= stopIds.length)) return 'patternStop';
  if (patternLine.some((line) => line >= lineIds.length)) return 'patternLine';
  return brokenTimes(timetable);
}

function isFirstList(first: Uint32Array, count: number, end: number): boolean {
  if (first.length !== count + 1 || first[0] !== 0 || first[count] !== end) return false;
  return first.every((value, index) => index === 0 || value >= (first[index - 1] ?? 0));
}

function brokenTimes({ patternFirstStop, patternFirstTrip, arrival, departure }: Timetable): string | null {
  let at = 0;
  for (let pattern = 0; pattern < patternFirstStop.length - 1; pattern++) {
    const stops = (patternFirstStop[pattern + 1] ?? 0) - (patternFirstStop[pattern] ?? 0);
    const trips = (patternFirstTrip[pattern + 1] ?? 0) - (patternFirstTrip[pattern] ?? 0);
    const end = at + stops * trips;
    if (end > arrival.length) return 'fewer times than trips call for';
    const breach = brokenBlock(arrival.subarray(at, end), departure.subarray(at, end), stops);
    if (breach) return `${breach} in pattern ${pattern}`;
    at = end;
  }
  return at === arrival.length && at === departure.length ? null : 'more times than trips call for';
}

function brokenBlock(arrival: Int32Array, departure: Int32Array, stops: number): string | null {
  for (let entry = 0; entry < arrival.length; entry++) {
    const [arrives = 0, leaves = 0] = [arrival[entry], departure[entry]];
    if (leaves < arrives || (entry % stops > 0 && arrives < (departure[entry - 1] ?? 0))) return 'a time that goes back';
    if (entry >= stops && (arrives < (arrival[entry - stops] ?? 0) || leaves < (departure[entry - stops] ?? 0)))
      return 'a trip that overtakes';
  }
  return null;
}
