import type { Problem } from '../../model/problem.ts';
import type { TripRow } from '../../model/trips.ts';
import { type Fault, faultsInto, metadataCount, openTntp, remark, strictNumber } from './tntp-file.ts';

interface TntpTrips {
  readonly zoneCount: number | null;
  /** in the order of the file; pairs of 0 trips are left out */
  readonly trips: readonly TripRow[];
  readonly totalTrips: number;
}

/**
 * Trips of a `_trips.tntp` file: `Origin n` lines, then `destination : trips;`, several on a line. Faults are reported and left out.
 *
 * Trips within a zone are kept: they load no link, and every sum must say whether they count.
 * Cost O(bytes).
 */
export function readTntpTrips(path: string): { trips: TntpTrips; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const opened = openTntp(path, fault);
  if (!opened) return { trips: { zoneCount: null, trips: [], totalTrips: 0 }, problems };
  const { file } = opened;
  const amounts = new Map<string, TripRow>();
  let origin: number | null = null;
  let totalTrips = 0;
  for (const { line, text } of opened.lines) {
    if (text.trimStart().startsWith('~')) continue;
    const feature = `line ${line}`;
    const head = /^\s*origin\s+(\S+)\s*$/i.exec(text);
    if (head) {
      origin = readOrigin(head[1] ?? '', file, feature, fault);
      continue;
    }
    if (origin === null) {
      fault('no-origin', file, feature, 'row', `"${text.trim().slice(0, 40)}"`, 'a line `Origin n` with a zone number before');
      continue;
    }
    for (const { destination, trips } of readEntries(text, origin, file, feature, fault)) {
      totalTrips += trips;
      addTrips(amounts, { from: String(origin), to: String(destination), trips }, (found) =>
        remark(problems, 'warning', 'duplicate-pair', file, feature, ['pair', found, 'one row a pair; summed']),
      );
    }
  }
  const declared = opened.metadata.get('TOTAL OD FLOW');
  if (declared && !(Math.abs(strictNumber(declared.value) - totalTrips) <= 1e-6 * Math.max(1, totalTrips))) {
    remark(problems, 'warning', 'total', file, `line ${declared.line}`, ['TOTAL OD FLOW', declared.value, `${totalTrips} as the rows say`]);
  }
  if (amounts.size === 0) fault('no-trips', file, '–', 'rows', 'none', '`Origin n` and `zone : trips;`');
  const zoneCount = metadataCount(opened, 'NUMBER OF ZONES', fault);
  return { trips: { zoneCount, trips: [...amounts.values()], totalTrips }, problems };
}

/** Sum a row into the table; pairs of 0 trips stay out. */
function addTrips(amounts: Map<string, TripRow>, row: TripRow, onRepeat: (found: string) => void): void {
  if (row.trips === 0) return;
  const key = `${row.from} ${row.to}`;
  const known = amounts.get(key);
  if (known) onRepeat(`${row.from} → ${row.to} again`);
  amounts.set(key, { ...row, trips: row.trips + (known?.trips ?? 0) });
}

function readOrigin(text: string, file: string, feature: string, fault: Fault): number | null {
  const origin = Number(text);
  if (Number.isInteger(origin) && origin >= 1) return origin;
  fault('bad-origin', file, feature, 'Origin', `"${text}"`, 'a zone number');
  return null;
}

function readEntries(text: string, origin: number, file: string, feature: string, fault: Fault): { destination: number; trips: number }[] {
  return text
    .split(';')
    .filter((entry) => entry.trim() !== '')
    .flatMap((entry) => {
      const [to, amount, ...more] = entry.split(':');
      const destination = strictNumber(to);
      const trips = strictNumber(amount);
      if (more.length === 0 && Number.isInteger(destination) && destination >= 1 && Number.isFinite(trips) && trips >= 0) {
        return [{ destination, trips }];
      }
      fault('bad-trips', file, feature, `Origin ${origin}`, `"${entry.trim().slice(0, 40)}"`, '`zone : trips` with at least 0 trips');
      return [];
    });
}
