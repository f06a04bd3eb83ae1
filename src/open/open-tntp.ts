import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DataError, UsageError } from '../model/errors.ts';
import type { FlowClass, FlowInput, FlowZone } from '../model/flow-input.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import type { TripRow } from '../model/trips.ts';
import { readTntpNet, type TntpNet } from '../read/tntp/net.ts';
import type { TripTable } from '../read/trip-files.ts';
import { readTrips } from '../read/trips.ts';

export interface TntpOptions {
  /** path of the trips; null looks for `_trips` beside `_net` */
  readonly trips: string | null;
  /** what that file holds, where it was read already */
  readonly tripTable: TripTable | null;
  /** trips a pair of zones in place of a file; null for none */
  readonly uniformTrips: number | null;
  /** minutes as travellers mind them, by unit of the toll column */
  readonly tollFactor: number;
  /** the same by unit of the length column */
  readonly distanceFactor: number;
  /** minutes in a unit of the free-flow time column */
  readonly minutesPerUnit: number;
}

const DEFAULT_TNTP: TntpOptions = {
  trips: null,
  tripTable: null,
  uniformTrips: null,
  tollFactor: 0,
  distanceFactor: 0,
  minutesPerUnit: 1,
};

export interface OpenedFlows {
  readonly input: FlowInput;
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
}

/** True for what is read as a TNTP net. */
export function isTntpNet(argument: string): boolean {
  return /\.tntp(\.gz)?$/i.test(argument) && existsSync(argument);
}

/**
 * A TNTP net with trips, ready to be assigned. Link ids are row numbers from 0, node ids those of the file.
 *
 * @throws DataError with every fault of both files; UsageError where no trips are found
 * Cost O(bytes).
 */
