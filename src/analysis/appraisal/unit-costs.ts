import type { FigureBasis } from './parameter-packs.ts';

export type Structure = 'at-grade' | 'viaduct' | 'tunnel' | 'bridge';
export type Setting = 'open' | 'suburban' | 'urban' | 'dense';

/** Money for a kilometre of one structure in open country; `class` as in the link tables. */
export interface UnitCost {
  readonly currency: string;
  readonly mode: 'road' | 'rail';
  readonly class: string;
  readonly structure: Structure;
  readonly perKilometre: number;
  /** prices of this year */
  readonly year: number;
  readonly source: string;
  readonly basis: FigureBasis;
}

/** Everything a cost estimate rests on; any part can be given anew. */
export interface CostTable {
  readonly unitCosts: readonly UnitCost[];
  /** share of the length by structure, by mode and setting; classes named `metro` are read from their own row */
  readonly structureShares: Readonly<Record<'road' | 'rail' | 'metro', Readonly<Record<Setting, Readonly<Record<Structure, number>>>>>>;
  /** land, utilities and night work against open country */
  readonly settingFactor: Readonly<Record<Setting, number>>;
  /** persons per km² within 15 km at which suburban, urban and dense begin */
  readonly settingBounds: readonly [number, number, number];
  /** yearly upkeep and renewal, a share of the capital cost */
  readonly upkeepShare: Readonly<Record<'road' | 'rail', number>>;
  /** yearly growth of building prices by currency, to bring a figure to another year */
  readonly priceGrowth: Readonly<Record<string, number>>;
}

const WORLD_BANK = 'World Bank (2019), China’s High-Speed Rail Development: USD 17–21 million a km, split by structure here';
const FHWA = 'FHWA (2006): USD 3.1–9.1 million a rural lane-mile, 4.9–19.5 urban, as quoted; four lanes';
const PLANS_CN = 'plans.geojson of Jing-Jin-Ji: cost over length of the motorways and railways that have both';
const PLANS_JP = 'plans.geojson of Tokyo: cost over length';
const PLANS_US = 'plans.geojson of Boston–Washington: cost over length';
const SUBWAYS_JP = 'table of Tokyo subway costs (Levy 2025): Namboku, Oedo and Fukutoshin 29–34 billion yen a km in 2023 prices';

type Prices = readonly [atGrade: number, viaduct: number, tunnel: number, bridge: number];

function rows(
  currency: string,
  mode: 'road' | 'rail',
  roadClass: string,
  prices: Prices,
  year: number,
  basis: FigureBasis,
  source: string,
): UnitCost[] {
  const structures: readonly Structure[] = ['at-grade', 'viaduct', 'tunnel', 'bridge'];
  return structures.map((structure, index) => {
    return { currency, mode, class: roadClass, structure, perKilometre: prices[index] ?? 0, year, source, basis };
  });
}

