import { DataError, UsageError } from '../../model/errors.ts';
import { GMNS_LINK_COLUMNS, GMNS_NODE_COLUMNS } from '../../model/gmns.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Problem } from '../../model/problem.ts';
import type { Place, RoadLink, Zone } from '../../model/tables.ts';
import type { CsvRow } from '../csv.ts';
import { type Fault, faultsInto, readPosition } from '../features.ts';
import { configuredUnits, type GmnsTable, type GmnsUnits, readGmnsTable, requireColumns } from './gmns-tables.ts';

interface GmnsOptions {
  /** units where config.csv names none */
  readonly units: GmnsUnits;
  /** km/h of links without free_speed, each counted; null refuses them */
  readonly defaultSpeedKilometresPerHour: number | null;
  /** links whose allowed_uses names none of these are left out and counted; an empty field allows everybody */
  readonly uses: readonly string[];
}

export const DEFAULT_GMNS_OPTIONS: GmnsOptions = {
  units: { lengthKilometres: null, speedKilometresPerHour: null },
  defaultSpeedKilometresPerHour: null,
  uses: ['auto', 'car', 'drive', 'driving', 'all', 'motor', 'hov', 'sov'],
};

interface GmnsImport {
  readonly junctions: readonly Place[];
  readonly roads: readonly RoadLink[];
  /** centroids: nodes with a zone_id, one a zone; empty where the tables have none */
  readonly zones: readonly Zone[];
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
  readonly counts: { readonly nodes: number; readonly links: number };
}

const SPEEDS = { least: 1, most: 450 };

/**
 * node.csv and link.csv of the General Modeling Network Specification as junctions and roads. Rows at fault are left out and named.
 *
 * @throws DataError where a table or a required column is missing, no link is left, or units cannot be told; UsageError as for units
 * Cost O(rows).
 */
export function importGmns(folder: string, options: GmnsOptions): GmnsImport {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const nodeTable = readGmnsTable(folder, 'node.csv', GMNS_NODE_COLUMNS, problems);
  const linkTable = readGmnsTable(folder, 'link.csv', GMNS_LINK_COLUMNS, problems);
  if (!nodeTable || !linkTable)
    throw new UsageError(`${folder} holds no ${nodeTable ? 'link' : 'node'}.csv; expected a folder of GMNS tables`);
  requireColumns(nodeTable, 'node.csv', ['node_id', 'x_coord', 'y_coord'], fault);
  requireColumns(linkTable, 'link.csv', ['link_id', 'from_node_id', 'to_node_id'], fault);
  if (problems.some(({ kind }) => kind === 'missing-column')) throw new DataError(problems);
  const configured = configuredUnits(folder, problems);
  const places = readNodes(nodeTable, fault);
  const straightOf = straightLengths(linkTable, places);
  const notes: string[] = [];
  const units = {
    lengthKilometres: options.units.lengthKilometres ?? configured.lengthKilometres ?? inferLength(linkTable, straightOf, notes),
    speedKilometresPerHour: options.units.speedKilometresPerHour ?? configured.speedKilometresPerHour,
  };
  if (
    linkTable.rows.some(({ fields }) => fields.free_speed !== '' && fields.free_speed !== undefined) &&
    units.speedKilometresPerHour === null
  ) {
    throw new UsageError('link.csv has free_speed, and no config.csv says in which unit; expected --speed-unit km/h or mph');
  }
  if (!linkTable.has('directed')) notes.push('link.csv has no column directed: every link is taken one way');
  const reader = new LinkReader(options, units, places, straightOf, fault);
  const roads = linkTable.rows.flatMap((row) => reader.read(row));
  if (roads.length === 0) fault('no-links', 'link.csv', '–', 'rows', 'no usable link', 'at least one');
  if (roads.length === 0) throw new DataError(problems);
  const used = new Set(roads.flatMap(({ from, to }) => [from, to]));
  const zones = zonesOf(nodeTable, places);
  const junctions = [...places.values()].filter(({ id }) => used.has(id));
  const counts = { nodes: nodeTable.rows.length, links: linkTable.rows.length };
  return { junctions, roads, zones, problems, notes: [...notes, ...reader.notes()], counts };
}

