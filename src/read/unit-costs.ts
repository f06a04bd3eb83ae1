import { z } from 'zod';
import type { Problem } from '../model/problem.ts';
import { faultsInto, readJson } from './features.ts';

/** Rows of a file of unit costs; docs in docs/appraisal.md. */
const unitCostsSchema = z.array(
  z.strictObject({
    currency: z.string().min(1),
    mode: z.enum(['road', 'rail']),
    class: z.string().min(1),
    structure: z.enum(['at-grade', 'viaduct', 'tunnel', 'bridge']),
    per_km: z.number().positive(),
    year: z.number().int().min(1950).max(2100),
    source: z.string().min(1),
    basis: z.enum(['read', 'recalled', 'assumed']).default('assumed'),
  }),
);

/** Unit costs of a JSON file; every fault is in `problems`, and then there are no rows. Cost O(bytes). */
export function readUnitCosts(path: string, problems: Problem[]) {
  const rows = readJson(path, unitCostsSchema as z.ZodType<z.infer<typeof unitCostsSchema>>, faultsInto(problems)) ?? [];
  return rows.map(({ per_km, ...row }) => ({ ...row, perKilometre: per_km }));
}
