import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError, LimitError, UsageError } from '../../src/model/errors.ts';
import { randomFrom } from './mutate.ts';
import { TARGETS } from './targets.ts';

export interface FuzzOutcome {
  /** files that were read, with or without named faults */
  readonly read: number;
  /** files that were refused with a message */
  readonly refused: number;
  /** what went wrong: seed and text */
  readonly failures: readonly string[];
  readonly slowestMilliseconds: number;
}

/**
 * Mutated files through one reader. The n-th file depends on the seed and n alone, so that a failure can be run again by itself.
 *
 * A file may be read or refused with an error of our classes that says something; anything else is a failure.
 */
export async function fuzz(format: string, count: number, seed: number): Promise<FuzzOutcome> {
  const target = TARGETS[format];
  if (!target) throw new UsageError(`format is "${format}"; expected ${Object.keys(TARGETS).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'corridor-fuzz-'));
  const outcome = { read: 0, refused: 0, failures: [] as string[], slowestMilliseconds: 0 };
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    try {
      await target(folder, randomFrom(seed * 1_000_003 + index));
      outcome.read += 1;
    } catch (error) {
      const isOurs = error instanceof DataError || error instanceof UsageError || error instanceof LimitError;
      if (isOurs && error.message !== '') outcome.refused += 1;
      else outcome.failures.push(`${format} seed ${seed} file ${index}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    outcome.slowestMilliseconds = Math.max(outcome.slowestMilliseconds, performance.now() - start);
  }
  rmSync(folder, { recursive: true });
  return outcome;
}