function readNodes(table: GmnsTable, fault: Fault): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const row of table.rows) {
    const { node_id: id = '', name = '', node_type: kind = '', zone_id: zone = '' } = row.fields;
    if (id === '' || places.has(id)) {
      const expected = 'an id of its own';
      fault(id === '' ? 'missing-value' : 'duplicate-id', 'node.csv', `line ${row.line}`, 'node_id', `"${id}"`, expected);
      continue;
    }
    for (const [longitude, latitude] of nodePosition(row, fault)) {
      places.set(id, { id, name, nameLocal: '', longitude, latitude, kind: kind || 'node', zone: zone || null, kept: {} });
    }
  }
  return places;
}

function nodePosition({ fields, line }: CsvRow, fault: Fault): [number, number][] {
  const { x_coord: x = '', y_coord: y = '' } = fields;
  const pair = [x, y].map((text) => (text === '' ? Number.NaN : Number(text)));
  if (!pair.some(Number.isNaN)) return readPosition(pair, 'node.csv', `line ${line}`, fault);
  fault('coordinates', 'node.csv', `line ${line}`, 'x_coord, y_coord', `"${x}", "${y}"`, 'degrees WGS84');
  return [];
}

/** Kilometres between the ends of each link as the crow flies, by line; links with an unknown end have none. */
function straightLengths(table: GmnsTable, places: ReadonlyMap<string, Place>): Map<number, number> {
  const lengths = new Map<number, number>();
  for (const { fields, line } of table.rows) {
    const [from, to] = [places.get(fields.from_node_id ?? ''), places.get(fields.to_node_id ?? '')];
    if (from && to) lengths.set(line, greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude));
  }
  return lengths;
}

/** Links are seldom shorter than the straight line, and in the middle of a network not much longer. */
const MEDIAN_DETOUR = { least: 0.97, most: 1.4 };
const CANDIDATES = [
  ['kilometres', 1],
  ['metres', 0.001],
  ['miles', 1.609344],
  ['feet', 0.0003048],
] as const;

/** The unit in which the median link is as long as a road can be between its ends. */
function inferLength(table: GmnsTable, straightOf: ReadonlyMap<number, number>, notes: string[]): number | null {
  const ratios = table.rows.flatMap(({ fields, line }) => {
    const [length, straight] = [Number(fields.length || Number.NaN), straightOf.get(line) ?? 0];
    return length > 0 && straight > 0.01 ? [length / straight] : [];
  });
  if (ratios.length === 0) return null;
  const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  const fit = CANDIDATES.filter(([, unit]) => median * unit >= MEDIAN_DETOUR.least && median * unit <= MEDIAN_DETOUR.most);
  const [only] = fit;
  if (fit.length !== 1 || !only) {
    throw new UsageError(
      `link.csv has lengths, no config.csv says in which unit, and they fit none; expected --length-unit km, m, miles or feet`,
    );
  }
  notes.push(
    `lengths read as ${only[0]}: the median link is then ${(median * only[1]).toFixed(3)} times the straight line between its ends`,
  );
  return only[1];
}

class LinkReader {
  readonly #options: GmnsOptions;
  readonly #units: GmnsUnits;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #straightOf: ReadonlyMap<number, number>;
  readonly #fault: Fault;
  readonly #seen = new Set<string>();
  readonly #leftOut = new Map<string, number>();
  #loops = 0;
  #measured = 0;
  #imputedSpeeds = 0;

  constructor(
    options: GmnsOptions,
    units: GmnsUnits,
    places: ReadonlyMap<string, Place>,
    straightOf: ReadonlyMap<number, number>,
    fault: Fault,
  ) {
    this.#options = options;
    this.#units = units;
    this.#places = places;
    this.#straightOf = straightOf;
    this.#fault = fault;
  }

