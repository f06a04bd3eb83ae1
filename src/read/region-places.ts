import type { Problem } from '../model/problem.ts';
import type { Place, Zone } from '../model/tables.ts';
import { type Fault, faultsInto, readFeatures } from './features.ts';
import { placeSchema, zoneSchema } from './schemas.ts';

/** Places of a region may lie this far outside its bounding box: lines reach over the border. */
const SLACK_DEGREES = 1;

export function readZones(folder: string, fault: Fault): Zone[] {
  return readFeatures(folder, 'zones.geojson', 'Point', zoneSchema, fault).map(({ row, positions }) => {
    const [longitude, latitude] = positions[0] ?? [0, 0];
    const { name_local, ...zone } = row;
    return { ...zone, nameLocal: name_local, longitude, latitude };
  });
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
