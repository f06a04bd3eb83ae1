import type { Problem } from '../model/problem.ts';
import type { Place, Zone } from '../model/tables.ts';
import { type Fault, faultsInto, readFeatures } from './features.ts';
import { placeSchema, zoneSchema } from './schemas.ts';

/** Places of a region may lie this far outside its bounding box: lines reach over the border. */
const SLACK_DEGREES = 1;

/** Zones of a folder; those without a population on record count as nobody, and are counted in one note. */
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

export function readPlaces(folder: string, file: string, fault: Fault): Place[] {
  return readFeatures(folder, file, 'Point', placeSchema, fault).map(({ row, kept, positions }) => {
    const [longitude, latitude] = positions[0] ?? [0, 0];
    const { name_local, ...place } = row;
    return { ...place, kept, nameLocal: name_local, longitude, latitude };
  });
}

/**
 * Places against the region's box: outside it but inside when latitude and longitude change places is a fault, outside it for no such
 * reason a suspicion.
 */
export function checkBox(
  places: readonly { readonly id: string; readonly longitude: number; readonly latitude: number }[],
  file: string,
  [west, south, east, north]: readonly [number, number, number, number],
  problems: Problem[],
): void {
  const isInside = (longitude: number, latitude: number) =>
    longitude >= west - SLACK_DEGREES &&
    longitude <= east + SLACK_DEGREES &&
    latitude >= south - SLACK_DEGREES &&
    latitude <= north + SLACK_DEGREES;
  const fault = faultsInto(problems);
  for (const { id, longitude, latitude } of places) {
    if (isInside(longitude, latitude)) continue;
    const found = `[${longitude}, ${latitude}]`;
    const box = `within ${SLACK_DEGREES}° of the box [${west}, ${south}, ${east}, ${north}] of region.json`;
    if (isInside(latitude, longitude)) fault('coordinates', file, id, 'geometry', found, `${box}, longitude first (these look swapped)`);
    else problems.push({ severity: 'warning', kind: 'outside-box', file, feature: id, property: 'geometry', found, expected: box });
  }
}
