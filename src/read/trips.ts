import type { Problem } from '../model/problem.ts';
import type { TripRow } from '../model/trips.ts';
import { type CsvRow, readCsv } from './csv.ts';
import { type Fault, faultsInto } from './features.ts';
import { readTntpTrips } from './tntp/trips.ts';

/** Heads of tables of trips. */
export const TRIP_HEADS = [
  ['from', 'to', 'trips'],
  ['home_zone', 'work_zone', 'workers'],
] as const;

/**
 * Trips between zones: CSV with the head `from,to,trips` or, for commuters, `home_zone,work_zone,workers` (`.csv`), else TNTP. Faults are reported and left out; a pair given twice is summed
 * and told.
 *
 * Cost O(bytes).
 */
export function readTrips(path: string): { trips: TripRow[]; problems: Problem[] } {
  if (!/\.csv$/i.test(path)) {
    const { trips, problems } = readTntpTrips(path);
    return { trips: [...trips.trips], problems };
  }
  const { columns, rows, problems } = readCsv(path);
  const fault = faultsInto(problems);
  const names = TRIP_HEADS.find((head) => head.every((name) => columns.includes(name)));
  if (!names) {
    const file = path.split(/[/\\]/).at(-1) ?? path;
    fault('missing-column', file, 'head', 'columns', columns.join(','), TRIP_HEADS.map((head) => head.join(',')).join(' or '));
    return { trips: [], problems };
  }
  const amounts = new Map<string, TripRow>();
  for (const row of rows) {
    const trip = readTrip(row, names, fault);
    if (!trip) continue;
    const key = JSON.stringify([trip.from, trip.to]);
    const known = amounts.get(key);
    if (known) {
      const found = `${trip.from} → ${trip.to} again`;
      const where = { file: row.file, feature: `line ${row.line}`, property: 'pair' };
      problems.push({ severity: 'warning', kind: 'duplicate-pair', ...where, found, expected: 'one row a pair; summed' });
    }
    amounts.set(key, { ...trip, trips: trip.trips + (known?.trips ?? 0) });
  }
  return { trips: [...amounts.values()].filter(({ trips }) => trips > 0), problems };
}

function readTrip({ file, line, fields }: CsvRow, names: readonly [string, string, string], fault: Fault): TripRow | null {
  const [from = '', to = '', text = ''] = names.map((name) => fields[name]);
  const trips = text.trim() === '' ? Number.NaN : Number(text);
  const feature = `line ${line}`;
  if (from === '' || to === '') fault('empty-end', file, feature, from === '' ? names[0] : names[1], 'nothing', 'the id of a zone');
  else if (!Number.isFinite(trips) || trips < 0) fault('bad-trips', file, feature, names[2], `"${text}"`, 'a number of at least 0');
  else return { from, to, trips };
  return null;
}
