import type { Region } from '../../model/tables.ts';
import type { ZoneTimes } from '../zone-times.ts';
import { type BootstrapOptions, type BorderFit, borderCosts, DEFAULT_BOOTSTRAP } from './border-times.ts';
import { type Permeability, permeability } from './crossings.ts';
import { DEFAULT_DEAD_ENDS, type DeadEnd, type DeadEndRules, deadEnds } from './dead-ends.ts';
import { borderId, type JurisdictionMap, jurisdictionMap, type Level } from './jurisdictions.ts';
import { type ProfileBin, speedProfile } from './speed-profile.ts';
import { type PairLimits, type ZonePair, zonePairs } from './zone-pairs.ts';

export interface BorderOptions extends PairLimits {
  readonly level: Level;
  readonly bootstrap: BootstrapOptions;
  readonly deadEnds: DeadEndRules;
  /** slowest pairs across a border that are listed */
  readonly listedPairs: number;
}

export const DEFAULT_BORDERS: BorderOptions = {
  level: 'admin1',
  minimumKilometres: 5,
  maximumKilometres: 150,
  bootstrap: DEFAULT_BOOTSTRAP,
  deadEnds: DEFAULT_DEAD_ENDS,
  listedPairs: 15,
};

/** A pair across a border that takes longer than pairs within one jurisdiction of its distance and people. */
export interface SlowPair {
  readonly pair: ZonePair;
  readonly expectedMinutes: number;
}

/** A plan of status gap: a road or line known to stop at a border. */
export interface KnownGap {
  readonly id: string;
  readonly name: string;
  readonly mode: 'road' | 'rail';
  readonly border: string;
  readonly lonLat: readonly [number, number];
}

export interface BorderReport {
  readonly fit: BorderFit;
  readonly pairsWithoutWay: number;
  readonly permeability: readonly Permeability[];
  readonly deadEnds: readonly DeadEnd[];
  readonly knownGaps: readonly KnownGap[];
  readonly profile: readonly ProfileBin[];
  readonly slowPairs: readonly SlowPair[];
}

/**
 * A region on links that border findings may rest on: published and recalled ones, rail services, and each seat's assumed access to the
 * road network unless that access crosses a border. Assumed neighbour roads were drawn across borders as readily as within.
 */
export function soundRegion(region: Region, level: Level): { region: Region; left: number } {
  const map = jurisdictionMap(region.zones, level);
  const sideOf = new Map(region.junctions.map((place) => [place.id, map.at(map.project(place.longitude, place.latitude))]));
  const roads = region.roads.filter((road) => {
    if (road.basis === 'assumed-neighbour') return false;
    return road.basis !== 'assumed-access' || sideOf.get(road.from) === sideOf.get(road.to);
  });
  return { region: { ...region, roads }, left: region.roads.length - roads.length };
}

/**
 * What the borders of a region cost, where they let through and where roads stop.
 *
 * @param region  sound links only: soundRegion
 * @param times   of the same region
 * Cost: borderCosts, one tree a dead end, O(border pieces · links near).
 */
export function borders(region: Region, times: ZoneTimes, options: BorderOptions = DEFAULT_BORDERS): BorderReport {
  const map = jurisdictionMap(region.zones, options.level);
  const { pairs, withoutWay } = zonePairs(times, map, options);
  const neighbours = new Set(map.segments.map((segment) => segment.border));
  const jurisdictions = region.zones.map((zone) => zone[options.level]);
  const fit = borderCosts(pairs, jurisdictions, neighbours, options.bootstrap);
  return {
    fit,
    pairsWithoutWay: withoutWay,
    permeability: permeability(region, map),
    deadEnds: deadEnds(region, map, options.deadEnds),
    knownGaps: knownGaps(region, map),
    profile: speedProfile(pairs, region.zones, map),
    slowPairs: slowPairs(pairs, fit, options.listedPairs),
  };
}

function knownGaps(region: Region, map: JurisdictionMap): KnownGap[] {
  return region.plans
    .filter((plan) => plan.status === 'gap')
    .map((plan) => {
      const [here, there] = [plan.fromLonLat, plan.toLonLat].map((end) => map.at(map.project(end[0], end[1])));
      const nearest = map.nearestBorder(map.project(...plan.fromLonLat));
      const border = here !== there ? borderId(here ?? '', there ?? '') : (nearest?.segment.border ?? '');
      return { id: plan.id, name: plan.name, mode: plan.mode, border, lonLat: plan.fromLonLat };
    });
}

function slowPairs(pairs: readonly ZonePair[], fit: BorderFit, count: number): SlowPair[] {
  return pairs
    .map((pair, row) => ({ pair, expectedMinutes: fit.expectedMinutes[row] ?? 0 }))
    .filter(({ pair }) => pair.border !== null)
    .sort(
      (a, b) =>
        b.pair.minutes - b.expectedMinutes - (a.pair.minutes - a.expectedMinutes) || a.pair.from - b.pair.from || a.pair.to - b.pair.to,
    )
    .slice(0, count);
}
