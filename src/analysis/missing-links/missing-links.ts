import type { FrozenNetwork } from '../../build/freeze.ts';
import type { SpeedModel } from '../../build/road-speeds.ts';
import { KEEP_NOTHING, type KeptParts, keptUnder } from '../../model/kept-parts.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Region } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { Level } from '../borders/jurisdictions.ts';
import type { ZoneTimes } from '../zone-times.ts';
import { borderCandidates } from './border-candidates.ts';
import type { Candidate, CandidateRules, CandidateSource, NewLink } from './candidate.ts';
import { crossingCandidates } from './crossing-candidates.ts';
import { detourCandidates, endPairs } from './detour-candidates.ts';
import type { GapModel } from './gap-model.ts';
import { linkEnds } from './link-ends.ts';
import { type LinkGains, linkGains } from './link-gains.ts';
import { type DrawnLine, drawnCandidates, gapCandidates, upgradeCandidates } from './more-candidates.ts';
import { planCandidates } from './plan-candidates.ts';

export { type CandidateRules, type NewLink, RAIL_CANDIDATES, ROAD_CANDIDATES } from './candidate.ts';

/**
 * Candidate links between nodes near on the map and far by network, and beyond dead ends at borders, ranked by exact gain; ties by id.
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
  keep: KeptParts = KEEP_NOTHING,
): NewLink[] {
  return foundLinks(region, frozen, times, trips, rules, progress, keep).links.slice();
}

/** missingLinks together with the gains it stands on, for whoever goes on asking of the same links. */
export function foundLinks(
  region: Region,
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  rules: CandidateRules,
  progress: Progress = SILENT,
  keep: KeptParts = KEEP_NOTHING,
): FoundLinks {
  const search = { region, frozen, times, trips, rules, speeds: 'harmonised', level: 'admin1', gapModel: null, drawn: [] } as const;
  return searchLinks({ ...search, sources: ['detour', 'dead-end'] }, progress, keep);
}

/** Everything that a search for links needs. */
export interface LinkSearch {
  readonly region: Region;
  /** the door-to-door network that gains are measured on */
  readonly frozen: FrozenNetwork;
  readonly times: ZoneTimes;
  /** a day, row-major zone × zone */
  readonly trips: Float64Array;
  readonly rules: CandidateRules;
  /** of the network that was frozen */
  readonly speeds: SpeedModel;
  /** of the network; today's where absent */
  readonly year?: number | null;
  /** borders that dead ends are looked for at */
  readonly level: Level;
  readonly sources: readonly CandidateSource[];
  /** what the benchmark regions have; null where that source is not asked for */
  readonly gapModel: GapModel | null;
  readonly drawn: readonly DrawnLine[];
}

export interface FoundLinks {
  /** ranked, one an idea */
  readonly links: readonly NewLink[];
  readonly gains: LinkGains;
  /** candidates evaluated, by source */
  readonly counts: ReadonlyMap<CandidateSource, number>;
  /** plans and drawn lines whose ends are not in the network */
  readonly left: readonly string[];
}

/**
 * Candidates of the sources asked for, each with its exact gain, ranked; ties by id.
 *
 * Cost: two trees a zone, one an end, arcGain a candidate.
 */
export function searchLinks(search: LinkSearch, progress: Progress = SILENT, keep: KeptParts = KEEP_NOTHING): FoundLinks {
  const { frozen, times, trips, rules } = search;
  const own = keptUnder(keep, rules.mode);
  const { candidates, left } = candidatesOf(search, progress, own);
  const gains = gainsOf(frozen, times, trips, candidates, progress, own);
  const links = distinctLinks(withoutThroughLinks(withGains(candidates, gains, progress, own)), rules);
  const counts = new Map<CandidateSource, number>();
  for (const { source } of candidates) counts.set(source, (counts.get(source) ?? 0) + 1);
  return { links, gains, counts, left };
}

