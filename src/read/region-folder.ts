import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../model/errors.ts';
import { greatCircleKilometres } from '../model/place.ts';
import type { Problem } from '../model/problem.ts';
import type { Drawn, Place, Plan, RailLink, Reference, Region, RoadLink, TurnRule, Zone } from '../model/tables.ts';
import { readCsv } from './csv.ts';
import { type Fault, faultsInto, readFeatures, readJson } from './features.ts';
import { manifestSchema, placeSchema, planSchema, railSchema, roadSchema, servicesSchema, turnsSchema, zoneSchema } from './schemas.ts';

/**
 * Read a region folder. Every fault of every file is in `problems`; rows at fault are left out.
 *
 * @throws DataError only where region.json itself cannot be read
 * Cost O(bytes).
 */
export function readRegion(folder: string): { region: Region; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const manifest = readJson(join(folder, 'region.json'), manifestSchema, fault);
  if (!manifest) throw new DataError(problems);
  const zones = readZones(folder, fault);
  const stations = readPlaces(folder, 'stations.geojson', fault);
  const junctions = readPlaces(folder, 'junctions.geojson', fault);
  const rail = keepSound(readRail(folder, fault), stations, 'rail.geojson', problems);
  const roads = keepSound(readRoads(folder, fault), junctions, 'roads.geojson', problems);
  const timetable = readJson(join(folder, 'services.json'), servicesSchema, fault) ?? { services: [], transfers: [] };
  const known = new Set(stations.map((station) => station.id));
  const services = timetable.services.filter((service) => {
    const strangers = service.stops.filter((stop) => !known.has(stop));
    if (strangers.length > 0) fault('unknown-stop', 'services.json', service.id, 'stops', strangers.join(', '), 'ids of stations.geojson');
    const rises = service.minutes.length === service.stops.length && service.minutes.every((m, i) => m >= (service.minutes[i - 1] ?? 0));
    if (!rises)
      fault('bad-minutes', 'services.json', service.id, 'minutes', service.minutes.join('|'), `${service.stops.length} rising numbers`);
    return strangers.length === 0 && rises;
  });
  const transfers = timetable.transfers.filter(({ from, to }) => {
    const isKnown = known.has(from) && known.has(to);
    if (!isKnown) fault('dangling-end', 'services.json', `${from} → ${to}`, 'transfer', 'an unknown station', 'ids of stations.geojson');
    return isKnown;
  });
  // a region that has no zones yet has no cores either
  const cores = zones.length === 0 && manifest.primaryCore === '' ? [] : [manifest.primaryCore, ...manifest.secondaryCores];
  for (const core of cores) {
    if (!zones.some((zone) => zone.id === core)) fault('unknown-zone', 'region.json', core, 'core', core, 'an id of zones.geojson');
  }
  const region: Region = {
    manifest,
    zones,
    stations,
    junctions,
    rail,
    roads,
    services: services.map(({ trains_per_day, ...service }) => ({ ...service, trainsPerDay: trains_per_day })),
    transfers,
    plans: readPlans(folder, fault),
    references: readReferences(folder, problems),
    ...readTurns(folder, roads, fault),
  };
  return { region, problems };
}

function readZones(folder: string, fault: Fault): Zone[] {
  return readFeatures(folder, 'zones.geojson', 'Point', zoneSchema, fault).map(({ row, positions }) => {
    const [longitude, latitude] = positions[0] ?? [0, 0];
    const { name_local, ...zone } = row;
    return { ...zone, nameLocal: name_local, longitude, latitude };
  });
}

function readPlaces(folder: string, file: string, fault: Fault): Place[] {
  return readFeatures(folder, file, 'Point', placeSchema, fault).map(({ row, kept, positions }) => {
    const [longitude, latitude] = positions[0] ?? [0, 0];
    const { name_local, ...place } = row;
    return { ...place, kept, nameLocal: name_local, longitude, latitude };
  });
}

