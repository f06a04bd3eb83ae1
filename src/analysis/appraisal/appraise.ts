import { discountFactors, internalRateOfReturn, presentValue } from './cash-flow.ts';
import type { ParameterPack, Purpose } from './parameter-packs.ts';

/** What a scheme costs and saves, before any manual is asked. Money in one currency and price year. */
export interface Scheme {
  readonly mode: 'road' | 'rail';
  readonly capital: number;
  /** yearly upkeep, a share of capital */
  readonly upkeepShare: number;
  readonly constructionYears: number;
  /** in the first year of operation; negative where people lose */
  readonly personMinutesPerDay: number;
}

/** What the manuals leave to the analyst; told with every result. */
export interface AppraisalSettings {
  readonly currency: string;
  readonly priceYear: number;
  /** gross product a head and year of the region, in its currency and price year */
  readonly productPerHead: number;
  /** money an hour for everybody, in place of the pack's values; null takes the pack's, carried over by product a head */
  readonly valueOfTimePerHour: number | null;
  readonly purposeShares: Readonly<Record<Purpose, number>>;
  /** part of the modelled trips that the minutes saved are counted for, 0 … 1 */
  readonly tripShare: number;
  /** days like the modelled one in a year */
  readonly daysPerYear: number;
  /** growth of the minutes saved, a share a year */
  readonly demandGrowth: number;
}

export interface PackAppraisal {
  readonly pack: string;
  readonly valueOfTimePerHour: number;
  /** all in present values of the base year, the first year of building */
  readonly presentBenefits: number;
  readonly presentCosts: number;
  readonly netPresentValue: number;
  /** null where nothing is spent */
  readonly benefitCostRatio: number | null;
  /** a share a year; null where there is none or no single one */
  readonly internalRate: number | null;
  /** benefits of the first year over capital, both at the opening; null where nothing is spent */
  readonly firstYearRate: number | null;
}

/** Money an hour: the pack's purposes weighted by their shares, carried over at equal ratio to product a head (income elasticity 1). */
export function valueOfTime(pack: ParameterPack, settings: AppraisalSettings): number {
  if (settings.valueOfTimePerHour !== null) return settings.valueOfTimePerHour;
  const purposes = Object.entries(settings.purposeShares) as [Purpose, number][];
  const total = purposes.reduce((sum, [, share]) => sum + share, 0);
  const mean = purposes.reduce((sum, [purpose, share]) => sum + share * pack.valueOfTime[purpose].value, 0) / total;
  return (mean * settings.productPerHead) / pack.productPerHead.value;
}

/** Flows of one scheme under one pack, year by year from the first year of building; money of the price year, not discounted. */
export interface Flows {
  readonly capital: Float64Array;
  readonly upkeep: Float64Array;
  readonly benefits: Float64Array;
  readonly residual: Float64Array;
}

export function schemeFlows(scheme: Scheme, pack: ParameterPack, settings: AppraisalSettings): Flows {
  const years = scheme.constructionYears + pack.operationYears.value;
  const [capital, upkeep, benefits, residual] = [0, 1, 2, 3].map(() => new Float64Array(years + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const cost = scheme.capital * (1 + pack.costUplift.value[scheme.mode]);
  // building years are 0 … n − 1, operation n … n + N − 1: the first year of operation follows the last of building
  for (let year = 0; year < scheme.constructionYears; year++) capital[year] = cost / scheme.constructionYears;
  const perYear = ((scheme.personMinutesPerDay * settings.tripShare * settings.daysPerYear) / 60) * valueOfTime(pack, settings);
  for (let operation = 0; operation < pack.operationYears.value; operation++) {
    const year = scheme.constructionYears + operation;
    upkeep[year] = cost * scheme.upkeepShare;
    benefits[year] = perYear * (1 + pack.valueOfTimeGrowth.value) ** year * (1 + settings.demandGrowth) ** operation;
  }
  const { value } = pack.residual;
  const left = value.kind === 'share' ? value.share : Math.max(0, 1 - pack.operationYears.value / value.lifeYears);
  residual[years - 1] = cost * left;
  return { capital, upkeep, benefits, residual };
}

/** Present values of the four flows in the base year. Every figure of an appraisal is made of them, and they scale with cost and benefit. */
export interface PresentParts {
  readonly capital: number;
  readonly upkeep: number;
  readonly benefits: number;
  readonly residual: number;
}

export function presentParts(flows: Flows, pack: ParameterPack): PresentParts {
  const factors = discountFactors(pack.discount.value, flows.capital.length);
  return {
    capital: presentValue(flows.capital, factors),
    upkeep: presentValue(flows.upkeep, factors),
    benefits: presentValue(flows.benefits, factors),
    residual: presentValue(flows.residual, factors),
  };
}

/** What stands above and below the line of the ratio under a pack. */
export function ratioParts(parts: PresentParts, pack: ParameterPack): { benefits: number; costs: number } {
  const { residualIn, upkeepIn } = pack.ratioRule.value;
  return {
    benefits: parts.benefits + (residualIn === 'benefits' ? parts.residual : 0) - (upkeepIn === 'benefits' ? parts.upkeep : 0),
    costs: parts.capital + (upkeepIn === 'costs' ? parts.upkeep : 0) - (residualIn === 'costs' ? parts.residual : 0),
  };
}

/**
 * One scheme under one pack.
 *
 * NPV = Σ (benefits + residual − capital − upkeep) · factor. BCR by the pack's rule of what stands above and below the line; the NPV is the
 * same either way. First-year rate = benefits of the first year less upkeep / (capital compounded to the opening).
 * Cost O(years) and the search for the internal rate.
 */
export function appraise(scheme: Scheme, pack: ParameterPack, settings: AppraisalSettings): PackAppraisal {
  const flows = schemeFlows(scheme, pack, settings);
  const parts = presentParts(flows, pack);
  const { benefits, costs } = ratioParts(parts, pack);
  const net = flows.capital.map(
    (spent, year) => (flows.benefits[year] ?? 0) + (flows.residual[year] ?? 0) - spent - (flows.upkeep[year] ?? 0),
  );
  const opening = scheme.constructionYears;
  const firstYear = (flows.benefits[opening] ?? 0) - (flows.upkeep[opening] ?? 0);
  const spentAtOpening = parts.capital / (discountFactors(pack.discount.value, opening)[opening] ?? 1);
  return {
    pack: pack.id,
    valueOfTimePerHour: valueOfTime(pack, settings),
    presentBenefits: benefits,
    presentCosts: costs,
    netPresentValue: benefits - costs,
    benefitCostRatio: costs > 0 ? benefits / costs : null,
    internalRate: internalRateOfReturn(net),
    firstYearRate: spentAtOpening > 0 ? firstYear / spentAtOpening : null,
  };
}

/** The same scheme under every pack, in their order. */
export function appraiseUnderAll(scheme: Scheme, packs: readonly ParameterPack[], settings: AppraisalSettings): PackAppraisal[] {
  return packs.map((pack) => appraise(scheme, pack, settings));
}
