#!/usr/bin/env node
import { CommanderError } from 'commander';
import { DataError, LimitError, UsageError } from '../model/errors.ts';
import { describeProblem } from '../model/problem.ts';
import { buildProgram } from './program.ts';

const EXIT = { dataFault: 1, usageFault: 2, limit: 3, ourFault: 70 };

async function main(): Promise<void> {
  try {
    const program = await buildProgram(process.argv[2]);
    await program.parseAsync();
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
