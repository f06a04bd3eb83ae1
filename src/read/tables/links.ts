import { greatCircleKilometres } from '../../model/place.ts';
import type { Place, RailLink, RoadLink, Service, Status, Transfer } from '../../model/tables.ts';
import type { CsvRow } from '../csv.ts';
import { keptFields, provenance, type TableReader } from './row-reader.ts';

const FASTEST = 450;
const PLACE_FIELDS = ['id', 'name', 'name_local', 'lon', 'lat', 'zone_id', 'kind'];
const LINK_FIELDS = ['from', 'to', 'km', 'minutes', 'kmh', 'trains_per_day', 'class', 'opened', 'status', 'source', 'confidence'];
const RAIL_FIELDS = [...LINK_FIELDS, 'line_id', 'line'];
const ROAD_FIELDS = [...LINK_FIELDS, 'route', 'name', 'lanes', 'toll'];
const SERVICE_FIELDS = ['service_id', 'line_id', 'name', 'stops', 'minutes', 'trains_per_day'];
const STATUSES: readonly Status[] = ['open', 'construction', 'planned', 'closed', 'gap'];

/** Stations or junctions of a table; kind is the row's own, or the one given. */
export function readPlaces(reader: TableReader, file: string, kind: string | null): Place[] {
  const seen = new Set<string>();
  return reader.rows(file).flatMap((row) => {
    const id = row.fields.id ?? '';
    const longitude = reader.need(row, 'lon', -180, 180);
    const latitude = reader.need(row, 'lat', -90, 90);
    if (seen.has(id)) reader.report('error', 'duplicate-id', row, 'id', id, 'an id of its own');
    if (longitude === null || latitude === null || seen.has(id)) return [];
    seen.add(id);
    const { name = '', name_local = '' } = row.fields;
    return [
      {
        id,
        name,
        nameLocal: name_local,
        longitude,
        latitude,
        kind: kind ?? row.fields.kind ?? '',
        zone: row.fields.zone_id || null,
        kept: keptFields(row, PLACE_FIELDS),
      },
    ];
  });
}

/** Ids of links stay the same while their ends do; repeats of a pair are numbered. */
function linkNamer(): (name: string, from: string, to: string) => string {
  const counts = new Map<string, number>();
  return (name, from, to) => {
    const id = `${name}:${from}:${to}`;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count === 1 ? id : `${id}#${count}`;
  };
}

/** Ends, length and status of a link row, or null with the errors reported. */
function readEnds(reader: TableReader, row: CsvRow, places: ReadonlyMap<string, Place>) {
  const { from = '', to = '', status = '' } = row.fields;
  const a = places.get(from);
  const b = places.get(to);
  if (!a) reader.report('error', 'dangling-end', row, 'from', from, 'the id of a place');
  if (!b) reader.report('error', 'dangling-end', row, 'to', to, 'the id of a place');
  if (from === to) reader.report('error', 'self-loop', row, 'to', to, 'another place than from');
  const known = STATUSES.find((name) => name === status);
  if (!known) reader.report('error', 'unknown-status', row, 'status', status, STATUSES.join(', '));
  const lengthKilometres = reader.need(row, 'km', 0.001, 2000);
  if (!a || !b || a === b || !known || lengthKilometres === null) return null;
  const straight = greatCircleKilometres(a.longitude, a.latitude, b.longitude, b.latitude);
  if (lengthKilometres < 0.95 * straight) {
    reader.report('warning', 'too-short', row, 'km', String(lengthKilometres), `at least 0.95 × ${straight.toFixed(2)} km straight; kept`);
  }
  return { from, to, lengthKilometres, status: known, opened: reader.number(row, 'opened') };
}

