import type { Border, Track } from '../model/surroundings.ts';
import { byCodePoint } from '../model/units.ts';
import { type FeatureRow, featureLines } from './feature-lines.ts';

function borderFeature({ id, level, name, nameLocal, population, polygons }: Border): FeatureRow {
  const [only = []] = polygons;
  const geometry =
    polygons.length === 1 ? ({ type: 'Polygon', coordinates: only } as const) : ({ type: 'MultiPolygon', coordinates: polygons } as const);
  return { id, geometry, properties: { name, name_local: nameLocal, admin_level: level, population } };
}

/** borders.geojson in parts, sorted by id. */
export function borderParts(borders: readonly Border[]): Iterable<string> {
  return featureLines(borders.toSorted((a, b) => byCodePoint(a.id, b.id)).map(borderFeature));
}

function* trackFeatures(tracks: Iterable<Track>): Generator<FeatureRow> {
  for (const { id, geometry, class: railClass, speedKilometresPerHour, speedFrom, lengthKilometres, ...rest } of tracks) {
    const properties = { class: railClass, length_km: lengthKilometres, speed_kmh: speedKilometresPerHour, speed_from: speedFrom, ...rest };
    yield { id, geometry: { type: 'LineString', coordinates: geometry }, properties };
  }
}

/** tracks.geojson in parts; the tracks come sorted by id. */
export function trackParts(tracks: Iterable<Track>): Iterable<string> {
  return featureLines(trackFeatures(tracks));
}
