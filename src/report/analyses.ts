import { accessibility } from '../analysis/accessibility/accessibility.ts';
import { gini, lorenzCurve, theil, type Weighted } from '../analysis/accessibility/equity.ts';
import { linkAppraiser } from '../analysis/appraisal/new-link-appraisal.ts';
import { type CentralityRow, centrality } from '../analysis/centrality/centrality.ts';
import { gravityDemand } from '../analysis/demand/gravity-demand.ts';
import { DEFAULT_ISOCHRONES, type IsochroneBand, isochrones } from '../analysis/isochrones/isochrones.ts';
import { gainByHome } from '../analysis/missing-links/link-effects.ts';
import { foundLinks, type NewLink, plannedLinks, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../analysis/missing-links/missing-links.ts';
import { DEFAULT_STABILITY, noiseInWords, type StabilityBand, stabilityBands } from '../analysis/missing-links/stability.ts';
import { type LocalInterest, landShares, localInterest } from '../analysis/portfolio/jurisdictions.ts';
import { pairMinutes, type ZoneTimes } from '../analysis/zone-times.ts';
import { freeze, freezeMetres } from '../build/freeze.ts';
import type { Mode } from '../build/graph-types.ts';
import { buildLinkGraph } from '../build/link-graph.ts';
import { oneToAll } from '../kernels/one-to-all.ts';
import type { Zone } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { perRegion, type RegionContext } from './context.ts';

/** Minutes at which curves are read. */
export const CURVE_MINUTES = Array.from({ length: 37 }, (_value, index) => index * 5);
export const REACH_MINUTES = 60;

export interface Reach {
  readonly people: number;
  /** people within an hour of each zone, its own included */
  readonly within: readonly number[];
  /** population-weighted mean time from each zone to the others it reaches */
  readonly meanMinutes: readonly (number | null)[];
  /** minutes from each zone to the primary core */
  readonly coreMinutes: readonly (number | null)[];
  readonly core: Zone | null;
  /** people that the average inhabitant reaches within an hour */
  readonly meanWithin: number;
  readonly rows: readonly Weighted[];
  readonly lorenz: readonly (readonly [number, number])[];
  readonly gini: number;
  readonly theil: { readonly total: number; readonly between: number; readonly within: number };
}

/** Who reaches whom within an hour, in the mode of the report. Cost O(zones² log zones). */
export const reachOf = perRegion((context): Reach => {
  const { zones, manifest } = context.region;
  const times = context.times(context.options.mode);
  const amounts = Float64Array.from(zones, (zone) => zone.population);
  const within = accessibility(times, amounts, { kind: 'cumulative', minutes: REACH_MINUTES }).map((value) => value ?? 0);
  const coreIndex = zones.findIndex((zone) => zone.id === manifest.primaryCore);
  const rows = zones.map((zone, index) => ({ value: within[index] ?? 0, weight: zone.population, group: zone.admin1 }));
  const people = rows.reduce((sum, row) => sum + row.weight, 0);
  return {
    people,
    within,
    meanMinutes: accessibility(times, amounts, { kind: 'mean-time' }),
    coreMinutes: zones.map((_zone, from) => (coreIndex < 0 ? null : pairMinutes(times, from, coreIndex))),
    core: zones[coreIndex] ?? null,
    meanWithin: people > 0 ? rows.reduce((sum, row) => sum + row.value * row.weight, 0) / people : 0,
    rows,
    lorenz: lorenzCurve(rows),
    gini: people > 0 ? gini(rows) : Number.NaN,
    theil: theil(rows),
  };
});

/** People that the average inhabitant reaches within each of CURVE_MINUTES. Cost O(zones²). */
export function reachCurve(times: ZoneTimes): number[] {
  const all = times.zones.reduce((sum, zone) => sum + zone.population, 0);
  const first = new Float64Array(CURVE_MINUTES.length);
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const minutes = pairMinutes(times, from, to);
      const slot = minutes === null ? -1 : CURVE_MINUTES.findIndex((limit) => minutes <= limit);
      if (slot >= 0) first[slot] = (first[slot] ?? 0) + zone.population * other.population;
    });
  });
  let sum = 0;
  return Array.from(first, (value) => {
    sum += value;
    return all > 0 ? sum / all : 0;
  });
}

/** Share of people whose trip to the primary core takes at most each of CURVE_MINUTES. */
export function coreCurve(context: RegionContext, mode: Mode): number[] {
  const { zones, manifest } = context.region;
  const core = zones.findIndex((zone) => zone.id === manifest.primaryCore);
  const times = context.times(mode);
  const all = zones.reduce((sum, zone) => sum + zone.population, 0);
  return CURVE_MINUTES.map((limit) => {
    const inside = zones.reduce((sum, zone, from) => {
      const minutes = core < 0 ? null : pairMinutes(times, from, core);
      return minutes !== null && minutes <= limit ? sum + zone.population : sum;
    }, 0);
    return all > 0 ? inside / all : 0;
  });
}

/** The modes of links that a report on a mode is about. */
function linkModes(mode: Mode): readonly ('road' | 'rail')[] {
  return mode === 'multimodal' ? ['road', 'rail'] : [mode];
}

