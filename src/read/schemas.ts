import { z } from 'zod';

/** Shapes of the features of a region folder, as written to disk; docs in networks/README.md. */
const text = z.string();
const amount = z.number().nonnegative();
const positive = z.number().positive();
const year = z.number().int().min(1700).max(2200).nullable();
const status = z.enum(['open', 'construction', 'planned', 'closed', 'gap']);
const basis = z.enum(['published', 'recalled', 'assumed-access', 'assumed-neighbour']);
const provenance = { source: text, confidence: text, basis };
const figure = z.object({ value: z.number(), unit: text, year: text, method: text, source: text, confidence: text });

export const zoneSchema = z.object({
  id: text.min(1),
  name: text,
  name_local: text,
  admin1: text,
  admin2: text,
  /** null: nobody has counted; measures over people then refuse the region */
  population: amount.nullable(),
  jobs: amount.nullable(),
  gdp: amount.nullable(),
  figures: z.record(text, figure),
});

export const placeSchema = z.object({ id: text.min(1), name: text, name_local: text, kind: text, zone: text.nullable() });

const ends = {
  id: text.min(1),
  from: text.min(1),
  to: text.min(1),
  class: text.min(1),
  /** null: measured along the geometry, counted */
  length_km: z.number().positive().nullable().default(null),
  opened: year,
  status,
};

export const railSchema = z.object({
  ...ends,
  ...provenance,
  line: text,
  line_name: text,
  /** null: from the length and the speed that region.json gives for the class, counted */
  minutes: z.number().positive().nullable().default(null),
  trains_per_day: amount.nullable().default(null),
  /** one direction; read where trains_per_day is null */
  headway_min: positive.nullable().optional(),
});

export const roadSchema = z.object({
  ...ends,
  ...provenance,
  route: text,
  name: text,
  /** null: the speed that region.json gives for the class, counted */
  speed_kmh: z.number().min(1).max(450).nullable().default(null),
  lanes: amount.nullable(),
  oneway: z.boolean(),
  toll: z.boolean().nullable(),
});

export const planSchema = z.object({
  ...provenance,
  id: text.min(1),
  name: text,
  mode: z.enum(['road', 'rail']),
  from: text.nullable(),
  to: text.nullable(),
  length_km: z.number().positive().nullable(),
  minutes: z.number().positive().nullable(),
  speed_kmh: z.number().positive().nullable(),
  cost: amount.nullable(),
  cost_currency: text.nullable(),
  cost_year: year,
  status: text,
  opening_year: year,
});

export const servicesSchema = z.object({
  services: z.array(
    z.object({
      id: text,
      line: text,
      name: text,
      stops: z.array(text),
      minutes: z.array(amount),
      trains_per_day: amount,
      bidirectional: z.boolean(),
      kept: z.record(text, text).default({}),
    }),
  ),
  transfers: z.array(z.object({ from: text, to: text, minutes: amount, kept: z.record(text, text).default({}) })),
});

export const turnsSchema = z.object({
  turns: z.array(z.object({ id: text.min(1), kind: text, effect: z.enum(['no', 'only']), path: z.array(text.regex(/^.+[<>]$/)).min(2) })),
});

export const manifestSchema = z.object({
  id: text.min(1),
  name: text.min(1),
  nameLocal: text,
  boundingBox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  areaSquareKilometres: positive.nullable().default(null),
  areaSource: text.default(''),
  /** empty only where a region has no zones yet */
  primaryCore: text,
  secondaryCores: z.array(text),
  currency: text,
  valueOfTimePerHour: amount,
  defaults: z.object({
    feederKilometresPerHour: positive,
    localRoadKilometresPerHour: positive,
    connectorCircuity: z.number().min(1),
    walkKilometresPerHour: positive,
    boardingMinutes: amount,
    waitCapMinutes: amount,
    serviceHoursPerDay: positive,
    headwayMinutesByClass: z.record(text, positive),
    speedKilometresPerHourByClass: z.record(text, z.number().min(1).max(450)).default({}),
  }),
  sources: z.array(text),
});
