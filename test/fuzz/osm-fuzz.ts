import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataError } from '../../src/model/errors.ts';
import { DEFAULT_OSM_OPTIONS, importOsm, type OsmImport } from '../../src/read/osm/import-osm.ts';
import { node, osmXml, relation, way } from '../support/osm-worlds.ts';
import { writePbf } from '../support/pbf-writer.ts';
import { BZIP2_WORLD } from './bzip2-world.ts';
import { randomFrom } from './mutate.ts';
import { mutateOsm } from './mutate-osm.ts';

export type FuzzFormat = 'pbf' | 'xml' | 'gz' | 'bz2';

/** A grid of roads with everything in it that the importer looks at. */
const GRID = Array.from({ length: 36 }, (_none, index) => ({ id: 101 + index, x: index % 6, y: Math.floor(index / 6) }));
const TAGS: readonly Record<string, string>[] = [
  { highway: 'primary', maxspeed: '50;70', name: 'Main Street', oneway: '-1' },
  { highway: 'residential', maxspeed: 'RO:urban' },
  { highway: 'tertiary', bridge: 'yes', lanes: '2' },
  { highway: 'motorway', toll: 'yes', maxspeed: '70 mph' },
  { railway: 'rail', maxspeed: '120', usage: 'main' },
  { route: 'ferry', motor_vehicle: 'yes', duration: '00:10' },
];

const LINES = [
  ...Array.from({ length: 6 }, (_none, row) => Array.from({ length: 6 }, (_node, column) => 101 + row * 6 + column)),
  ...Array.from({ length: 6 }, (_none, column) => Array.from({ length: 6 }, (_node, row) => 101 + row * 6 + column)),
  [101, 102, 108, 107, 101],
].map((nodes, index) => ({ id: index + 1, nodes, tags: TAGS[index % TAGS.length] ?? {} }));

const NODE_TAGS: Readonly<Record<number, Record<string, string>>> = {
  110: { barrier: 'bollard' },
  115: { place: 'town', name: 'Middle', population: '1,000' },
  125: { railway: 'station', name: 'East' },
  130: { railway: 'station', name: 'West' },
};

const TURN = { type: 'restriction', restriction: 'only_straight_on' };
const BORDER = { type: 'boundary', boundary: 'administrative', admin_level: '6', name: 'Unit' };

function wholeXml(): Buffer {
  const nodes = GRID.map(({ id, x, y }) => node(id, x, y, NODE_TAGS[id] ?? {}));
  const ways = LINES.map(({ id, nodes: refs, tags }) => way(id, refs, tags));
  const relations = [
    relation(1, ['way 1 from', 'node 103 via', 'way 9 to'], TURN),
    relation(2, ['way 2 from', 'way 8 via', 'way 3 to'], TURN),
    relation(3, ['way 13 outer'], BORDER),
  ];
  return Buffer.from(osmXml([...nodes, ...ways, ...relations]));
}

function wholePbf(isPacked: boolean): Buffer {
  const nodes = GRID.map(({ id, x, y }) => ({ id, longitudeE7: x * 10_000, latitudeE7: y * 10_000, tags: NODE_TAGS[id] ?? {} }));
  const relations = [
    {
      id: 1,
      members: [
        [1, 'from', 1],
        [103, 'via', 0],
        [9, 'to', 1],
      ] as const,
      tags: TURN,
    },
    { id: 3, members: [[13, 'outer', 1]] as const, tags: BORDER },
  ];
  return writePbf(nodes, LINES, { isPacked, relations });
}

/** The sound file that number `index` is a broken copy of. */
function original(format: FuzzFormat, index: number): Buffer {
  if (format === 'pbf') return wholePbf(index % 3 === 0);
  if (format === 'bz2') return BZIP2_WORLD;
  return format === 'gz' ? gzipSync(wholeXml()) : wholeXml();
}

/** What is wrong with a result that no message came with; empty where nothing is. */
function faultsOf({ region }: OsmImport): string[] {
  const faults: string[] = [];
  const onGlobe = (longitude: number, latitude: number) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  const junctions = new Set<string>();
  for (const { id, longitude, latitude } of region.junctions) {
    if (junctions.has(id)) faults.push(`junction ${id} twice`);
    junctions.add(id);
    if (!onGlobe(longitude, latitude)) faults.push(`junction ${id} at ${longitude}, ${latitude}`);
  }
  const roads = new Set<string>();
  for (const { id, from, to, lengthKilometres, speedKilometresPerHour, geometry } of region.roads) {
    if (roads.has(id)) faults.push(`road ${id} twice`);
    roads.add(id);
    if (from === to || !junctions.has(from) || !junctions.has(to)) faults.push(`road ${id} from ${from} to ${to}`);
    if (!(lengthKilometres > 0 && lengthKilometres < 1e6)) faults.push(`road ${id} of ${lengthKilometres} km`);
    if (!(speedKilometresPerHour >= 1 && speedKilometresPerHour <= 450)) faults.push(`road ${id} at ${speedKilometresPerHour} km/h`);
    if (!geometry?.every(([longitude, latitude]) => onGlobe(longitude, latitude))) faults.push(`road ${id} is not drawn on the globe`);
  }
  for (const { id, path } of region.turns ?? []) {
    if (path.length < 2 || !path.every((step) => roads.has(step.slice(0, -1)))) faults.push(`turn ${id} over ${path.join(' ')}`);
  }
  const stations = new Set(region.stations.map((station) => station.id));
  for (const { id, from, to, minutes } of region.rail) {
    if (!stations.has(from) || !stations.has(to) || !(minutes > 0 && minutes < 1e6)) faults.push(`rail ${id} in ${minutes} min`);
  }
  for (const { id, population } of region.zones) if (!(population >= 0)) faults.push(`zone ${id} of ${population}`);
  return faults;
}

export interface FuzzTally {
  refused: number;
  read: number;
  readonly failures: string[];
}

/**
 * Import broken copies number 0 … count - 1 of a format. Each must be read to a sound network or refused with a message that names the file's
 * fault; anything else (another error, a wrong row) is a failure, told with its number so that it can be made again.
 */
export async function fuzzOsm(format: FuzzFormat, count: number, seed: number): Promise<FuzzTally> {
  const folder = mkdtempSync(join(tmpdir(), 'corridor-fuzz-'));
  const tally: FuzzTally = { refused: 0, read: 0, failures: [] };
  try {
    for (let index = 0; index < count; index++) {
      const path = join(folder, `broken.osm.${format}`);
      writeFileSync(path, mutateOsm(original(format, index), randomFrom(seed + index), format === 'xml'));
      try {
        const faults = faultsOf(await importOsm(path, DEFAULT_OSM_OPTIONS));
        tally.read += 1;
        if (faults.length > 0) tally.failures.push(`${format} ${index}: ${faults.slice(0, 3).join('; ')}`);
      } catch (error) {
        tally.refused += 1;
        const isMessage = error instanceof DataError && error.problems.every(({ found, expected }) => found !== '' && expected !== '');
        if (!isMessage) tally.failures.push(`${format} ${index}: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return tally;
}
