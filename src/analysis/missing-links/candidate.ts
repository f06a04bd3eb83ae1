/** Where a candidate comes from. */
export type CandidateSource = 'detour' | 'dead-end' | 'interchange' | 'benchmark' | 'plan' | 'drawn' | 'upgrade';

/** One directed arc that a candidate adds to the frozen network. */
export interface NewArc {
  /** node ids of the frozen network */
  readonly from: string;
  readonly to: string;
  /** riding plus boarding */
  readonly minutes: number;
}

/** A link that does not exist, or an existing one made better. Everything a price or a gain needs, and nothing computed from demand. */
export interface Candidate {
  readonly id: string;
  readonly source: CandidateSource;
  readonly mode: 'road' | 'rail';
  /** class of road or rail it would have */
  readonly class: string;
  /** ids of stations or junctions */
  readonly from: string;
  readonly to: string;
  readonly fromName: string;
  readonly toName: string;
  /** degrees, longitude first */
  readonly fromLonLat: readonly [number, number];
  readonly toLonLat: readonly [number, number];
  readonly lengthKilometres: number;
  /** running time end to end, boarding left out */
  readonly minutes: number;
  /** what is added to the network; a shortest path uses at most one of them */
  readonly arcs: readonly NewArc[];
  /** id of the link that is upgraded, of the plan, or null */
  readonly about: string | null;
  /** price given by a plan, in its own currency; null where none is known */
  readonly givenCost: number | null;
  readonly givenCostCurrency: string | null;
  readonly givenCostYear: number | null;
  readonly why: string;
}

/** A candidate with its exact gain, ranked. */
export interface NewLink extends Candidate {
  readonly rank: number;
  /** person-minutes a day saved, pairs that had no way before left out */
  readonly gainPersonMinutes: number;
  readonly gainPerKilometre: number;
}

/** What a new link of a mode is like, and where to look for it. All of it is told with the result. */
export interface CandidateRules {
  readonly mode: 'road' | 'rail';
  /** nearest places a 45° sector, beside the Delaunay neighbours */
  readonly perSector: number;
  /** pairs are left out where a third place makes two links of at most this much more length */
  readonly throughDetour: number;
  readonly minimumKilometres: number;
  readonly maximumKilometres: number;
  /** new length over straight line */
  readonly circuity: number;
  /** gate and waiting time of a new rail link */
  readonly boardingMinutes: number;
  /** today's network time over the new link's: less is no candidate */
  readonly minimumDetour: number;
  /** two candidates of a mode whose ends lie this near to each other are one idea; the better is kept */
  readonly sameIdeaKilometres: number;
  readonly limit: number;
}

/** From 15 km on: the tables hold no city streets, so shorter gaps between nodes of one city are gaps of the table. */
export const ROAD_CANDIDATES: CandidateRules = {
  mode: 'road',
  perSector: 3,
  throughDetour: 1.05,
  minimumKilometres: 15,
  maximumKilometres: 60,
  circuity: 1.15,
  boardingMinutes: 0,
  minimumDetour: 1.4,
  sameIdeaKilometres: 15,
  limit: 25,
};

export const RAIL_CANDIDATES: CandidateRules = {
  mode: 'rail',
  perSector: 2,
  throughDetour: 1.05,
  minimumKilometres: 4,
  maximumKilometres: 80,
  circuity: 1.1,
  boardingMinutes: 10.5,
  minimumDetour: 1.4,
  sameIdeaKilometres: 15,
  limit: 25,
};

/** Class and commercial speed of a new railway by its length, km/h: an assumption, told with the result. */
export function railStandard(lengthKilometres: number): { class: string; kilometresPerHour: number } {
  if (lengthKilometres < 10) return { class: 'metro', kilometresPerHour: 38 };
  if (lengthKilometres < 35) return { class: 'commuter', kilometresPerHour: 70 };
  return { class: 'intercity', kilometresPerHour: 140 };
}
