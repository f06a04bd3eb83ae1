import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import type { Network } from '../../src/model/network.ts';
import type { Problem } from '../../src/model/problem.ts';
import { openLinks } from '../../src/open/open-links.ts';
import { DEFAULT_GMNS_OPTIONS, importGmns } from '../../src/read/gmns/import-gmns.ts';
import { DEFAULT_GTFS_OPTIONS, type GtfsImport, importGtfs } from '../../src/read/gtfs/import-gtfs.ts';
import { decodeTimetable } from '../../src/read/timetable-file.ts';
import { regionFiles } from '../../src/write/region-folder.ts';
import { timetableBytes } from '../../src/write/timetable-file.ts';
import { RICH_FEED, zipBytes } from '../support/tiny-feed.ts';
import { check, checkRegion, FUZZ_MANIFEST, type Target } from './checks.ts';
import { MAP_TARGETS } from './map-targets.ts';
import { mutate } from './mutate.ts';
import { RASTER_TARGETS } from './raster-targets.ts';

const gtfsOptions = { ...DEFAULT_GTFS_OPTIONS, id: 'fuzz' };
const hasErrors = (problems: readonly Problem[]) => problems.some(({ severity }) => severity === 'error');
/** Lines that problems of a file name: "line 3" or "lines 3–5, 9 (4 rows)". */
function namedLines(problems: readonly Problem[], file: string): Set<number> {
  const lines = new Set<number>();
  for (const { feature } of problems.filter((problem) => problem.file === file && problem.severity === 'error')) {
    for (const [, first, last] of feature.replace(/\(.*\)/, '').matchAll(/(\d+)(?:–(\d+))?/g)) {
      for (let line = Number(first); line <= Number(last ?? first); line++) lines.add(line);
    }
  }
  return lines;
}

function checkFeed(result: GtfsImport, folder: string, feed: string): void {
  checkRegion(result.region, folder);
  decodeTimetable(timetableBytes(result.timetable), 'timetable.bin');
  for (const { file, rows, taken } of result.feeds[0]?.counts ?? []) {
    const lines = namedLines(result.problems, file);
    check(rows - taken <= lines.size, `${file}: ${rows - taken} rows refused, ${lines.size} lines named`);
    const text = readFileSync(join(feed, file), 'latin1');
    if (text.includes('"')) continue;
    // without quotes a record is a line, and every line that is not blank counts
    const records = text.split(/\r\n|\n|\r/).filter((line) => line.replace('\u00ef\u00bb\u00bf', '').trim() !== '').length;
    check(rows === records - 1, `${file}: ${rows} rows read, ${records - 1} there`);
  }
}

const gtfsTables: Target = async (folder, random) => {
  const feed = join(folder, 'feed');
  rmSync(feed, { recursive: true, force: true });
  mkdirSync(feed);
  const names = Object.keys(RICH_FEED);
  const broken = names[Math.floor(random() * names.length)];
  for (const [name, text] of Object.entries(RICH_FEED)) {
    const bytes = Buffer.from(text);
    writeFileSync(join(feed, name), name === broken ? mutate(bytes, random) : bytes);
  }
  checkFeed(await importGtfs([feed], gtfsOptions), folder, feed);
};

let whole: string | null = null;
const fingerprint = ({ region, timetable }: GtfsImport) =>
  JSON.stringify([...regionFiles(region)]) + Buffer.from(timetableBytes(timetable)).toString('hex');

const gtfsZip: Target = async (folder, random) => {
  const zip = join(folder, 'feed.zip');
  const bytes = zipBytes(RICH_FEED);
  if (whole === null) {
    writeFileSync(zip, bytes);
    whole = fingerprint(await importGtfs([zip], gtfsOptions));
  }
  writeFileSync(zip, mutate(bytes, random));
  const result = await importGtfs([zip], gtfsOptions);
  const isTold = hasErrors(result.problems) || result.notes.some((note) => note.includes('not read:'));
  check(isTold || fingerprint(result) === whole, 'a damaged zip gave another region');
};

function checkNetwork(network: Network): void {
  check(network.firstArc[network.nodeCount] === network.arcCount, 'arcs without a node');
  check(
    network.arcHead.every((head) => head < network.nodeCount),
    'an arc to nowhere',
  );
  check(
    network.arcCost.every((cost) => cost >= 1),
    'an arc without a cost',
  );
}

const line = (id: string, coordinates: number[][], properties = {}) =>
  JSON.stringify({ type: 'Feature', id, geometry: { type: 'LineString', coordinates }, properties: { speed_kmh: 60, ...properties } });
