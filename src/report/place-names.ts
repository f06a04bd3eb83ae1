import type { Zone } from '../model/tables.ts';
import { reachOf } from './analyses.ts';
import type { RegionContext } from './context.ts';
import { shortName } from './format.ts';

/** Names that every reader of the page can read. */
export const LATIN = /^[\u0020-\u024f’'–]+$/;

/** The part of a zone's name that a map has room for. */
export function ownName(zone: Zone): string {
  return shortName(zone.name).split('-')[0] ?? zone.name;
}

/** The city a zone belongs to, in Latin letters where the tables have them: its admin2, for the primary core its admin1, else its own name. */
export function cityName(zone: Zone, primaryCore: string): string {
  const admin2 = zone.admin2.replace(/ \(.*\)$/, '');
  if (admin2 && LATIN.test(admin2)) return admin2;
  if (zone.id === primaryCore && LATIN.test(zone.admin1)) return zone.admin1;
  return ownName(zone);
}

/** "Dongcheng, Beijing": the primary core with its city. */
export function coreName(context: RegionContext): string {
  const { core } = reachOf(context);
  if (!core) return '';
  const [zone, city] = [shortName(core.name), cityName(core, context.region.manifest.primaryCore)];
  return zone === city || city.includes(zone) || zone.includes(city) ? zone : `${zone}, ${city}`;
}
