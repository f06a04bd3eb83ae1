import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import type { Command } from 'commander';
import { graphologyJson } from '../build/export-graph.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import { DEFAULT_NODING } from '../build/plain-graph.ts';
import { UsageError } from '../model/errors.ts';
import type { Layer } from '../model/layer.ts';
import type { ResultTable } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { openLinks } from '../open/open-links.ts';
import { openRegion } from '../open/open-network.ts';
import { isResultJson, readResultJson } from '../read/result-json.ts';
import { layerFlatGeobuf } from '../write/export/flatgeobuf.ts';
import { geoPackage } from '../write/export/geopackage.ts';
import { gmnsTables } from '../write/export/gmns.ts';
import { edgeList, graphMl } from '../write/export/graph-texts.ts';
import { type ArcTable, arcMetres, arcsOf, networkLayers, positionOf, resultLayer } from '../write/export/network-layers.ts';
import { writeOpenMatrix } from '../write/export/open-matrix.ts';
import { layerParquet } from '../write/export/parquet.ts';
import { regionLayers } from '../write/export/region-layers.ts';
import { layerCsv, layerGeoJson } from '../write/export/text-layers.ts';
import { graphOptions, type NetworkFlags, numberOption } from './network-options.ts';
import { writeWhole } from './output.ts';

/** Formats of tables with places: one file a layer, or all in one. */
const LAYER_FORMATS = ['geojson', 'csv', 'geopackage', 'flatgeobuf', 'geoparquet', 'parquet'];
/** Formats of nodes and arcs. */
const GRAPH_FORMATS = ['graphml', 'graphology', 'gmns', 'edge-list'];
const FORMATS = [...LAYER_FORMATS, ...GRAPH_FORMATS, 'omx'];

const ENDINGS: Readonly<Record<string, string>> = { flatgeobuf: 'fgb', geoparquet: 'parquet' };

interface ExportFlags extends Omit<NetworkFlags, 'format'> {
  readonly as: string;
  readonly out: string;
  readonly result?: string;
  readonly defaultSpeed?: string;
}

/**
 * @param makeProgram  the whole command line anew: results come from the commands themselves, so that a figure is the same wherever it is read
 */
export function registerExport(program: Command, makeProgram: () => Command): void {
  program
    .command('export <network> [options...]')
    .description('a network, or a result of any command, for other programs; options after -- go to the command of --result')
    .requiredOption('--as <format>', FORMATS.join(', '))
    .requiredOption('--out <path>', 'a file; a folder for formats of several files')
    .option('--result <command>', 'export what this command gives: accessibility, matrix, centrality, equity, missing-links …')
    .option('--mode <mode>', 'road, rail or multimodal', 'multimodal')
    .option('--year <year>', 'only links opened by then')
    .option('--speeds <model>', 'as-given or harmonised', 'as-given')
    .option('--upgrade <names>', 'upgrades of the region, files of changes, or plans; commas between, applied in this order')
    .option('--default-speed <kmh>', 'for GeoJSON lines without a speed; each use is counted')
    .addHelpText(
      'after',
      '\n<network> may also be a result that a command wrote with --format json.' +
        '\n\nExample: corridor export tokyo --as geoparquet --result accessibility --mode rail --out tokyo.parquet -- --measure cumulative:45',
    )
    .action((network: string, rest: string[], flags: ExportFlags) => exportCommand(network, rest, flags, makeProgram));
}

async function exportCommand(network: string, rest: readonly string[], flags: ExportFlags, makeProgram: () => Command): Promise<void> {
  if (!FORMATS.includes(flags.as)) throw new UsageError(`--as is "${flags.as}"; expected ${FORMATS.join(', ')}`);
  if (rest.length > 0 && !flags.result) throw new UsageError(`"${rest[0]}" has no command to go to; expected --result before it`);
  const options = graphOptions({ ...flags, format: 'table' });
  const isResultFile = existsSync(network) && statSync(network).isFile() && isResultJson(network);
  if (isResultFile || flags.result) {
    const table = isResultFile ? readResultJson(network) : await runCommand(flags.result ?? '', network, rest, flags, makeProgram);
    const placeOf = isResultFile ? () => undefined : placesOf(network, options, flags);
    await exportResult(table, placeOf, flags);
    return;
  }
  if (flags.as === 'omx') throw new UsageError('--as omx holds matrices; expected --result matrix');
  const written = await exportNetwork(network, options, flags);
  process.stdout.write(`${written.join('\n')}\n`);
}