const UNIT_COSTS: readonly UnitCost[] = [
  ...rows('CNY', 'road', 'motorway', [1.25e8, 2.8e8, 3.6e8, 4.2e8], 2020, 'assumed', `scaled to ${PLANS_CN}`),
  ...rows('CNY', 'road', 'trunk', [0.35e8, 1.3e8, 1.8e8, 2e8], 2020, 'recalled', 'recalled: first-class highway'),
  ...rows('CNY', 'road', 'primary', [0.2e8, 0.9e8, 1.4e8, 1.5e8], 2020, 'recalled', 'recalled: second-class highway'),
  ...rows('CNY', 'rail', 'high-speed', [1.35e8, 2e8, 2.4e8, 2.7e8], 2019, 'assumed', `${WORLD_BANK} and × 1.35 to meet ${PLANS_CN}`),
  ...rows('CNY', 'rail', 'intercity', [1.1e8, 1.7e8, 2.1e8, 2.4e8], 2019, 'assumed', `${WORLD_BANK} and × 1.3 to meet ${PLANS_CN}`),
  ...rows('CNY', 'rail', 'commuter', [0.7e8, 1.2e8, 2.5e8, 1.6e8], 2020, 'recalled', `recalled, of the size of ${PLANS_CN}`),
  ...rows('CNY', 'rail', 'conventional', [0.4e8, 0.9e8, 1.2e8, 1.3e8], 2020, 'recalled', 'recalled'),
  ...rows(
    'CNY',
    'rail',
    'metro',
    [1.9e8, 2.5e8, 4.4e8, 3.8e8],
    2020,
    'assumed',
    'scaled to Line 22, 573 hundred million CNY for 81.2 km (plans.geojson)',
  ),
  ...rows('JPY', 'road', 'motorway', [4e9, 9e9, 2.5e10, 1.5e10], 2020, 'recalled', `recalled, of the size of ${PLANS_JP}`),
  ...rows('JPY', 'road', 'trunk', [2e9, 6e9, 1.2e10, 8e9], 2020, 'recalled', 'recalled'),
  ...rows('JPY', 'road', 'primary', [1e9, 4e9, 8e9, 6e9], 2020, 'recalled', 'recalled'),
  ...rows('JPY', 'rail', 'high-speed', [6e9, 1e10, 1.2e10, 1.5e10], 2020, 'recalled', 'recalled: Shinkansen extensions'),
  ...rows('JPY', 'rail', 'intercity', [5e9, 8e9, 1.1e10, 1.2e10], 2020, 'recalled', 'recalled'),
  ...rows('JPY', 'rail', 'commuter', [5e9, 8e9, 1.4e10, 1.2e10], 2020, 'recalled', `recalled, of the size of ${PLANS_JP}`),
  ...rows('JPY', 'rail', 'conventional', [3e9, 6e9, 9e9, 8e9], 2020, 'recalled', 'recalled'),
  ...rows('JPY', 'rail', 'metro', [8e9, 1e10, 1.5e10, 1.5e10], 2023, 'read', SUBWAYS_JP),
  ...rows('USD', 'road', 'motorway', [1.4e7, 5e7, 1.5e8, 8e7], 2006, 'read', `at grade ${FHWA}; structures recalled, ${PLANS_US}`),
  ...rows('USD', 'road', 'trunk', [8e6, 4e7, 1.2e8, 6e7], 2006, 'recalled', 'recalled'),
  ...rows('USD', 'road', 'primary', [5e6, 3e7, 1e8, 5e7], 2006, 'recalled', 'recalled'),
  ...rows('USD', 'rail', 'high-speed', [3e7, 7e7, 1.8e8, 1e8], 2020, 'recalled', 'recalled'),
  ...rows('USD', 'rail', 'intercity', [2e7, 6e7, 1.8e8, 1e8], 2020, 'recalled', 'recalled'),
  ...rows('USD', 'rail', 'commuter', [1.5e7, 5e7, 2e8, 9e7], 2020, 'recalled', `recalled, of the size of ${PLANS_US}`),
  ...rows('USD', 'rail', 'conventional', [1e7, 4e7, 1.2e8, 8e7], 2020, 'recalled', 'recalled'),
  ...rows('USD', 'rail', 'metro', [6e7, 1e8, 2.5e8, 1.5e8], 2020, 'recalled', `recalled, of the size of ${PLANS_US}`),
];

const shares = (atGrade: number, viaduct: number, tunnel: number, bridge: number) => ({ 'at-grade': atGrade, viaduct, tunnel, bridge });

/** The shipped table: an assumption where a row says so, and overridable as a whole or by row (`--unit-costs`). */
export const COST_TABLE: CostTable = {
  unitCosts: UNIT_COSTS,
  structureShares: {
    road: {
      open: shares(0.9, 0.05, 0.02, 0.03),
      suburban: shares(0.75, 0.2, 0.02, 0.03),
      urban: shares(0.35, 0.5, 0.1, 0.05),
      dense: shares(0, 0.35, 0.6, 0.05),
    },
    rail: {
      open: shares(0.6, 0.35, 0.02, 0.03),
      suburban: shares(0.35, 0.55, 0.05, 0.05),
      urban: shares(0.15, 0.55, 0.25, 0.05),
      dense: shares(0, 0.15, 0.83, 0.02),
    },
    metro: {
      open: shares(0.3, 0.6, 0.1, 0),
      suburban: shares(0.1, 0.5, 0.4, 0),
      urban: shares(0, 0.2, 0.8, 0),
      dense: shares(0, 0, 1, 0),
    },
  },
  settingFactor: { open: 1, suburban: 1.2, urban: 1.8, dense: 2.5 },
  settingBounds: [200, 1000, 4000],
  upkeepShare: { road: 0.01, rail: 0.02 },
  priceGrowth: { CNY: 0.02, JPY: 0.01, USD: 0.03 },
};
