import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { buildPlainGraph } from '../build/plain-graph.ts';
import { plainRegionRows } from '../build/plain-region.ts';
import { DataError } from '../model/errors.ts';
import { PLAIN_DEFAULTS } from '../model/mode-defaults.ts';
import type { Problem } from '../model/problem.ts';
import type { Place, Region, RoadLink, Zone } from '../model/tables.ts';
import { edgeRegionRows } from '../read/edge-region.ts';
import { faultsInto } from '../read/features.ts';
import { lengthUnit, speedUnit } from '../read/gmns/gmns-tables.ts';
import { DEFAULT_GMNS_OPTIONS, importGmns } from '../read/gmns/import-gmns.ts';
import { DEFAULT_LINE_FIELDS, readLines } from '../read/lines/line-feature.ts';
import { sampleZones } from '../read/sample-zones.ts';
import { writeRegion } from '../write/region-folder.ts';
import { tellProblems } from './import-gtfs-command.ts';
import { numberOption, wholeOption } from './network-options.ts';
import { tellNextSteps } from './next-steps.ts';

const ZONES = '100';

interface SharedFlags {
  readonly out: string;
  readonly zones: string;
  readonly defaultSpeed?: string;
}

export function registerImportLines(parent: Command): void {
  const shared = (command: Command) =>
    command
      .requiredOption('--out <folder>', 'the region folder to write')
      .option('--zones <count>', 'seats spread over the network where the files have no zones, at most', ZONES);
  shared(parent.command('lines <file>'))
    .description('roads from lines: GeoJSON, GeoPackage, FlatGeobuf or shapefile (also zipped); joined where they share a vertex')
    .option('--default-speed <kmh>', 'for lines without a speed; each use is counted')
    .option('--speed-field <name>', 'property with the speed, km/h (default: speed_kmh, maxspeed)')
    .option('--class-field <name>', 'property with the class (default: class, highway, fclass, railway)')
    .option('--tolerance <metres>', 'ends this near are one node', '1')
    .option('--layer <name>', 'the table of a GeoPackage, or the shapefile of a zip')
    .addHelpText('after', '\nExample: corridor import lines roads.gpkg --layer roads --default-speed 50 --out networks/my-town')
    .action((file: string, flags: LineFlags) => importLines(file, flags));
  shared(parent.command('gmns <folder>'))
    .description('roads from node.csv and link.csv of the General Modeling Network Specification')
    .option('--length-unit <name>', 'km, m, miles or feet, where config.csv names none')
    .option('--speed-unit <name>', 'km/h or mph, where config.csv names none')
    .option('--default-speed <kmh>', 'for links without free_speed; each use is counted')
    .option('--uses <names>', 'links for one of these in allowed_uses', DEFAULT_GMNS_OPTIONS.uses.join(','))
    .addHelpText('after', '\nExample: corridor import gmns lima --speed-unit mph --out networks/lima')
    .action((folder: string, flags: GmnsFlags) => importGmnsFolder(folder, flags));
  shared(parent.command('edges <file>'))
    .description('roads from a directed edge list (from,to,weight in milliseconds) and the places of its nodes')
    .requiredOption('--nodes <file>', 'CSV with id, longitude, latitude')
    .addHelpText('after', '\nExample: corridor import edges edges.csv --nodes nodes.csv --out networks/my-graph')
    .action((file: string, flags: SharedFlags & { nodes: string }) => importEdges(file, flags));
}

type LineFlags = SharedFlags & { speedField?: string; classField?: string; tolerance: string; layer?: string };

