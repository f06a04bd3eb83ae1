import { basename } from 'node:path';
import { PLAIN_DEFAULTS } from '../../model/mode-defaults.ts';
import type { Problem } from '../../model/problem.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Border, Track } from '../../model/surroundings.ts';
import type { Place, Region, RegionManifest, RoadLink, Zone } from '../../model/tables.ts';
import { borderPolygons } from './border-polygons.ts';
import { collectOsm, type OsmData } from './collect.ts';
import { DEFAULT_SPEEDS, type SpeedTable } from './default-speeds.ts';
import { DEFAULT_CLASSES } from './highway-rules.ts';
import { openOsm } from './open-osm.ts';
import { railRows } from './rail-links.ts';
import { DEFAULT_RAIL_CLASSES } from './railway-rules.ts';
import { buildRoadNetwork, junctionRows, type RoadNetwork, roadRows, usedVertices } from './road-network.ts';
import { trackRows } from './track-rows.ts';
import { zoneRows } from './zone-rows.ts';

export interface OsmOptions {
  readonly classes: ReadonlySet<string>;
  readonly railClasses: ReadonlySet<string>;
  readonly speeds: SpeedTable;
  readonly country: string | null;
  readonly isSimplified: boolean;
  readonly leastIslandJunctions: number;
  readonly progress: Progress;
}

export const DEFAULT_OSM_OPTIONS: OsmOptions = {
  classes: DEFAULT_CLASSES,
  railClasses: DEFAULT_RAIL_CLASSES,
  speeds: DEFAULT_SPEEDS,
  country: null,
  isSimplified: true,
  leastIslandJunctions: 0,
  progress: SILENT,
};

/** What came in, for the report of the import and for checks against other readings of the file. */
interface OsmCounts {
  readonly nodes: number;
  readonly ways: number;
  readonly relations: number;
  readonly highways: number;
  readonly roadWays: number;
  readonly railWays: number;
  readonly roadPieces: number;
  readonly roadLinks: number;
  readonly junctions: number;
  readonly roadKilometres: number;
  readonly islands: number;
  readonly turns: number;
}

export interface OsmImport {
  /** a region but for its manifest; roads and junctions are made row by row, in order of their ids, each time they are run through */
  readonly region: Omit<Region, 'manifest' | 'roads' | 'junctions'> & {
    readonly roads: Iterable<RoadLink>;
    readonly junctions: Iterable<Place>;
  };
  readonly tracks: readonly Track[];
  readonly borders: readonly Border[];
  readonly counts: OsmCounts;
  readonly boundingBox: RegionManifest['boundingBox'];
  readonly problems: readonly Problem[];
}

const KINDS = {
  'way-dropped': { severity: 'note', expected: 'a road that cars may use' },
  'way-cut': { severity: 'warning', expected: 'all nodes of the way in the file' },
  'rail-way-dropped': { severity: 'note', expected: 'a track of a class asked for' },
  'rail-way-cut': { severity: 'warning', expected: 'all nodes of the way in the file' },
  'node-dropped': { severity: 'warning', expected: 'degrees WGS84' },
  barrier: { severity: 'note', expected: 'nothing: roads end there' },
  'speed-imputed': { severity: 'note', expected: 'maxspeed as a number' },
  'speed-rule': { severity: 'note', expected: 'one speed for all hours and both directions' },
  'turn-dropped': { severity: 'note', expected: 'a restriction for cars at all hours on roads of the network' },
  'zero-length': { severity: 'note', expected: 'two places: the link counts as one millimetre' },
  'border-dropped': { severity: 'note', expected: 'a boundary that closes within the file' },
  'population-missing': { severity: 'warning', expected: 'people of the zone: it counts nobody' },
  'station-off-track': { severity: 'warning', expected: 'a track of its kind beside it' },
  'rail-minutes': { severity: 'note', expected: 'a timetable' },
} as const;

/**
 * A region from an OpenStreetMap file: `.osm.pbf`, `.osm`, `.osm.gz` or `.osm.bz2`.
 *
 * Three passes over the file; the network stays in typed arrays and its rows are made when they are written, so that memory grows with the
 * roads of the file and not with the file. Everything dropped, cut, refused or assumed is in `problems`, counted by reason.
 *
 * @throws DataError where the file is broken; UsageError where it is absent
 * Cost O(objects log nodes). Rules and their sources: docs/openstreetmap.md.
 */
