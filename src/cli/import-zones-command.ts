import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import type { MultiPolygon, Polygon } from 'geojson';
import { DataError, UsageError } from '../model/errors.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import type { RegionManifest, Zone } from '../model/tables.ts';
import { regionFolder } from '../open/open-network.ts';
import { faultsInto, readJson } from '../read/features.ts';
import { manifestSchema } from '../read/schemas.ts';
import { gridZones } from '../read/zones/grid-zones.ts';
import { openRaster } from '../read/zones/open-raster.ts';
import { isRaster } from '../read/zones/raster.ts';
import { RASTER_COLUMN, rasterGrid, withRasterPeople } from '../read/zones/raster-zones.ts';
import { type CoordinateColumns, readPlacedRows } from '../read/zones/zone-file.ts';
import { zonesOfRows } from '../read/zones/zones-of-rows.ts';
import { withCores, writeZones } from '../write/zones.ts';
import { numberOption } from './network-options.ts';

interface ZoneFlags {
  readonly to: string;
  readonly population?: string;
  readonly raster?: string;
  readonly jobs?: string;
  readonly gdp?: string;
  readonly id?: string;
  readonly name?: string;
  readonly nameLocal?: string;
  readonly admin1?: string;
  readonly admin2?: string;
  readonly figures?: string;
  readonly longitude?: string;
  readonly latitude?: string;
  readonly grid?: string;
  readonly cell: string;
  readonly box?: string;
}

interface Made {
  readonly zones: readonly Zone[];
  readonly areas: readonly { readonly id: string; readonly polygon: Polygon | MultiPolygon }[];
  readonly problems: readonly Problem[];
}

export function registerImportZones(parent: Command): void {
  parent
    .command('zones [file]')
    .description('zones of a region: from polygons or points (GeoJSON, CSV), or a grid into which points or a raster are summed')
    .requiredOption('--to <region>', 'the region folder that gets the zones in place of those it has')
    .option('--population <column>', 'column with people; needed wherever a file is read, but with --raster')
    .option('--raster <file>', 'people from a raster (.tif, .asc) in degrees: each cell counts where its middle is')
    .option('--jobs <column>', 'column with jobs')
    .option('--gdp <column>', 'column with product')
    .option('--id <column>', 'column with the id; default "id", else a running number')
    .option('--name <column>', 'column with the name')
    .option('--name-local <column>', 'column with the name on the spot')
    .option('--admin1 <column>', 'column with the larger unit, by which equity is split')
    .option('--admin2 <column>', 'column with the smaller unit')
    .option('--figures <columns>', 'further columns with figures, separated by commas')
    .option('--longitude <column>', 'column of a CSV table; default longitude, lon, lng or x')
    .option('--latitude <column>', 'column of a CSV table; default latitude, lat or y')
    .option('--grid <shape>', 'square or hexagon: sum the points of the file into cells')
    .option('--cell <km>', 'side of a square, width of a hexagon', '1')
    .option('--box <w,s,e,n>', 'box of the grid in degrees; default that of the region')
    .addHelpText('after', '\nExample: corridor import zones people.csv --population persons --grid hexagon --cell 2 --to networks/porto')
    .action((file: string | undefined, flags: ZoneFlags) => importZones(file, flags));
}

/** What a call must name. */
function checkCall(file: string | undefined, { population, raster, grid }: ZoneFlags): void {
  if (file !== undefined && isRaster(file)) throw new UsageError(`${file} is a raster; expected it as --raster ${file}`);
  if (file !== undefined && !existsSync(file)) throw new UsageError(`${file} is no file; expected GeoJSON or CSV`);
  if (raster !== undefined) {
    if (population !== undefined) throw new UsageError('--population and --raster both say where people live; expected one of them');
    if ((file === undefined) === (grid === undefined))
      throw new UsageError('--raster needs a file of polygons or --grid; expected one of them');
    return;
  }
  if (file !== undefined && population === undefined) {
    throw new UsageError('--population is missing; expected the column that holds people, or --raster');
  }
  if (file === undefined && grid === undefined) throw new UsageError('no file and no --grid; expected a file of zones, a grid, or both');
}