function readRail(folder: string, fault: Fault): RailLink[] {
  return readFeatures(folder, 'rail.geojson', 'LineString', railSchema, fault).flatMap(({ row, kept, positions }) => {
    const { line_name, length_km, trains_per_day, ...link } = row;
    const speed = (length_km / row.minutes) * 60;
    if (speed < 1 || speed > 450) {
      fault('absurd-speed', 'rail.geojson', row.id, 'minutes', `${speed.toFixed(1)} km/h`, '1 to 450 km/h');
      return [];
    }
    return [{ ...link, kept, ...drawn(positions), lineName: line_name, lengthKilometres: length_km, trainsPerDay: trains_per_day }];
  });
}

function readRoads(folder: string, fault: Fault): RoadLink[] {
  return readFeatures(folder, 'roads.geojson', 'LineString', roadSchema, fault).map(({ row, kept, positions }) => {
    const { length_km, speed_kmh, ...link } = row;
    return { ...link, kept, ...drawn(positions), lengthKilometres: length_km, speedKilometresPerHour: speed_kmh };
  });
}

/** Line of more than two positions; a straight one is drawn again from its ends. */
function drawn(positions: readonly (readonly [number, number])[]): Drawn {
  return positions.length > 2 ? { geometry: positions } : {};
}

/** Turn restrictions whose links are known; no field at all where there is no such file. */
function readTurns(folder: string, roads: readonly RoadLink[], fault: Fault): { turns?: readonly TurnRule[] } {
  if (!existsSync(join(folder, 'turns.json'))) return {};
  const known = new Set(roads.map((road) => road.id));
  const turns = (readJson(join(folder, 'turns.json'), turnsSchema, fault)?.turns ?? []).filter((turn) => {
    const strangers = turn.path.filter((step) => !known.has(step.slice(0, -1)));
    if (strangers.length > 0) fault('dangling-turn', 'turns.json', turn.id, 'path', strangers.join(', '), 'ids of roads.geojson');
    return strangers.length === 0;
  });
  return { turns };
}

function readPlans(folder: string, fault: Fault): Plan[] {
  if (!existsSync(join(folder, 'plans.geojson'))) return [];
  return readFeatures(folder, 'plans.geojson', 'LineString', planSchema, fault).map(({ row, positions }) => ({
    id: row.id,
    name: row.name,
    mode: row.mode,
    from: row.from,
    to: row.to,
    fromLonLat: positions[0] ?? [0, 0],
    toLonLat: positions.at(-1) ?? [0, 0],
    lengthKilometres: row.length_km,
    minutes: row.minutes,
    speedKilometresPerHour: row.speed_kmh,
    cost: row.cost,
    costCurrency: row.cost_currency,
    costYear: row.cost_year,
    status: row.status,
    openingYear: row.opening_year,
    source: row.source,
    confidence: row.confidence,
    basis: row.basis,
  }));
}

function readReferences(folder: string, problems: Problem[]): Reference[] {
  const path = join(folder, 'reference.csv');
  if (!existsSync(path)) return [];
  const { rows, problems: found } = readCsv(path);
  problems.push(...found);
  return rows.map(({ fields }) => {
    const { what = '', from = '', to = '', value = '', unit = '', year = '', source = '', confidence = '' } = fields;
    return { what, from, to, value: Number(value), unit, year, source, confidence };
  });
}

/** Links with known ends that differ; lengths under 0.95 of the straight line are suspicions. */
function keepSound<T extends { id: string; from: string; to: string; lengthKilometres: number }>(
  links: readonly T[],
  places: readonly Place[],
  file: string,
  problems: Problem[],
): T[] {
  const fault = faultsInto(problems);
  const placeOf = new Map(places.map((place) => [place.id, place]));
  return links.filter((link) => {
    const from = placeOf.get(link.from);
    const to = placeOf.get(link.to);
    if (!from) fault('dangling-end', file, link.id, 'from', link.from, 'the id of a place');
    if (!to) fault('dangling-end', file, link.id, 'to', link.to, 'the id of a place');
    if (link.from === link.to) fault('self-loop', file, link.id, 'to', link.to, 'another place than from');
    if (!from || !to || from === to) return false;
    const straight = greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude);
    if (link.lengthKilometres < 0.95 * straight) {
      const found = `${link.lengthKilometres} km`;
      const expected = `at least 0.95 × ${straight.toFixed(2)} km straight`;
      problems.push({ severity: 'warning', kind: 'too-short', file, feature: link.id, property: 'length_km', found, expected });
    }
    return true;
  });
}
