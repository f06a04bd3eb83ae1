#!/usr/bin/env node
import { CommanderError } from 'commander';
import { DataError, LimitError, UsageError } from '../model/errors.ts';
import { describeProblem } from '../model/problem.ts';
import { buildProgram } from './program.ts';

const EXIT = { dataFault: 1, usageFault: 2, limit: 3, ourFault: 70 };

/** Faults of the file system that the person who called can mend. */
const FILE_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'not allowed',
  EEXIST: 'a file is in its place; expected a folder',
  EISDIR: 'a folder; expected a file',
  ENOSPC: 'no space is left',
  ENOTDIR: 'a part of the path is a file; expected folders',
  EPERM: 'not allowed',
  EROFS: 'a disk that cannot be written',
};

async function main(): Promise<void> {
  // the reader of a pipe may leave before the end
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
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
  if (isOfFiles(error)) {
    process.stderr.write(`corridor: cannot ${error.syscall ?? 'use'} ${error.path ?? 'a file'}: ${FILE_FAULTS[error.code]}\n`);
    return EXIT.usageFault;
  }
  process.stderr.write(`corridor: our fault: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.ourFault;
}

function isOfFiles(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in FILE_FAULTS;
}

await main();
