import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { greatCircleKilometres } from '../model/place.ts';
import type { Place } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';

interface NearPlace {
  readonly place: Place;
  readonly kilometres: number;
}

/**
 * A function that lists the nearest places to a point, nearest first, ties by id.
 *
 * @param limits  at most `count` places within `kilometres` (great circle); where none lies so near, the nearest one all the same
 * Cost O(log places) a call. Source: geokdbush's great-circle search of a k-d tree.
 */
export function nearestPlaces(
  places: readonly Place[],
  limits: { count: number; kilometres: number },
): (longitude: number, latitude: number) => NearPlace[] {
  if (places.length === 0) return () => [];
  const sorted = places.slice().sort((a, b) => byCodePoint(a.id, b.id));
  const index = new KDBush(sorted.length);
  for (const place of sorted) index.add(place.longitude, place.latitude);
  index.finish();
  return (longitude, latitude) => {
    const within = around(index, longitude, latitude, limits.count, limits.kilometres);
    const found = within.length > 0 ? within : around(index, longitude, latitude, 1);
    return found
      .flatMap((position) => {
        const place = sorted[position];
        return place ? [{ place, kilometres: greatCircleKilometres(longitude, latitude, place.longitude, place.latitude) }] : [];
      })
      .sort((a, b) => a.kilometres - b.kilometres || byCodePoint(a.place.id, b.place.id));
  };
}
