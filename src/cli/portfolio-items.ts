import { type AppraisalSettings, appraise } from '../analysis/appraisal/appraise.ts';
import { linkAppraiser } from '../analysis/appraisal/new-link-appraisal.ts';
import type { ParameterPack } from '../analysis/appraisal/parameter-packs.ts';
import type { CostTable } from '../analysis/appraisal/unit-costs.ts';
import { upgradeCost } from '../analysis/appraisal/upgrade-cost.ts';
import { gravityDemand } from '../analysis/demand/gravity-demand.ts';
import type { NewLink } from '../analysis/missing-links/candidate.ts';
import { missingLinks, plannedLinks, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../analysis/missing-links/missing-links.ts';
import { linkProblem } from '../analysis/portfolio/link-problem.ts';
import type { PortfolioItem } from '../analysis/portfolio/portfolio.ts';
import type { SetProblem } from '../analysis/portfolio/set-problem.ts';
import { upgradeProblem } from '../analysis/portfolio/upgrade-problem.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { applyUpgrade } from '../build/apply-upgrade.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import { isComing } from '../build/plans-upgrade.ts';
import type { KeptParts } from '../model/kept-parts.ts';
import type { Progress } from '../model/progress.ts';
import type { Region } from '../model/tables.ts';
import type { Upgrade } from '../model/upgrade.ts';
import { openNetwork } from '../open/open-network.ts';

/** What can be chosen among, with its notes. */
export interface Offer {
  readonly problem: SetProblem;
  readonly items: readonly PortfolioItem[];
  readonly notes: readonly string[];
  /** the links on offer, in the order of the items; null for upgrades */
  readonly links: readonly NewLink[] | null;
}

export interface OfferOptions {
  readonly graph: GraphOptions;
  readonly settings: AppraisalSettings;
  readonly costs: CostTable;
  readonly home: ParameterPack | null;
  /** parts of the search for links that outlive the run */
  readonly keep: KeptParts;
}

/** New links, candidates or plans, on the network of the mode. */
export function offerLinks(region: Region, kind: 'candidates' | 'plans', count: number, options: OfferOptions, progress: Progress): Offer {
  const { graph, settings, costs, home, keep } = options;
  const { frozen } = openNetwork(region, graph);
  const times = zoneTimes(frozen, region.zones);
  const trips = gravityDemand(times);
  const rules = { ...(graph.mode === 'road' ? ROAD_CANDIDATES : RAIL_CANDIDATES), limit: count };
  const { links, left } =
    kind === 'plans'
      ? plannedLinks({ ...region, plans: region.plans.filter((plan) => isComing(plan.status)) }, frozen, times, trips, rules)
      : { links: missingLinks(region, frozen, times, trips, rules, progress, keep), left: [] };
  const appraiser = linkAppraiser(region, { settings, costs });
  const kept = links.filter(appraiser.canPrice).slice(0, count);
  const items = kept.map((link): PortfolioItem => {
    const own = appraiser(link);
    const { scheme } = own;
    return {
      id: link.id,
      name: `${link.fromName} – ${link.toName}`,
      kind: own.cost.isMostlyFixedLink ? 'fixed-link' : link.mode,
      cost: scheme.capital,
      lines: [{ from: link.fromLonLat, to: link.toLonLat, share: 1 }],
      appraise: (personMinutesPerDay) => (home ? appraise({ ...scheme, personMinutesPerDay }, home, settings) : null),
    };
  });
  const problem = linkProblem(
    frozen,
    times,
    trips,
    kept.map((link, index) => ({ id: link.id, cost: items[index]?.cost ?? 1, arcs: link.arcs })),
  );
  const unpriced = links.length - links.filter(appraiser.canPrice).length;
  const notes = unpriced > 0 ? [`${unpriced} links have no unit cost in ${settings.currency} and are not offered: give --unit-costs`] : [];
  if (left.length > 0) notes.push(`plans whose ends are not in the network: ${left.join(', ')}`);
  return { problem, items, notes, links: kept };
}

/** Upgrades of the region, those that build something. */
export function offerUpgrades(region: Region, upgrades: readonly Upgrade[], options: OfferOptions): Offer {
  const { graph, settings, costs, home } = options;
  const notes: string[] = [];
  const offered = upgrades.flatMap((upgrade) => {
    const after = applyUpgrade(region, upgrade).region;
    const estimate = upgradeCost([upgrade], { region, year: graph.year }, { region: after, year: graph.year }, settings, costs);
    if (!estimate) {
      notes.push(`${upgrade.id} builds nothing that has a price, and is not offered`);
      return [];
    }
    notes.push(...estimate.notes);
    const scheme = { ...estimate, personMinutesPerDay: 0 };
    const item: PortfolioItem = {
      id: upgrade.id,
      name: upgrade.name,
      kind: estimate.kind,
      cost: estimate.capital,
      lines: linesOf(after, upgrade),
      appraise: (personMinutesPerDay) => (home ? appraise({ ...scheme, personMinutesPerDay }, home, settings) : null),
    };
    return [{ upgrade, item }];
  });
  const items = offered.map(({ item }) => item);
  const problem = upgradeProblem(
    region,
    offered.map(({ upgrade }) => upgrade),
    items.map(({ cost }) => cost),
    graph,
  );
  return { problem, items, notes, links: null };
}

/** Lines of the links that an upgrade adds or changes, by length. */
function linesOf(region: Region, { changes }: Upgrade): PortfolioItem['lines'] {
  const places = new Map([...region.stations, ...region.junctions].map((row) => [row.id, row]));
  const ids = new Set<string>();
  const routes = new Set<string>();
  for (const change of changes) {
    if (change.change === 'add-road' || change.change === 'add-rail') ids.add(change.link.id);
    if ('select' in change) for (const id of change.select.ids ?? []) ids.add(id);
    if ('select' in change && change.select.route !== undefined) routes.add(change.select.route);
  }
  const added = changes.some(({ change }) => change === 'add-road' || change === 'add-rail');
  const links = [...region.roads, ...region.rail].filter(
    (link) => ids.has(link.id) || (!added && routes.has('line' in link ? link.line : link.route)),
  );
  const whole = links.reduce((sum, link) => sum + link.lengthKilometres, 0);
  return links.map((link) => {
    const at = (id: string): readonly [number, number] => [places.get(id)?.longitude ?? 0, places.get(id)?.latitude ?? 0];
    return { from: at(link.from), to: at(link.to), share: link.lengthKilometres / whole };
  });
}
