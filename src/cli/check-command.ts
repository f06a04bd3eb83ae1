import type { Command } from 'commander';
import { describeNetwork } from '../analysis/islands.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../build/graph-types.ts';
import { buildLinkGraph } from '../build/link-graph.ts';
import { UNREACHED } from '../model/network.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import type { Region } from '../model/tables.ts';
import { openNetwork, regionFolder, shippedRegions } from '../open/open-network.ts';
import { readRegion } from '../read/region-folder.ts';
import { proposeRepair, type RepairFlags, registerRepair, withRepairOptions } from './repair-command.ts';

export function registerCheckCommands(program: Command): void {
  program
    .command('regions')
    .description('what is shipped')
    .action(() => {
      process.stdout.write(`${shippedRegions().join('\n')}\n`);
    });
  withRepairOptions(program.command('check <network>'))
    .description('every fault (exit 1) and every suspicion (exit 0) of a region folder')
    .option('--format <format>', 'table or json', 'table')
    .addHelpText('after', '\nExample: corridor check jing-jin-ji')
    .action((network: string, flags: { format: string; repair?: boolean } & RepairFlags) => {
      if (flags.repair) proposeRepair(network, flags);
      else check(network, flags.format);
    });
  registerRepair(program);
}

function check(network: string, format: string): void {
  const { region, problems } = readRegion(regionFolder(network));
  const all = [...problems, ...structure(region)];
  const faults = all.filter((problem) => problem.severity === 'error').length;
  if (format === 'json') process.stdout.write(`${JSON.stringify(all, null, 1)}\n`);
  else {
    for (const problem of all) process.stdout.write(`${describeProblem(problem)}\n`);
    process.stdout.write(`${faults} faults, ${all.length - faults} suspicions and notes\n`);
  }
  if (faults > 0) process.exitCode = 1;
}

/** Islands, zones that reach nothing, imputed values. */
function structure(region: Region): Problem[] {
  const problems: Problem[] = [];
  for (const mode of ['road', 'rail'] as const) {
    const options = { ...DEFAULT_GRAPH_OPTIONS, mode };
    const file = mode === 'road' ? 'roads.geojson' : 'rail.geojson';
    // a region without railways has no zones cut off from them
    if (region[mode === 'road' ? 'roads' : 'rail'].length === 0) continue;
    for (const island of describeNetwork(buildLinkGraph(region, options)).slice(1)) {
      const found = `${island.size} nodes apart from the rest`;
      problems.push({
        severity: 'warning',
        kind: 'island',
        file,
        feature: island.example,
        property: 'component',
        found,
        expected: 'one piece',
      });
    }
    const { frozen, imputed } = openNetwork(region, options);
    for (const { kind, count } of imputed) {
      problems.push({
        severity: 'note',
        kind: 'imputed',
        file,
        feature: `${count} links`,
        property: kind,
        found: 'no value',
        expected: 'a value',
      });
    }
    const { milliseconds } = zoneTimes(frozen, region.zones);
    region.zones.forEach((zone, from) => {
      const row = milliseconds.subarray(from * region.zones.length, (from + 1) * region.zones.length);
      if (row.every((time, to) => to === from || time === UNREACHED)) {
        const feature = `${zone.id} (${zone.name})`;
        problems.push({
          severity: 'warning',
          kind: 'cut-off-zone',
          file: 'zones.geojson',
          feature,
          property: mode,
          found: 'reaches no zone',
          expected: 'a way to others',
        });
      }
    });
  }
  return problems;
}
