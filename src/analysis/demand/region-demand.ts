import { DataError } from '../../model/errors.ts';
import { UNREACHED } from '../../model/network.ts';
import type { Problem } from '../../model/problem.ts';
import type { Zone } from '../../model/tables.ts';
import type { TripRow } from '../../model/trips.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import type { ZoneTimes } from '../zone-times.ts';
import type { Decay, DemandSetting } from './trip-models.ts';

/** Trips between the zones of a region, with what they stand on. */
export interface RegionTrips {
  /** trips a day, row-major */
  readonly trips: Float64Array;
  readonly notes: readonly string[];
}

/**
 * Decay and trip rate fitted to the commuters of Boston–Washington between counties (US Census 2009–2013) at door-to-door multimodal times:
 * see docs/demand.md. Carried to another region they are an assumption.
 */
export const FITTED_COMMUTING = {
  commutersPerPerson: 0.4465,
  decays: {
    exponential: { alpha: 0, betaPerMinute: 0.0932 },
    power: { alpha: 2.533, betaPerMinute: 0 },
    combined: { alpha: 0.882, betaPerMinute: 0.059 },
    radiation: { alpha: 0, betaPerMinute: 0 },
  } satisfies Record<string, Decay>,
};

/** A zone's own trips take this share of the way to the nearest other zone. */
export const WITHIN_SHARE = 0.5;

/** Minutes between zones for a trip model: within a zone, WITHIN_SHARE of the time to the nearest other zone. Cost O(zones²). */
export function modelMinutes(times: ZoneTimes): Float64Array {
  const size = times.zones.length;
  const minutes = Float64Array.from(times.milliseconds, (value) =>
    value === UNREACHED ? Number.POSITIVE_INFINITY : value / MILLISECONDS_PER_MINUTE,
  );
  for (let zone = 0; zone < size; zone++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < size; other++) if (other !== zone) nearest = Math.min(nearest, minutes[zone * size + other] ?? nearest);
    minutes[zone * size + zone] = nearest * WITHIN_SHARE;
  }
  return minutes;
}

/** What draws workers: jobs where every zone has them, else population; which of the two is told. */
function attractionsOf(zones: readonly Zone[]): { values: Float64Array; what: 'jobs' | 'population' } {
  const hasJobs = zones.every(({ jobs }) => jobs !== null);
  return {
    values: Float64Array.from(zones, ({ jobs, population }) => (hasJobs ? (jobs ?? 0) : population)),
    what: hasJobs ? 'jobs' : 'population',
  };
}

/** Commuters by population, drawn by jobs (population where jobs are not known): ready for a trip model. */
export function commuterSetting(
  times: ZoneTimes,
  commutersPerPerson = FITTED_COMMUTING.commutersPerPerson,
): DemandSetting & { readonly what: string } {
  const { values, what } = attractionsOf(times.zones);
  return {
    productions: Float64Array.from(times.zones, ({ population }) => population * commutersPerPerson),
    attractions: values,
    minutes: modelMinutes(times),
    countsWithin: true,
    what,
  };
}

/**
 * Rows of trips as a matrix over the zones of a region.
 *
 * @throws DataError naming every zone that the region does not have
 */
export function tripsMatrix(rows: readonly TripRow[], zones: readonly Zone[], file: string): Float64Array {
  const placeOf = new Map(zones.map(({ id }, place) => [id, place]));
  const trips = new Float64Array(zones.length * zones.length);
  const strangers = new Set<string>();
  for (const { from, to, trips: amount } of rows) {
    const [a, b] = [placeOf.get(from), placeOf.get(to)];
    if (a === undefined) strangers.add(from);
    if (b === undefined) strangers.add(to);
    if (a !== undefined && b !== undefined) trips[a * zones.length + b] = (trips[a * zones.length + b] ?? 0) + amount;
  }
  if (strangers.size === 0) return trips;
  const expected = 'the id of a zone of the region';
  const faults = [...strangers].map(
    (id): Problem => ({ severity: 'error', kind: 'unknown-zone', file, feature: id, property: 'zone', found: id, expected }),
  );
  throw new DataError(faults);
}

/**
 * The observed totals of a matrix, trips within zones included, as the setting of a model that is to meet them.
 *
 * @param observed  trips, row-major zone × zone
 * @param minutes   of the same pairs
 * Cost O(zones²).
 */
export function observedSetting(observed: Float64Array, minutes: Float64Array): DemandSetting {
  const size = Math.round(Math.sqrt(observed.length));
  const productions = new Float64Array(size);
  const attractions = new Float64Array(size);
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      const trips = observed[from * size + to] ?? 0;
      productions[from] = (productions[from] ?? 0) + trips;
      attractions[to] = (attractions[to] ?? 0) + trips;
    }
  }
  return { productions, attractions, minutes, countsWithin: true };
}
