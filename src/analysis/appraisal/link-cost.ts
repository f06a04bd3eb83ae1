import { UsageError } from '../../model/errors.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Zone } from '../../model/tables.ts';
import type { CostTable, Setting, Structure } from './unit-costs.ts';

export interface CostedLink {
  readonly mode: 'road' | 'rail';
  readonly class: string;
  readonly lengthKilometres: number;
  readonly fromLonLat: readonly [number, number];
  readonly toLonLat: readonly [number, number];
  /** shares by structure where they are known; else those of the setting */
  readonly structure?: Readonly<Partial<Record<Structure, number>>>;
}

export interface LinkCost {
  /** money in prices of `priceYear` */
  readonly capital: number;
  readonly currency: string;
  readonly priceYear: number;
  readonly setting: Setting;
  readonly isMostlyFixedLink: boolean;
  /** how it was reckoned, in words */
  readonly how: string;
}

const SETTINGS: readonly Setting[] = ['open', 'suburban', 'urban', 'dense'];
const RADIUS_KILOMETRES = 15;
const CLASSES: Readonly<Record<string, string>> = {
  'light-rail': 'metro',
  secondary: 'primary',
  tertiary: 'primary',
  expressway: 'motorway',
};

/** The setting of a place by the density of people within 15 km. Cost O(zones). */
export function settingAt(zones: readonly Zone[], longitude: number, latitude: number, bounds: CostTable['settingBounds']): Setting {
  let people = 0;
  for (const zone of zones) {
    if (greatCircleKilometres(longitude, latitude, zone.longitude, zone.latitude) <= RADIUS_KILOMETRES) people += zone.population;
  }
  const density = people / (Math.PI * RADIUS_KILOMETRES ** 2);
  return SETTINGS[bounds.filter((bound) => density >= bound).length] ?? 'open';
}

/** Money of one year in prices of another, by the currency's growth of building prices; an unknown currency is refused. */
export function inPricesOf(money: number, from: number, to: number, currency: string, table: CostTable): number {
  const growth = table.priceGrowth[currency];
  if (growth === undefined)
    throw new UsageError(
      `no growth of building prices for ${currency}; expected one of ${Object.keys(table.priceGrowth).join(', ')} or a cost table that has it`,
    );
  return money * (1 + growth) ** (to - from);
}

/**
 * Cost of building a link: Σ over quarters of its line of length / 4 × setting factor × Σ structure share × unit cost.
 *
 * The line is read at the middles of its four quarters, so a link from a dense core into open country is priced in between. Terrain is not
 * known (no elevation in the tables): hills are priced only where shares by structure are given, and the note says so.
 *
 * @throws UsageError where the table has no unit cost of the currency, mode and class
 * Cost O(zones).
 */
export function linkCost(link: CostedLink, zones: readonly Zone[], currency: string, priceYear: number, table: CostTable): LinkCost {
  const unit = unitCostOf(table, currency, link, priceYear);
  const quarters = [0.125, 0.375, 0.625, 0.875].map((part) =>
    settingAt(
      zones,
      link.fromLonLat[0] + part * (link.toLonLat[0] - link.fromLonLat[0]),
      link.fromLonLat[1] + part * (link.toLonLat[1] - link.fromLonLat[1]),
      table.settingBounds,
    ),
  );
  const family = link.mode === 'road' ? 'road' : classOf(link.class) === 'metro' ? 'metro' : 'rail';
  let capital = 0;
  let fixed = 0;
  for (const setting of quarters) {
    const shares: Readonly<Partial<Record<Structure, number>>> = link.structure ?? table.structureShares[family][setting];
    let perKilometre = 0;
    for (const [structure, share] of Object.entries(shares) as [Structure, number][]) {
      perKilometre += share * unit(structure);
      if (structure === 'tunnel' || structure === 'bridge') fixed += share / quarters.length;
    }
    capital += (link.lengthKilometres / quarters.length) * perKilometre * table.settingFactor[setting];
  }
  const setting = SETTINGS.findLast((name) => quarters.includes(name)) ?? 'open';
  const how = `${link.lengthKilometres.toFixed(1)} km of ${link.class} through ${[...new Set(quarters)].join(', ')}; terrain ${link.structure ? 'by the shares given' : 'not known'}`;
  return { capital, currency, priceYear, setting, isMostlyFixedLink: fixed > 0.5, how };
}

/** Whether the table can price a class of link in a currency. */
export function hasUnitCost(table: CostTable, currency: string, mode: 'road' | 'rail', name: string): boolean {
  const isOf = (row: CostTable['unitCosts'][number]) => row.currency === currency && row.mode === mode && row.class === classOf(name);
  return table.unitCosts.some(isOf) && table.priceGrowth[currency] !== undefined;
}

function classOf(name: string): string {
  return CLASSES[name] ?? name;
}

function unitCostOf(table: CostTable, currency: string, link: CostedLink, priceYear: number): (structure: Structure) => number {
  const rows = table.unitCosts.filter((row) => row.currency === currency && row.mode === link.mode && row.class === classOf(link.class));
  const [first] = rows;
  if (!first) {
    throw new UsageError(`no unit cost for a ${link.mode} of class ${link.class} in ${currency}; give one with --unit-costs`);
  }
  return (structure) => {
    const row = rows.find((candidate) => candidate.structure === structure) ?? first;
    return inPricesOf(row.perKilometre, row.year, priceYear, currency, table);
  };
}