async function importLines(path: string, flags: LineFlags): Promise<void> {
  const file = basename(path);
  const problems: Problem[] = [];
  const fields = {
    ...DEFAULT_LINE_FIELDS,
    ...(flags.speedField ? { speed: [flags.speedField] } : {}),
    ...(flags.classField ? { class: [flags.classField] } : {}),
  };
  const tolerance = numberOption('--tolerance', flags.tolerance, 0, 1000);
  const speed = readSpeed(flags.defaultSpeed);
  // the readers of map formats weigh more than all else: no other command waits for them
  const { openLineFile } = await import('../read/lines/open-lines.ts');
  const features = await openLineFile(path, flags.layer ?? null);
  const { lines, points } = readLines(features, file, fields, faultsInto(problems));
  const noding = { toleranceMetres: tolerance, defaultSpeedKilometresPerHour: speed };
  const { graph, imputed, refused, loops } = buildPlainGraph(lines, noding);
  const fault = faultsInto(problems);
  for (const id of refused) fault('missing-speed', file, id, fields.speed[0] ?? 'speed', 'nothing', 'a speed in km/h, or --default-speed');
  const rows = plainRegionRows(graph, new Map(lines.map((line) => [line.id, line])), `lines of ${file}`);
  if (rows.roads.length === 0) fault('no-links', file, '–', 'features', 'no usable line', 'at least one');
  if (rows.roads.length === 0) throw new DataError(problems);
  const notes = imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`);
  if (points > 0) notes.push(`passed over ${points} points`);
  if (loops.length > 0) notes.push(`left out ${loops.length} pieces that lead back to their own node`);
  finish({ ...rows, zones: [], problems }, [`${features.length} features, ${lines.length} lines`, ...notes], flags, `lines of ${file}`);
}

type GmnsFlags = SharedFlags & { lengthUnit?: string; speedUnit?: string; uses: string };

function importGmnsFolder(folder: string, flags: GmnsFlags): void {
  const units = {
    lengthKilometres: flags.lengthUnit === undefined ? null : lengthUnit(flags.lengthUnit),
    speedKilometresPerHour: flags.speedUnit === undefined ? null : speedUnit(flags.speedUnit),
  };
  const uses = flags.uses.toLowerCase().split(',');
  const { counts, notes, ...rows } = importGmns(folder, { units, defaultSpeedKilometresPerHour: readSpeed(flags.defaultSpeed), uses });
  finish(rows, [`${counts.nodes} nodes, ${counts.links} links in the tables`, ...notes], flags, `GMNS tables of ${basename(folder)}`);
}

function importEdges(file: string, flags: SharedFlags & { nodes: string }): void {
  const { straight, ...rows } = edgeRegionRows(file, flags.nodes);
  finish({ ...rows, zones: [] }, straight > 0 ? [`${straight} lengths are straight lines`] : [], flags, `edge list ${basename(file)}`);
}

function readSpeed(given: string | undefined): number | null {
  return given === undefined ? null : numberOption('--default-speed', given, 1, 450);
}

interface Rows {
  readonly junctions: readonly Place[];
  readonly roads: readonly RoadLink[];
  readonly zones: readonly Zone[];
  readonly problems: readonly Problem[];
}

/** Zones where none came, the manifest, the folder, and what there is to say. */
function finish(rows: Rows, notes: readonly string[], flags: SharedFlags, source: string): void {
  const most = wholeOption('--zones', flags.zones, 1, 5000);
  const zones = rows.zones.length > 0 ? rows.zones : sampleZones(rows.junctions, most);
  const all = rows.zones.length > 0 ? notes : [...notes, `${zones.length} zones spread over the network, of unknown population`];
  const region = roadRegion(resolve(flags.out).split(/[/\\]/).at(-1) ?? 'region', rows, zones, source);
  const noted = all.map((found): Problem => {
    return { severity: 'note', kind: 'import', file: '–', feature: '–', property: 'import', found, expected: 'nothing to do' };
  });
  writeRegion(region, [...rows.problems, ...noted], flags.out);
  process.stdout.write(`${[...all, `${rows.junctions.length} junctions, ${rows.roads.length} roads, ${zones.length} zones`].join('\n')}\n`);
  tellProblems(rows.problems);
  if (rows.problems.some(({ severity }) => severity === 'error')) process.exitCode = 1;
  else tellNextSteps(flags.out, zones);
}

function roadRegion(id: string, rows: Rows, zones: readonly Zone[], source: string): Region {
  const bounds = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY] as [
    number,
    number,
    number,
    number,
  ];
  for (const { longitude, latitude } of rows.junctions) {
    bounds[0] = Math.min(bounds[0], longitude);
    bounds[1] = Math.min(bounds[1], latitude);
    bounds[2] = Math.max(bounds[2], longitude);
    bounds[3] = Math.max(bounds[3], latitude);
  }
  return {
    manifest: {
      id,
      name: id,
      nameLocal: id,
      boundingBox: bounds,
      areaSquareKilometres: null,
      areaSource: '',
      primaryCore: zones[0]?.id ?? '',
      secondaryCores: [],
      currency: '',
      valueOfTimePerHour: 0,
      defaults: PLAIN_DEFAULTS,
      sources: [source],
    },
    zones,
    stations: [],
    junctions: rows.junctions,
    rail: [],
    roads: rows.roads,
    services: [],
    transfers: [],
    plans: [],
    references: [],
  };
}
