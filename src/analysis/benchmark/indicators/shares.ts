import { accessibility } from '../../accessibility/accessibility.ts';
import { gini, palma, theil, type Weighted } from '../../accessibility/equity.ts';
import type { ZoneTimes } from '../../zone-times.ts';
import { type BenchmarkInput, type Indicator, indicator } from './indicator.ts';

/** People reachable within an hour, by zone, as rows of an equity measure. */
export function hourRows(times: ZoneTimes): Weighted[] {
  const values = Float64Array.from(times.zones, (zone) => zone.population);
  const reachable = accessibility(times, values, { kind: 'cumulative', minutes: 60 });
  return times.zones.map((zone, index) => ({ value: reachable[index] ?? 0, weight: zone.population, group: zone.admin1 }));
}

/** How unequally an hour's reach is shared between people, and between jurisdictions. Cost O(zones²). */
export function shareIndicators({ times }: BenchmarkInput): Indicator[] {
  const rows = hourRows(times.multimodal);
  const { total, between } = theil(rows);
  const people = rows.reduce((sum, row) => sum + row.weight, 0);
  const mean = rows.reduce((sum, row) => sum + row.weight * row.value, 0) / people;
  const meanHow = 'population-weighted mean over zones, own zone included';
  return [
    indicator('Equity', 'people reachable in 60 min, mean', 'million', 'high', mean / 1e6, meanHow),
    indicator('Equity', 'Gini of people reachable in 60 min', '–', 'low', gini(rows), 'population-weighted'),
    indicator('Equity', 'Palma of people reachable in 60 min', '–', 'low', palma(rows), 'mean of the best-served 10% / worst-served 40%'),
    indicator('Equity', 'Theil of people reachable in 60 min', '–', 'low', total, 'population-weighted Theil T'),
    indicator('Equity', 'part of Theil between jurisdictions', '%', 'low', (between / total) * 100, 'between admin1 units / total'),
  ];
}
