import { UsageError } from '../../model/errors.ts';
import type { RegionManifest } from '../../model/tables.ts';
import type { AppraisalSettings } from './appraise.ts';
import type { FigureBasis } from './parameter-packs.ts';

/** Gross product a head and year of a shipped region, from its own tables. */
export interface Economy {
  readonly currency: string;
  readonly productPerHead: number;
  readonly year: number;
  /** nominal growth a head to carry the figure to the price year */
  readonly growthPerYear: number;
  readonly source: string;
  readonly basis: FigureBasis;
}

export const ECONOMIES: Readonly<Record<string, Economy>> = {
  'jing-jin-ji': {
    currency: 'CNY',
    productPerHead: 90_300,
    year: 2022,
    growthPerYear: 0.04,
    source: 'zones.geojson: 99,622 hundred million CNY of 2022 over 110.4 million people',
    basis: 'read',
  },
  tokyo: {
    currency: 'JPY',
    productPerHead: 5_000_000,
    year: 2020,
    growthPerYear: 0.01,
    source: 'zones.geojson: 222.13 trillion yen of fiscal 2020 over 44.4 million people',
    basis: 'read',
  },
  'boston-washington': {
    currency: 'USD',
    productPerHead: 100_900,
    year: 2023,
    growthPerYear: 0.03,
    source: 'zones.geojson: 4,661 billion chained 2017 dollars of 2023 over 56.3 million people, × 1.22 to current dollars',
    basis: 'read',
  },
};

/** Ours, told with every result: no survey of purposes at hand for the three regions. */
export const DEFAULT_SETTINGS = {
  priceYear: 2025,
  purposeShares: { business: 0.1, commuting: 0.4, other: 0.5 },
  tripShare: 1,
  daysPerYear: 365,
  demandGrowth: 0,
} as const;

/**
 * Settings of a region: its product a head, or the figure given for a region that is not shipped.
 *
 * @param productPerHead  in the price year; null reads the shipped table
 * @throws UsageError where neither is there
 */
export function settingsOf(manifest: RegionManifest, productPerHead: number | null = null): AppraisalSettings {
  const economy = ECONOMIES[manifest.id];
  if (productPerHead === null && (!economy || economy.currency !== manifest.currency)) {
    throw new UsageError(`no gross product a head is known for ${manifest.id} in ${manifest.currency}; give --product-per-head`);
  }
  const years = DEFAULT_SETTINGS.priceYear - (economy?.year ?? DEFAULT_SETTINGS.priceYear);
  const carried = economy ? economy.productPerHead * (1 + economy.growthPerYear) ** years : 0;
  return {
    ...DEFAULT_SETTINGS,
    currency: manifest.currency,
    productPerHead: productPerHead ?? carried,
    valueOfTimePerHour: null,
  };
}
