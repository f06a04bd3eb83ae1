import type { FrozenNetwork } from '../../build/freeze.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Region } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { ZoneTimes } from '../zone-times.ts';
import type { Candidate, CandidateRules, NewLink } from './candidate.ts';
import { detourCandidates, endPairs } from './detour-candidates.ts';
import { linkEnds } from './link-ends.ts';
import { type LinkGains, linkGains } from './link-gains.ts';
import { planCandidates } from './plan-candidates.ts';

export { type CandidateRules, type NewLink, RAIL_CANDIDATES, ROAD_CANDIDATES } from './candidate.ts';

/**
 * Candidate links between nodes near on the map and far by network, ranked by exact gain; ties by id.
 *
 * @param frozen  the door-to-door network that gains are measured on
 * @param trips   a day, row-major zone × zone
 * Cost: two trees a zone, one an end, arcGain a candidate. Source of the idea: Bhagat-Conway et al. (2025), MissingLinks.
 */
export function missingLinks(
  region: Region,
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  rules: CandidateRules,
  progress: Progress = SILENT,
): NewLink[] {
  const ends = linkEnds(region, frozen, rules.mode);
  // a new road joins named places, not interchanges: between an interchange and the seat beside it lie city streets that no table holds
  const named = ends.filter((end) => end.kind !== 'interchange');
  const candidates = detourCandidates(region, endPairs(frozen, named, rules, progress), rules);
  const gains = gainsOf(frozen, times, trips, candidates, progress);
  return distinctLinks(withGains(candidates, gains, progress), rules);
}

/** Planned links evaluated the same way; plans whose ends are not in the network are returned by name. */
export function plannedLinks(
  region: Region,
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  rules: CandidateRules,
): { links: NewLink[]; left: string[] } {
  const { candidates, left } = planCandidates(region, linkEnds(region, frozen, rules.mode), rules);
  return { links: rankLinks(withGains(candidates, gainsOf(frozen, times, trips, candidates))), left };
}

/** The gain search for just these candidates. Cost: two trees a zone. */
export function gainsOf(
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  candidates: readonly Candidate[],
  progress: Progress = SILENT,
): LinkGains {
  const nodes = candidates.flatMap((candidate) => candidate.arcs.flatMap(({ from, to }) => [from, to]));
  return linkGains(frozen, times, trips, nodes, progress);
}

/** Candidates with their exact gains, unranked (rank 0), in the order given. */
export function withGains(candidates: readonly Candidate[], gains: LinkGains, progress: Progress = SILENT): NewLink[] {
  return candidates.map((candidate, index) => {
    if (index % 256 === 255) progress('gains of candidates', index + 1, candidates.length);
    const gainPersonMinutes = gains.personMinutes(candidate.arcs);
    return { ...candidate, rank: 0, gainPersonMinutes, gainPerKilometre: gainPersonMinutes / candidate.lengthKilometres };
  });
}

/** Best gain first; ties by id, so that the order of features changes nothing. */
export function rankLinks(links: readonly NewLink[]): NewLink[] {
  return links
    .slice()
    .sort((a, b) => b.gainPersonMinutes - a.gainPersonMinutes || byCodePoint(a.id, b.id))
    .map((link, position) => ({ ...link, rank: position + 1 }));
}

/** The best links that gain anything, one an idea: two links of a mode whose ends lie near each other are one. */
export function distinctLinks(links: readonly NewLink[], rules: Pick<CandidateRules, 'limit' | 'sameIdeaKilometres'>): NewLink[] {
  const kept: NewLink[] = [];
  for (const link of rankLinks(links)) {
    if (kept.length >= rules.limit || link.gainPersonMinutes <= 0) break;
    if (!kept.some((other) => isSameIdea(other, link, Math.min(rules.sameIdeaKilometres, link.lengthKilometres / 2)))) kept.push(link);
  }
  return rankLinks(kept);
}

function isSameIdea(a: Candidate, b: Candidate, kilometres: number): boolean {
  if (a.mode !== b.mode) return false;
  const apart = (p: readonly [number, number], q: readonly [number, number]) => greatCircleKilometres(p[0], p[1], q[0], q[1]);
  const along = Math.max(apart(a.fromLonLat, b.fromLonLat), apart(a.toLonLat, b.toLonLat));
  const across = Math.max(apart(a.fromLonLat, b.toLonLat), apart(a.toLonLat, b.fromLonLat));
  return Math.min(along, across) < kilometres;
}