async function importZones(file: string | undefined, flags: ZoneFlags): Promise<void> {
  const folder = regionFolder(flags.to);
  const faults: Problem[] = [];
  const manifest = readJson(join(folder, 'region.json'), manifestSchema, faultsInto(faults));
  if (!manifest) throw new DataError(faults);
  checkCall(file, flags);
  const { zones, areas, problems } = flags.grid === undefined ? await fromFile(file ?? '', flags) : await fromGrid(file, flags, manifest);
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new DataError(errors);
  if (zones.length === 0) throw new UsageError('no zone came out; the file or the box is empty');
  writeZones(folder, withCores(manifest, zones), zones, areas);
  const people = zones.reduce((sum, zone) => sum + zone.population, 0);
  process.stdout.write(`${zones.length} zones, ${Math.round(people)} persons; ${folder}\n`);
  for (const problem of problems) process.stderr.write(`${describeProblem(problem)}\n`);
}

function coordinates({ longitude, latitude }: ZoneFlags): CoordinateColumns {
  return { longitude: longitude ?? null, latitude: latitude ?? null };
}

async function fromFile(file: string, flags: ZoneFlags): Promise<Made> {
  const faults: Problem[] = [];
  const read = readPlacedRows(file, coordinates(flags), faultsInto(faults));
  if (flags.raster !== undefined && !read.some(({ polygon }) => polygon)) {
    throw new DataError([...faults, noPolygon(basename(file))]);
  }
  const filled = flags.raster === undefined ? null : await withRasterPeople(await openRaster(flags.raster), read);
  const rows = filled?.rows ?? read;
  const columns = {
    id: flags.id ?? null,
    name: flags.name ?? null,
    nameLocal: flags.nameLocal ?? null,
    admin1: flags.admin1 ?? null,
    admin2: flags.admin2 ?? null,
    population: filled ? RASTER_COLUMN : (flags.population ?? ''),
    jobs: flags.jobs ?? null,
    gdp: flags.gdp ?? null,
    figures: flags.figures?.split(',').map((name) => name.trim()) ?? [],
  };
  const { zones, areas, problems } = zonesOfRows(rows, columns, basename(file));
  return { zones, areas, problems: [...faults, ...(filled?.problems ?? []), ...problems] };
}

function noPolygon(file: string): Problem {
  const [found, expected] = ['no area', 'polygons, for the cells of a raster to lie in'];
  return { severity: 'error', kind: 'geometry-type', file, feature: '–', property: 'geometry', found, expected };
}

async function fromGrid(file: string | undefined, flags: ZoneFlags, manifest: RegionManifest): Promise<Made> {
  const { grid } = flags;
  if (grid !== 'square' && grid !== 'hexagon') throw new UsageError(`--grid is "${grid}"; expected square or hexagon`);
  const box = flags.box === undefined ? manifest.boundingBox : boxOption(flags.box);
  const options = { shape: grid, cellKilometres: numberOption('--cell', flags.cell, 0.01, 1000), box } as const;
  if (flags.raster !== undefined) return rasterGrid(await openRaster(flags.raster), options);
  const faults: Problem[] = [];
  const points = file === undefined ? null : readPlacedRows(file, coordinates(flags), faultsInto(faults));
  const columns = { population: flags.population ?? '', jobs: flags.jobs ?? null };
  const made = gridZones(options, points, columns, basename(file ?? 'grid'));
  return { ...made, problems: [...faults, ...made.problems] };
}

/** @throws UsageError */
function boxOption(text: string): [number, number, number, number] {
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN, ...more] = text.split(',').map(Number);
  const isBox = west >= -180 && west < east && east <= 180 && south >= -90 && south < north && north <= 90;
  if (!isBox || more.length > 0) throw new UsageError(`--box is "${text}"; expected west,south,east,north in degrees`);
  return [west, south, east, north];
}
