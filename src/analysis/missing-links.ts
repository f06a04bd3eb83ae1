import type { FrozenNetwork } from '../build/freeze.ts';
import { nearestPlaces } from '../build/nearest-places.ts';
import { harmonisedSpeed } from '../build/road-speeds.ts';
import { timesBetween } from '../kernels/many-to-many.ts';
import { UNREACHED } from '../model/network.ts';
import { greatCircleKilometres } from '../model/place.ts';
import type { Place, Plan, Region } from '../model/tables.ts';
import { byCodePoint, MILLISECONDS_PER_MINUTE, minutesToMilliseconds, travelMinutes } from '../model/units.ts';
import { endTimes, newLinkGain } from './new-link-gain.ts';
import type { ZoneTimes } from './zone-times.ts';

/** What a new link of a mode is like, and where to look for it. All of it is told with the result. */
export interface CandidateRules {
  readonly mode: 'road' | 'rail';
  readonly neighbours: number;
  readonly minimumKilometres: number;
  readonly maximumKilometres: number;
  /** new length over straight line */
  readonly circuity: number;
  /** null: a motorway at the harmonised speed of the place, so that no road is quicker in a dense city for being new */
  readonly speedKilometresPerHour: number | null;
  /** gate and waiting time of a new rail link */
  readonly boardingMinutes: number;
  /** today's network time over the new link's: less is no candidate */
  readonly minimumDetour: number;
  readonly limit: number;
}

/** From 15 km on: the tables hold no city streets, so shorter gaps between nodes of one city are gaps of the table. */
export const ROAD_CANDIDATES: CandidateRules = {
  mode: 'road',
  neighbours: 24,
  minimumKilometres: 15,
  maximumKilometres: 60,
  circuity: 1.15,
  speedKilometresPerHour: null,
  boardingMinutes: 0,
  minimumDetour: 1.4,
  limit: 25,
};

export const RAIL_CANDIDATES: CandidateRules = {
  mode: 'rail',
  neighbours: 12,
  minimumKilometres: 4,
  maximumKilometres: 80,
  circuity: 1.1,
  speedKilometresPerHour: 120,
  boardingMinutes: 10.5,
  minimumDetour: 1.4,
  limit: 25,
};

export interface NewLink {
  readonly rank: number;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly fromName: string;
  readonly toName: string;
  readonly fromLonLat: readonly [number, number];
  readonly toLonLat: readonly [number, number];
  readonly mode: 'road' | 'rail';
  readonly lengthKilometres: number;
  readonly minutes: number;
  readonly gainPersonMinutes: number;
  readonly gainPerKilometre: number;
  readonly why: string;
}

type Draft = Omit<NewLink, 'rank' | 'gainPersonMinutes' | 'gainPerKilometre'>;

/** Two candidates whose ends lie this near to each other are one idea; the better is kept. */
const SAME_IDEA_KILOMETRES = 15;

/**
 * Candidate links between nodes near on the map and far by network, ranked by exact gain; ties by id.
 *
 * @param frozen  the door-to-door network: road for road candidates, multimodal for rail
 * @param trips   a day, row-major zone × zone
 * Cost: two trees a zone, one a node, O(zones²) a candidate. Source of the idea: Bhagat-Conway et al. (2025), MissingLinks.
 */
export function missingLinks(
  region: Region,
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  rules: CandidateRules,
): NewLink[] {
  // a new road joins named places, not interchanges: between an interchange and the seat beside it lie city streets that no table holds
  const places = endPlaces(region, frozen, rules.mode).filter((place) => place.kind !== 'interchange');
  const drafts = detours(places, frozen, rules, newSpeed(region, rules));
  return distinct(evaluate(places, frozen, times, trips, drafts, rules), rules.limit);
}

/** Planned links evaluated the same way; plans whose ends are not in the network are returned by name. */
export function plannedLinks(
  region: Region,
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  rules: CandidateRules,
): { links: NewLink[]; left: string[] } {
  const places = endPlaces(region, frozen, rules.mode);
  const byId = new Map(places.map((place) => [place.id, place]));
  const speedOf = newSpeed(region, rules);
  const left: string[] = [];
  const drafts: Draft[] = [];
  for (const plan of region.plans) {
    if (plan.mode !== rules.mode) continue;
    const draft = planDraft(plan, byId, rules, speedOf);
    if (draft) drafts.push(draft);
    else left.push(plan.id);
  }
  return { links: ranked(evaluate(places, frozen, times, trips, drafts, rules)), left };
}

function planDraft(plan: Plan, places: ReadonlyMap<string, Place>, rules: CandidateRules, speedOf: NewSpeed): Draft | null {
  const from = plan.from === null ? undefined : places.get(plan.from);
  const to = plan.to === null ? undefined : places.get(plan.to);
  if (!from || !to || from === to) return null;
  const straight = greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude);
  const lengthKilometres = plan.lengthKilometres ?? straight * rules.circuity;
  const speed = plan.speedKilometresPerHour ?? speedOf(from, to);
  const ride = plan.minutes ?? travelMinutes(lengthKilometres, speed);
  return { ...ends(from, to), id: plan.id, mode: rules.mode, lengthKilometres, minutes: ride, why: `${plan.status}: ${plan.name}` };
}

