/** Mean Earth radius, IUGG 1980 (Moritz 2000), as @turf/turf uses it. */
export const EARTH_RADIUS_KILOMETRES = 6371.0088;

/** Great-circle distance in kilometres (haversine, Sinnott 1984), degrees in, longitude first. */
export function greatCircleKilometres(longitudeA: number, latitudeA: number, longitudeB: number, latitudeB: number): number {
  const radians = Math.PI / 180;
  const halfLatitude = Math.sin(((latitudeB - latitudeA) * radians) / 2);
  const halfLongitude = Math.sin(((longitudeB - longitudeA) * radians) / 2);
  const h = halfLatitude ** 2 + Math.cos(latitudeA * radians) * Math.cos(latitudeB * radians) * halfLongitude ** 2;
  return 2 * EARTH_RADIUS_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(h)));
}
