import { around } from 'geokdbush';
import KDBush from 'kdbush';
import type { Problem } from '../../model/problem.ts';
import type { Place, Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';

interface ZoneRows {
  readonly zones: readonly Zone[];
  /** the same stations, each with its zone */
  readonly stations: readonly Place[];
  /** id of the zone that leads */
  readonly core: string;
  readonly problems: readonly Problem[];
}

/**
 * Zones of a region made of feeds: those given, each station in that with the nearest seat, the most populous leading; else one a station,
 * the one with the most trains leading.
 *
 * Cost O(stations log zones).
 */
export function zoneRows(stations: readonly Place[], trainsAt: readonly number[], given: readonly Zone[] | null): ZoneRows {
  if (!given || given.length === 0) {
    const { zones, note } = zonesAtStations(stations);
    const trains = new Map(stations.map(({ id }, index) => [id, trainsAt[index] ?? 0]));
    return { zones, stations, core: leader(zones, ({ id }) => trains.get(id) ?? 0), problems: [note] };
  }
  const sorted = given.slice().sort((a, b) => byCodePoint(a.id, b.id));
  const index = new KDBush(sorted.length);
  for (const { longitude, latitude } of sorted) index.add(longitude, latitude);
  index.finish();
  const placed = stations.map((station) => {
    const [nearest = 0] = around(index, station.longitude, station.latitude, 1);
    return { ...station, zone: sorted[nearest]?.id ?? null };
  });
  return { zones: given, stations: placed, core: leader(given, ({ population }) => population), problems: [] };
}

function leader(zones: readonly Zone[], weight: (zone: Zone) => number): string {
  return zones.slice().sort((a, b) => weight(b) - weight(a) || byCodePoint(a.id, b.id))[0]?.id ?? '';
}

/** One zone a station, with its seat there and its population unknown: the times between stations then are the times between zones. */
function zonesAtStations(stations: readonly Place[]): { zones: Zone[]; note: Problem } {
  const zones = stations.map(({ id, name, longitude, latitude }): Zone => {
    return { id, name, nameLocal: '', admin1: '', admin2: '', longitude, latitude, population: 0, jobs: null, gdp: null, figures: {} };
  });
  const note: Problem = {
    severity: 'note',
    kind: 'unknown-population',
    file: 'zones.geojson',
    feature: `${zones.length} zones`,
    property: 'population',
    found: 'nothing: a feed counts no people',
    expected: 'a census; measures over people refuse this region, times and --opportunity zones do not need one',
  };
  return { zones, note };
}