export function openTntpFlows(path: string, options: Partial<TntpOptions> = {}): OpenedFlows {
  const full = { ...DEFAULT_TNTP, ...options };
  const { net, problems } = readTntpNet(path);
  const tripsFile = full.uniformTrips === null ? (full.trips ?? tripsBeside(path)) : null;
  const given =
    tripsFile === null ? { trips: uniform(net, full.uniformTrips ?? 1), problems: [] } : (full.tripTable ?? readTrips(tripsFile));
  const all = [...problems, ...given.problems];
  const ids = [...new Set(net.links.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const nodeOf = new Map(ids.map((id, node) => [String(id), node]));
  const zones = zonesOf(net, given.trips, nodeOf);
  const demand = tripsOf(given.trips, zones, basename(tripsFile ?? path), all);
  const faults = all.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  const { tollFactor, distanceFactor, minutesPerUnit } = full;
  const input: FlowInput = {
    nodeIds: ids.map(String),
    isClosed: Uint8Array.from(ids, (id) => (id < (net.firstThroughNode ?? 1) ? 1 : 0)),
    links: net.links.map((link, row) => ({
      id: String(row),
      from: nodeOf.get(String(link.from)) ?? 0,
      to: nodeOf.get(String(link.to)) ?? 0,
      name: '',
      isConnector: false,
      capacity: link.capacity,
      freeMinutes: link.freeTime * minutesPerUnit,
      curve: 'bpr',
      b: link.b,
      power: link.power,
      chargeMinutes: (link.toll ?? 0) * tollFactor + link.length * distanceFactor,
    })),
    zones,
    classes: [demand],
    flowUnit: 'trips',
    timeUnit: minutesPerUnit === 1 ? 'file unit' : 'min',
    personsPerUnit: 1,
    valueOfTime: null,
    dayProfile: null,
    notes: notesOf(net, full, all, tripsFile),
  };
  const inputs = [path, ...(tripsFile === null ? [] : [tripsFile])].map((file) => ({
    file: basename(file),
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  }));
  return { input, inputs };
}

/** `X_trips.tntp` for `X_net.tntp`, plain or gzip. */
function tripsBeside(path: string): string {
  const stem = path.replace(/_net\.tntp(\.gz)?$/i, '_trips.tntp');
  const found = stem === path ? undefined : [stem, `${stem}.gz`].find((file) => existsSync(file));
  if (found) return found;
  throw new UsageError(`no trips for ${basename(path)}: expected --trips FILE, or ${basename(stem)} beside it, or --uniform-trips N`);
}

function uniform(net: TntpNet, trips: number): TripRow[] {
  const zones = Array.from({ length: net.zoneCount ?? 0 }, (_value, zone) => String(zone + 1));
  return zones.flatMap((from) => zones.flatMap((to) => (from === to ? [] : [{ from, to, trips }])));
}

function zonesOf(net: TntpNet, trips: readonly TripRow[], nodeOf: ReadonlyMap<string, number>): FlowZone[] {
  const numbered = Array.from({ length: net.zoneCount ?? 0 }, (_value, zone) => String(zone + 1)).filter((id) => nodeOf.has(id));
  const named = trips.flatMap(({ from, to }) => [from, to]).filter((id) => nodeOf.has(id));
  const ids = [...new Set([...numbered, ...named])].sort((a, b) => Number(a) - Number(b));
  return ids.map((id) => ({ id, name: '', admin1: '', origin: nodeOf.get(id) ?? 0, destination: nodeOf.get(id) ?? 0 }));
}

/** Trips by place in the list of zones; a zone that is not in the network is a fault, told once. */
function tripsOf(trips: readonly TripRow[], zones: readonly FlowZone[], file: string, problems: Problem[]): FlowClass {
  const placeOf = new Map(zones.map(({ id }, place) => [id, place]));
  const strangers = new Set<string>();
  const kept = trips.filter(({ from, to }) => {
    for (const id of [from, to]) if (!placeOf.has(id)) strangers.add(id);
    return placeOf.has(from) && placeOf.has(to);
  });
  for (const id of strangers) {
    const expected = 'a zone of the network';
    problems.push({ severity: 'error', kind: 'unknown-zone', file, feature: `zone ${id}`, property: 'zone', found: id, expected });
  }
  return {
    name: 'all',
    carUnits: 1,
    from: Uint32Array.from(kept, ({ from }) => placeOf.get(from) ?? 0),
    to: Uint32Array.from(kept, ({ to }) => placeOf.get(to) ?? 0),
    trips: Float64Array.from(kept, (row) => row.trips),
    extraCharge: null,
  };
}

function notesOf(net: TntpNet, options: TntpOptions, problems: readonly Problem[], tripsFile: string | null): string[] {
  const { tollFactor, distanceFactor, minutesPerUnit, uniformTrips } = options;
  const notes: string[] = [];
  if (tripsFile === null)
    notes.push(`demand: synthetic, ${uniformTrips} trips between every two zones; it shows the method, not the place`);
  else notes.push(`demand: ${basename(tripsFile)}, as given`);
  notes.push(
    net.firstThroughNode === null
      ? 'no FIRST THRU NODE: every node carries through traffic'
      : net.firstThroughNode <= 1
        ? 'FIRST THRU NODE is 1: every node carries through traffic'
        : `nodes below ${net.firstThroughNode} (FIRST THRU NODE) carry no through traffic`,
  );
  if (minutesPerUnit === 1) notes.push('times and charges are in the unit of the file, shown as minutes');
  else notes.push(`free-flow times are taken times ${minutesPerUnit} to minutes`);
  if (tollFactor !== 0 || distanceFactor !== 0) notes.push(`generalised cost = time + ${tollFactor} × toll + ${distanceFactor} × length`);
  else if (net.links.some(({ toll }) => (toll ?? 0) > 0)) notes.push('tolls of the file are not charged: no --toll-factor was given');
  const told = problems.filter(({ severity }) => severity !== 'error');
  notes.push(...told.slice(0, 5).map(describeProblem));
  if (told.length > 5) notes.push(`… and ${told.length - 5} more remarks on the files`);
  return notes;
}
