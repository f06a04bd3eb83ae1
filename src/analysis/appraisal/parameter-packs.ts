import type { DiscountStep } from './cash-flow.ts';

/** read: seen in the document or page named; recalled: from general knowledge, no document at hand; assumed: ours. */
export type FigureBasis = 'read' | 'recalled' | 'assumed';

/** A parameter with where it comes from. */
export interface PackFigure<T> {
  readonly value: T;
  readonly source: string;
  /** edition or price year */
  readonly year: number;
  readonly basis: FigureBasis;
}

export type Purpose = 'business' | 'commuting' | 'other';

/** What is left at the end: a share of the capital cost, or what a straight line over a life leaves. */
export type Residual = { readonly kind: 'share'; readonly share: number } | { readonly kind: 'straight-line'; readonly lifeYears: number };

/** The rules of one manual on one date. Nothing in it is a default of the program: results name the pack, and all packs are shown. */
export interface ParameterPack {
  readonly id: string;
  readonly name: string;
  /** currency of the country that wrote it: the home pack of regions in that currency */
  readonly currency: string;
  readonly discount: PackFigure<readonly DiscountStep[]>;
  /** years of operation that count */
  readonly operationYears: PackFigure<number>;
  readonly residual: PackFigure<Residual>;
  /** where residual value and upkeep go in the ratio: a China-style negative cost, or the numerator as in the US guidance */
  readonly ratioRule: PackFigure<{ readonly residualIn: 'benefits' | 'costs'; readonly upkeepIn: 'benefits' | 'costs' }>;
  /** money an hour of one person, in the pack's currency and price year */
  readonly valueOfTime: Readonly<Record<Purpose, PackFigure<number>>>;
  /** gross product a head and year of the pack's country in that price year: what values of time are carried over by */
  readonly productPerHead: PackFigure<number>;
  /** real growth of the value of time, a share a year */
  readonly valueOfTimeGrowth: PackFigure<number>;
  /** added to a cost estimate at this early stage, a share; 0 where the manual asks for none */
  readonly costUplift: PackFigure<{ readonly road: number; readonly rail: number }>;
}

const figure = <T>(value: T, year: number, basis: FigureBasis, source: string): PackFigure<T> => ({ value, year, basis, source });

const CHINA = 'Construction Project Economic Evaluation Methods and Parameters, 3rd ed. (NDRC and Ministry of Construction, 2006)';
const JAPAN = 'Cost–Benefit Analysis Manual (MLIT Road and City Bureaus, 2008-11)';
const UK = 'Transport Analysis Guidance (DfT)';
const US = 'Benefit-Cost Analysis Guidance for Discretionary Grant Programs (USDOT, 2021-02)';

