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
import { isResultJson, readResultAreas, readResultJson } from '../read/result-json.ts';
import { layerFlatGeobuf } from '../write/export/flatgeobuf.ts';
import { geoPackage } from '../write/export/geopackage.ts';
import { gmnsTables } from '../write/export/gmns.ts';
import { edgeList, graphMl } from '../write/export/graph-texts.ts';
import { type ArcTable, arcMetres, arcsOf, networkLayers, positionOf, resultLayer } from '../write/export/network-layers.ts';
import { writeOpenMatrix } from '../write/export/open-matrix.ts';
import { layerParquet } from '../write/export/parquet.ts';
import { regionLayers } from '../write/export/region-layers.ts';
import { layerCsv, layerGeoJson } from '../write/export/text-layers.ts';
import { type ExportFlags, FORMATS, LAYER_FORMATS } from './export-formats.ts';
import { graphOptions, numberOption } from './network-options.ts';
import { writeWhole } from './output.ts';

const ENDINGS: Readonly<Record<string, string>> = { flatgeobuf: 'fgb', geoparquet: 'parquet' };

/** A network or a result to the file or folder named. @throws UsageError for what a format cannot hold */
export async function runExport(
  network: string,
  rest: readonly string[],
  flags: ExportFlags,
  makeProgram: (command: string) => Promise<Command>,
): Promise<void> {
  if (!FORMATS.includes(flags.as)) throw new UsageError(`--as is "${flags.as}"; expected ${FORMATS.join(', ')}`);
  if (rest.length > 0 && !flags.result) throw new UsageError(`"${rest[0]}" has no command to go to; expected --result before it`);
  const options = graphOptions({ ...flags, format: 'table' });
  const isResultFile = existsSync(network) && statSync(network).isFile() && isResultJson(network);
  if (!isResultFile && flags.result === 'isochrones') {
    const layer = await runCommand(flags.result, network, rest, flags, makeProgram, (out) => readResultAreas(out, 'isochrones'));
    await tellWritten(writeLayers(refuseGraphs([layer], flags), flags.as, flags.out));
    return;
  }
  if (isResultFile || flags.result) {
    const run = () => runCommand(flags.result ?? '', network, rest, flags, makeProgram, readResultJson);
    const table = isResultFile ? readResultJson(network) : await run();
    const placeOf = isResultFile ? () => undefined : placesOf(network, options, flags);
    await exportResult(table, placeOf, flags);
    return;
  }
  if (flags.as === 'omx') throw new UsageError('--as omx holds matrices; expected --result matrix');
  await tellWritten(exportNetwork(network, options, flags));
}

/** Run one of our own commands and read back what it wrote: areas as GeoJSON, all else as JSON. */
async function runCommand<T>(
  command: string,
  network: string,
  rest: readonly string[],
  flags: ExportFlags,
  makeProgram: (command: string) => Promise<Command>,
  read: (file: string) => T,
): Promise<T> {
  const program = await makeProgram(command);
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
    const format = command === 'isochrones' ? 'geojson' : 'json';
    await program.parseAsync(['node', 'corridor', command, network, ...shared, ...rest, '--format', format, '--out', out]);
    return read(out);
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
  await tellWritten(writeLayers(refuseGraphs(layers, flags), flags.as, flags.out));
}

function refuseGraphs(layers: readonly Layer[], { as }: ExportFlags): readonly Layer[] {
  if (LAYER_FORMATS.includes(as)) return layers;
  throw new UsageError(`--as ${as} holds ${as === 'omx' ? 'matrices' : 'networks'}; expected ${LAYER_FORMATS.join(', ')} for this result`);
}

async function tellWritten(written: Promise<readonly string[]>): Promise<void> {
  process.stdout.write(`${(await written).join('\n')}\n`);
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