function candidatesOf(search: LinkSearch, progress: Progress, keep: KeptParts): { candidates: Candidate[]; left: string[] } {
  const { region, frozen, times, rules, speeds } = search;
  const wants = (source: CandidateSource) => search.sources.includes(source);
  const ends = linkEnds(region, frozen, rules.mode);
  // a new road joins named places, not interchanges: between an interchange and the seat beside it lie city streets that no table holds
  const named = ends.filter((end) => end.kind !== 'interchange');
  const candidates: Candidate[] = [];
  const left: string[] = [];
  const addAll = (found: { candidates: readonly Candidate[]; left: readonly string[] }) => {
    candidates.push(...found.candidates);
    left.push(...found.left);
  };
  if (wants('detour')) candidates.push(...detourCandidates(region, endPairs(frozen, named, rules, progress, keep), rules));
  if (wants('dead-end')) candidates.push(...borderCandidates(region, ends, rules, search.level));
  if (wants('interchange')) candidates.push(...crossingCandidates(region, frozen, rules, speeds));
  if (wants('benchmark') && search.gapModel) candidates.push(...gapCandidates(region, times, named, search.gapModel, rules));
  if (wants('plan')) addAll(planCandidates(region, ends, rules, search.year ?? null));
  if (wants('drawn')) addAll(drawnCandidates(region, ends, rules, search.drawn));
  if (wants('upgrade')) candidates.push(...upgradeCandidates(region, ends, rules, speeds));
  return { candidates, left };
}

/** Two links in a row may take this much longer than the one they stand in for. */
const THROUGH_MINUTES = 1.1;

/** Links without those that two others in a row serve as well, both worth more a kilometre. Cost O(links · links an end). */
function withoutThroughLinks(links: readonly NewLink[]): NewLink[] {
  const byEnd = new Map<string, Map<string, NewLink>>();
  const put = (from: string, to: string, link: NewLink) => byEnd.set(from, (byEnd.get(from) ?? new Map()).set(to, link));
  for (const link of links) {
    if (link.source !== 'detour') continue;
    put(link.from, link.to, link);
    put(link.to, link.from, link);
  }
  return links.filter((link) => {
    if (link.source !== 'detour') return true;
    for (const [middle, first] of byEnd.get(link.from) ?? []) {
      const second = byEnd.get(middle)?.get(link.to);
      const isBetter = second && Math.min(first.gainPerKilometre, second.gainPerKilometre) >= link.gainPerKilometre;
      if (isBetter && first.minutes + second.minutes <= THROUGH_MINUTES * link.minutes) return false;
    }
    return true;
  });
}

/** Planned links evaluated the same way, with the gains they stand on; plans whose ends are not in the network are returned by name. */
export function plannedLinks(
  region: Region,
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  rules: CandidateRules,
): { links: NewLink[]; gains: LinkGains; left: string[] } {
  const { candidates, left } = planCandidates(region, linkEnds(region, frozen, rules.mode), rules, null);
  const gains = gainsOf(frozen, times, trips, candidates);
  return { links: rankLinks(withGains(candidates, gains)), gains, left };
}

/** The gain search for just these candidates. Cost: two trees a zone. */
export function gainsOf(
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  candidates: readonly Candidate[],
  progress: Progress = SILENT,
  keep: KeptParts = KEEP_NOTHING,
): LinkGains {
  const nodes = candidates.flatMap((candidate) => candidate.arcs.flatMap(({ from, to }) => [from, to]));
  return linkGains(frozen, times, trips, nodes, progress, keep);
}

const CANDIDATES_A_PART = 256;

/** Candidates with their exact gains, unranked (rank 0), in the order given. */
export function withGains(
  candidates: readonly Candidate[],
  gains: LinkGains,
  progress: Progress = SILENT,
  keep: KeptParts = KEEP_NOTHING,
): NewLink[] {
  const found: number[] = [];
  for (let first = 0; first < candidates.length; first += CANDIDATES_A_PART) {
    const own = candidates.slice(first, first + CANDIDATES_A_PART);
    found.push(...keep.part(`gains ${first}`, () => own.map((candidate) => gains.personMinutes(candidate.arcs))));
    progress('gains of candidates', found.length, candidates.length);
  }
  return candidates.map((candidate, index) => {
    const gainPersonMinutes = found[index] ?? 0;
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
function distinctLinks(links: readonly NewLink[], rules: Pick<CandidateRules, 'limit' | 'sameIdeaKilometres'>): NewLink[] {
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
