import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import { faultsInto, readJson } from '../read/features.ts';
import { shippedFolder } from './open-network.ts';

/** Name of the stored score beside the shipped regions. */
export const LINK_SCORE_FILE = 'link-score.json';

const fit = z.object({
  mode: z.enum(['road', 'rail']),
  without: z.string().nullable(),
  cases: z.array(z.string()),
  family: z.enum(['all', 'worth', 'both']),
  ridge: z.number(),
  innerAuc: z.number().nullable(),
  coefficients: z.array(z.number()),
});

const linkScoreSchema = z.object({
  corridor: z.string(),
  command: z.string(),
  protocol: z.string(),
  seed: z.number(),
  terms: z.array(z.string()),
  inputs: z.array(z.object({ file: z.string(), sha256: z.string() })),
  fits: z.array(fit),
});

export type LinkScore = z.infer<typeof linkScoreSchema>;

/** @throws DataError where the stored score is missing or of another shape */
export function openLinkScore(): LinkScore {
  const problems: Problem[] = [];
  const score = readJson(join(shippedFolder(), LINK_SCORE_FILE), linkScoreSchema, faultsInto(problems));
  if (!score) throw new DataError(problems);
  return score;
}
