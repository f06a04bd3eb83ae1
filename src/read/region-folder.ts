import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import type { Reference, Region, RoadLink, Service, Transfer, TurnRule } from '../model/tables.ts';
import { readCsv } from './csv.ts';
import { type Fault, faultsInto, readJson } from './features.ts';
import { keepSound, readPlans, readRail, readRoads } from './region-links.ts';
import { checkBox, readPlaces, readZones } from './region-places.ts';
import { manifestSchema, servicesSchema, turnsSchema } from './schemas.ts';

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
  checkBox(zones, 'zones.geojson', manifest.boundingBox, problems);
  checkBox(stations, 'stations.geojson', manifest.boundingBox, problems);
  checkBox(junctions, 'junctions.geojson', manifest.boundingBox, problems);
  const context = { folder, fault, problems, defaults: manifest.defaults };
  const { services, transfers } = readTimetable(folder, new Set(stations.map((station) => station.id)), fault);
  // a region that has no zones yet has no cores either
  const cores = zones.length === 0 && manifest.primaryCore === '' ? [] : [manifest.primaryCore, ...manifest.secondaryCores];
  for (const core of cores) {
    if (!zones.some((zone) => zone.id === core)) fault('unknown-zone', 'region.json', core, 'core', core, 'an id of zones.geojson');
  }
  const roads = keepSound(readRoads(context), junctions, 'roads.geojson', problems);
  const region: Region = {
    manifest,
    zones,
    stations,
    junctions,
    rail: keepSound(readRail(context), stations, 'rail.geojson', problems),
    roads,
    services,
    transfers,
    plans: readPlans(folder, fault),
    references: readReferences(folder, problems),
    ...readTurns(folder, roads, fault),
  };
  return { region, problems };
}

function readTimetable(folder: string, known: ReadonlySet<string>, fault: Fault): { services: Service[]; transfers: Transfer[] } {
  const file = 'services.json';
  const timetable = readJson(join(folder, file), servicesSchema, fault) ?? { services: [], transfers: [] };
  const services = timetable.services.flatMap(({ trains_per_day, ...service }): Service[] => {
    const strangers = service.stops.filter((stop) => !known.has(stop));
    if (strangers.length > 0) fault('unknown-stop', file, service.id, 'stops', strangers.join(', '), 'ids of stations.geojson');
    const rises = service.minutes.length === service.stops.length && service.minutes.every((m, i) => m >= (service.minutes[i - 1] ?? 0));
    if (!rises) fault('bad-minutes', file, service.id, 'minutes', service.minutes.join('|'), `${service.stops.length} rising numbers`);
    return strangers.length === 0 && rises ? [{ ...service, trainsPerDay: trains_per_day }] : [];
  });
  const transfers = timetable.transfers.filter(({ from, to }) => {
    const isKnown = known.has(from) && known.has(to);
    if (!isKnown) fault('dangling-end', file, `${from} → ${to}`, 'transfer', 'an unknown station', 'ids of stations.geojson');
    return isKnown;
  });
  return { services, transfers };
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

function readReferences(folder: string, problems: Problem[]): Reference[] {
  const path = join(folder, 'reference.csv');
  if (!existsSync(path)) return [];
  const { rows, problems: found } = readCsv(path);
  problems.push(...found);
  const fault = faultsInto(problems);
  return rows.flatMap(({ fields, line }) => {
    const { what = '', from = '', to = '', value = '', unit = '', year = '', source = '', confidence = '' } = fields;
    if (value.trim() !== '' && Number.isFinite(Number(value))) {
      return [{ what, from, to, value: Number(value), unit, year, source, confidence }];
    }
    fault('not-a-number', 'reference.csv', `line ${line} (${what})`, 'value', `"${value}"`, 'a number with a decimal point');
    return [];
  });
}
