import { type FrozenNetwork, freeze } from '../../build/freeze.ts';
import { projectKilometres } from '../../build/nearby-pairs.ts';
import { buildRegionGraph } from '../../build/region-graph.ts';
import { KEEP_NOTHING, type KeptParts } from '../../model/kept-parts.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Region, RoadLink } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { gravityDemand } from '../demand/gravity-demand.ts';
import { type CandidateRules, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../missing-links/candidate.ts';
import { detourCandidates, endPairs } from '../missing-links/detour-candidates.ts';
import { type LinkEnd, linkEnds, standardOf } from '../missing-links/link-ends.ts';
import { gainsOf } from '../missing-links/missing-links.ts';
import { zoneTimes } from '../zone-times.ts';
import { openedSince, type RegionAsOf, regionAsOf } from './as-of.ts';
import { growBackbone } from './backbone.ts';
import { featuresOf, type ScoredPlace } from './features.ts';
import { routePieces } from './lenient-match.ts';
import { majorLinks, surroundings } from './surroundings.ts';

/** A candidate of the past with what became of it. */
export interface PastCandidate extends ScoredPlace {
  /** route or line that was opened there since, or null */
  readonly builtRoute: string | null;
  /** urban or intercity × length decile */
  readonly stratum: number;
  /** 50 km square of the map */
  readonly block: number;
}

export interface BacktestCase {
  readonly regionId: string;
  readonly year: number;
  readonly mode: 'road' | 'rail';
  readonly asOf: RegionAsOf;
  readonly candidates: readonly PastCandidate[];
}

/** Where the backtest looks: docs/backtest.md, section 1. */
const UNIVERSE: Readonly<Record<'road' | 'rail', CandidateRules>> = {
  road: { ...ROAD_CANDIDATES, perSector: 3, minimumKilometres: 8, maximumKilometres: 60, minimumDetour: 1.1, throughDetour: 1 },
  rail: { ...RAIL_CANDIDATES, perSector: 2, minimumKilometres: 4, maximumKilometres: 80, minimumDetour: 1.1, throughDetour: 1 },
};
/** Trips that do not mind an hour: what motorways and fast railways are built for. */
const LONG_TRIPS = { tripsPerPersonPerDay: 1, decayPerMinute: 0.008 };
const STATION_SPACING_KILOMETRES = 3;
const BLOCK_KILOMETRES = 50;
const DECILES = 10;

/**
 * Candidates of a region and mode on the network of a year, with their features and what was opened since.
 *
 * Cost: two trees a zone, one an end, one gain a candidate.
 */
export function backtestCase(
  today: Region,
  year: number,
  mode: 'road' | 'rail',
  progress: Progress = SILENT,
  keep: KeptParts = KEEP_NOTHING,
): BacktestCase {
  const asOf = regionAsOf(today, year);
  const since = mode === 'road' ? openedSince(today.roads, year) : openedSince(today.rail, year);
  const built = routePieces(today, since);
  const places = keep
    .part(`case ${today.manifest.id} ${year} ${mode}`, () =>
      scoredCandidates(asOf.region, mode, year, progress).map((place) => ({ ...place, features: [...place.features] })),
    )
    .map((place): ScoredPlace => ({ ...place, features: Float64Array.from(place.features) }));
  const routes = places.map((place) => {
    const { fromLonLat, toLonLat } = place.candidate;
    return built.match({ fromLonLat, toLonLat, lengthKilometres: place.straightKilometres });
  });
  const strata = strataOf(places);
  const blocks = blocksOf(today, places);
  const candidates = places.map((place, index) => ({
    ...place,
    builtRoute: routes[index] ?? null,
    stratum: strata[index] ?? 0,
    block: blocks[index] ?? 0,
  }));
  return { regionId: today.manifest.id, year, mode, asOf, candidates };
}

/** Every candidate of the universe on the network as it stands, with its features. */
function scoredCandidates(region: Region, mode: 'road' | 'rail', year: number, progress: Progress = SILENT): ScoredPlace[] {
  const rules = UNIVERSE[mode];
  const { graph } = buildRegionGraph(region, { mode: mode === 'road' ? 'road' : 'multimodal', year: null, speeds: 'harmonised' });
  const frozen: FrozenNetwork = freeze(graph);
  const times = zoneTimes(frozen, region.zones);
  const ends = thinned(
    region,
    linkEnds(region, frozen, mode).filter((end) => end.kind !== 'interchange'),
    mode,
  );
  const pairs = endPairs(frozen, ends, rules, progress);
  const candidates = detourCandidates(region, pairs, rules);
  const standard = standardOf(region, rules);
  const minutesToday = new Map(pairs.map((pair) => [`${mode}:${pair.from.id}:${pair.to.id}`, pair.minutesToday]));
  const input = {
    gains: gainsOf(frozen, times, gravityDemand(times), candidates, progress),
    around: surroundings(region, mode),
    present: routePieces(region, majorLinks(region, mode)),
    ordinary: routePieces(region, mode === 'road' ? ordinaryRoads(region) : []),
    otherMode: routePieces(region, majorLinks(region, mode === 'road' ? 'rail' : 'road')),
    longTrips: gravityDemand(times, LONG_TRIPS),
    backbone: growBackbone(region.zones, ends, pairs, (pair) => standard(pair.from, pair.to).minutes + rules.boardingMinutes),
    year,
  };
  return candidates.map((candidate, index) => {
    if (index % 128 === 0) progress('features of candidates', index, candidates.length);
    const { fromLonLat, toLonLat } = candidate;
    const straight = greatCircleKilometres(fromLonLat[0], fromLonLat[1], toLonLat[0], toLonLat[1]);
    return featuresOf(candidate, straight, minutesToday.get(candidate.id) ?? null, input);
  });
}

/** Numbered roads below motorways: assumed links are no routes. */
function ordinaryRoads(region: Region): RoadLink[] {
  return region.roads.filter((road) => road.class !== 'motorway' && (road.basis === 'published' || road.basis === 'recalled'));
}

/** Rail: one station per few kilometres, that with most lines first; seats without a station stay. */
function thinned(region: Region, ends: readonly LinkEnd[], mode: 'road' | 'rail'): LinkEnd[] {
  if (mode === 'road') return ends.slice();
  const lines = new Map<string, Set<string>>();
  for (const link of region.rail) {
    for (const end of [link.from, link.to]) lines.set(end, (lines.get(end) ?? new Set()).add(link.line));
  }
  const count = (end: LinkEnd) => lines.get(end.id)?.size ?? 0;
  const kept: LinkEnd[] = [];
  for (const end of ends.slice().sort((a, b) => count(b) - count(a) || byCodePoint(a.id, b.id))) {
    const isNear = kept.some(
      (other) => greatCircleKilometres(end.longitude, end.latitude, other.longitude, other.latitude) < STATION_SPACING_KILOMETRES,
    );
    if (!isNear) kept.push(end);
  }
  return kept.sort((a, b) => byCodePoint(a.id, b.id));
}

/** Urban and intercity apart, each in ten classes of length with as many candidates. */
function strataOf(places: readonly ScoredPlace[]): number[] {
  const strata = new Array<number>(places.length).fill(0);
  for (const isUrban of [true, false]) {
    const members = places.flatMap((place, index) => (place.isUrban === isUrban ? [index] : []));
    const length = (index: number) => places[index]?.straightKilometres ?? 0;
    members.sort((a, b) => length(a) - length(b) || a - b);
    members.forEach((index, position) => {
      strata[index] = (isUrban ? 0 : DECILES) + Math.floor((position * DECILES) / members.length);
    });
  }
  return strata;
}

function blocksOf(region: Region, places: readonly ScoredPlace[]): number[] {
  const project = projectKilometres(region.zones);
  return places.map(({ candidate: { fromLonLat, toLonLat } }) => {
    const [x, y] = project((fromLonLat[0] + toLonLat[0]) / 2, (fromLonLat[1] + toLonLat[1]) / 2);
    return Math.floor(x / BLOCK_KILOMETRES) * 1000 + Math.floor(y / BLOCK_KILOMETRES);
  });
}
