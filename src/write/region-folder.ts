import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../model/problem.ts';
import { column } from '../model/results.ts';
import type { Place, Plan, Region } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { toCsv } from './result-table.ts';

type Position = readonly [number, number];

interface FeatureRow {
  readonly id: string;
  readonly positions: readonly Position[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** RFC 7946, one feature a line, sorted by id, 6 decimals: the same rows give the same bytes. */
function featureCollection(rows: readonly FeatureRow[]): string {
  const round = ([longitude, latitude]: Position) => [Number(longitude.toFixed(6)), Number(latitude.toFixed(6))];
  const lines = rows
    .slice()
    .sort((a, b) => byCodePoint(a.id, b.id))
    .map(({ id, positions, properties }) => {
      const [first = [0, 0] as const] = positions;
      const geometry =
        positions.length === 1 ? { type: 'Point', coordinates: round(first) } : { type: 'LineString', coordinates: positions.map(round) };
      return JSON.stringify({ type: 'Feature', id, geometry, properties: { id, ...properties } });
    });
  return `{"type": "FeatureCollection", "features": [\n${lines.join(',\n')}\n]}\n`;
}

function placeRows(places: readonly Place[]): FeatureRow[] {
  return places.map(({ id, name, nameLocal, kind, zone, kept, longitude, latitude }) => ({
    id,
    positions: [[longitude, latitude]],
    properties: { name, name_local: nameLocal, kind, zone, ...kept },
  }));
}

function planRow(plan: Plan): FeatureRow {
  const { source, confidence, basis } = plan;
  return {
    id: plan.id,
    positions: [plan.fromLonLat, plan.toLonLat],
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

/** Every file of a region folder by name. Throws nothing. Cost O(rows log rows). */
export function regionFiles(region: Region): Map<string, string> {
  const place = new Map([...region.stations, ...region.junctions].map((row) => [row.id, row]));
  const position = (id: string): Position => [place.get(id)?.longitude ?? 0, place.get(id)?.latitude ?? 0];
  const isCounted = region.zones.some((zone) => zone.population > 0);
  const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(',\n');
  const services = region.services
    .slice()
    .sort((a, b) => byCodePoint(a.id, b.id))
    .map(({ id, line, name, stops, minutes, trainsPerDay, bidirectional, kept }) => {
      return { id, line, name, stops, minutes, trains_per_day: trainsPerDay, bidirectional, kept };
    });
  const transfers = region.transfers
    .slice()
    .sort((a, b) => byCodePoint(a.from, b.from) || byCodePoint(a.to, b.to) || a.minutes - b.minutes);
  return new Map([
    ['region.json', `${JSON.stringify(region.manifest, null, 2)}\n`],
    [
      'zones.geojson',
      featureCollection(
        region.zones.map((zone) => {
          const { id, name, admin1, admin2, jobs, gdp, figures } = zone;
          // a region in which nobody lives is one where nobody was counted
          const population = isCounted ? zone.population : null;
          const properties = { name, name_local: zone.nameLocal, admin1, admin2, population, jobs, gdp, figures };
          return { id, positions: [[zone.longitude, zone.latitude]], properties };
        }),
      ),
    ],
    ['stations.geojson', featureCollection(placeRows(region.stations))],
    ['junctions.geojson', featureCollection(placeRows(region.junctions))],
    [
      'rail.geojson',
      featureCollection(
        region.rail.map((link) => {
          const { id, from, to, line, minutes, opened, status, source, confidence, basis } = link;
          const head = { from, to, line, line_name: link.lineName, class: link.class, length_km: link.lengthKilometres, minutes };
          const properties = { ...head, trains_per_day: link.trainsPerDay, opened, status, source, confidence, basis, ...link.kept };
          return { id, positions: [position(from), position(to)], properties };
        }),
      ),
    ],
    [
      'roads.geojson',
      featureCollection(
        region.roads.map((link) => {
          const { id, from, to, route, name, lanes, oneway, toll, opened, status, source, confidence, basis } = link;
          const head = {
            from,
            to,
            route,
            name,
            class: link.class,
            length_km: link.lengthKilometres,
            speed_kmh: link.speedKilometresPerHour,
          };
          const properties = { ...head, lanes, oneway, toll, opened, status, source, confidence, basis, ...link.kept };
          return { id, positions: [position(from), position(to)], properties };
        }),
      ),
    ],
    ['plans.geojson', featureCollection(region.plans.map(planRow))],
    ['services.json', `{"services": [\n${lines(services)}\n],\n"transfers": [\n${lines(transfers)}\n]}\n`],
    ['reference.csv', referenceCsv(region)],
  ]);
}

function referenceCsv(region: Region): string {
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

/** Write a region folder; each file appears whole or not at all. */
export function writeRegion(region: Region, problems: readonly Problem[], directory: string): void {
  mkdirSync(directory, { recursive: true });
  const files = regionFiles(region).set('import-problems.csv', problemsCsv(problems));
  for (const [name, text] of files) writeFileSync(join(directory, `${name}.part`), text);
  for (const name of files.keys()) renameSync(join(directory, `${name}.part`), join(directory, name));
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
