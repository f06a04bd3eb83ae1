import type { FeedSource } from './feed-source.ts';
import type { StopRow, TransferRow } from './feed-tables.ts';
import { parseCount, parseDecimal } from './fields.ts';
import type { GroupedFaults } from './grouped-faults.ts';
import { field, readTable, type TableCount } from './table-reader.ts';

const STOPS = {
  file: 'stops.txt',
  required: ['stop_id'],
  optional: ['stop_name', 'stop_code', 'stop_lat', 'stop_lon', 'location_type', 'parent_station', 'platform_code'],
} as const;

/** Places where a missing coordinate is allowed: generic nodes and boarding areas. */
const PLACELESS_FROM = 3;
const STATION = 1;

/** Stops, platforms, stations, entrances; parents resolved. Rows at fault are left out and named. Cost O(stops). */
export async function readStops(source: FeedSource, faults: GroupedFaults): Promise<{ stops: StopRow[]; count: TableCount | null }> {
  const stops: StopRow[] = [];
  const parents: string[] = [];
  const seen = new Set<string>();
  const count = await readTable(source, STOPS, faults, (columns) => (record, line) => {
    const text = (column: number) => field(record, column);
    const id = text(columns.stop_id);
    if (id === '' || seen.has(id)) {
      faults.error(id === '' ? 'missing-value' : 'duplicate-id', STOPS.file, line, 'stop_id', id, 'an id of its own');
      return false;
    }
    const type = text(columns.location_type) === '' ? 0 : parseCount(text(columns.location_type));
    if (type < 0 || type > 4) {
      faults.error('bad-value', STOPS.file, line, 'location_type', text(columns.location_type), '0, 1, 2, 3 or 4');
      return false;
    }
    const place = readPlace(text(columns.stop_lon), text(columns.stop_lat), type, line, faults);
    if (!place) return false;
    seen.add(id);
    const [longitude, latitude] = place;
    const platform = text(columns.platform_code);
    stops.push({ id, name: text(columns.stop_name), code: text(columns.stop_code), platform, longitude, latitude, type, parent: -1, line });
    parents.push(text(columns.parent_station));
    return true;
  });
  joinParents(stops, parents, faults);
  return { stops, count };
}

function readPlace(lon: string, lat: string, type: number, line: number, faults: GroupedFaults): readonly [number, number] | null {
  const [longitude, latitude] = [parseDecimal(lon), parseDecimal(lat)];
  if (lon === '' && lat === '' && type >= PLACELESS_FROM) return [Number.NaN, Number.NaN];
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
    const isSwapped = Math.abs(longitude) <= 90 && Math.abs(latitude) <= 180;
    const expected = isSwapped ? 'longitude and latitude (these look swapped)' : 'degrees WGS84';
    faults.error('coordinates', STOPS.file, line, 'stop_lon, stop_lat', `${lon}, ${lat}`, expected);
    return null;
  }
  if (longitude === 0 && latitude === 0) {
    faults.error('coordinates', STOPS.file, line, 'stop_lon, stop_lat', '0, 0', 'a place on a network');
    return null;
  }
  return [longitude, latitude];
}

function joinParents(stops: readonly StopRow[], parents: readonly string[], faults: GroupedFaults): void {
  const stopOf = new Map(stops.map(({ id }, index) => [id, index]));
  stops.forEach((stop, index) => {
    const name = parents[index] ?? '';
    if (name === '') return;
    const parent = stopOf.get(name);
    if (parent === undefined) {
      faults.error('unknown-reference', STOPS.file, stop.line, 'parent_station', name, 'a stop_id of stops.txt');
      return;
    }
    const wanted = stop.type === 4 ? 0 : STATION;
    if (stop.type === STATION || stops[parent]?.type !== wanted) {
      const expected = stop.type === STATION ? 'nothing: a station has no parent' : `a stop of location_type ${wanted}`;
      faults.error('bad-parent', STOPS.file, stop.line, 'parent_station', name, expected);
      return;
    }
    stop.parent = parent;
  });
  for (const stop of stops) {
    if (!Number.isNaN(stop.longitude)) continue;
    const [parent, grand] = [stops[stop.parent], stops[stops[stop.parent]?.parent ?? -1]];
    stop.longitude = grand?.longitude ?? parent?.longitude ?? Number.NaN;
    stop.latitude = grand?.latitude ?? parent?.latitude ?? Number.NaN;
    if (Number.isNaN(stop.longitude))
      faults.error('coordinates', STOPS.file, stop.line, 'stop_lon, stop_lat', '', 'a place, or a station that has one');
  }
}

const TRANSFERS = {
  file: 'transfers.txt',
  required: ['from_stop_id', 'to_stop_id'],
  optional: ['transfer_type', 'min_transfer_time', 'from_trip_id', 'to_trip_id', 'from_route_id', 'to_route_id'],
} as const;

const MOST_TRANSFER_SECONDS = 86_400;

/**
 * Transfers between stops. Those of single trips or routes and in-seat ones (types 4 and 5) are counted in `special`: a walk between
 * stations cannot say them.
 */
export async function readTransfers(
  source: FeedSource,
  stopOf: ReadonlyMap<string, number>,
  faults: GroupedFaults,
): Promise<{ transfers: TransferRow[]; special: number; count: TableCount | null }> {
  const transfers: TransferRow[] = [];
  let special = 0;
  const count = await readTable(source, TRANSFERS, faults, (columns) => {
    const narrow = [columns.from_trip_id, columns.to_trip_id, columns.from_route_id, columns.to_route_id];
    return (record, line) => {
      const amount = (name: 'transfer_type' | 'min_transfer_time', most: number, whereEmpty: number): number | null => {
        const found = field(record, columns[name]);
        const value = found === '' ? whereEmpty : parseCount(found);
        if (found === '' || (value >= 0 && value <= most)) return value;
        faults.error('bad-value', TRANSFERS.file, line, name, found, `a whole number from 0 to ${most}`);
        return null;
      };
      const end = (name: 'from_stop_id' | 'to_stop_id'): number | undefined => {
        const found = field(record, columns[name]);
        const stop = stopOf.get(found);
        if (stop === undefined) faults.error('unknown-reference', TRANSFERS.file, line, name, found, 'a stop_id of stops.txt');
        return stop;
      };
      const [type, seconds] = [amount('transfer_type', 5, 0), amount('min_transfer_time', MOST_TRANSFER_SECONDS, -1)];
      if (type === null || seconds === null) return false;
      if (type > 3 || narrow.some((column) => field(record, column) !== '')) {
        special += 1;
        return true;
      }
      const [from, to] = [end('from_stop_id'), end('to_stop_id')];
      if (from === undefined || to === undefined) return false;
      transfers.push({ from, to, type, seconds });
      return true;
    };
  });
  return { transfers, special, count };
}

const PATHWAYS = { file: 'pathways.txt', required: ['from_stop_id', 'to_stop_id'], optional: [] } as const;

/** Pathways lie inside stations, which are single nodes here: their references are checked, nothing else is taken from them. */
export function checkPathways(source: FeedSource, stopOf: ReadonlyMap<string, number>, faults: GroupedFaults): Promise<TableCount | null> {
  return readTable(source, PATHWAYS, faults, (columns) => (record, line) => {
    const strangers = PATHWAYS.required.filter((name) => !stopOf.has(field(record, columns[name])));
    for (const name of strangers) {
      faults.error('unknown-reference', PATHWAYS.file, line, name, field(record, columns[name]), 'a stop_id of stops.txt');
    }
    return strangers.length === 0;
  });
}
