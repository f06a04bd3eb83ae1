import type { Region } from '../../model/tables.ts';
import { type AppraisalSettings, appraise, type PackAppraisal, type Scheme } from './appraise.ts';
import { settingsOf } from './economies.ts';
import { type CostedLink, hasUnitCost, inPricesOf, type LinkCost, linkCost } from './link-cost.ts';
import { homePacks, PARAMETER_PACKS, type ParameterPack } from './parameter-packs.ts';
import { COST_TABLE, type CostTable } from './unit-costs.ts';

/** A candidate link with what it saves; a NewLink is one as it is. */
export interface LinkToAppraise extends CostedLink {
  readonly gainPersonMinutes: number;
  /** price given by a plan, with its currency ("CNY", or "CNY 1e8" for hundreds of millions) and price year */
  readonly givenCost?: number | null;
  readonly givenCostCurrency?: string | null;
  readonly givenCostYear?: number | null;
}

export interface LinkAppraisal {
  readonly cost: LinkCost;
  readonly scheme: Scheme;
  /** under the manual of the region's own country, the latest first; null where no pack has its currency */
  readonly home: PackAppraisal | null;
  readonly packs: readonly PackAppraisal[];
}

export interface LinkAppraiser {
  /** @throws UsageError where the table has no unit cost for it: ask canPrice first */
  (link: LinkToAppraise): LinkAppraisal;
  readonly canPrice: (link: Pick<LinkToAppraise, 'mode' | 'class'>) => boolean;
  readonly settings: AppraisalSettings;
  /** the pack that `home` is reckoned under */
  readonly homePack: ParameterPack | null;
  readonly notes: readonly string[];
}

export interface AppraiserOptions {
  readonly costs?: CostTable;
  readonly packs?: readonly ParameterPack[];
  readonly settings?: AppraisalSettings;
}

/** Years of building by mode; an assumption, told in the notes. */
export const CONSTRUCTION_YEARS = { road: 4, rail: 5 } as const;

/**
 * A function that prices new links of a region and appraises their gain under every pack.
 *
 * Cost O(zones + packs · years) a link.
 */
export function linkAppraiser(region: Region, options: AppraiserOptions = {}): LinkAppraiser {
  const settings = options.settings ?? settingsOf(region.manifest);
  const costs = options.costs ?? COST_TABLE;
  const packs = options.packs ?? PARAMETER_PACKS;
  const homePack = homePacks(settings.currency).find((pack) => packs.some(({ id }) => id === pack.id)) ?? null;
  const appraiseLink = (link: LinkToAppraise): LinkAppraisal => {
    const estimate = linkCost(link, region.zones, settings.currency, settings.priceYear, costs);
    const given = givenCapital(link, settings, costs);
    const cost =
      given === null ? estimate : { ...estimate, capital: given, how: `price of the plan, ${link.givenCostYear ?? settings.priceYear}` };
    const scheme: Scheme = {
      mode: link.mode,
      capital: cost.capital,
      upkeepShare: costs.upkeepShare[link.mode],
      constructionYears: CONSTRUCTION_YEARS[link.mode],
      personMinutesPerDay: link.gainPersonMinutes,
    };
    const all = packs.map((pack) => appraise(scheme, pack, settings));
    return { cost, scheme, packs: all, home: all.find(({ pack }) => pack === homePack?.id) ?? null };
  };
  const canPrice = ({ mode, class: name }: Pick<LinkToAppraise, 'mode' | 'class'>) => hasUnitCost(costs, settings.currency, mode, name);
  return Object.assign(appraiseLink, { settings, homePack, canPrice, notes: appraisalNotes(settings, homePack) });
}

/** The price a plan gives, in the settings' prices; null where it gives none or one in another currency. */
function givenCapital(link: LinkToAppraise, settings: AppraisalSettings, costs: CostTable): number | null {
  if (!link.givenCost || !link.givenCostCurrency) return null;
  const [currency = '', factor = '1'] = link.givenCostCurrency.split(' ');
  if (currency !== settings.currency || !(Number(factor) > 0)) return null;
  const year = link.givenCostYear ?? settings.priceYear;
  return inPricesOf(link.givenCost * Number(factor), year, settings.priceYear, currency, costs);
}

/** What every money figure rests on, in words. */
export function appraisalNotes(settings: AppraisalSettings, homePack: ParameterPack | null): string[] {
  const { currency, priceYear, daysPerYear, purposeShares, tripShare } = settings;
  const purposes = Object.entries(purposeShares).map(([purpose, share]) => `${purpose} ${Math.round(share * 100)}%`);
  return [
    `money in ${currency} of ${priceYear}; costs from the unit cost table by class, density of people and structure, terrain not known`,
    ...(settings.valueOfTimePerHour === null
      ? []
      : [`value of time: ${settings.valueOfTimePerHour} ${currency} an hour for everybody, in place of the values of each manual`]),
    `time: ${Math.round(tripShare * 100)}% of the modelled trips, ${daysPerYear} days a year, purposes ${purposes.join(', ')}; building takes ${CONSTRUCTION_YEARS.road} years by road, ${CONSTRUCTION_YEARS.rail} by rail`,
    homePack
      ? `benefit_cost_ratio under ${homePack.name}: ${ratesOf(homePack)}; other manuals can turn its sign`
      : 'no manual in the currency of the region: no benefit_cost_ratio without naming a pack',
  ];
}

function ratesOf({ discount, operationYears }: ParameterPack): string {
  const rates = discount.value.map(({ rate }) => `${Number((rate * 100).toFixed(2))}%`);
  return `${rates.join(', then ')} over ${operationYears.value} years`;
}
