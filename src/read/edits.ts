import { basename } from 'node:path';
import { z } from 'zod';
import type { EditList } from '../model/edits.ts';
import { DataError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import { faultsInto, readJson } from './features.ts';

const text = z.string();
const position = z.tuple([z.number(), z.number()]);
const kept = z.record(text, text);

const place = z.object({
  id: text.min(1),
  name: text,
  nameLocal: text,
  longitude: z.number(),
  latitude: z.number(),
  kind: text,
  zone: text.nullable(),
  kept,
});

const road = z.object({
  id: text.min(1),
  from: text.min(1),
  to: text.min(1),
  route: text,
  name: text,
  class: text,
  lengthKilometres: z.number().positive(),
  speedKilometresPerHour: z.number().min(1).max(450),
  lanes: z.number().nullable(),
  oneway: z.boolean(),
  toll: z.boolean().nullable(),
  opened: z.number().nullable(),
  status: z.enum(['open', 'construction', 'planned', 'closed', 'gap']),
  source: text,
  confidence: text,
  basis: z.enum(['published', 'recalled', 'assumed-access', 'assumed-neighbour']),
  kept,
  geometry: z.array(position).optional(),
});

const turn = z.object({ id: text.min(1), kind: text, effect: z.enum(['no', 'only']), path: z.array(text).min(2) });
const rows = z.object({ junctions: z.array(place), roads: z.array(road), turns: z.array(turn) });

const editsSchema = z.object({
  state: z.enum(['proposed', 'applied']),
  tolerance_metres: z.number().nonnegative(),
  connect_metres: z.number().nonnegative(),
  edits: z.array(
    z.object({
      id: text.min(1),
      kind: z.enum(['drop-duplicate', 'snap', 'split', 'connect']),
      why: text,
      place: position,
      metres: z.number().nonnegative(),
      removes: rows,
      adds: rows,
    }),
  ),
});

/**
 * A list of edits as `corridor check --repair` writes it; edits may have been taken out by hand.
 *
 * @throws DataError with every fault
 */
export function readEdits(path: string): EditList {
  const problems: Problem[] = [];
  const list = readJson(path, editsSchema, faultsInto(problems));
  if (!list) throw new DataError(problems);
  const seen = new Set<string>();
  for (const { id } of list.edits) {
    if (seen.has(id)) faultsInto(problems)('duplicate-id', basename(path), id, 'id', id, 'an id of its own');
    seen.add(id);
  }
  if (problems.length > 0) throw new DataError(problems);
  return list as EditList;
}
