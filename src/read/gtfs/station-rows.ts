import { greatCircleKilometres } from '../../model/place.ts';
import type { Place } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { DayFeed } from './day-feed.ts';
import type { StopRow } from './feed-tables.ts';
import type { Line, LinePattern, StationNumbers } from './line-patterns.ts';
import type { StationNames } from './rail-rows.ts';
import { ROUTE_FAMILIES, type RouteFamily, routeFamily } from './route-types.ts';

const NO_STOP = { id: '', name: '', code: '', longitude: Number.NaN, latitude: Number.NaN };

interface Calls {
  trains: number;
  readonly families: Set<RouteFamily>;
  readonly platforms: Map<string, string>;
}

/**
 * Stations at which a train calls, in the order of their numbers: parents merged, their platforms kept by id and code.
 *
 * Cost O(stop times).
 */
export function stationRows(
  lines: readonly Line[],
  numbers: StationNumbers,
  sourceOf: (feed: DayFeed) => string,
): { stations: Place[]; trainsAt: number[] } {
  const calls = callsAt(lines, numbers.roots.length);
  const stations = numbers.roots.map(({ feed, stop }, index): Place => {
    const { id, name, code, longitude, latitude } = feed.tables.stops[stop] ?? NO_STOP;
    const { trains, families, platforms } = calls[index] ?? noCalls();
    const own = [...platforms].filter(([platform]) => platform !== id).sort(([a], [b]) => byCodePoint(a, b));
    const kept: Record<string, string> = { source: sourceOf(feed), trains_calling: String(trains) };
    if (code !== '') kept.code = code;
    if (own.length > 0) kept.platforms = own.map(([, label]) => label).join('; ');
    const stationId = feed.tables.prefix + id;
    const kind = ROUTE_FAMILIES.find((family) => families.has(family)) ?? 'other';
    return { id: stationId, name: name || id, nameLocal: '', longitude, latitude, kind, zone: stationId, kept };
  });
  return { stations, trainsAt: calls.map(({ trains }) => trains) };
}

function noCalls(): Calls {
  return { trains: 0, families: new Set(), platforms: new Map() };
}

function callsAt(lines: readonly Line[], stationCount: number): Calls[] {
  const calls = Array.from({ length: stationCount }, noCalls);
  for (const { feed, route, patterns } of lines) {
    const family = routeFamily(feed.tables.routes[route]?.type ?? -1) ?? 'other';
    for (const pattern of patterns) {
      pattern.stations.forEach((station, index) => {
        const at = calls[station];
        if (!at) return;
        at.trains += pattern.runs.length;
        at.families.add(family);
        for (const { id, platform } of platformsAt(pattern, index)) at.platforms.set(id, platform === '' ? id : `${id} (${platform})`);
      });
    }
  }
  return calls;
}

/** The stops of a station that a pattern uses: rows of its first trip, since all its trips use the same. */
function platformsAt({ feed, runs, firstAt, lastAt }: LinePattern, index: number): StopRow[] {
  const start = feed.times.first[runs[0]?.trip ?? 0] ?? 0;
  const rows = feed.times.stop.subarray(start + (firstAt[index] ?? 0), start + (lastAt[index] ?? 0) + 1);
  return Array.from(rows, (stop) => feed.tables.stops[stop]).filter((stop) => stop !== undefined);
}

/** Lookups that links and services need. */
export function stationNames(stations: readonly Place[]): StationNames {
  return {
    idOf: (station) => stations[station]?.id ?? '',
    nameOf: (station) => stations[station]?.name ?? '',
    placeOf: (station) => [stations[station]?.longitude ?? 0, stations[station]?.latitude ?? 0],
    distance: (from, to) => {
      const [a, b] = [stations[from], stations[to]];
      return a && b ? greatCircleKilometres(a.longitude, a.latitude, b.longitude, b.latitude) : Number.NaN;
    },
  };
}
