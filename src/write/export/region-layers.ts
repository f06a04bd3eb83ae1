import { type Layer, type LayerColumn, layerType } from '../../model/layer.ts';
import type { Cell } from '../../model/results.ts';
import type { Place, Region } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';

type Position = readonly [number, number];
type Row = Readonly<Record<string, Cell>>;

const UNITS: Readonly<Record<string, string>> = {
  length_km: 'km',
  minutes: 'min',
  speed_kmh: 'km/h',
  trains_per_day: 'trains a day, one way',
  population: 'persons',
  jobs: 'jobs',
};

/** Every layer of a region that has a row: zones, stations, junctions, rail, roads, services, transfers, plans. Cost O(rows log rows). */
export function regionLayers(region: Region): Layer[] {
  const placeOf = new Map([...region.stations, ...region.junctions].map((place) => [place.id, place]));
  const between = (from: string, to: string): Position[] => {
    return [placeOf.get(from), placeOf.get(to)].flatMap((place) => (place ? [[place.longitude, place.latitude] as const] : []));
  };
  const isCounted = region.zones.some((zone) => zone.population > 0);
  const layers = [
    layerOf('zones', 'Point', region.zones, (zone) => ({
      row: { ...figures(zone.figures), ...zoneRow(zone, isCounted) },
      positions: [[zone.longitude, zone.latitude]],
    })),
    layerOf('stations', 'Point', region.stations, placeRow),
    layerOf('junctions', 'Point', region.junctions, placeRow),
    layerOf('rail', 'LineString', region.rail, (link) => {
      const { id, from, to, line, minutes, opened, status, source, confidence, basis } = link;
      const head = { id, from, to, line, line_name: link.lineName, class: link.class, length_km: link.lengthKilometres, minutes };
      const row = { ...head, trains_per_day: link.trainsPerDay, opened, status, source, confidence, basis, ...link.kept };
      return { row, positions: link.geometry ?? between(from, to) };
    }),
    layerOf('roads', 'LineString', region.roads, (link) => {
      const { id, from, to, route, name, lanes, oneway, toll, opened, status, source, confidence, basis } = link;
      const head = {
        id,
        from,
        to,
        route,
        name,
        class: link.class,
        length_km: link.lengthKilometres,
        speed_kmh: link.speedKilometresPerHour,
      };
      return {
        row: { ...head, lanes, oneway, toll, opened, status, source, confidence, basis, ...link.kept },
        positions: link.geometry ?? between(from, to),
      };
    }),
    layerOf('services', 'LineString', region.services, (service) => {
      const { id, line, name, stops, minutes, bidirectional } = service;
      const places = stops.flatMap((stop) => placeOf.get(stop) ?? []);
      const row = {
        id,
        line,
        name,
        stops: stops.join(' '),
        minutes: minutes.join(' '),
        trains_per_day: service.trainsPerDay,
        bidirectional,
      };
      return { row, positions: places.map((place): Position => [place.longitude, place.latitude]) };
    }),
    layerOf('transfers', 'LineString', region.transfers, ({ from, to, minutes }) => {
      return { row: { id: `${from} ${to}`, from, to, minutes }, positions: between(from, to) };
    }),
    layerOf('plans', 'LineString', region.plans, (plan) => {
      const { id, name, mode, from, to, minutes, cost, status, source, confidence } = plan;
      const row = { id, name, mode, from, to, length_km: plan.lengthKilometres, minutes, cost, status, opening_year: plan.openingYear };
      return { row: { ...row, source, confidence }, positions: [plan.fromLonLat, plan.toLonLat] };
    }),
  ];
  return layers.filter((layer) => layer.rows.length > 0);
}

function zoneRow(zone: Region['zones'][number], isCounted: boolean): Row {
  const { id, name, admin1, admin2, population, jobs, gdp } = zone;
  return { id, name, name_local: zone.nameLocal, admin1, admin2, population: isCounted ? population : null, jobs, gdp };
}

function figures(all: Region['zones'][number]['figures']): Row {
  return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
}

function placeRow({ id, name, nameLocal, kind, zone, longitude, latitude, kept }: Place): { row: Row; positions: Position[] } {
  return { row: { id, name, name_local: nameLocal, kind, zone, ...kept }, positions: [[longitude, latitude]] };
}

/** Rows to a layer: columns are the union of what rows have, the common ones first; rows by id. */
function layerOf<T>(
  name: string,
  geometry: Layer['geometry'],
  items: readonly T[],
  read: (item: T) => { row: Row; positions: readonly Position[] },
): Layer {
  const features = items.map(read).sort((a, b) => byCodePoint(String(a.row.id), String(b.row.id)));
  const names = [...new Set(['id', ...features.flatMap(({ row }) => Object.keys(row))])];
  const columns = names.map((column): LayerColumn => {
    return { name: column, type: layerType(features.map(({ row }) => row[column] ?? null)), unit: UNITS[column] ?? '' };
  });
  const rows = features.map(({ row }) => names.map((column) => row[column] ?? null));
  return { name, geometry, columns, rows, positions: features.map(({ positions }) => positions) };
}
