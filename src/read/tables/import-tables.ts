import { PLAIN_DEFAULTS } from '../../model/mode-defaults.ts';
import type { Problem } from '../../model/problem.ts';
import type { Place, Plan, Reference, Region, RegionManifest, Zone } from '../../model/tables.ts';
import type { CsvRow } from '../csv.ts';
import { readPlaces, readRail, readRoads, readServices, readTransfers } from './links.ts';
import { provenance, TableReader } from './row-reader.ts';
import { readZones } from './zones.ts';

const METRO_LINKS = 'metro_links.csv';

/**
 * A region from a folder of CSV tables (docs in networks/README.md). Every row that fails a check is a problem of severity error and is
 * left out; where two tables disagree a warning says which one won.
 */
export function importTables(directory: string, manifest: RegionManifest | null): { region: Region; problems: Problem[] } {
  const reader = new TableReader(directory);
  const zones = readZones(reader);
  const stations = [...readPlaces(reader, 'rail_stations.csv', 'rail'), ...readPlaces(reader, 'metro_stations.csv', 'metro')];
  const junctions = readPlaces(reader, 'road_nodes.csv', null);
  const stationOf = new Map(stations.map((place) => [place.id, place]));
  const junctionOf = new Map(junctions.map((place) => [place.id, place]));
  const region: Region = {
    manifest: manifest ?? deriveManifest(directory, zones),
    zones,
    stations,
    junctions,
    rail: readRail(reader, ['rail_links.csv', METRO_LINKS], stationOf),
    roads: readRoads(reader, junctionOf),
    services: readServices(reader, ['rail_services.csv', 'metro_services.csv'], stationOf),
    transfers: readTransfers(reader, ['transfers.csv', 'metro_transfers.csv'], stationOf),
    plans: reader.rows('projects.csv').flatMap((row) => readPlan(reader, row, stationOf, junctionOf)),
    references: reader.rows('reference.csv').flatMap((row) => readReference(reader, row)),
  };
  compareJurisdictions(reader, zones);
  return { region, problems: reader.problems };
}

/** Sums of the zones against the jurisdictions' own populations. */
function compareJurisdictions(reader: TableReader, zones: readonly Zone[]): void {
  for (const row of reader.rows('admin2.csv')) {
    const published = reader.number(row, 'population_2020');
    const names = [row.fields.name, row.fields.name_local];
    const members = zones.filter((zone) => names.includes(zone.admin2) || names.includes(zone.admin1));
    const sum = members.reduce((total, zone) => total + zone.population, 0);
    if (published !== null && members.length > 0 && sum !== published) {
      reader.report(
        'warning',
        'tables-disagree',
        row,
        'population_2020',
        String(published),
        `${sum}, the sum of its ${members.length} zones`,
      );
    }
  }
}

function readReference(reader: TableReader, row: CsvRow): Reference[] {
  const value = reader.need(row, 'value', -1e15, 1e15);
  const { what = '', from = '', to = '', unit = '', year = '', source = '', confidence = '' } = row.fields;
  return value === null ? [] : [{ what, from, to, value, unit, year, source, confidence }];
}

function readPlan(reader: TableReader, row: CsvRow, stations: ReadonlyMap<string, Place>, junctions: ReadonlyMap<string, Place>): Plan[] {
  const { id = '', name = '', status = '', cost_currency } = row.fields;
  const mode = row.fields.mode === 'road' ? 'road' : 'rail';
  const [first, second] = mode === 'road' ? [junctions, stations] : [stations, junctions];
  const end = (column: 'from' | 'to'): { id: string | null; place: readonly [number, number] } | null => {
    const text = row.fields[column] ?? '';
    const place = first.get(text) ?? second.get(text);
    if (place) return { id: text, place: [place.longitude, place.latitude] };
    const [longitude, latitude] = text.split(',').map(Number);
    if (longitude !== undefined && latitude !== undefined && Number.isFinite(longitude) && Number.isFinite(latitude)) {
      return { id: null, place: [longitude, latitude] };
    }
    reader.report('error', 'dangling-end', row, column, text, 'the id of a place, or longitude,latitude');
    return null;
  };
  const from = end('from');
  const to = end('to');
  if (!from || !to) return [];
  return [
    {
      ...provenance(row),
      id,
      name,
      mode,
      from: from.id,
      to: to.id,
      fromLonLat: from.place,
      toLonLat: to.place,
      lengthKilometres: reader.number(row, 'km'),
      minutes: reader.number(row, 'minutes'),
      speedKilometresPerHour: reader.number(row, 'kmh'),
      cost: reader.number(row, 'cost'),
      costCurrency: cost_currency || null,
      costYear: reader.number(row, 'cost_year'),
      status,
      openingYear: reader.number(row, 'opening_year'),
    },
  ];
}

/** What a region folder starts with where no region.json is given: the largest zone leads, and the largest of each other jurisdiction. */
export function deriveManifest(directory: string, zones: readonly Zone[]): RegionManifest {
  const largest = zones.slice().sort((a, b) => b.population - a.population || (a.id < b.id ? -1 : 1));
  const firsts = largest.filter((zone, index) => largest.findIndex((other) => other.admin1 === zone.admin1) === index);
  const longitudes = zones.map((zone) => zone.longitude);
  const latitudes = zones.map((zone) => zone.latitude);
  const name =
    directory
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? 'region';
  return {
    id: name,
    name,
    nameLocal: name,
    boundingBox: [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)],
    areaSquareKilometres: null,
    areaSource: '',
    primaryCore: largest[0]?.id ?? '',
    secondaryCores: firsts.slice(1).map((zone) => zone.id),
    currency: zones.find((zone) => zone.figures.gdp)?.figures.gdp?.unit ?? '',
    valueOfTimePerHour: 0,
    defaults: { ...PLAIN_DEFAULTS, headwayMinutesByClass: { metro: 4 } },
    sources: ['tables named in each feature'],
  };
}
