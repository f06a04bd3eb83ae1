import { type GraphOptions, isInSlice } from '../build/graph-types.ts';
import type { Region } from '../model/tables.ts';

/** What a result must say of a slice that has no link of a mode asked for: its times are those of the access alone. Cost O(links). */
export function sliceNotes(region: Region, { mode, year }: GraphOptions): string[] {
  const isEmpty = (links: Region['roads'] | Region['rail']): boolean => !links.some((link) => isInSlice(link, year));
  const when = year === null ? 'in this region' : `by ${year}`;
  return [
    ...(mode !== 'road' && isEmpty(region.rail) ? [`no rail link is open ${when}: nothing here goes by train`] : []),
    ...(mode !== 'rail' && isEmpty(region.roads) ? [`no road link is open ${when}: nothing here goes by the road network`] : []),
  ];
}