export async function importOsm(path: string, options: OsmOptions = DEFAULT_OSM_OPTIONS): Promise<OsmImport> {
  const data = await collectOsm(openOsm(path), options, options.progress);
  const network = buildRoadNetwork(data, options);
  const tracks = [...trackRows(data)];
  const rail = railRows(data);
  const borders = borderPolygons(data);
  const zones = zoneRows(data, borders);
  const file = basename(path);
  const problems: Problem[] = data.tally.problems(file, KINDS);
  problems.push(...islandProblems(network, options, file));
  return {
    region: {
      zones,
      ...rail,
      junctions: { [Symbol.iterator]: () => junctionRows(network) },
      roads: { [Symbol.iterator]: () => roadRows(network) },
      services: [],
      transfers: [],
      plans: [],
      references: [],
      turns: network.turns,
    },
    tracks,
    borders,
    counts: countsOf(data, network),
    boundingBox: boxOf(data, network, [...rail.stations, ...zones]),
    problems,
  };
}

function islandProblems({ islands, left }: RoadNetwork, options: OsmOptions, file: string): Problem[] {
  const common = { severity: 'warning', file, property: 'component', expected: 'a network in one piece' } as const;
  const problems: Problem[] = [];
  if (left.islands > 0) {
    const found = `${left.islands} islands of under ${options.leastIslandJunctions} junctions, ${left.kilometres.toFixed(3)} km in all`;
    problems.push({ ...common, kind: 'island-dropped', feature: `${left.links} links left out`, found });
  }
  if (islands > 1) problems.push({ ...common, kind: 'islands', feature: 'roads', found: `${islands} islands` });
  return problems;
}

function countsOf(data: OsmData, network: RoadNetwork): OsmCounts {
  let roadKilometres = 0;
  for (const link of network.order) roadKilometres += network.kilometres[link] ?? 0;
  return {
    ...data.seen,
    roadWays: data.roads.count,
    railWays: data.rails.count,
    roadPieces: network.pieces.count,
    roadLinks: network.order.length,
    junctions: usedVertices(network).length,
    roadKilometres,
    islands: network.islands,
    turns: network.turns.length,
  };
}

/** West, south, east, north of all that was imported; the whole globe where nothing has a place. */
function boxOf(
  data: OsmData,
  network: RoadNetwork,
  places: readonly Pick<Place, 'longitude' | 'latitude'>[],
): RegionManifest['boundingBox'] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const add = (longitude: number, latitude: number) => {
    box[0] = Math.min(box[0], longitude);
    box[1] = Math.min(box[1], latitude);
    box[2] = Math.max(box[2], longitude);
    box[3] = Math.max(box[3], latitude);
  };
  for (const vertex of usedVertices(network)) {
    const node = network.pieces.vertices.node[vertex] ?? 0;
    add(data.nodes.longitude(node), data.nodes.latitude(node));
  }
  for (const { longitude, latitude } of places) add(longitude, latitude);
  return box[0] <= box[2] ? box : [-180, -90, 180, 90];
}

/** What a region folder starts with: the largest zone leads, and the largest of each other first-level unit. */
export function osmManifest(
  id: string,
  name: string,
  zones: readonly Zone[],
  box: RegionManifest['boundingBox'],
  file: string,
): RegionManifest {
  const largest = zones.toSorted((a, b) => b.population - a.population || (a.id < b.id ? -1 : 1));
  const firsts = largest.filter((zone, index) => largest.findIndex((other) => other.admin1 === zone.admin1) === index);
  return {
    id,
    name,
    nameLocal: name,
    boundingBox: box,
    areaSquareKilometres: null,
    areaSource: '',
    primaryCore: largest[0]?.id ?? '',
    secondaryCores: firsts.slice(1).map((zone) => zone.id),
    currency: '',
    valueOfTimePerHour: 0,
    defaults: PLAIN_DEFAULTS,
    sources: [`${file}: © OpenStreetMap contributors, Open Database License 1.0 (openstreetmap.org/copyright)`],
  };
}
