import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import { faultsInto, readJson } from '../read/features.ts';
import { shippedFolder } from './open-network.ts';

/** Name of the stored result of the backtest beside the shipped regions. */
const BACKTEST_FILE = 'backtest.json';

const skill = z.object({
  score: z.string(),
  mode: z.enum(['road', 'rail', 'all']),
  class: z.enum(['all', 'urban', 'intercity']),
  candidates: z.number(),
  built: z.number(),
  auc: z.number().nullable(),
  aucLow: z.number().nullable(),
  aucHigh: z.number().nullable(),
  precision: z.array(z.number().nullable()),
  recall100: z.number().nullable(),
  meanReciprocalRank: z.number().nullable(),
});

const namedLink = z.object({ name: z.string(), route: z.string().nullable(), kilometres: z.number(), gainPersonMinutes: z.number() });

const backtestSchema = z.object({
  corridor: z.string(),
  command: z.string(),
  protocol: z.string(),
  draws: z.number(),
  seed: z.number(),
  inputs: z.array(z.object({ file: z.string(), sha256: z.string() })),
  pooled: z.array(skill),
  cases: z.array(
    z.object({
      region: z.string(),
      year: z.number(),
      mode: z.enum(['road', 'rail']),
      rows: z.array(skill),
      worthUnbuilt: z.array(namedLink),
      builtLittleWorth: z.array(namedLink),
    }),
  ),
});

/** The backtest over all cases of its protocol as a command wrote it: minutes of work, so that a report reads it. */
export type StoredBacktest = z.infer<typeof backtestSchema>;

/** @returns null where no result is stored @throws DataError where it is of another shape */
export function openBacktest(): StoredBacktest | null {
  const path = join(shippedFolder(), BACKTEST_FILE);
  if (!existsSync(path)) return null;
  const problems: Problem[] = [];
  const stored = readJson(path, backtestSchema, faultsInto(problems));
  if (!stored) throw new DataError(problems);
  return stored;
}
