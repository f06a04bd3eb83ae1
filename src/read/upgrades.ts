import { basename } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../model/problem.ts';
import type { Basis } from '../model/tables.ts';
import type { Change, Upgrade } from '../model/upgrade.ts';
import { faultsInto, readJson } from './features.ts';

/** Shapes of upgrades/*.json; docs in docs/upgrades.md. Unknown fields are faults: a misspelt one would otherwise change nothing. */
const text = z.string();
const name = text.min(1);
const amount = z.number().nonnegative();
const positive = z.number().positive();
const share = z.number().min(0).max(1);
const year = z.number().int().min(1700).max(2200);
const status = z.enum(['open', 'construction', 'planned', 'closed', 'gap']);
const basis = z.enum(['published', 'recalled', 'assumed-access', 'assumed-neighbour']);
const speed = z.number().min(1).max(450);

const place = {
  id: name,
  name: text,
  name_local: text.default(''),
  longitude: z.number().min(-180).max(180),
  latitude: z.number().min(-90).max(90),
  kind: name,
  zone: text.nullable().default(null),
};

const link = { id: name, from: name, to: name, class: name, length_km: positive, opened: year.nullable().default(null) };

const selection = z
  .strictObject({ ids: z.array(name).min(1).optional(), route: name.optional() })
  .refine((value) => (value.ids === undefined) !== (value.route === undefined), 'either ids or route');

const nonEmpty = (value: object) => Object.keys(value).length > 0;
const roadSettings = z
  .strictObject({
    speed_kmh: speed.optional(),
    lanes: amount.optional(),
    class: name.optional(),
    toll: z.boolean().optional(),
    oneway: z.boolean().optional(),
    length_km: positive.optional(),
    opened: year.optional(),
    status: status.optional(),
  })
  .refine(nonEmpty, 'at least one setting');

const railSettings = z
  .strictObject({
    minutes: positive.optional(),
    minutes_factor: positive.optional(),
    trains_per_day: amount.optional(),
    class: name.optional(),
    length_km: positive.optional(),
    opened: year.optional(),
    status: status.optional(),
  })
  .refine(nonEmpty, 'at least one setting')
  .refine((value) => value.minutes === undefined || value.minutes_factor === undefined, 'minutes or minutes_factor, not both');

const serviceSettings = z
  .strictObject({ trains_per_day: amount.optional(), minutes: z.array(amount).min(2).optional(), minutes_factor: positive.optional() })
  .refine(nonEmpty, 'at least one setting')
  .refine((value) => value.minutes === undefined || value.minutes_factor === undefined, 'minutes or minutes_factor, not both');

const zoneSettings = z
  .strictObject({ population: amount.optional(), jobs: amount.optional(), gdp: amount.optional() })
  .refine(nonEmpty, 'at least one setting');

const changeSchema = z.discriminatedUnion('change', [
  z.strictObject({ change: z.enum(['add-station', 'add-junction']), ...place }),
  z.strictObject({
    change: z.literal('add-road'),
    ...link,
    route: text,
    name: text.default(''),
    speed_kmh: speed,
    lanes: amount.nullable().default(null),
    oneway: z.boolean().default(false),
    toll: z.boolean().nullable().default(null),
  }),
  z.strictObject({
    change: z.literal('add-rail'),
    ...link,
    line: name,
    line_name: text.default(''),
    minutes: positive,
    trains_per_day: amount.nullable(),
  }),
  z.strictObject({
    change: z.literal('add-service'),
    id: name,
    line: name,
    name: text.default(''),
    stops: z.array(name).min(2),
    minutes: z.array(amount).min(2),
    trains_per_day: amount,
    bidirectional: z.boolean().default(true),
  }),
  z.strictObject({ change: z.literal('add-transfer'), from: name, to: name, minutes: amount }),
  z.strictObject({ change: z.literal('change-road'), select: selection, set: roadSettings }),
  z.strictObject({ change: z.literal('change-rail'), select: selection, set: railSettings }),
  z.strictObject({ change: z.literal('change-service'), select: selection, set: serviceSettings }),
  z.strictObject({ change: z.literal('change-zone'), id: name, set: zoneSettings }),
  z.strictObject({
    change: z.literal('remove'),
    what: z.enum(['road', 'rail', 'service', 'station', 'junction']),
    ids: z.array(name).min(1),
  }),
  z.strictObject({ change: z.literal('remove-transfer'), from: name, to: name }),
]);

