import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import type { Candidate } from '../missing-links/candidate.ts';
import type { LinkGains } from '../missing-links/link-gains.ts';
import type { Backbone } from './backbone.ts';
import type { RoutePieces } from './lenient-match.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * What the score looks at, fixed before any result was seen (docs/backtest.md). Amounts are taken as logarithms; every feature is then
 * turned into its rank among candidates of the same length class, so that regions of any size compare.
 */
export const FEATURES = [
  'gain',
  'gain-per-cost',
  'detour',
  'trips-served',
  'minutes-saved-a-trip',
  'population-product',
  'smaller-end',
  'larger-end',
  'people-around-middle',
  'people-around-wide',
  'major-km-around',
  'major-km-per-person',
  'nearest-end-to-major',
  'farthest-end-to-major',
  'routes-at-better-end',
  'routes-at-lesser-end',
  'continues-a-route',
  'closes-a-gap',
  'radial',
  'kilometres-to-core',
  'already-served',
  'speed-today',
  'backbone-load',
  'backbone-unserved',
  'ordinary-route-along',
  'recent-km-around',
  'continues-a-young-route',
  'round-and-far',
  'radial-and-near',
  'ahead-of-a-route',
  'other-mode-along',
  'gain-of-long-trips',
] as const;

export type FeatureName = (typeof FEATURES)[number];

export interface ScoredPlace {
  readonly candidate: Candidate;
  readonly straightKilometres: number;
  readonly isUrban: boolean;
  readonly gainPersonMinutes: number;
  /** in the order of FEATURES */
  readonly features: Float64Array;
}

/** Urban: at least this many people a km² within 15 km of the middle, the bound of "suburban" in the harmonised speeds. */
const URBAN_PERSONS_PER_KM2 = 1000;
const MIDDLE_KILOMETRES = 15;
const WIDE_KILOMETRES = 50;
const END_KILOMETRES = 10;
const MAJOR_KILOMETRES = 20;
/** Cost of a kilometre by density, open country = 1: land, structures and relocation; a rough order, refined by the cost table. */
const COST_BY_DENSITY = [
  [200, 1],
  [1000, 1.5],
  [4000, 3],
  [Number.POSITIVE_INFINITY, 6],
] as const;

export interface FeatureInput {
  readonly gains: LinkGains;
  readonly around: Surroundings;
  /** the major network as it is: does a route already join these places? */
  readonly present: RoutePieces;
  /** ordinary roads, or nothing for rail: is there a route along? */
  readonly ordinary: RoutePieces;
  /** the other mode's major network: is there a route along? */
  readonly otherMode: RoutePieces;
  /** trips a day under a demand that decays slowly */
  readonly longTrips: Float64Array;
  readonly backbone: Backbone;
  /** the year that is looked from */
  readonly year: number;
}

/** Links opened in the last so many years show where building is under way. */
const YOUNG_YEARS = 12;
const YOUNG_KILOMETRES = 30;