  read({ fields, line }: CsvRow): RoadLink[] {
    const feature = `line ${line}`;
    const { link_id: id = '', from_node_id: from = '', to_node_id: to = '', directed = '', allowed_uses: uses = '' } = fields;
    if (id === '' || this.#seen.has(id)) {
      this.#fault(id === '' ? 'missing-value' : 'duplicate-id', 'link.csv', feature, 'link_id', `"${id}"`, 'an id of its own');
      return [];
    }
    this.#seen.add(id);
    const strangers = [from, to].filter((end) => !this.#places.has(end));
    for (const end of strangers)
      this.#fault('unknown-reference', 'link.csv', feature, 'from_node_id, to_node_id', `"${end}"`, 'a node_id of node.csv');
    if (strangers.length > 0) return [];
    if (!this.#isAllowed(uses)) return [];
    if (from === to) {
      this.#loops += 1;
      return [];
    }
    const oneway = { '': true, '1': true, true: true, '0': false, false: false }[directed.toLowerCase()];
    if (oneway === undefined) this.#fault('bad-value', 'link.csv', feature, 'directed', `"${directed}"`, '1, 0, true or false');
    const length = this.#length(fields, line, feature);
    const speed = this.#speed(fields, feature);
    if (oneway === undefined || length === null || speed === null) return [];
    const lanes = fields.lanes ? Number(fields.lanes) : Number.NaN;
    const name = fields.name ?? '';
    const road = {
      id,
      from,
      to,
      route: name,
      name,
      class: fields.facility_type || 'road',
      lengthKilometres: length,
      speedKilometresPerHour: speed,
    };
    const provenance = { source: 'GMNS link.csv', confidence: '', basis: 'published' as const, kept: {} };
    return [{ ...road, lanes: lanes >= 0 ? lanes : null, oneway, toll: null, opened: null, status: 'open', ...provenance }];
  }

  #isAllowed(uses: string): boolean {
    const named = uses
      .toLowerCase()
      .split(/[;,| ]+/)
      .filter((use) => use !== '');
    if (named.length === 0 || named.some((use) => this.#options.uses.includes(use))) return true;
    this.#leftOut.set(uses, (this.#leftOut.get(uses) ?? 0) + 1);
    return false;
  }

  #length(fields: CsvRow['fields'], line: number, feature: string): number | null {
    const straight = this.#straightOf.get(line) ?? 0;
    const given = fields.length ?? '';
    const length = given === '' ? straight : Number(given) * (this.#units.lengthKilometres ?? Number.NaN);
    if (given === '') this.#measured += 1;
    if (length > 0 && Number.isFinite(length)) return length;
    this.#fault(
      'bad-value',
      'link.csv',
      feature,
      'length',
      given === '' ? 'nothing, and its ends are one place' : `"${given}"`,
      'a number greater than 0',
    );
    return null;
  }

  #speed(fields: CsvRow['fields'], feature: string): number | null {
    const given = fields.free_speed ?? '';
    const { defaultSpeedKilometresPerHour: stand } = this.#options;
    const speed = given === '' ? stand : Number(given) * (this.#units.speedKilometresPerHour ?? Number.NaN);
    if (given === '' && speed !== null) this.#imputedSpeeds += 1;
    if (speed !== null && speed >= SPEEDS.least && speed <= SPEEDS.most) return speed;
    const expected = given === '' ? 'a speed, or --default-speed' : `${SPEEDS.least} to ${SPEEDS.most} km/h`;
    this.#fault(
      given === '' ? 'missing-speed' : 'bad-value',
      'link.csv',
      feature,
      'free_speed',
      given === '' ? 'nothing' : `"${given}"`,
      expected,
    );
    return null;
  }

  notes(): string[] {
    const notes = [...this.#leftOut].map(([uses, count]) => `left out ${count} links for ${uses}: see --uses`);
    if (this.#loops > 0) notes.push(`left out ${this.#loops} links that lead back to their own node`);
    if (this.#measured > 0) notes.push(`measured ${this.#measured} links without a length along the straight line`);
    if (this.#imputedSpeeds > 0)
      notes.push(`imputed ${this.#imputedSpeeds} times: speed ${this.#options.defaultSpeedKilometresPerHour} km/h as given`);
    return notes;
  }
}

/** A zone at the first centroid of each zone_id; at the first node where the table knows no centroids. */
function zonesOf(table: GmnsTable, places: ReadonlyMap<string, Place>): Zone[] {
  const zones = new Map<string, Zone>();
  const centroids = table.rows.filter(({ fields }) => fields.node_type?.toLowerCase() === 'centroid');
  for (const { fields } of centroids.length > 0 ? centroids : table.rows) {
    const [id = '', place] = [fields.zone_id, places.get(fields.node_id ?? '')];
    if (id === '' || !place || zones.has(id)) continue;
    const { longitude, latitude, name } = place;
    const head = { id, name: name || `zone ${id}`, nameLocal: '', admin1: '', admin2: '' };
    zones.set(id, { ...head, longitude, latitude, population: 0, jobs: null, gdp: null, figures: {} });
  }
  return [...zones.values()];
}