/** Run one of our own commands and read its table back. */
async function runCommand(
  command: string,
  network: string,
  rest: readonly string[],
  flags: ExportFlags,
  makeProgram: () => Command,
): Promise<ResultTable> {
  const program = makeProgram();
  const known = program.commands.find((candidate) => candidate.name() === command);
  const takes = (option: string) => known?.options.some(({ long }) => long === option) ?? false;
  if (!takes('--format') || !takes('--out'))
    throw new UsageError(`--result is "${command}"; expected a command that takes --format and --out`);
  const shared = [
    ['--mode', flags.mode],
    ['--year', flags.year],
    ['--speeds', flags.speeds],
    ['--upgrade', flags.upgrade],
    ['--default-speed', flags.defaultSpeed],
  ].flatMap(([option = '', value]) => (value !== undefined && takes(option) ? [option, value] : []));
  const folder = mkdtempSync(join(tmpdir(), 'corridor-'));
  try {
    const out = join(folder, 'result.json');
    await program.parseAsync(['node', 'corridor', command, network, ...shared, ...rest, '--format', 'json', '--out', out]);
    return readResultJson(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Positions = readonly (readonly [number, number])[];

function openArcs(network: string, options: GraphOptions, flags: ExportFlags): { table: ArcTable; notes: readonly string[] } {
  const speed = flags.defaultSpeed === undefined ? null : numberOption('--default-speed', flags.defaultSpeed, 1, 450);
  const {
    network: compiled,
    metres,
    notes,
  } = openLinks(network, options, { ...DEFAULT_NODING, defaultSpeedKilometresPerHour: speed }, flags.upgrade);
  return { table: { network: compiled, metres: arcMetres(compiled, metres) }, notes };
}

function regionOf(network: string, upgrade?: string): Region | null {
  return existsSync(network) && statSync(network).isFile() ? null : openRegion(network, upgrade).region;
}

/** Where the ids of a result lie: zones, stations, junctions, links; nodes and links of the graph under their graph ids. */
function placesOf(network: string, options: GraphOptions, flags: ExportFlags): (id: string) => Positions | undefined {
  const places = new Map<string, Positions>();
  const { table } = openArcs(network, options, flags);
  for (const { from, to, link } of arcsOf(table)) {
    if (!places.has(link)) places.set(link, [...positionOf(table.network, from), ...positionOf(table.network, to)]);
  }
  const region = regionOf(network, flags.upgrade);
  for (const { id, longitude, latitude } of [...(region?.junctions ?? []), ...(region?.stations ?? []), ...(region?.zones ?? [])]) {
    places.set(id, [[longitude, latitude]]);
  }
  table.network.nodeIds.forEach((id, node) => {
    places.set(id, positionOf(table.network, node));
  });
  return (id) => places.get(id);
}

async function exportResult(table: ResultTable, placeOf: (id: string) => Positions | undefined, flags: ExportFlags): Promise<void> {
  if (GRAPH_FORMATS.includes(flags.as))
    throw new UsageError(`--as ${flags.as} holds networks; a result goes into ${LAYER_FORMATS.join(', ')} or omx`);
  if (flags.as === 'omx') {
    const draft = `${flags.out}.${process.pid}.part`;
    mkdirSync(dirname(flags.out), { recursive: true });
    try {
      await writeOpenMatrix(table, draft);
      renameSync(draft, flags.out);
    } finally {
      rmSync(draft, { force: true });
    }
    process.stdout.write(`${flags.out}\n`);
    return;
  }
  const layers = byKind(table).map((part) => resultLayer(part, placeOf));
  const written = await writeLayers(layers, flags.as, flags.out);
  process.stdout.write(`${written.join('\n')}\n`);
}

/** Nodes and links of one result lie differently on the map: a table a kind. */
function byKind(table: ResultTable): ResultTable[] {
  const at = table.columns.findIndex(({ name }) => name === 'kind');
  if (at < 0) return [table];
  const kinds = [...new Set(table.rows.map((row) => String(row[at])))];
  return kinds.map((kind) => ({
    ...table,
    command: `${table.command}_${kind}s`,
    rows: table.rows.filter((row) => String(row[at]) === kind),
  }));
}

async function exportNetwork(network: string, options: GraphOptions, flags: ExportFlags): Promise<string[]> {
  const region = regionOf(network, flags.upgrade);
  if (LAYER_FORMATS.includes(flags.as) && region) return writeLayers(regionLayers(region), flags.as, flags.out);
  const { table, notes } = openArcs(network, options, flags);
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
  if (LAYER_FORMATS.includes(flags.as)) return writeLayers(networkLayers(table), flags.as, flags.out);
  if (flags.as === 'gmns') {
    const name = region?.manifest.name ?? basename(network, extname(network));
    return [...gmnsTables(table, region, name)].map(([file, text]) => {
      writeWhole(join(flags.out, file), text);
      return join(flags.out, file);
    });
  }
  const text =
    flags.as === 'graphml' ? graphMl(table) : flags.as === 'edge-list' ? edgeList(table) : graphologyJson(table.network, table.metres);
  writeWhole(flags.out, text);
  return [flags.out];
}

/** One file where there is one layer or the format holds many; else a folder with a file a layer. */
async function writeLayers(layers: readonly Layer[], format: string, out: string): Promise<string[]> {
  const unplaced = layers.filter(({ geometry }) => geometry === 'none');
  if (format === 'flatgeobuf' && unplaced.length > 0) {
    throw new UsageError(
      `--as flatgeobuf needs places, and ${unplaced.map(({ name }) => name).join(', ')} has none; expected parquet, csv or geopackage`,
    );
  }
  if (format === 'geopackage') {
    writeWhole(out, await geoPackage(layers));
    return [`${out}: ${layers.map(({ name, rows }) => `${name} ${rows.length}`).join(', ')}`];
  }
  const [only] = layers;
  const targets =
    layers.length === 1 && only
      ? [[only, out] as const]
      : layers.map((layer) => [layer, join(out, `${layer.name}.${ENDINGS[format] ?? format}`)] as const);
  return targets.map(([layer, file]) => {
    const left = writeLayer(layer, format, file);
    return `${file}: ${layer.rows.length - left} rows${left > 0 ? `; ${left} have no place and are left out` : ''}`;
  });
}

/** @returns rows that the format cannot hold */
function writeLayer(layer: Layer, format: string, file: string): number {
  if (format === 'flatgeobuf') {
    const { bytes, withoutPlace } = layerFlatGeobuf(layer);
    writeWhole(file, bytes);
    return withoutPlace;
  }
  if (format === 'geojson') writeWhole(file, layerGeoJson(layer));
  else if (format === 'csv') writeWhole(file, layerCsv(layer));
  else writeWhole(file, layerParquet(format === 'parquet' ? { ...layer, geometry: 'none' } : layer));
  return 0;
}
