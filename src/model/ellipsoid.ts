/** WGS84 (NIMA TR8350.2): equatorial radius in kilometres and first eccentricity squared. */
const EQUATORIAL_RADIUS_KILOMETRES = 6378.137;
const ECCENTRICITY_SQUARED = 0.00669437999014;

const RADIANS = Math.PI / 180;

/**
 * Length of a short straight piece on the WGS84 ellipsoid, kilometres; degrees in, longitude first.
 *
 * The piece is laid on the plane of the meridional and the transverse radius of curvature at its middle latitude. Against the geodesic of
 * Karney (2013) the error is under 1e-5 of the length up to 50 km and away from the poles; pieces of roads are far shorter.
 */
export function ellipsoidKilometres(longitudeA: number, latitudeA: number, longitudeB: number, latitudeB: number): number {
  const middle = ((latitudeA + latitudeB) / 2) * RADIANS;
  const sine = Math.sin(middle);
  const flat = 1 - ECCENTRICITY_SQUARED * sine * sine;
  const transverse = EQUATORIAL_RADIUS_KILOMETRES / Math.sqrt(flat);
  const meridional = (transverse * (1 - ECCENTRICITY_SQUARED)) / flat;
  const turn = ((((longitudeB - longitudeA + 180) % 360) + 360) % 360) - 180;
  const east = transverse * Math.cos(middle) * turn * RADIANS;
  const north = meridional * (latitudeB - latitudeA) * RADIANS;
  return Math.hypot(east, north);
}
