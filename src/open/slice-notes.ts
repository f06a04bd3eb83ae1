import { type GraphOptions, isInSlice, type Mode } from '../build/graph-types.ts';
import type { Region } from '../model/tables.ts';

/**
 * What a result must say of a slice that has no link of a mode asked for (its times are those of the access alone), or whose upgrades have
 * nothing in that mode. Cost O(links).
 */
export function sliceNotes(region: Region, { mode, year }: GraphOptions): string[] {
  const isEmpty = (links: Region['roads'] | Region['rail']): boolean => !links.some((link) => isInSlice(link, year));
  const when = year === null ? 'in this region' : `by ${year}`;
  return [
    ...(mode !== 'road' && isEmpty(region.rail) ? [`no rail link is open ${when}: nothing here goes by train`] : []),
    ...(mode !== 'rail' && isEmpty(region.roads) ? [`no road link is open ${when}: nothing here goes by the road network`] : []),
    ...(region.earlier ? otherModeNotes(region.earlier, region, mode) : []),
  ];
}

/** Says that upgrades are of the other mode, so that a comparison full of zeros explains itself. */
export function otherModeNotes(before: Region, after: Region, mode: Mode): string[] {
  const isSame = (...tables: (keyof Region)[]): boolean => tables.every((table) => before[table] === after[table]);
  const isOfRoads = !isSame('roads', 'junctions');
  const isOfRail = !isSame('rail', 'stations', 'services', 'transfers');
  if (!isSame('zones')) return [];
  if (mode === 'road' && isOfRail && !isOfRoads) return ['the upgrade changes railways alone: nothing of it shows with --mode road'];
  if (mode === 'rail' && isOfRoads && !isOfRail) return ['the upgrade changes roads alone: nothing of it shows with --mode rail'];
  return [];
}
