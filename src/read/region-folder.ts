import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../model/errors.ts';
import { greatCircleKilometres } from '../model/place.ts';
import type { Problem } from '../model/problem.ts';
import type { Place, Plan, RailLink, Reference, Region, RoadLink, Zone } from '../model/tables.ts';
import { readCsv } from './csv.ts';
import { type Fault, faultsInto, readFeatures, readJson } from './features.ts';
import { manifestSchema, placeSchema, planSchema, railSchema, roadSchema, servicesSchema, zoneSchema } from './schemas.ts';

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
  const zones = readZones(folder, fault, problems);
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
  for (const core of [manifest.primaryCore, ...manifest.secondaryCores]) {
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
  };
  return { region, problems };
}

/** The zones of a folder; those without a population are counted in a note. */
export function readZones(folder: string, fault: Fault, problems: Problem[], file = 'zones.geojson'): Zone[] {
  let uncounted = 0;
  const zones = readFeatures(folder, file, 'Point', zoneSchema, fault).map(({ row, positions }) => {
    const [longitude, latitude] = positions[0] ?? [0, 0];
    const { name_local, population, ...zone } = row;
    if (population === null) uncounted += 1;
    return { ...zone, population: population ?? 0, nameLocal: name_local, longitude, latitude };
  });
  if (uncounted > 0) {
    problems.push({
      severity: 'note',
      kind: 'unknown-population',
      file,
      feature: `${uncounted} of ${zones.length} zones`,
      property: 'population',
      found: 'null',
      expected: 'persons; these zones count as nobody, and where none has any, measures over people refuse the region',
    });
  }
  return zones;
}

function readPlaces(folder: string, file: string, fault: Fault): Place[] {
  return readFeatures(folder, file, 'Point', placeSchema, fault).map(({ row, kept, positions }) => {
    const [longitude, latitude] = positions[0] ?? [0, 0];
    const { name_local, ...place } = row;
    return { ...place, kept, nameLocal: name_local, longitude, latitude };
  });
}

function readRail(folder: string, fault: Fault): RailLink[] {
  return readFeatures(folder, 'rail.geojson', 'LineString', railSchema, fault).flatMap(({ row, kept }) => {
    const { line_name, length_km, trains_per_day, ...link } = row;
    const speed = (length_km / row.minutes) * 60;
    if (speed < 1 || speed > 450) {
      fault('absurd-speed', 'rail.geojson', row.id, 'minutes', `${speed.toFixed(1)} km/h`, '1 to 450 km/h');
      return [];
    }
    return [{ ...link, kept, lineName: line_name, lengthKilometres: length_km, trainsPerDay: trains_per_day }];
  });
}

function readRoads(folder: string, fault: Fault): RoadLink[] {
  return readFeatures(folder, 'roads.geojson', 'LineString', roadSchema, fault).map(({ row, kept }) => {
    const { length_km, speed_kmh, ...link } = row;
    return { ...link, kept, lengthKilometres: length_km, speedKilometresPerHour: speed_kmh };
  });
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
