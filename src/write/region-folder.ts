import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../model/problem.ts';
import { column } from '../model/results.ts';
import type { Place, Plan, RailLink, Region, RoadLink, TurnRule, Zone } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { type FeatureRow, featureLines, type Position, writeFolder } from './feature-lines.ts';
import { toCsv } from './result-table.ts';

/** A region whose large tables may come row by row. Arrays are sorted by id here; other iterables must already be. */
type RegionRows = Omit<Region, 'roads' | 'junctions'> & {
  readonly roads: Iterable<RoadLink>;
  readonly junctions: Iterable<Place>;
};

function sorted<T extends { readonly id: string }>(rows: Iterable<T>): Iterable<T> {
  return Array.isArray(rows) ? (rows as T[]).toSorted((a, b) => byCodePoint(a.id, b.id)) : rows;
}

function* mapped<T extends { readonly id: string }>(rows: Iterable<T>, toFeature: (row: T) => FeatureRow): Generator<FeatureRow> {
  for (const row of sorted(rows)) yield toFeature(row);
}

function placeFeature({ id, name, nameLocal, kind, zone, kept, longitude, latitude }: Place): FeatureRow {
  const geometry = { type: 'Point', coordinates: [longitude, latitude] } as const;
  return { id, geometry, properties: { name, name_local: nameLocal, kind, zone, ...kept } };
}

/** A zone as it stands in zones.geojson; `isCounted` false writes its population as unknown. */
export function zoneFeature(zone: Zone, isCounted = true): FeatureRow {
  const { id, name, nameLocal, admin1, admin2, jobs, gdp, figures, longitude, latitude } = zone;
  const population = isCounted ? zone.population : null;
  const geometry = { type: 'Point', coordinates: [longitude, latitude] } as const;
  return { id, geometry, properties: { name, name_local: nameLocal, admin1, admin2, population, jobs, gdp, figures } };
}

function planFeature(plan: Plan): FeatureRow {
  const { source, confidence, basis } = plan;
  return {
    id: plan.id,
    geometry: { type: 'LineString', coordinates: [plan.fromLonLat, plan.toLonLat] },
    properties: {
      name: plan.name,
      mode: plan.mode,
      from: plan.from,
      to: plan.to,
      length_km: plan.lengthKilometres,
      minutes: plan.minutes,
      speed_kmh: plan.speedKilometresPerHour,
      cost: plan.cost,
      cost_currency: plan.costCurrency,
      cost_year: plan.costYear,
      status: plan.status,
      opening_year: plan.openingYear,
      source,
      confidence,
      basis,
    },
  };
}

type LineOf = (link: RailLink | RoadLink) => readonly Position[];

function railFeature(lineOf: LineOf): (link: RailLink) => FeatureRow {
  return (link) => {
    const { id, from, to, line, minutes, opened, status, source, confidence, basis } = link;
    const head = { from, to, line, line_name: link.lineName, class: link.class, length_km: link.lengthKilometres, minutes };
    const properties = { ...head, trains_per_day: link.trainsPerDay, opened, status, source, confidence, basis, ...link.kept };
    return { id, geometry: { type: 'LineString', coordinates: lineOf(link) }, properties };
  };
}

function roadFeature(lineOf: LineOf): (link: RoadLink) => FeatureRow {
  return (link) => {
    const { id, from, to, route, name, lanes, oneway, toll, opened, status, source, confidence, basis } = link;
    const head = { from, to, route, name, class: link.class, length_km: link.lengthKilometres, speed_kmh: link.speedKilometresPerHour };
    const properties = { ...head, lanes, oneway, toll, opened, status, source, confidence, basis, ...link.kept };
    return { id, geometry: { type: 'LineString', coordinates: lineOf(link) }, properties };
  };
}

function* jsonList(head: string, values: readonly unknown[], end: string): Generator<string> {
  yield head;
  for (const [index, value] of values.entries()) yield `${index > 0 ? ',\n' : ''}${JSON.stringify(value)}`;
  yield end;
}

function servicesParts(region: RegionRows): Iterable<string>[] {
  const services = region.services
    .toSorted((a, b) => byCodePoint(a.id, b.id))
    .map(({ id, line, name, stops, minutes, trainsPerDay, bidirectional, kept }) => {
      return { id, line, name, stops, minutes, trains_per_day: trainsPerDay, bidirectional, kept };
    });
  const transfers = region.transfers.toSorted((a, b) => byCodePoint(a.from, b.from) || byCodePoint(a.to, b.to) || a.minutes - b.minutes);
  return [jsonList('{"services": [\n', services, '\n],\n'), jsonList('"transfers": [\n', transfers, '\n]}\n')];
}

