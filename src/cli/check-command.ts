import { basename } from 'node:path';
import type { Command } from 'commander';
import { cutOffZones, imputedProblems, islandProblems } from '../analysis/checks/network-check.ts';
import { applyUpgrade } from '../build/apply-upgrade.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../build/graph-types.ts';
import { buildLinkGraph, joinByWalks } from '../build/link-graph.ts';
import { DataError } from '../model/errors.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { fileHash, isNetworkFile, openPlainGraph } from '../open/open-links.ts';
import { openNetwork, regionFolder } from '../open/open-network.ts';
import { shippedUpgrades, upgradePath } from '../open/upgrades.ts';
import { readEdgeList } from '../read/edge-list.ts';
import { readRegion } from '../read/region-folder.ts';
import { readUpgrade } from '../read/upgrades.ts';
import { type NetworkFlags, nodingOptions, withFileOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';
import { proposeRepair, type RepairFlags, registerRepair, withRepairOptions } from './repair-command.ts';

/** Problems of one kind that are printed one by one; the rest are counted. */
const PRINTED_PER_KIND = 20;

type CheckFlags = Pick<NetworkFlags, 'defaultSpeed' | 'tolerance' | 'format' | 'out'>;

export function registerCheckCommands(program: Command): void {
  withRepairOptions(withFileOptions(program.command('check <network>')))
    .description('every fault (exit 1) and every suspicion (exit 0) of a region folder or a single file')
    .option('--format <format>', 'table, json or csv', 'table')
    .option('--out <file>', 'write to a file instead of standard output')
    .addHelpText('after', '\nExamples: corridor check jing-jin-ji\n          corridor check roads.geojson --default-speed 50')
    .action((network: string, flags: CheckFlags & RepairFlags & { repair?: boolean }) => {
      if (flags.repair) proposeRepair(network, flags);
      else check(network, flags);
    });
  registerRepair(program);
}

function check(network: string, flags: CheckFlags): void {
  const problems = isNetworkFile(network) ? fileProblems(network, flags) : regionProblems(network);
  const faults = problems.filter((problem) => problem.severity === 'error').length;
  if (flags.format === 'table') emit(problemText(problems), flags.out);
  else emit(formatTable(problemTable(network, problems), flags.format), flags.out);
  if (faults > 0) process.exitCode = 1;
}

function regionProblems(network: string): Problem[] {
  try {
    const { region, problems } = readRegion(regionFolder(network));
    return [...problems, ...structure(region), ...upgradeProblems(network, region)];
  } catch (error) {
    if (error instanceof DataError) return [...error.problems];
    throw error;
  }
}

function fileProblems(path: string, flags: CheckFlags): Problem[] {
  try {
    if (path.endsWith('.csv')) return readEdgeList(path).problems;
    const { graph, problems, imputed } = openPlainGraph(path, nodingOptions(flags));
    return [...problems, ...imputedProblems(imputed, basename(path)), ...islandProblems(graph, basename(path))];
  } catch (error) {
    if (error instanceof DataError) return [...error.problems];
    throw error;
  }
}

/** Faults and suspicions of every upgrade beside the region, each applied alone. */
function upgradeProblems(network: string, region: Region): Problem[] {
  const folder = regionFolder(network);
  return shippedUpgrades(folder).flatMap((name) => {
    const { upgrade, problems } = readUpgrade(upgradePath(folder, name) ?? '');
    return upgrade ? [...problems, ...applyUpgrade(region, upgrade).problems] : problems;
  });
}

/** Islands, zones that reach nothing or are not there, values taken in place of missing ones. */
function structure(region: Region): Problem[] {
  const expected = 'zones, for measures between them: corridor import zones adds some';
  const noZones: Problem[] =
    region.zones.length > 0
      ? []
      : [{ severity: 'note', kind: 'no-zones', file: 'zones.geojson', feature: '–', property: 'features', found: 'none', expected }];
  const links = (['road', 'rail'] as const).flatMap((mode): Problem[] => {
    const options = { ...DEFAULT_GRAPH_OPTIONS, mode };
    const file = mode === 'road' ? 'roads.geojson' : 'rail.geojson';
    if ((mode === 'road' ? region.roads : region.rail).length === 0) {
      const expected = `${mode} links, for measures by ${mode}`;
      return [{ severity: 'note', kind: 'no-links', file, feature: '–', property: 'features', found: 'none', expected }];
    }
    const links = buildLinkGraph(region, options);
    if (mode === 'rail') joinByWalks(links, region);
    const { frozen, imputed } = openNetwork(region, options);
    return [...islandProblems(links, file), ...imputedProblems(imputed, file), ...cutOffZones(frozen, region, mode)];
  });
  return [...noZones, ...links];
}

/** Every fault first; of one kind the first few, then a count. */
function problemText(problems: readonly Problem[]): string {
  const kinds = [...new Set(problems.map(({ severity, kind }) => `${severity} ${kind}`))];
  const rank = (kind: string) => ['error', 'warning', 'note'].findIndex((severity) => kind.startsWith(severity));
  const lines = kinds
    .sort((a, b) => rank(a) - rank(b) || byCodePoint(a, b))
    .flatMap((kind) => {
      const own = problems.filter((problem) => `${problem.severity} ${problem.kind}` === kind);
      const rest = own.length - PRINTED_PER_KIND;
      const more = rest > 0 ? [`${kind}: … and ${rest} more (all of them with --format json)`] : [];
      return [...own.slice(0, PRINTED_PER_KIND).map(describeProblem), ...more];
    });
  const count = (severity: Problem['severity']) => problems.filter((problem) => problem.severity === severity).length;
  return `${[...lines, `${count('error')} faults, ${count('warning')} suspicions, ${count('note')} notes`].join('\n')}\n`;
}

function problemTable(network: string, problems: readonly Problem[]): ResultTable {
  const names = ['severity', 'kind', 'file', 'feature', 'property', 'found', 'expected'] as const;
  const inputs = isNetworkFile(network) ? fileHash(network) : inputHashes(regionFolder(network));
  return {
    command: 'check',
    parameters: { network },
    inputs,
    columns: names.map((name) => column(name)),
    rows: problems.map((problem) => names.map((name): Cell => problem[name])),
    notes: [],
  };
}
