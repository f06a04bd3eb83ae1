import { PLAIN_DEFAULTS } from '../model/mode-defaults.ts';
import { greatCircleKilometres } from '../model/place.ts';
import type { Region, RoadLink } from '../model/tables.ts';

/** as-given: the posted or recalled speed of each row; harmonised: one model for every region, below. */
export type SpeedModel = 'as-given' | 'harmonised';

/** Persons per km² within DENSITY_RADIUS_KILOMETRES of the middle of a link. */
const DENSITY_BOUNDS = [200, 1000, 4000] as const;
const DENSITY_RADIUS_KILOMETRES = 15;

/** km/h by class and density of people: open country, suburban, urban, dense core; an assumption of ours, the same for every region. */
const HARMONISED: Readonly<Record<string, readonly [number, number, number, number]>> = {
  motorway: [100, 90, 75, 60],
  trunk: [70, 55, 40, 30],
  primary: [60, 50, 35, 25],
};
const LOCAL = [45, 38, 28, 20] as const;

/**
 * The region with one rule of access, boarding and waiting for every region, whatever its region.json says of itself; headways and speeds that
 * it gives by class stay its own. Cost O(1).
 */
export function withHarmonisedAccess(region: Region): Region {
  const { headwayMinutesByClass, speedKilometresPerHourByClass } = region.manifest.defaults;
  const defaults = { ...PLAIN_DEFAULTS, headwayMinutesByClass, speedKilometresPerHourByClass };
  return { ...region, manifest: { ...region.manifest, defaults } };
}

/**
 * The speed rule of a region, km/h.
 *
 * As given, the row's own figure. Harmonised, the class figure for the density of people around the link's middle, so that three tables
 * written by different hands can be compared. Cost O(zones) a link.
 */
export function roadSpeed(region: Region, model: SpeedModel): (link: RoadLink) => number {
  if (model === 'as-given') return (link) => link.speedKilometresPerHour;
  const places = new Map(region.junctions.map((junction) => [junction.id, junction]));
  const speedAt = harmonisedSpeed(region);
  return (link) => {
    const from = places.get(link.from);
    const to = places.get(link.to);
    if (!from || !to) return link.speedKilometresPerHour;
    return speedAt(link.class, (from.longitude + to.longitude) / 2, (from.latitude + to.latitude) / 2);
  };
}

/** km/h of a class of road at a place; classes outside the table read as local. Cost O(zones) a call. */
export function harmonisedSpeed(region: Region): (roadClass: string, longitude: number, latitude: number) => number {
  const disc = Math.PI * DENSITY_RADIUS_KILOMETRES ** 2;
  return (roadClass, longitude, latitude) => {
    let people = 0;
    for (const zone of region.zones) {
      if (greatCircleKilometres(longitude, latitude, zone.longitude, zone.latitude) <= DENSITY_RADIUS_KILOMETRES) people += zone.population;
    }
    const level = DENSITY_BOUNDS.filter((bound) => people / disc >= bound).length;
    return (HARMONISED[roadClass] ?? LOCAL)[level] ?? LOCAL[0];
  };
}