function turnParts(turns: readonly TurnRule[]): Generator<string> {
  const rows = turns.toSorted((a, b) => byCodePoint(a.id, b.id)).map(({ id, kind, effect, path }) => ({ id, kind, effect, path }));
  return jsonList('{"turns": [\n', rows, '\n]}\n');
}

function* joined(parts: readonly Iterable<string>[]): Generator<string> {
  for (const part of parts) yield* part;
}

/** Every file of a region folder by name, as text in parts: the same rows give the same bytes. Cost O(rows log rows). */
export function regionParts(region: RegionRows): Map<string, Iterable<string>> {
  let places: Map<string, Place> | null = null;
  const position = (id: string): Position => {
    places ??= new Map([...region.stations, ...region.junctions].map((row) => [row.id, row]));
    return [places.get(id)?.longitude ?? 0, places.get(id)?.latitude ?? 0];
  };
  // a region in which nobody lives is one where nobody was counted
  let isCounted = false;
  for (const zone of region.zones) isCounted ||= zone.population > 0;
  const lineOf: LineOf = (link) => link.geometry ?? [position(link.from), position(link.to)];
  const files = new Map<string, Iterable<string>>([
    ['region.json', [`${JSON.stringify(region.manifest, null, 2)}\n`]],
    ['zones.geojson', featureLines(mapped(region.zones, (zone) => zoneFeature(zone, isCounted)))],
    ['stations.geojson', featureLines(mapped(region.stations, placeFeature))],
    ['junctions.geojson', featureLines(mapped(region.junctions, placeFeature))],
    ['rail.geojson', featureLines(mapped(region.rail, railFeature(lineOf)))],
    ['roads.geojson', featureLines(mapped(region.roads, roadFeature(lineOf)))],
    ['plans.geojson', featureLines(mapped(region.plans, planFeature))],
    ['services.json', joined(servicesParts(region))],
    ['reference.csv', [referenceCsv(region)]],
  ]);
  if (region.turns) files.set('turns.json', turnParts(region.turns));
  return files;
}

/** Every file of a region folder as one text each: for regions that fit in memory. */
export function regionFiles(region: Region): Map<string, string> {
  return new Map([...regionParts(region)].map(([name, parts]) => [name, [...parts].join('')]));
}

function referenceCsv(region: Pick<Region, 'references'>): string {
  const names = ['what', 'from', 'to', 'value', 'unit', 'year', 'source', 'confidence'] as const;
  const columns = names.map((name) => column(name, '', name === 'value' ? 6 : 0));
  const rows = region.references.map((reference) => names.map((name) => reference[name]));
  return toCsv({ command: '', parameters: {}, inputs: [], columns, rows, notes: [] });
}

/** Problems as a table, beside what was imported. */
export function problemsCsv(problems: readonly Problem[]): string {
  const names = ['severity', 'kind', 'file', 'feature', 'property', 'found', 'expected'] as const;
  const rows = problems.map((problem) => names.map((name) => problem[name]));
  return toCsv({ command: '', parameters: {}, inputs: [], columns: names.map((name) => column(name)), rows, notes: [] });
}

/**
 * Write a region folder; its files appear whole or not at all.
 *
 * @param further  more files of the folder, by name
 */
export function writeRegion(
  region: RegionRows,
  problems: readonly Problem[],
  directory: string,
  further: ReadonlyMap<string, Iterable<string>> = new Map(),
): void {
  writeFolder(directory, new Map([...regionParts(region), ...further, ['import-problems.csv', [problemsCsv(problems)]]]));
}

/** Tables that a region keeps beside its network as they are: source name, name in the folder. */
const KEPT_TABLES = [
  ['admin2.csv', 'jurisdictions.csv'],
  ['admin2_gdp_series.csv', 'jurisdictions_gdp.csv'],
  ['admin2_services.csv', 'jurisdictions_services.csv'],
  ['history.csv', 'history.csv'],
  ['commute_flows.csv', 'commute_flows.csv'],
] as const;

/** Copy the tables that no GeoJSON holds; returns the names kept. */
export function keepTables(from: string, to: string): string[] {
  return KEPT_TABLES.filter(([name]) => existsSync(join(from, name))).map(([name, kept]) => {
    copyFileSync(join(from, name), join(to, kept));
    return kept;
  });
}
