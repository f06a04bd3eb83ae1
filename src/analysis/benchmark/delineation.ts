import { greatCircleKilometres } from '../../model/place.ts';
import type { Region, Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { ZoneTimes } from '../zone-times.ts';

/** Straight-line reach of the core delineation. */
export const CORE_KILOMETRES = 150;
/** Groups of the equal-population delineation: a power of two, since zones are halved again and again. */
export const EQUAL_GROUPS = 64;

/** The zones nearest the primary core, within CORE_KILOMETRES of its seat. Cost O(zones). */
export function coreZones(region: Region): number[] {
  const core = region.zones.find((zone) => zone.id === region.manifest.primaryCore);
  if (!core) return [];
  return region.zones.flatMap((zone, index) =>
    greatCircleKilometres(core.longitude, core.latitude, zone.longitude, zone.latitude) <= CORE_KILOMETRES ? [index] : [],
  );
}

/** The region cut down to some zones and to the links with both ends within CORE_KILOMETRES of the primary core. Cost O(links). */
export function cutToCore(region: Region): Region {
  const inside = new Set(coreZones(region));
  const core = region.zones.find((zone) => zone.id === region.manifest.primaryCore);
  const near = new Set(
    [...region.stations, ...region.junctions]
      .filter((place) => core && greatCircleKilometres(core.longitude, core.latitude, place.longitude, place.latitude) <= CORE_KILOMETRES)
      .map((place) => place.id),
  );
  const isNear = (link: { from: string; to: string }) => near.has(link.from) && near.has(link.to);
  return {
    ...region,
    zones: region.zones.filter((_zone, index) => inside.has(index)),
    roads: region.roads.filter(isNear),
    rail: region.rail.filter(isNear),
  };
}

/** Times between some of the zones only; the network that they travel on stays whole. Cost O(zones²). */
export function timesOfZones(times: ZoneTimes, indices: readonly number[]): ZoneTimes {
  const all = times.zones.length;
  const milliseconds = Uint32Array.from(indices.flatMap((from) => indices.map((to) => times.milliseconds[from * all + to] ?? 0)));
  return { zones: indices.flatMap((index) => times.zones[index] ?? []), milliseconds };
}

/**
 * Zones merged into groups of about equal population, so that regions cut into few large or many small zones can be compared: halve by people
 * along the longer side, again and again. A group stands at the seat of its most populous member and has the people of all.
 *
 * @returns  the seat's position in `zones` and the merged zone of each group, and the group of each zone; fewer groups than EQUAL_GROUPS
 *           where there are fewer zones
 * Cost O(zones log² zones).
 */
export function equalPopulationGroups(zones: readonly Zone[]): { seats: number[]; merged: Zone[]; groupOf: Uint32Array } {
  let groups = [zones.map((_zone, index) => index)];
  while (groups.length < EQUAL_GROUPS && groups.some((group) => group.length > 1)) groups = groups.flatMap((group) => halve(zones, group));
  const groupOf = new Uint32Array(zones.length);
  groups.forEach((group, position) => {
    for (const index of group) groupOf[index] = position;
  });
  const seats = groups.map((group) => largest(zones, group));
  const merged = groups.map((group, position): Zone => {
    const seat = zones[seats[position] ?? 0];
    if (!seat) throw new RangeError('a group of zones without a member');
    return { ...seat, population: group.reduce((sum, index) => sum + (zones[index]?.population ?? 0), 0) };
  });
  return { seats, merged, groupOf };
}

function halve(zones: readonly Zone[], group: readonly number[]): number[][] {
  if (group.length < 2) return [[...group]];
  const place = (index: number) => zones[index];
  const latitude = group.reduce((sum, index) => sum + (place(index)?.latitude ?? 0), 0) / group.length;
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const wide = spread(group.map((index) => place(index)?.longitude ?? 0)) * Math.cos((latitude * Math.PI) / 180);
  const isWide = wide > spread(group.map((index) => place(index)?.latitude ?? 0));
  const along = (index: number) => (isWide ? place(index)?.longitude : place(index)?.latitude) ?? 0;
  const sorted = group.slice().sort((a, b) => along(a) - along(b) || byCodePoint(place(a)?.id ?? '', place(b)?.id ?? ''));
  const people = sorted.reduce((sum, index) => sum + (place(index)?.population ?? 0), 0);
  let before = 0;
  let cut = 0;
  while (cut < sorted.length && before + (place(sorted[cut] ?? 0)?.population ?? 0) / 2 <= people / 2) {
    before += place(sorted[cut] ?? 0)?.population ?? 0;
    cut += 1;
  }
  cut = Math.min(sorted.length - 1, Math.max(1, cut));
  return [sorted.slice(0, cut), sorted.slice(cut)];
}

function largest(zones: readonly Zone[], group: readonly number[]): number {
  return group.reduce((best, index) => ((zones[index]?.population ?? 0) > (zones[best]?.population ?? 0) ? index : best), group[0] ?? 0);
}
