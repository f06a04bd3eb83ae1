import { isInSlice } from '../../build/graph-types.ts';
import { UsageError } from '../../model/errors.ts';
import type { Place, RailLink, Region, RoadLink } from '../../model/tables.ts';
import type { Change, Upgrade } from '../../model/upgrade.ts';
import type { AppraisalSettings, Scheme } from './appraise.ts';
import { inPricesOf, linkCost } from './link-cost.ts';
import { CONSTRUCTION_YEARS } from './new-link-appraisal.ts';
import type { RiskOptions } from './risk.ts';
import type { CostTable } from './unit-costs.ts';

/** What a list of upgrades costs to build, and what that rests on. */
export interface UpgradeCostEstimate {
  readonly capital: number;
  readonly upkeepShare: number;
  readonly constructionYears: number;
  readonly mode: 'road' | 'rail';
  readonly kind: RiskOptions['kind'];
  readonly notes: readonly string[];
}

/**
 * Capital cost of upgrades in the settings' prices: the costs they name, or, where one names none, the unit cost table over the links that it
 * opens. More trains, faster trains and wider roads without a cost of their own are not priced, and the notes say so.
 *
 * @param before, after  the region without and with the upgrades; `yearBefore` and `yearAfter` slice them
 * @returns null where nothing is built (zone changes alone)
 * @throws UsageError for a cost in another currency than the region's
 * Cost O(changes · links + links · zones).
 */
export function upgradeCost(
  upgrades: readonly Upgrade[],
  before: { region: Region; year: number | null },
  after: { region: Region; year: number | null },
  settings: AppraisalSettings,
  table: CostTable,
): UpgradeCostEstimate | null {
  const opened = newlyOpen(before, after);
  const prices = upgrades.map((upgrade) => {
    const links = opened.filter((link) => upgrade.changes.some((change) => touches(change, link)));
    return upgrade.costs.length > 0
      ? namedPrice(upgrade, links, settings, table)
      : tablePrice(upgrade, links, after.region, settings, table);
  });
  const sum = (part: 'road' | 'rail' | 'fixed') => prices.reduce((total, price) => total + price[part], 0);
  const [road, rail] = [sum('road'), sum('rail')];
  const capital = road + rail;
  if (!(capital > 0)) return null;
  const mode = rail > road ? 'rail' : 'road';
  return {
    capital,
    mode,
    upkeepShare: (road * table.upkeepShare.road + rail * table.upkeepShare.rail) / capital,
    constructionYears: CONSTRUCTION_YEARS[mode],
    kind: sum('fixed') > capital / 2 ? 'fixed-link' : mode,
    notes: prices.flatMap((price) => price.notes),
  };
}

/** Money for one upgrade by mode, the part of it for bridges and tunnels, and what it rests on. */
interface Price {
  readonly road: number;
  readonly rail: number;
  readonly fixed: number;
  readonly notes: readonly string[];
}

function namedPrice(upgrade: Upgrade, links: readonly Link[], settings: AppraisalSettings, table: CostTable): Price {
  const notes: string[] = [];
  let money = 0;
  for (const cost of upgrade.costs) {
    if (cost.currency !== settings.currency) {
      throw new UsageError(
        `upgrade ${upgrade.id} has a cost in ${cost.currency}; expected ${settings.currency}, the currency of the region`,
      );
    }
    money += cost.share * inPricesOf(cost.value, cost.priceYear, settings.priceYear, cost.currency, table);
    const amount = `${Number((cost.value / 1e9).toFixed(3))} billion ${cost.currency} of ${cost.priceYear}`;
    notes.push(`${upgrade.id}: ${cost.scope}, ${amount}${cost.share === 1 ? '' : ` × ${cost.share}`} (${cost.source})`);
  }
  const isRail =
    links.length > 0
      ? lengthOf(links, 'rail') > lengthOf(links, 'road')
      : upgrade.changes.some(({ change }) => /rail|service|station/.test(change));
  const fixed = /tunnel|bridge/i.test(upgrade.name) ? money : 0;
  return { road: isRail ? 0 : money, rail: isRail ? money : 0, fixed, notes };
}

function tablePrice(upgrade: Upgrade, links: readonly Link[], region: Region, settings: AppraisalSettings, table: CostTable): Price {
  const money = { road: 0, rail: 0 };
  let fixed = 0;
  for (const link of links) {
    const cost = costOf(link, region, settings, table);
    money[modeOf(link)] += cost.capital;
    if (cost.isMostlyFixedLink) fixed += cost.capital;
  }
  const kilometres = lengthOf(links, 'road') + lengthOf(links, 'rail');
  const notes = [
    links.length > 0
      ? `${upgrade.id}: no cost given; ${links.length} links, ${kilometres.toFixed(0)} km, priced by the unit cost table`
      : `${upgrade.id}: no cost given and no link opened, so nothing is priced`,
  ];
  const unpriced = upgrade.changes.filter(
    (change) => change.change === 'add-service' || ('select' in change && !opensLinks(change.set)),
  ).length;
  if (unpriced > 0) notes.push(`${upgrade.id}: ${unpriced} changes of trains, speeds or lanes bear no price of their own`);
  return { ...money, fixed, notes };
}

/** The scheme of an estimate and what it saves. */
export function schemeOf(estimate: UpgradeCostEstimate, personMinutesPerDay: number): Scheme {
  const { mode, capital, upkeepShare, constructionYears } = estimate;
  return { mode, capital, upkeepShare, constructionYears, personMinutesPerDay };
}

type Link = RoadLink | RailLink;

function newlyOpen(before: { region: Region; year: number | null }, after: { region: Region; year: number | null }): Link[] {
  const openIn = ({ region, year }: typeof before) => [...region.roads, ...region.rail].filter((link) => isInSlice(link, year));
  const old = new Set(openIn(before).map(({ id }) => id));
  return openIn(after).filter(({ id }) => !old.has(id));
}

function touches(change: Change, link: Link): boolean {
  if (change.change === 'add-road' || change.change === 'add-rail') return change.link.id === link.id;
  const isOwn = change.change === ('line' in link ? 'change-rail' : 'change-road');
  if (!isOwn || !('select' in change)) return false;
  const route = 'line' in link ? link.line : link.route;
  return change.select.route === route || (change.select.ids?.includes(link.id) ?? false);
}

function opensLinks(set: object): boolean {
  return 'status' in set || 'opened' in set;
}

function modeOf(link: Link): 'road' | 'rail' {
  return 'line' in link ? 'rail' : 'road';
}

function lengthOf(links: readonly Link[], mode: 'road' | 'rail'): number {
  return links.reduce((sum, link) => (modeOf(link) === mode ? sum + link.lengthKilometres : sum), 0);
}

function costOf(link: Link, region: Region, settings: AppraisalSettings, table: CostTable) {
  const places: readonly Place[] = 'line' in link ? region.stations : region.junctions;
  const at = (id: string): readonly [number, number] => {
    const place = places.find((row) => row.id === id);
    return [place?.longitude ?? 0, place?.latitude ?? 0];
  };
  const costed = {
    mode: modeOf(link),
    class: link.class,
    lengthKilometres: link.lengthKilometres,
    fromLonLat: at(link.from),
    toLonLat: at(link.to),
  } as const;
  return linkCost(costed, region.zones, settings.currency, settings.priceYear, table);
}
