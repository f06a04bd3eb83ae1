import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { OSM_RAIL_CLASSES } from '../model/classes.ts';
import { DataError, UsageError } from '../model/errors.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import { regionFolder } from '../open/open-network.ts';
import { faultsInto, readJson } from '../read/features.ts';
import { DEFAULT_SPEEDS, speedTableSchema, withUserSpeeds } from '../read/osm/default-speeds.ts';
import { ALL_CLASSES, DEFAULT_CLASSES } from '../read/osm/highway-rules.ts';
import { importOsm, type OsmImport, type OsmOptions, osmManifest } from '../read/osm/import-osm.ts';
import { DEFAULT_RAIL_CLASSES } from '../read/osm/railway-rules.ts';
import { readRegion } from '../read/region-folder.ts';
import { writeRegion } from '../write/region-folder.ts';
import { borderParts, trackParts } from '../write/surroundings.ts';
import { wholeOption } from './network-options.ts';
import { tellNextSteps } from './next-steps.ts';
import { terminalProgress } from './progress.ts';

interface OsmFlags {
  readonly out: string;
  readonly name?: string;
  readonly country?: string;
  readonly defaultSpeeds?: string;
  readonly classes?: string;
  readonly rail?: string;
  readonly dropIslands: string;
  readonly simplify: boolean;
  readonly keepZones?: boolean;
  readonly quiet?: boolean;
}

export function registerImportOsm(parent: Command): void {
  parent
    .command('osm <file>')
    .description('from OpenStreetMap: .osm.pbf, .osm, .osm.gz or .osm.bz2')
    .requiredOption('--out <folder>', 'the region folder to write')
    .option('--name <name>', 'name of the region; default the name of the file')
    .option('--country <code>', 'two letters (ISO 3166): speeds that its law implies')
    .option('--default-speeds <file>', 'JSON with speeds by class, country and word; docs/openstreetmap.md')
    .option('--classes <list>', `classes of road, of ${ALL_CLASSES.join(', ')}; default all but track`)
    .option('--rail <list>', `classes of railway, of ${OSM_RAIL_CLASSES.join(', ')}; default rail,subway,light_rail`)
    .option('--drop-islands <junctions>', 'leave out islands of fewer junctions than this', '0')
    .option('--no-simplify', 'keep every place where two ways meet, even where nothing changes')
    .option('--keep-zones', 'keep the zones and region.json that the folder has, for a newer file of the same region')
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExample: corridor import osm porto.osm.pbf --country PT --drop-islands 10 --out networks/porto')
    .action((file: string, flags: OsmFlags) => importFile(file, flags));
}

function listOption(
  option: string,
  text: string | undefined,
  known: readonly string[],
  standard: ReadonlySet<string>,
): ReadonlySet<string> {
  if (text === undefined) return standard;
  const names = text.split(',').map((name) => name.trim());
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0) throw new UsageError(`${option} names "${strange.join(', ')}"; expected ${known.join(', ')}`);
  return new Set(names);
}

function optionsOf(flags: OsmFlags): OsmOptions {
  const country = flags.country?.toUpperCase() ?? null;
  if (country !== null && !/^[A-Z]{2}$/.test(country)) throw new UsageError(`--country is "${flags.country}"; expected two letters, as DE`);
  const faults: Problem[] = [];
  const given = flags.defaultSpeeds ? readJson(flags.defaultSpeeds, speedTableSchema, faultsInto(faults)) : null;
  if (faults.length > 0) throw new DataError(faults);
  return {
    classes: listOption('--classes', flags.classes, ALL_CLASSES, DEFAULT_CLASSES),
    railClasses: listOption('--rail', flags.rail, OSM_RAIL_CLASSES, DEFAULT_RAIL_CLASSES),
    speeds: given ? withUserSpeeds(given) : DEFAULT_SPEEDS,
    country,
    isSimplified: flags.simplify,
    leastIslandJunctions: wholeOption('--drop-islands', flags.dropIslands, 0, 1e9),
    progress: terminalProgress(flags.quiet),
  };
}

async function importFile(file: string, flags: OsmFlags): Promise<void> {
  const before = flags.keepZones ? readRegion(regionFolder(flags.out)) : null;
  const broken = before?.problems.filter(({ severity, file: name }) => severity === 'error' && /^(zones|region)\./.test(name)) ?? [];
  if (broken.length > 0) throw new DataError(broken);
  const imported = await importOsm(file, optionsOf(flags));
  const { region, counts, problems, tracks, borders } = imported;
  if (counts.roadLinks === 0 && region.rail.length === 0 && tracks.length === 0) {
    const found = `${counts.ways} ways, none of them a road or track asked for`;
    const expected = 'highway, railway or ferry ways';
    throw new DataError([{ severity: 'error', kind: 'no-network', file: basename(file), feature: '–', property: 'ways', found, expected }]);
  }
  const id = basename(flags.out) || 'region';
  const made = osmManifest(id, flags.name ?? nameOf(file), region.zones, imported.boundingBox, basename(file));
  const { boundingBox, sources } = made;
  const manifest = before ? { ...before.region.manifest, boundingBox, sources } : made;
  const zones = before?.region.zones ?? region.zones;
  const further = new Map([
    ['tracks.geojson', trackParts(tracks)],
    ['borders.geojson', borderParts(borders)],
  ]);
  writeRegion({ manifest, ...region, zones }, problems, flags.out, further);
  // repairs of the network that was there before, and outlines of zones that are gone, would mislead
  for (const name of before ? ['edits.json'] : ['edits.json', 'zone-areas.geojson']) rmSync(join(flags.out, name), { force: true });
  report(imported, problems, zones.length, flags.out);
  tellNextSteps(flags.out, zones);
}

function nameOf(file: string): string {
  return basename(file).replace(/(\.osm)?(\.pbf|\.gz|\.bz2)?$/, '');
}

function report({ region, counts, tracks, borders }: OsmImport, problems: readonly Problem[], zoneCount: number, out: string): void {
  const { nodes, ways, relations, roadWays, roadPieces, roadLinks, junctions, roadKilometres, islands, turns } = counts;
  process.stdout.write(
    `${nodes} nodes, ${ways} ways, ${relations} relations read\n` +
      `roads: ${roadWays} ways, cut into ${roadPieces} pieces, joined to ${roadLinks} links between ${junctions} junctions, ` +
      `${roadKilometres.toFixed(3)} km, ${islands} island${islands === 1 ? '' : 's'}, ${turns} turn restrictions\n` +
      `rail: ${counts.railWays} ways, ${tracks.length} tracks, ${region.stations.length} stations, ${region.rail.length} links\n` +
      `${zoneCount} zones, ${borders.length} borders; ${out}\n`,
  );
  for (const problem of problems.filter(({ severity }) => severity !== 'note').slice(0, 20))
    process.stderr.write(`${describeProblem(problem)}\n`);
  process.stderr.write(`${problems.length} lines of what was dropped, cut or assumed, by reason: import-problems.csv\n`);
}