function ends(from: Place, to: Place) {
  return {
    from: from.id,
    to: to.id,
    fromName: from.name,
    toName: to.name,
    fromLonLat: [from.longitude, from.latitude] as const,
    toLonLat: [to.longitude, to.latitude] as const,
  };
}

function nodePrefix(mode: 'road' | 'rail'): string {
  return mode === 'road' ? 'before/' : 'station/';
}

/** Speed of a new link by its two ends, km/h. */
type NewSpeed = (from: Place, to: Place) => number;

function newSpeed(region: Region, rules: CandidateRules): NewSpeed {
  const fixed = rules.speedKilometresPerHour;
  if (fixed !== null) return () => fixed;
  const speedAt = harmonisedSpeed(region);
  return (from, to) => speedAt('motorway', (from.longitude + to.longitude) / 2, (from.latitude + to.latitude) / 2);
}

/** Places that today's network touches, by id. */
function endPlaces(region: Region, frozen: FrozenNetwork, mode: 'road' | 'rail'): Place[] {
  const all = mode === 'road' ? region.junctions : region.stations;
  const { firstArc } = frozen.network;
  return all
    .filter((place) => {
      const node = frozen.nodeOf.get(`${nodePrefix(mode)}${place.id}`);
      return node !== undefined && (firstArc[node + 1] ?? 0) > (firstArc[node] ?? 0);
    })
    .sort((a, b) => byCodePoint(a.id, b.id));
}

function detours(places: readonly Place[], frozen: FrozenNetwork, rules: CandidateRules, speedOf: NewSpeed): Draft[] {
  const near = nearestPlaces(places, { count: rules.neighbours + 1, kilometres: rules.maximumKilometres });
  const node = (place: Place) => frozen.nodeOf.get(`${nodePrefix(rules.mode)}${place.id}`) ?? 0;
  const drafts: Draft[] = [];
  for (const from of places) {
    const others = near(from.longitude, from.latitude).filter(
      ({ place, kilometres }) => from.id < place.id && kilometres >= rules.minimumKilometres && kilometres <= rules.maximumKilometres,
    );
    if (others.length === 0) continue;
    const today = timesBetween(
      frozen.network,
      Uint32Array.of(node(from)),
      Uint32Array.from(others, ({ place }) => node(place)),
    );
    others.forEach(({ place, kilometres }, position) => {
      const lengthKilometres = kilometres * rules.circuity;
      const minutes = travelMinutes(lengthKilometres, speedOf(from, place));
      const now = today[position] ?? UNREACHED;
      const ratio = now / MILLISECONDS_PER_MINUTE / (minutes + rules.boardingMinutes);
      if (ratio < rules.minimumDetour) return;
      const why =
        now === UNREACHED
          ? 'no way between them today'
          : `${kilometres.toFixed(0)} km apart, ${ratio.toFixed(1)} times as long by today's network`;
      drafts.push({ ...ends(from, place), id: `${rules.mode}:${from.id}:${place.id}`, mode: rules.mode, lengthKilometres, minutes, why });
    });
  }
  return drafts;
}

function evaluate(
  places: readonly Place[],
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  drafts: readonly Draft[],
  rules: CandidateRules,
): NewLink[] {
  const prefix = nodePrefix(rules.mode);
  const table = endTimes(
    frozen,
    times,
    places.map((place) => `${prefix}${place.id}`),
  );
  return drafts.map((draft) => {
    const milliseconds = minutesToMilliseconds(draft.minutes + rules.boardingMinutes);
    const gain = newLinkGain(times, table, trips, { from: prefix + draft.from, to: prefix + draft.to, milliseconds });
    return { ...draft, rank: 0, gainPersonMinutes: gain, gainPerKilometre: gain / draft.lengthKilometres };
  });
}

function ranked(links: readonly NewLink[]): NewLink[] {
  return links
    .slice()
    .sort((a, b) => b.gainPersonMinutes - a.gainPersonMinutes || byCodePoint(a.id, b.id))
    .map((link, position) => ({ ...link, rank: position + 1 }));
}

function distinct(links: readonly NewLink[], limit: number): NewLink[] {
  const kept: NewLink[] = [];
  for (const link of ranked(links)) {
    if (kept.length >= limit || link.gainPersonMinutes <= 0) break;
    if (!kept.some((other) => isSameIdea(other, link))) kept.push(link);
  }
  return ranked(kept);
}

function isSameIdea(a: NewLink, b: NewLink): boolean {
  const apart = (p: readonly [number, number], q: readonly [number, number]) => greatCircleKilometres(p[0], p[1], q[0], q[1]);
  const along = Math.max(apart(a.fromLonLat, b.fromLonLat), apart(a.toLonLat, b.toLonLat));
  const across = Math.max(apart(a.fromLonLat, b.toLonLat), apart(a.toLonLat, b.fromLonLat));
  return Math.min(along, across) < SAME_IDEA_KILOMETRES;
}
