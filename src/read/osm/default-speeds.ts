import { z } from 'zod';

/** Speeds in km/h for ways that state none, and the meaning of words in maxspeed. */
export interface SpeedTable {
  /** typical speed by class of road */
  readonly classes: Readonly<Record<string, number>>;
  /** legal limits by words such as "CN:urban" */
  readonly implicit: Readonly<Record<string, number>>;
  /** by ISO 3166 country, the classes that differ from `classes` there */
  readonly countries: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** maxspeed=walk */
  readonly walk: number;
  /** maxspeed=none */
  readonly unlimited: number;
}

/** Shape of a table that the user gives: any part of it, laid over ours. */
const speed = z.number().min(1).max(450);
export const speedTableSchema = z
  .strictObject({
    classes: z.record(z.string(), speed).default({}),
    implicit: z.record(z.string(), speed).default({}),
    countries: z.record(z.string(), z.record(z.string(), speed)).default({}),
    walk: speed.optional(),
    unlimited: speed.optional(),
  })
  .describe('classes, implicit, countries, walk, unlimited');

/** Free-flow speeds of cars; assumptions of ours, round figures: a link slower than the limit of its class because of bends and junctions. */
const CLASSES: Readonly<Record<string, number>> = {
  motorway: 100,
  motorway_link: 60,
  trunk: 80,
  trunk_link: 50,
  primary: 60,
  primary_link: 40,
  secondary: 50,
  secondary_link: 35,
  tertiary: 40,
  tertiary_link: 30,
  unclassified: 35,
  residential: 30,
  living_street: 10,
  road: 30,
  service: 15,
  track: 15,
  ferry: 20,
  rail: 80,
  subway: 60,
  light_rail: 60,
  narrow_gauge: 40,
  tram: 40,
  monorail: 50,
};

/** Country: urban, rural, trunk (dual carriageway or motor road), motorway; km/h, cars. 0 = no limit. */
const LIMITS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  AD: [50, 60, 90, 90],
  AR: [40, 110, 120, 130],
  AT: [50, 100, 100, 130],
  AU: [50, 100, 100, 110],
  BE: [50, 70, 120, 120],
  BG: [50, 90, 120, 140],
  BR: [60, 60, 90, 110],
  BY: [60, 90, 110, 110],
  CA: [50, 80, 90, 100],
  CH: [50, 80, 100, 120],
  CN: [50, 70, 80, 120],
  CZ: [50, 90, 110, 130],
  DE: [50, 100, 100, 0],
  DK: [50, 80, 80, 130],
  EE: [50, 90, 90, 110],
  ES: [50, 90, 90, 120],
  FI: [50, 80, 100, 120],
  FR: [50, 80, 110, 130],
  GB: [48.28, 96.56, 112.65, 112.65],
  GR: [50, 90, 110, 130],
  HR: [50, 90, 110, 130],
  HU: [50, 90, 110, 130],
  IE: [50, 80, 100, 120],
  IT: [50, 90, 110, 130],
  JP: [60, 60, 60, 100],
  LI: [50, 80, 80, 80],
  LT: [50, 90, 120, 130],
  LU: [50, 90, 90, 130],
  LV: [50, 90, 90, 110],
  MC: [50, 50, 50, 50],
  NL: [50, 80, 100, 100],
  NO: [50, 80, 90, 100],
  PL: [50, 90, 120, 140],
  PT: [50, 90, 100, 120],
  RO: [50, 90, 100, 130],
  RS: [50, 80, 100, 130],
  RU: [60, 90, 90, 110],
  SE: [50, 70, 90, 110],
  SG: [50, 50, 70, 90],
  SI: [50, 90, 110, 130],
  SK: [50, 90, 90, 130],
  TR: [50, 90, 110, 120],
  UA: [50, 90, 110, 130],
  UZ: [60, 100, 100, 110],
  ZA: [60, 100, 120, 120],
};

const FURTHER_WORDS: Readonly<Record<string, number>> = {
  'GB:nsl_restricted': 48.28,
  'GB:nsl_single': 96.56,
  'GB:nsl_dual': 112.65,
  'BE-VLG:urban': 50,
  'BE-VLG:rural': 70,
  'BE-WAL:urban': 50,
  'BE-WAL:rural': 90,
  'BE-BRU:urban': 30,
  'DE:bicycle_road': 30,
  'AT:bicycle_road': 30,
  'BE:cyclestreet': 30,
  'JP:national': 60,
  'JP:express': 100,
  'NO:motortrafikkvei': 90,
  'CZ:motorway_link': 80,
};

/** Living streets where the law names a figure; elsewhere they are walked. */
const LIVING_STREETS: Readonly<Record<string, number>> = { RU: 20, BY: 20, UA: 20, FR: 20, BE: 20, CZ: 20, CH: 20, PL: 20, ES: 20, RO: 20 };

const WALK_KILOMETRES_PER_HOUR = 7;
const UNLIMITED_KILOMETRES_PER_HOUR = 130;

function implicitWords(): Record<string, number> {
  const words: Record<string, number> = { ...FURTHER_WORDS };
  for (const [country, limits] of Object.entries(LIMITS)) {
    for (const [index, kind] of ['urban', 'rural', 'trunk', 'motorway'].entries()) {
      words[`${country}:${kind}`] = limits[index] || UNLIMITED_KILOMETRES_PER_HOUR;
    }
    words[`${country}:living_street`] = LIVING_STREETS[country] ?? WALK_KILOMETRES_PER_HOUR;
  }
  return words;
}

function countryClasses(): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(LIMITS).map(([country, [, , trunk, motorway]]) => {
      const classes = { motorway: motorway || UNLIMITED_KILOMETRES_PER_HOUR, trunk: Math.min(trunk, CLASSES.trunk ?? trunk) };
      return [country, classes];
    }),
  );
}

/** Our table; sources and limits of each figure in docs/openstreetmap.md. */
export const DEFAULT_SPEEDS: SpeedTable = {
  classes: CLASSES,
  implicit: implicitWords(),
  countries: countryClasses(),
  walk: WALK_KILOMETRES_PER_HOUR,
  unlimited: UNLIMITED_KILOMETRES_PER_HOUR,
};

/** A user's table laid over ours. */
export function withUserSpeeds(given: z.infer<typeof speedTableSchema>): SpeedTable {
  const countries: Record<string, Readonly<Record<string, number>>> = { ...DEFAULT_SPEEDS.countries };
  for (const [country, classes] of Object.entries(given.countries)) countries[country] = { ...countries[country], ...classes };
  return {
    classes: { ...DEFAULT_SPEEDS.classes, ...given.classes },
    implicit: { ...DEFAULT_SPEEDS.implicit, ...given.implicit },
    countries,
    walk: given.walk ?? DEFAULT_SPEEDS.walk,
    unlimited: given.unlimited ?? DEFAULT_SPEEDS.unlimited,
  };
}

/** The speed of a class in a country (null: anywhere), km/h, or null where the table has none. */
export function classSpeed(table: SpeedTable, country: string | null, roadClass: string): number | null {
  return (country === null ? undefined : table.countries[country]?.[roadClass]) ?? table.classes[roadClass] ?? null;
}
