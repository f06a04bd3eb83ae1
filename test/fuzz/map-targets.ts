import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPlainGraph } from '../../src/build/plain-graph.ts';
import { plainRegionRows } from '../../src/build/plain-region.ts';
import type { Layer } from '../../src/model/layer.ts';
import type { Problem } from '../../src/model/problem.ts';
import { faultsInto } from '../../src/read/features.ts';
import { DEFAULT_LINE_FIELDS, readLines } from '../../src/read/lines/line-feature.ts';
import { openLineFile } from '../../src/read/lines/open-lines.ts';
import { sampleZones } from '../../src/read/sample-zones.ts';
import { layerFlatGeobuf } from '../../src/write/export/flatgeobuf.ts';
import { geoPackage } from '../../src/write/export/geopackage.ts';
import { shapefile } from '../support/shapefile.ts';
import { zipBytes } from '../support/tiny-feed.ts';
import { check, checkRegion, FUZZ_MANIFEST, type Target } from './checks.ts';
import { mutateBinary } from './mutate.ts';

/** A ladder of streets: two long lines and the rungs between them, with every property that the reader takes. */
const LINES = Array.from({ length: 8 }, (_none, index) => ({
  positions:
    index < 2
      ? Array.from({ length: 6 }, (_position, x): [number, number] => [x * 0.01, index * 0.01])
      : ([
          [(index - 2) * 0.01, 0],
          [(index - 2) * 0.01, 0.01],
        ] as [number, number][]),
  row: {
    id: `s${index}`,
    maxspeed: ['50', '30 mph', '80'][index % 3] ?? '',
    oneway: ['no', 'yes', '-1', 'F'][index % 4] ?? '',
    highway: ['primary', 'residential'][index % 2] ?? '',
    name: `Street ${index}`,
    lanes: '2',
  },
}));
const NAMES = ['id', 'maxspeed', 'oneway', 'highway', 'name', 'lanes'] as const;
const LAYER: Layer = {
  name: 'streets',
  geometry: 'LineString',
  columns: NAMES.map((name) => ({ name, type: 'text', unit: '' })),
  rows: LINES.map(({ row }) => NAMES.map((name) => row[name])),
  positions: LINES.map(({ positions }) => positions),
};

/** What comes of a file: all its lines or a fault for each that is missing, and a region that is read back without a fault. */
async function checkLines(path: string, folder: string): Promise<string> {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const features = await openLineFile(path, null);
  check(features.length === LINES.length, `${features.length} features of ${LINES.length}`);
  const { lines, points } = readLines(features, 'streets', DEFAULT_LINE_FIELDS, fault);
  const whole = new Set(lines.map(({ id }) => id.replace(/\/\d+$/, '')));
  check(whole.size + points + problems.length >= features.length, `${whole.size} lines, ${points} points and ${problems.length} faults`);
  const { graph, refused } = buildPlainGraph(lines, { toleranceMetres: 1, defaultSpeedKilometresPerHour: 50 });
  check(refused.length === 0, 'a line without a speed, in spite of the default');
  const rows = plainRegionRows(graph, new Map(lines.map((line) => [line.id, line])), 'streets');
  if (rows.roads.length === 0) return '';
  const zones = sampleZones(rows.junctions, 5);
  const rest = { stations: [], rail: [], services: [], transfers: [], plans: [], references: [] };
  checkRegion({ ...rest, ...rows, zones, manifest: { ...FUZZ_MANIFEST, primaryCore: zones[0]?.id ?? '' } }, folder);
  return JSON.stringify([rows.junctions, rows.roads]);
}

/** A format of one file: the whole one is made once. */
function oneFile(name: string, make: () => Promise<Uint8Array>): Target {
  let whole: Buffer | null = null;
  return async (folder, random) => {
    whole ??= Buffer.from(await make());
    const path = join(folder, name);
    writeFileSync(path, mutateBinary(whole, random));
    await checkLines(path, folder);
  };
}

const SHAPES = shapefile(LINES);

const shapeFiles: Target = async (folder, random) => {
  const shapes = join(folder, 'shapes');
  rmSync(shapes, { recursive: true, force: true });
  mkdirSync(shapes);
  const endings = ['shp', 'dbf', 'prj'] as const;
  const broken = endings[Math.floor(random() * endings.length)];
  for (const ending of endings) {
    writeFileSync(join(shapes, `streets.${ending}`), ending === broken ? mutateBinary(SHAPES[ending], random) : SHAPES[ending]);
  }
  await checkLines(join(shapes, 'streets.shp'), folder);
};

const SHAPE_ZIP = zipBytes(Object.fromEntries(Object.entries(SHAPES).map(([ending, bytes]) => [`roads/streets.${ending}`, bytes])));
let unpacked: string | null = null;

const shapeZip: Target = async (folder, random) => {
  const path = join(folder, 'streets.zip');
  if (unpacked === null) {
    writeFileSync(path, SHAPE_ZIP);
    unpacked = await checkLines(path, folder);
  }
  writeFileSync(path, mutateBinary(SHAPE_ZIP, random));
  check((await checkLines(path, folder)) === unpacked, 'a damaged zip gave other roads');
};

export const MAP_TARGETS: Readonly<Record<string, Target>> = {
  geopackage: oneFile('streets.gpkg', () => geoPackage([LAYER])),
  flatgeobuf: oneFile('streets.fgb', async () => layerFlatGeobuf(LAYER).bytes),
  shapefile: shapeFiles,
  'shapefile-zip': shapeZip,
};