export function readRail(reader: TableReader, files: readonly string[], places: ReadonlyMap<string, Place>): RailLink[] {
  const idOf = linkNamer();
  return files.flatMap((file) =>
    reader.rows(file).flatMap((row): RailLink[] => {
      const ends = readEnds(reader, row, places);
      const minutes = reader.need(row, 'minutes', 0.01, 2000);
      if (!ends || minutes === null) return [];
      const speed = (ends.lengthKilometres / minutes) * 60;
      if (speed > FASTEST || speed < 1) {
        reader.report('error', 'absurd-speed', row, 'minutes', `${speed.toFixed(1)} km/h`, `1 to ${FASTEST} km/h`);
        return [];
      }
      const { line_id = '', line = '' } = row.fields;
      const trainsPerDay = reader.number(row, 'trains_per_day');
      const id = idOf(line_id, ends.from, ends.to);
      const kept = keptFields(row, RAIL_FIELDS);
      return [
        { ...ends, ...provenance(row), kept, id, line: line_id, lineName: line, class: row.fields.class ?? '', minutes, trainsPerDay },
      ];
    }),
  );
}

export function readRoads(reader: TableReader, places: ReadonlyMap<string, Place>): RoadLink[] {
  const idOf = linkNamer();
  return reader.rows('road_links.csv').flatMap((row): RoadLink[] => {
    const ends = readEnds(reader, row, places);
    const speed = reader.need(row, 'kmh', 1, FASTEST);
    if (!ends || speed === null) return [];
    const { route = '', name = '', toll = '' } = row.fields;
    return [
      {
        ...ends,
        ...provenance(row),
        kept: keptFields(row, ROAD_FIELDS),
        id: idOf(route, ends.from, ends.to),
        route,
        name,
        class: row.fields.class ?? '',
        speedKilometresPerHour: speed,
        lanes: reader.number(row, 'lanes'),
        oneway: false,
        toll: toll === 'yes' ? true : toll === 'no' ? false : null,
      },
    ];
  });
}

/** Trains that skip stops; two-way where their source merged directions or the table holds no opposite of the same line. */
export function readServices(reader: TableReader, files: readonly string[], places: ReadonlyMap<string, Place>): Service[] {
  const rows = files.flatMap((file) => reader.rows(file));
  const key = (line: string, first: string, last: string) => `${line}\n${first}\n${last}`;
  const runs = new Set<string>();
  for (const { fields } of rows) {
    const stops = (fields.stops ?? '').split('|');
    runs.add(key(fields.line_id ?? '', stops[0] ?? '', stops.at(-1) ?? ''));
  }
  return rows.flatMap((row): Service[] => {
    const stops = (row.fields.stops ?? '').split('|');
    const minutes = (row.fields.minutes ?? '').split('|').map(Number);
    const trainsPerDay = reader.need(row, 'trains_per_day', 0, 2000);
    const unknown = stops.filter((stop) => !places.has(stop));
    if (unknown.length > 0) reader.report('error', 'unknown-stop', row, 'stops', unknown.join('|'), 'ids of stations');
    const rises = minutes.every((value, index) => Number.isFinite(value) && value >= (minutes[index - 1] ?? 0));
    if (minutes.length !== stops.length || !rises) {
      reader.report('error', 'bad-minutes', row, 'minutes', row.fields.minutes ?? '', `${stops.length} rising numbers`);
      return [];
    }
    if (trainsPerDay === null || unknown.length > 0) return [];
    const { service_id = '', line_id = '', name = '', source = '' } = row.fields;
    const kept = keptFields(row, SERVICE_FIELDS);
    const hasOpposite = runs.has(key(line_id, stops.at(-1) ?? '', stops[0] ?? ''));
    return [
      {
        kept,
        id: service_id,
        line: line_id,
        name,
        stops,
        minutes,
        trainsPerDay,
        bidirectional: /both directions merged/.test(source) || !hasOpposite,
      },
    ];
  });
}

export function readTransfers(reader: TableReader, files: readonly string[], places: ReadonlyMap<string, Place>): Transfer[] {
  return files.flatMap((file) =>
    reader.rows(file).flatMap((row): Transfer[] => {
      const { from = '', to = '' } = row.fields;
      const minutes = reader.need(row, 'minutes', 0, 300);
      for (const end of ['from', 'to'] as const) {
        if (!places.has(row.fields[end] ?? ''))
          reader.report('error', 'dangling-end', row, end, row.fields[end] ?? '', 'the id of a station');
      }
      return minutes === null || !places.has(from) || !places.has(to)
        ? []
        : [{ from, to, minutes, kept: keptFields(row, ['from', 'to', 'minutes']) }];
    }),
  );
}
