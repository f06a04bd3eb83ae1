import { greatCircleKilometres } from '../model/place.ts';
import type { Region, RoadLink } from '../model/tables.ts';

/** as-given: the posted or recalled speed of each row; harmonised: one model for every region, below. */
export type SpeedModel = 'as-given' | 'harmonised';

/** Persons per km² within DENSITY_RADIUS_KILOMETRES of the middle of a link. */
const DENSITY_BOUNDS = [200, 1000, 4000] as const;
const DENSITY_RADIUS_KILOMETRES = 15;

/** km/h by class and density of people: open country, suburban, urban, dense core. Documented in docs/methods.md. */
const HARMONISED: Readonly<Record<string, readonly [number, number, number, number]>> = {
  motorway: [100, 90, 75, 60],
  trunk: [70, 55, 40, 30],
  primary: [60, 50, 35, 25],
  local: [45, 38, 28, 20],
};

/**
 * The speed rule of a region, km/h.
 *
 * As given, the row's own figure. Harmonised, the class figure for the density of people around the link's middle, so that three tables
 * written by different hands can be compared. Classes outside the table read as local. Cost O(zones) a link.
 */
export function roadSpeed(region: Region, model: SpeedModel): (link: RoadLink) => number {
  if (model === 'as-given') return (link) => link.speedKilometresPerHour;
  const places = new Map(region.junctions.map((junction) => [junction.id, junction]));
  const disc = Math.PI * DENSITY_RADIUS_KILOMETRES ** 2;
  return (link) => {
    const from = places.get(link.from);
    const to = places.get(link.to);
    if (!from || !to) return link.speedKilometresPerHour;
    const longitude = (from.longitude + to.longitude) / 2;
    const latitude = (from.latitude + to.latitude) / 2;
    let people = 0;
    for (const zone of region.zones) {
      if (greatCircleKilometres(longitude, latitude, zone.longitude, zone.latitude) <= DENSITY_RADIUS_KILOMETRES) people += zone.population;
    }
    const density = people / disc;
    const level = DENSITY_BOUNDS.filter((bound) => density >= bound).length;
    const speeds = HARMONISED[link.class] ?? HARMONISED.local;
    return speeds?.[level] ?? link.speedKilometresPerHour;
  };
}