const LINES = [
  line('a', [
    [0, 0],
    [0.5, 0],
    [1, 0],
  ]),
  line(
    'b',
    [
      [0.5, 0],
      [0.5, 1],
    ],
    { oneway: 'yes' },
  ),
  line(
    'c',
    [
      [1, 0],
      [1, 1],
      [0.5, 1],
    ],
    { oneway: '-1', maxspeed: 80 },
  ),
];
const COLLECTION = `{"type":"FeatureCollection","features":[\n${LINES.join(',\n')}\n]}\n`;

const geojson: Target = async (folder, random) => {
  const path = join(folder, 'lines.geojson');
  const bytes = mutate(Buffer.from(COLLECTION), random);
  writeFileSync(path, bytes);
  const { network, notes } = openLinks(path, DEFAULT_GRAPH_OPTIONS);
  checkNetwork(network);
  const features: { geometry: { type: string } }[] = JSON.parse(bytes.toString('utf8')).features;
  const lines = new Set(network.linkIds.map((id) => id.slice(0, id.lastIndexOf('#'))));
  const loops = notes.filter((note) => note.includes('lead back')).length;
  check(
    lines.size + loops >= features.filter(({ geometry }) => geometry.type === 'LineString').length - loops * LINES.length,
    'a line is missing',
  );
};

const EDGES = `from,to,weight\n${[...'abcdefgh'].map((from, index) => `${from},${'bcdefgha'[index]},${(index + 1) * 1000}`).join('\n')}\n`;

const edges: Target = async (folder, random) => {
  const path = join(folder, 'edges.csv');
  const bytes = mutate(Buffer.from(EDGES), random);
  writeFileSync(path, bytes);
  const { network, notes } = openLinks(path, DEFAULT_GRAPH_OPTIONS);
  checkNetwork(network);
  const text = bytes.toString('latin1');
  if (text.includes('"') || text.includes('\r')) return;
  const rows = text.split('\n').filter((row) => row !== '').length - 1;
  check(network.arcCount + notes.length === rows, `${network.arcCount} arcs and ${notes.length} notes of ${rows} rows`);
};

const NODES = `node_id,name,x_coord,y_coord,node_type,zone_id\n${[...'123456'].map((id) => `${id},N${id},0.0${id},0.0${(Number(id) * 3) % 7},centroid,${id}`).join('\n')}\n`;
const LINKS = `link_id,name,from_node_id,to_node_id,directed,length,facility_type,free_speed,lanes,allowed_uses\n${[...'12345'].map((id) => `${id},L${id},${id},${Number(id) + 1},${Number(id) % 2},2.5,primary,50,2,${id === '3' ? 'walk' : 'auto'}`).join('\n')}\n`;

const gmns: Target = async (folder, random) => {
  const tables = join(folder, 'gmns');
  rmSync(tables, { recursive: true, force: true });
  mkdirSync(tables);
  const files = { 'node.csv': NODES, 'link.csv': LINKS, 'config.csv': 'dataset_name,long_length,speed,crs\nx,km,km/h,EPSG:4326\n' };
  const broken = Object.keys(files)[Math.floor(random() * 3)];
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text);
    writeFileSync(join(tables, name), name === broken ? mutate(bytes, random) : bytes);
  }
  const { junctions, roads, zones, problems, notes, counts } = importGmns(tables, {
    ...DEFAULT_GMNS_OPTIONS,
    units: { lengthKilometres: 1, speedKilometresPerHour: 1 },
  });
  const left = notes.reduce((sum, note) => sum + Number(/^left out (\d+)/.exec(note)?.[1] ?? 0), 0);
  const lines = namedLines(problems, 'link.csv');
  check(
    roads.length + left + lines.size >= counts.links,
    `${roads.length} roads, ${left} left out, ${lines.size} lines named, of ${counts.links}`,
  );
  if (zones.length === 0) return;
  const region = { zones, stations: [], junctions, roads, rail: [], services: [], transfers: [], plans: [], references: [] };
  checkRegion({ ...region, manifest: { ...FUZZ_MANIFEST, primaryCore: zones[0]?.id ?? '1' } }, folder);
};

export const TARGETS: Readonly<Record<string, Target>> = {
  'gtfs-tables': gtfsTables,
  'gtfs-zip': gtfsZip,
  geojson,
  'edge-list': edges,
  gmns,
  ...MAP_TARGETS,
  ...RASTER_TARGETS,
};
