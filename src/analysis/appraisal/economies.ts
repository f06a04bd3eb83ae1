import type { RegionManifest } from '../../model/tables.ts';
import type { AppraisalSettings } from './appraise.ts';
import type { FigureBasis } from './parameter-packs.ts';

/** Gross product a head and year of a shipped region, from its own tables. */
interface Economy {
  readonly currency: string;
  readonly productPerHead: number;
  readonly year: number;
  /** nominal growth a head to carry the figure to the price year */
  readonly growthPerYear: number;
  readonly source: string;
  readonly basis: FigureBasis;
}

const ECONOMIES: Readonly<Record<string, Economy>> = {
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
const DEFAULT_SETTINGS = {
  priceYear: 2025,
  purposeShares: { business: 0.1, commuting: 0.4, other: 0.5 },
  tripShare: 1,
  daysPerYear: 365,
  demandGrowth: 0,
} as const;

/**
 * Settings of a region: its product a head from the shipped table or as given; where neither is there, the one value of time of region.json
 * stands in for those of every manual, and the notes say so.
 *
 * @param productPerHead  in the price year; null reads the shipped table
 */
export function settingsOf(manifest: RegionManifest, productPerHead: number | null = null): AppraisalSettings {
  const economy = ECONOMIES[manifest.id];
  const known = economy?.currency === manifest.currency ? economy : null;
  const years = DEFAULT_SETTINGS.priceYear - (known?.year ?? DEFAULT_SETTINGS.priceYear);
  const carried = known ? known.productPerHead * (1 + known.growthPerYear) ** years : 0;
  const isKnown = productPerHead !== null || known !== null;
  return {
    ...DEFAULT_SETTINGS,
    currency: manifest.currency,
    productPerHead: productPerHead ?? carried,
    valueOfTimePerHour: isKnown ? null : manifest.valueOfTimePerHour,
  };
}