type ChangeRow = z.infer<typeof changeSchema>;

const upgradeSchema = z.strictObject({
  id: text.regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens'),
  name,
  description: text.default(''),
  status: z.enum(['open', 'construction', 'planned', 'proposed', 'cancelled', 'hypothetical']),
  opening_year: year.nullable(),
  costs: z
    .array(z.strictObject({ value: positive, currency: name, price_year: year, scope: text, share: share.default(1), source: name }))
    .default([]),
  source: name,
  confidence: name,
  basis: basis.default('recalled'),
  changes: z.array(changeSchema),
});

/** Fields that are spelt otherwise inside the program; all others keep their names. */
const INSIDE: Readonly<Record<string, string>> = {
  speed_kmh: 'speedKilometresPerHour',
  length_km: 'lengthKilometres',
  trains_per_day: 'trainsPerDay',
  minutes_factor: 'minutesFactor',
  name_local: 'nameLocal',
  line_name: 'lineName',
};

function inside<T>(row: object): T {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [INSIDE[key] ?? key, value])) as T;
}

function changeOf(row: ChangeRow, about: { source: string; confidence: string; basis: Basis }): Change {
  switch (row.change) {
    case 'add-station':
    case 'add-junction': {
      const { change, ...rest } = row;
      return { change, place: { ...inside(rest), kept: {} } };
    }
    case 'add-road': {
      const { change, ...rest } = row;
      return { change, link: { ...inside(rest), ...about, status: 'open', kept: {} } };
    }
    case 'add-rail': {
      const { change, ...rest } = row;
      return { change, link: { ...inside(rest), ...about, status: 'open', kept: {} } };
    }
    case 'add-service': {
      const { change, ...rest } = row;
      return { change, service: { ...inside(rest), kept: {} } };
    }
    case 'add-transfer': {
      const { change, ...rest } = row;
      return { change, transfer: { ...rest, kept: {} } };
    }
    case 'change-road':
    case 'change-rail':
    case 'change-service':
      return { change: row.change, select: inside(row.select), set: inside(row.set) } as Change;
    default:
      return row as Change;
  }
}

/**
 * Read one upgrade file. Every fault of its shape is in `problems`, and then there is no upgrade; whether its ids exist is for
 * applyUpgrades to say. Cost O(bytes).
 */
export function readUpgrade(path: string): { upgrade: Upgrade | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const row = readJson(path, upgradeSchema as z.ZodType<z.infer<typeof upgradeSchema>>, fault);
  if (!row) return { upgrade: null, problems };
  const { opening_year, costs, changes, ...head } = row;
  const about = { source: row.source, confidence: row.confidence, basis: row.basis };
  changes.forEach((change, index) => {
    const isOwn = !change.change.startsWith('add-') || !('id' in change) || change.id.startsWith(`${row.id}:`);
    if (!isOwn)
      fault(
        'namespace',
        basename(path),
        `change ${index + 1} (${change.change})`,
        'id',
        String('id' in change && change.id),
        `an id that begins with ${row.id}:`,
      );
  });
  if (problems.length > 0) return { upgrade: null, problems };
  const upgrade: Upgrade = {
    ...head,
    openingYear: opening_year,
    costs: costs.map(({ price_year, ...cost }) => ({ ...cost, priceYear: price_year })),
    changes: changes.map((change) => changeOf(change, about)),
  };
  return { upgrade, problems };
}
