import { nearestPlaces } from '../../build/nearest-places.ts';
import { boardingMinutes } from '../../build/rail-layer.ts';
import { harmonisedSpeed, roadSpeed, type SpeedModel } from '../../build/road-speeds.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Region } from '../../model/tables.ts';
import { byCodePoint, travelMinutes } from '../../model/units.ts';
import type { ZoneTimes } from '../zone-times.ts';
import type { Candidate, CandidateRules } from './candidate.ts';
import { type GapModel, gapPairs } from './gap-model.ts';
import { candidateBetween, type LinkEnd, standardOf } from './link-ends.ts';

/** Seats farther than this from an end of the network get no candidate of their own. */
const SEAT_KILOMETRES = 10;
const MOST_GAP_CANDIDATES = 400;

/** Source (d): links between the ends nearest to two seats whose time lies far above what the benchmark regions have. Cost O(zones²). */
export function gapCandidates(
  region: Region,
  times: ZoneTimes,
  ends: readonly LinkEnd[],
  model: GapModel,
  rules: CandidateRules,
): Candidate[] {
  const near = nearestPlaces(ends, { count: 1, kilometres: SEAT_KILOMETRES });
  const byId = new Map(ends.map((end) => [end.id, end]));
  const endOf = times.zones.map((zone) => {
    const nearest = near(zone.longitude, zone.latitude)[0];
    return nearest && nearest.kilometres <= SEAT_KILOMETRES ? byId.get(nearest.place.id) : undefined;
  });
  const standard = standardOf(region, rules);
  return gapPairs(times, model, rules)
    .flatMap(({ pair, usualMinutes, score }): Candidate[] => {
      const [from, to] = [endOf[pair.from], endOf[pair.to]];
      if (!from || !to || from === to) return [];
      const [first, second] = byCodePoint(from.id, to.id) < 0 ? [from, to] : [to, from];
      const why = `${pair.minutes.toFixed(0)} min door to door; ${usualMinutes.toFixed(0)} min is usual for such a pair in ${model.regions.join(', ')} (${score.toFixed(1)} standard deviations)`;
      const built = standard(first, second);
      return [
        candidateBetween(first, second, built, rules, { id: `${rules.mode}:gap:${first.id}:${second.id}`, source: 'benchmark', why }),
      ];
    })
    .slice(0, MOST_GAP_CANDIDATES);
}

/** Roads shorter than this are city streets or ramps. */
const UPGRADE_KILOMETRES = 5;

/**
 * Existing links made better: a numbered road rebuilt as a motorway; twice the trains between two neighbouring stations that have one every
 * ten minutes or fewer. Extra lanes save nothing at free-flow speeds: they are a matter of `bottlenecks`.
 *
 * Cost O(links · zones).
 */
export function upgradeCandidates(region: Region, ends: readonly LinkEnd[], rules: CandidateRules, speeds: SpeedModel): Candidate[] {
  const byId = new Map(ends.map((end) => [end.id, end]));
  return rules.mode === 'road' ? fasterRoads(region, byId, rules, speeds) : moreTrains(region, byId, rules);
}

function fasterRoads(region: Region, byId: ReadonlyMap<string, LinkEnd>, rules: CandidateRules, speeds: SpeedModel): Candidate[] {
  const speedOf = roadSpeed(region, speeds);
  const motorwayAt = harmonisedSpeed(region);
  return region.roads.flatMap((road): Candidate[] => {
    const [from, to] = [byId.get(road.from), byId.get(road.to)];
    if (!from || !to || road.status !== 'open' || road.class === 'motorway' || road.lengthKilometres < UPGRADE_KILOMETRES) return [];
    const speed = motorwayAt('motorway', (from.longitude + to.longitude) / 2, (from.latitude + to.latitude) / 2);
    const today = speedOf(road);
    if (speed <= today) return [];
    const built = { class: 'motorway', lengthKilometres: road.lengthKilometres, minutes: travelMinutes(road.lengthKilometres, speed) };
    const why = `${road.name || road.route} (${road.class}, ${today.toFixed(0)} km/h) rebuilt as a motorway, ${speed.toFixed(0)} km/h`;
    return [candidateBetween(from, to, built, rules, { id: `road:upgrade:${road.id}`, source: 'upgrade', about: road.id, why })];
  });
}

function moreTrains(region: Region, byId: ReadonlyMap<string, LinkEnd>, rules: CandidateRules): Candidate[] {
  const minutesOfService = region.manifest.defaults.serviceHoursPerDay * 60;
  return region.rail.flatMap((link): Candidate[] => {
    const [from, to] = [byId.get(link.from), byId.get(link.to)];
    if (!from || !to || link.status !== 'open' || !link.trainsPerDay) return [];
    const headway = minutesOfService / link.trainsPerDay;
    if (headway < 10) return [];
    const built = { class: link.class, lengthKilometres: link.lengthKilometres, minutes: link.minutes };
    const why = `${link.lineName || link.line}: twice the trains, every ${(headway / 2).toFixed(0)} in place of ${headway.toFixed(0)} min`;
    const waiting = { ...rules, boardingMinutes: boardingMinutes(region, headway / 2) };
    return [candidateBetween(from, to, built, waiting, { id: `rail:upgrade:${link.id}`, source: 'upgrade', about: link.id, why })];
  });
}

/** A line that somebody drew: its first and last positions, its length along the way, and a speed if it says one. */
export interface DrawnLine {
  readonly id: string;
  readonly positions: readonly (readonly [number, number])[];
  readonly speedKilometresPerHour: number | null;
}

/** Source (e): drawn lines, their ends moved to the nearest ends of the network; lines whose ends meet there are returned by id. */
export function drawnCandidates(
  region: Region,
  ends: readonly LinkEnd[],
  rules: CandidateRules,
  lines: readonly DrawnLine[],
): { candidates: Candidate[]; left: string[] } {
  const near = nearestPlaces(ends, { count: 1, kilometres: 1000 });
  const byId = new Map(ends.map((end) => [end.id, end]));
  const standard = standardOf(region, rules);
  const left: string[] = [];
  const candidates = lines.flatMap(({ id, positions, speedKilometresPerHour }): Candidate[] => {
    const snapped = [positions[0], positions.at(-1)].map((position) => position && near(position[0], position[1])[0]);
    const [from, to] = snapped.map((found) => (found ? byId.get(found.place.id) : undefined));
    if (!from || !to || from === to) {
      left.push(id);
      return [];
    }
    let lengthKilometres = 0;
    positions.forEach(([longitude, latitude], index) => {
      const before = positions[index - 1];
      if (before) lengthKilometres += greatCircleKilometres(before[0], before[1], longitude, latitude);
    });
    const usual = standard(from, to);
    const speed = speedKilometresPerHour ?? (usual.lengthKilometres / usual.minutes) * 60;
    const moved = snapped.map((found) => (found?.kilometres ?? 0).toFixed(1)).join(' and ');
    const built = { class: usual.class, lengthKilometres, minutes: travelMinutes(lengthKilometres, speed) };
    return [
      candidateBetween(from, to, built, rules, { id, source: 'drawn', why: `drawn; ends moved by ${moved} km to places of the network` }),
    ];
  });
  return { candidates, left };
}
