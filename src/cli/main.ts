#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { DataError, LimitError, UsageError } from '../model/errors.ts';
import { describeProblem } from '../model/problem.ts';
import { CORRIDOR_VERSION } from '../model/version.ts';
import { registerBottlenecks } from './bottlenecks-command.ts';
import { registerCentrality } from './centrality-command.ts';
import { registerCheckCommands } from './check-command.ts';
import { registerCompare } from './compare-command.ts';
import { registerExport } from './export-command.ts';
import { registerImport } from './import-command.ts';
import { registerIsochrones } from './isochrone-command.ts';
import { registerMatrix } from './matrix-command.ts';
import { registerMissingLinks } from './missing-links-command.ts';
import { registerRegions } from './regions-command.ts';
import { registerReport } from './report-command.ts';
import { registerRoute } from './route-command.ts';
import { registerZoneCommands } from './zone-commands.ts';

const EXIT = { dataFault: 1, usageFault: 2, limit: 3, ourFault: 70 };

function buildProgram(): Command {
  const program = new Command('corridor')
    .version(CORRIDOR_VERSION)
    .description('Transport network graph analyser: accessibility, centrality, isochrones, missing links, benchmarks.')
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  registerRegions(program);
  registerCheckCommands(program);
  registerMatrix(program);
  registerRoute(program);
  registerZoneCommands(program);
  registerIsochrones(program);
  registerCentrality(program);
  registerMissingLinks(program);
  registerCompare(program);
  registerBottlenecks(program);
  registerReport(program);
  registerImport(program);
  registerExport(program, buildProgram);
  for (const command of program.commands) command.exitOverride();
  return program;
}

async function main(): Promise<void> {
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usageFault;
  if (error instanceof DataError) {
    process.stderr.write(`${error.problems.map(describeProblem).join('\n')}\n`);
    return EXIT.dataFault;
  }
  if (error instanceof UsageError || error instanceof LimitError) {
    process.stderr.write(`corridor: ${error.message}\n`);
    return error instanceof LimitError ? EXIT.limit : EXIT.usageFault;
  }
  process.stderr.write(`corridor: our fault: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.ourFault;
}

await main();
