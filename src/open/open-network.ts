import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FrozenNetwork, freeze } from '../build/freeze.ts';
import type { GraphOptions, Imputed, RegionGraph } from '../build/graph-types.ts';
import { buildRegionGraph } from '../build/region-graph.ts';
import { DataError, UsageError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import type { Region } from '../model/tables.ts';
import { readRegion } from '../read/region-folder.ts';
import { upgradeNames, upgradeRegion } from './upgrades.ts';

/** The shipped regions lie beside dist/ or src/, whichever runs. */
export function shippedFolder(): string {
  const fromSource = fileURLToPath(new URL('../../networks/', import.meta.url));
  return existsSync(fromSource) ? fromSource : fileURLToPath(new URL('../../../networks/', import.meta.url));
}

/** Names of the shipped regions, in code-point order. */
export function shippedRegions(): string[] {
  const folder = shippedFolder();
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'region.json')))
    .sort();
}

/** @throws UsageError where the argument is neither a shipped region nor a region folder */
export function regionFolder(argument: string): string {
  if (existsSync(join(argument, 'region.json'))) return argument;
  if (shippedRegions().includes(argument)) return join(shippedFolder(), argument);
  const known = `expected a shipped region (${shippedRegions().join(', ')}) or a folder with a region.json`;
  if (!existsSync(argument)) throw new UsageError(`network is "${argument}", and nothing of that name is here; ${known}`);
  if (!statSync(argument).isFile()) throw new UsageError(`network is "${argument}", a folder without a region.json; ${known}`);
  throw new UsageError(`network is "${argument}", a single file, and this needs a region; ${known}, which corridor import makes of files`);
}

/**
 * Read and check what a person named, with upgrades applied in their order; seats keep the connectors that they have without them.
 *
 * @param upgrade  the --upgrade option: names or files, separated by commas
 * @throws DataError with every fault of the files and of the changes; UsageError where nothing is there
 */
export function openRegion(argument: string, upgrade?: string): { region: Region; problems: readonly Problem[] } {
  const folder = regionFolder(argument);
  const { region, problems } = readRegion(folder);
  const faults = problems.filter((problem) => problem.severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  const names = upgradeNames(upgrade);
  if (names.length === 0) return { region, problems };
  const upgraded = upgradeRegion(folder, region, names);
  return {
    region: upgraded.region === region ? region : { ...upgraded.region, earlier: region },
    problems: [...problems, ...upgraded.problems],
  };
}

/**
 * The same for whatever is measured between zones.
 *
 * @throws as openRegion; UsageError where the region has no zones yet
 */
export function openZonedRegion(argument: string, upgrade?: string): ReturnType<typeof openRegion> {
  const opened = openRegion(argument, upgrade);
  if (opened.region.zones.length === 0) {
    throw new UsageError(`${argument} has no zones; expected some: corridor import zones FILE --to ${regionFolder(argument)} adds them`);
  }
  return opened;
}

/** Slice, build and freeze one door-to-door network. */
export function openNetwork(
  region: Region,
  options: GraphOptions,
): { graph: RegionGraph; frozen: FrozenNetwork; imputed: readonly Imputed[] } {
  const { graph, imputed } = buildRegionGraph(region, options);
  return { graph, frozen: freeze(graph), imputed };
}