export const PARAMETER_PACKS: readonly ParameterPack[] = [
  {
    id: 'china-2006',
    name: 'China, Methods and Parameters, 3rd edition, 2006',
    currency: 'CNY',
    discount: figure(
      [{ fromYear: 0, rate: 0.08 }],
      2006,
      'read',
      `${CHINA}: social discount rate 8%, as quoted by a textbook of water projects`,
    ),
    operationYears: figure(20, 2010, 'recalled', 'highway feasibility practice: 20 years of operation after opening'),
    residual: figure({ kind: 'share', share: 0.5 }, 2010, 'recalled', 'highway feasibility practice: half of the construction cost'),
    ratioRule: figure({ residualIn: 'costs', upkeepIn: 'costs' }, 2010, 'recalled', 'residual value as a negative cost in the last year'),
    valueOfTime: {
      business: figure(20.8, 2010, 'assumed', 'product a head / 2,000 hours × 1.35 (time at work at its product)'),
      commuting: figure(7.7, 2010, 'assumed', 'half of product a head / 2,000 hours'),
      other: figure(4.6, 2010, 'assumed', '0.3 of product a head / 2,000 hours'),
    },
    productPerHead: figure(30_800, 2010, 'recalled', 'GDP a head of China, CNY'),
    valueOfTimeGrowth: figure(
      0.03,
      2023,
      'assumed',
      'growth of product a head, elasticity 1; about 5% of late, half of it kept for the long run',
    ),
    costUplift: figure({ road: 0, rail: 0 }, 2006, 'recalled', 'contingency is inside the estimate; no uplift for optimism'),
  },
  {
    id: 'japan-mlit-2008',
    name: 'Japan, MLIT cost–benefit manual, 2008',
    currency: 'JPY',
    discount: figure([{ fromYear: 0, rate: 0.04 }], 2008, 'read', `${JAPAN}: 4%, as applied in a published town road study`),
    operationYears: figure(50, 2008, 'read', `${JAPAN}: 50 years, as applied in a published town road study`),
    residual: figure({ kind: 'share', share: 0 }, 2008, 'recalled', `${JAPAN}: land alone may be counted; none here`),
    ratioRule: figure(
      { residualIn: 'costs', upkeepIn: 'costs' },
      2008,
      'recalled',
      `${JAPAN}: three benefits over construction and upkeep`,
    ),
    valueOfTime: {
      business: figure(2740, 2008, 'recalled', `${JAPAN}: 40.10 yen a minute and car, 1.3 people a car, business 1.48 of the mean`),
      commuting: figure(1850, 2008, 'recalled', `${JAPAN}: 40.10 yen a minute and car, 1.3 people a car`),
      other: figure(1850, 2008, 'recalled', `${JAPAN}: 40.10 yen a minute and car, 1.3 people a car`),
    },
    productPerHead: figure(4_070_000, 2008, 'recalled', 'GDP a head of Japan, JPY'),
    valueOfTimeGrowth: figure(0, 2008, 'recalled', `${JAPAN}: values held constant`),
    costUplift: figure({ road: 0, rail: 0 }, 2008, 'recalled', 'no uplift for optimism'),
  },
  {
    id: 'uk-tag-2006',
    name: 'United Kingdom, TAG values of 2006 at Green Book rates',
    currency: 'GBP',
    discount: figure(
      [
        { fromYear: 0, rate: 0.035 },
        { fromYear: 31, rate: 0.03 },
        { fromYear: 76, rate: 0.025 },
      ],
      2026,
      'read',
      'Green Book standard rates as tabled in "Forthcoming change: Green Book updates" (DfT, 2026-04-16)',
    ),
    operationYears: figure(60, 2024, 'recalled', `${UK}, unit A1.1: 60 years from opening`),
    residual: figure({ kind: 'share', share: 0 }, 2024, 'recalled', `${UK}: none within a 60-year appraisal`),
    ratioRule: figure(
      { residualIn: 'costs', upkeepIn: 'costs' },
      2024,
      'recalled',
      `${UK}: upkeep is a cost to the broad transport budget`,
    ),
    valueOfTime: {
      business: figure(26.73, 2002, 'read', `${UK}, unit 3.5.6 (2006), 2002 prices: average of all working persons`),
      commuting: figure(5.04, 2002, 'read', `${UK}, unit 3.5.6 (2006), 2002 prices`),
      other: figure(4.46, 2002, 'read', `${UK}, unit 3.5.6 (2006), 2002 prices`),
    },
    productPerHead: figure(18_900, 2002, 'recalled', 'GDP a head of the United Kingdom, GBP'),
    valueOfTimeGrowth: figure(0.01, 2024, 'recalled', `${UK} data book: with product a head, elasticity 1; long-run growth near 1% a year`),
    costUplift: figure({ road: 0.44, rail: 0.64 }, 2006, 'recalled', `${UK}, unit A1.2: uplift at the first stage, later revised`),
  },
  {
    id: 'us-dot-2021',
    name: 'United States, USDOT guidance at 7%, 2021',
    currency: 'USD',
    discount: figure([{ fromYear: 0, rate: 0.07 }], 2021, 'recalled', `${US} and OMB circular A-94 (1992): 7%`),
    operationYears: figure(30, 2021, 'recalled', `${US}: up to 30 years of operation for new construction`),
    residual: figure(
      { kind: 'straight-line', lifeYears: 60 },
      2021,
      'recalled',
      `${US}: straight line over the service life, here 60 years`,
    ),
    ratioRule: figure({ residualIn: 'benefits', upkeepIn: 'benefits' }, 2021, 'recalled', `${US}: residual and upkeep in the numerator`),
    valueOfTime: {
      business: figure(27.1, 2019, 'recalled', `${US}, table A-3`),
      commuting: figure(16.2, 2019, 'recalled', `${US}, table A-3: personal`),
      other: figure(16.2, 2019, 'recalled', `${US}, table A-3: personal`),
    },
    productPerHead: figure(65_100, 2019, 'recalled', 'GDP a head of the United States, USD'),
    valueOfTimeGrowth: figure(0, 2021, 'recalled', `${US}: real values held constant`),
    costUplift: figure({ road: 0, rail: 0 }, 2021, 'recalled', 'no uplift for optimism'),
  },
  {
    id: 'us-dot-2023',
    name: 'United States, USDOT guidance at 3.1%, 2023',
    currency: 'USD',
    discount: figure(
      [{ fromYear: 0, rate: 0.031 }],
      2023,
      'recalled',
      'USDOT guidance of 2023-12: 3.1% after OMB circular A-94 of 2023-11',
    ),
    operationYears: figure(30, 2023, 'recalled', 'USDOT guidance of 2023-12'),
    residual: figure({ kind: 'straight-line', lifeYears: 60 }, 2023, 'recalled', 'USDOT guidance of 2023-12, service life here 60 years'),
    ratioRule: figure({ residualIn: 'benefits', upkeepIn: 'benefits' }, 2023, 'recalled', 'USDOT guidance of 2023-12'),
    valueOfTime: {
      business: figure(33.5, 2022, 'recalled', 'USDOT guidance of 2023-12, table A-2'),
      commuting: figure(19.6, 2022, 'recalled', 'USDOT guidance of 2023-12, table A-2: all purposes'),
      other: figure(19.6, 2022, 'recalled', 'USDOT guidance of 2023-12, table A-2: all purposes'),
    },
    productPerHead: figure(77_200, 2022, 'recalled', 'GDP a head of the United States, USD'),
    valueOfTimeGrowth: figure(0, 2023, 'recalled', 'real values held constant'),
    costUplift: figure({ road: 0, rail: 0 }, 2023, 'recalled', 'no uplift for optimism'),
  },
];

/** The packs whose country uses a currency, the latest first; empty where none does (then results name no home pack). */
export function homePacks(currency: string): ParameterPack[] {
  return PARAMETER_PACKS.filter((pack) => pack.currency === currency).sort((a, b) => b.discount.year - a.discount.year);
}