/** Features of one candidate. Cost: one gain, the improved pairs, and a few questions to the surroundings. */
export function featuresOf(
  candidate: Candidate,
  straightKilometres: number,
  minutesToday: number | null,
  input: FeatureInput,
): ScoredPlace {
  const { gains, around, present } = input;
  const { fromLonLat, toLonLat } = candidate;
  const middle = [(fromLonLat[0] + toLonLat[0]) / 2, (fromLonLat[1] + toLonLat[1]) / 2] as const;
  const people = around.peopleWithin(middle, MIDDLE_KILOMETRES);
  const density = people / (Math.PI * MIDDLE_KILOMETRES ** 2);
  const costFactor = COST_BY_DENSITY.find(([bound]) => density < bound)?.[1] ?? 1;
  const { gain, longGain, trips } = served(candidate, gains, input.longTrips);
  const atEnds = [fromLonLat, toLonLat].map((end) => around.peopleWithin(end, END_KILOMETRES) + 1000);
  const toMajor = [fromLonLat, toLonLat].map((end) => around.kilometresToMajor(end));
  const routes = [fromLonLat, toLonLat].map((end) => around.routesWithin(end, END_KILOMETRES / 2));
  const onward = [around.continues(fromLonLat, toLonLat, END_KILOMETRES), around.continues(toLonLat, fromLonLat, END_KILOMETRES)];
  const majorKilometres = around.majorKilometresWithin(middle, MAJOR_KILOMETRES);
  const core = around.toCore(middle, fromLonLat, toLonLat);
  const newMinutes = candidate.arcs[0]?.minutes ?? candidate.minutes;
  const today = minutesToday ?? newMinutes * 20;
  const load = input.backbone.loadBetween(candidate.from, candidate.to);
  const pick = { fromLonLat, toLonLat, lengthKilometres: straightKilometres };
  const values: Record<FeatureName, number> = {
    gain: Math.log1p(gain),
    'gain-per-cost': Math.log1p(gain / candidate.lengthKilometres / costFactor),
    detour: Math.log(today / newMinutes),
    'trips-served': Math.log1p(trips),
    'minutes-saved-a-trip': trips > 0 ? Math.log1p(gain / trips) : 0,
    'population-product': atEnds.reduce((sum, value) => sum + Math.log(value), 0),
    'smaller-end': Math.log(Math.min(...atEnds)),
    'larger-end': Math.log(Math.max(...atEnds)),
    'people-around-middle': Math.log1p(people),
    'people-around-wide': Math.log1p(around.peopleWithin(middle, WIDE_KILOMETRES)),
    'major-km-around': Math.log1p(majorKilometres),
    'major-km-per-person': Math.log((majorKilometres + 1) / (people + 1000)),
    'nearest-end-to-major': Math.log1p(Math.min(...toMajor)),
    'farthest-end-to-major': Math.log1p(Math.max(...toMajor)),
    'routes-at-better-end': Math.max(...routes),
    'routes-at-lesser-end': Math.min(...routes),
    'continues-a-route': Math.max(...onward),
    'closes-a-gap': Math.min(...onward),
    radial: core.radial,
    'kilometres-to-core': Math.log1p(core.kilometres),
    'already-served': present.match(pick) === null ? 0 : 1,
    'speed-today': Math.log(straightKilometres / today),
    'backbone-load': Math.log1p(load.all),
    'backbone-unserved': Math.log1p(load.unserved),
    'ordinary-route-along': input.ordinary.match(pick) === null ? 0 : 1,
    'recent-km-around': Math.log1p(around.recentKilometresWithin(middle, YOUNG_KILOMETRES, input.year - YOUNG_YEARS)),
    'continues-a-young-route': Math.max(
      around.continues(fromLonLat, toLonLat, END_KILOMETRES, input.year - YOUNG_YEARS),
      around.continues(toLonLat, fromLonLat, END_KILOMETRES, input.year - YOUNG_YEARS),
    ),
    'round-and-far': (1 - core.radial) * Math.log1p(core.kilometres),
    'radial-and-near': core.radial / (1 + core.kilometres / 30),
    'ahead-of-a-route': around.aheadOfRoute(middle, fromLonLat, toLonLat),
    'other-mode-along': input.otherMode.match(pick) === null ? 0 : 1,
    'gain-of-long-trips': Math.log1p(longGain),
  };
  return {
    candidate,
    straightKilometres,
    isUrban: density >= URBAN_PERSONS_PER_KM2,
    gainPersonMinutes: gain,
    features: Float64Array.from(FEATURES, (name) => values[name]),
  };
}

/** Person-minutes saved under the usual demand and that of long trips, and trips that would use the link. */
function served(candidate: Candidate, gains: LinkGains, longTrips: Float64Array): { gain: number; longGain: number; trips: number } {
  const { pairs, milliseconds } = gains.improved(candidate.arcs);
  const sums = { gain: 0, longGain: 0, trips: 0 };
  for (let position = 0; position < pairs.length; position++) {
    const pair = pairs[position] ?? 0;
    const count = gains.trips[pair] ?? 0;
    if (count === 0) continue;
    const saved = ((gains.tables.zoneTimes[pair] ?? 0) - (milliseconds[position] ?? 0)) / MILLISECONDS_PER_MINUTE;
    sums.trips += count;
    sums.gain += count * saved;
    sums.longGain += (longTrips[pair] ?? 0) * saved;
  }
  return sums;
}
