import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { DataError, UsageError } from '../model/errors.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import { faultsInto, readJson } from '../read/features.ts';
import { manifestSchema } from '../read/schemas.ts';
import { importTables } from '../read/tables/import-tables.ts';
import { keepTables, writeRegion } from '../write/region-folder.ts';
import { registerImportGtfs } from './import-gtfs-command.ts';
import { registerImportLines } from './import-lines-command.ts';
import { registerImportOsm } from './import-osm-command.ts';
import { registerImportTntp } from './import-tntp-command.ts';
import { registerImportZones } from './import-zones-command.ts';

export function registerImport(program: Command): void {
  const parent = program.command('import').description('make a region folder from other files');
  parent.exitOverride();
  parent
    .command('tables <directory>')
    .description('from CSV tables: zones, stations, links, services, projects')
    .requiredOption('--out <folder>', 'the region folder to write')
    .addHelpText('after', '\nExample: corridor import tables my-tables --out networks/my-region')
    .action((directory: string, flags: { out: string }) => importFolder(directory, flags.out));
  registerImportGtfs(parent);
  registerImportLines(parent);
  registerImportOsm(parent);
  registerImportZones(parent);
  registerImportTntp(parent);
  for (const command of parent.commands) command.exitOverride();
}

function importFolder(directory: string, out: string): void {
  if (!existsSync(join(directory, 'zones.csv'))) throw new UsageError(`${directory} holds no zones.csv; expected a folder of tables`);
  const faults: Problem[] = [];
  const given = [out, directory].map((folder) => join(folder, 'region.json')).find((file) => existsSync(file));
  const manifest = given ? readJson(given, manifestSchema, faultsInto(faults)) : null;
  if (faults.length > 0) throw new DataError(faults);
  const { region, problems } = importTables(directory, manifest);
  writeRegion(region, problems, out);
  const kept = keepTables(directory, out);
  const counts = (['zones', 'stations', 'junctions', 'rail', 'roads', 'services', 'transfers', 'plans', 'references'] as const).map(
    (name) => `${region[name].length} ${name}`,
  );
  process.stdout.write(`${counts.join(', ')}; kept ${kept.join(', ')}\n`);
  if (!given) process.stderr.write('region.json was derived: check cores, speeds and names in it\n');
  for (const problem of problems.slice(0, 20)) process.stderr.write(`${describeProblem(problem)}\n`);
  if (problems.length > 20) process.stderr.write(`… and ${problems.length - 20} more in import-problems.csv\n`);
  if (problems.some((problem) => problem.severity === 'error')) process.exitCode = 1;
}