export interface LinkCentrality {
  readonly mode: 'road' | 'rail';
  readonly links: readonly CentralityRow[];
  readonly nodes: readonly CentralityRow[];
}

/** Betweenness and cuts of the bare link networks. Cost: see centrality. */
export const centralityOf = perRegion((context): readonly LinkCentrality[] =>
  linkModes(context.options.mode).flatMap((mode) => {
    const graph = buildLinkGraph(context.region, { ...context.options, mode });
    if (graph.size === 0) return [];
    const rows = centrality(freeze(graph).network, freezeMetres(graph));
    return [{ mode, links: rows.filter((row) => row.kind === 'link'), nodes: rows.filter((row) => row.kind === 'node') }];
  }),
);

/** What a new link costs and is worth, and how firm its rank is. */
export interface LinkWorth {
  /** money of the region's prices; null where the cost table has no such link */
  readonly cost: number | null;
  readonly benefitCostRatio: number | null;
  readonly band: StabilityBand | null;
}

/** Who would pay for a link if each jurisdiction (admin1) paid for its land, and whose residents have the gain. */
export interface LinkInterest extends LocalInterest {
  /** shares of the gain, largest first */
  readonly gainers: readonly { readonly name: string; readonly share: number }[];
}

export interface NewLinks {
  readonly mode: 'road' | 'rail';
  /** by id of candidate or plan, those that gain anything */
  readonly interests: ReadonlyMap<string, LinkInterest>;
  readonly candidates: readonly NewLink[];
  readonly plans: readonly NewLink[];
  /** by id of candidate or plan */
  readonly worth: ReadonlyMap<string, LinkWorth>;
  /** stretches of the ranking that noise cannot tell apart, in words */
  readonly noise: readonly string[];
  /** what the money rests on */
  readonly money: readonly string[];
  /** plans whose ends the network lacks */
  readonly left: readonly string[];
}

/** Fewer runs than the command's 200, told with the table. */
const BANDS = { ...DEFAULT_STABILITY, runs: 50 };

/** Candidate and planned links with their exact gains, costs and bands; road links on the road network, rail links on road and rail together. */
export const newLinksOf = perRegion((context): readonly NewLinks[] =>
  linkModes(context.options.mode).map((mode) => {
    const own = mode === 'road' ? 'road' : context.options.mode;
    const [frozen, times, rules] = [context.network(own), context.times(own), mode === 'road' ? ROAD_CANDIDATES : RAIL_CANDIDATES];
    const trips = gravityDemand(times);
    const { links: plans, gains: planGains, left } = plannedLinks(context.region, frozen, times, trips, rules);
    const { links: candidates, gains } = foundLinks(context.region, frozen, times, trips, rules);
    const bands = stabilityBands(candidates, gains, undefined, BANDS);
    const appraiser = linkAppraiser(context.region);
    const worth = new Map(
      [...candidates, ...plans].map((link, index): [string, LinkWorth] => {
        const priced = appraiser.canPrice(link) ? appraiser(link) : null;
        const ratio = priced?.home?.benefitCostRatio ?? null;
        return [link.id, { cost: priced?.cost.capital ?? null, benefitCostRatio: ratio, band: bands[index] ?? null }];
      }),
    );
    const [noise, money] = [noiseInWords(candidates, bands), appraiser.notes];
    const interests = new Map<string, LinkInterest>();
    for (const [links, own] of [
      [candidates, gains],
      [plans, planGains],
    ] as const) {
      for (const link of links.filter(({ gainPersonMinutes }) => gainPersonMinutes > 0)) {
        interests.set(link.id, linkInterest(context, link, gainByHome(link, times, own), worth.get(link.id)?.benefitCostRatio ?? 0));
      }
    }
    return { mode, candidates, plans, worth, interests, noise, money, left };
  }),
);

function linkInterest(context: RegionContext, link: NewLink, byHome: ReadonlyMap<string, number>, ratio: number): LinkInterest {
  const all = [...byHome.values()].reduce((sum, gain) => sum + gain, 0);
  const gainers = [...byHome].map(([name, gain]) => ({ name, share: all > 0 ? gain / all : 0 }));
  gainers.sort((a, b) => b.share - a.share || byCodePoint(a.name, b.name));
  return { ...localInterest(landShares(context.region.zones, link.fromLonLat, link.toLonLat, 'admin1'), byHome, ratio), gainers };
}

/** Isochrones from the primary core, ending at the coast; none where the region names no core. */
export const bandsOf = perRegion((context): readonly IsochroneBand[] => {
  const { zones } = context.region;
  const { core } = reachOf(context);
  const frozen = context.network(context.options.mode);
  const origin = core ? frozen.nodeOf.get(`zone-origin/${core.id}`) : undefined;
  if (!core || origin === undefined) return [];
  const times = context.times(context.options.mode);
  const from = zones.indexOf(core);
  const seats = zones.map((zone, to) => ({ zone, minutes: pairMinutes(times, from, to) }));
  return isochrones(frozen.network, oneToAll(frozen.network, origin), seats, { ...DEFAULT_ISOCHRONES, land: context.land() });
});
