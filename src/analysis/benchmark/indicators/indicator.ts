import type { GraphOptions } from '../../../build/graph-types.ts';
import type { Region } from '../../../model/tables.ts';
import type { ZoneTimes } from '../../zone-times.ts';

/** One figure of a region that can be laid beside another region's. */
export interface Indicator {
  readonly measure: string;
  readonly unit: string;
  readonly group: string;
  /** which way is better for a traveller; null where neither is */
  readonly better: 'high' | 'low' | null;
  readonly value: number | null;
  readonly how: string;
}

export type TimesByMode = { readonly road: ZoneTimes; readonly rail: ZoneTimes; readonly multimodal: ZoneTimes };

export interface BenchmarkInput {
  readonly region: Region;
  readonly times: TimesByMode;
  /** the same on published and recalled links and seat access only: withoutAssumedNeighbours */
  readonly borderTimes: TimesByMode;
  /** the slice and the speed model that the times were worked out with */
  readonly options: Pick<GraphOptions, 'year' | 'speeds'>;
  /** of the zones together; null where it is not known for this set of zones */
  readonly areaSquareKilometres: number | null;
}

/** An indicator; a value that is no finite number reads as none. */
export function indicator(
  group: string,
  measure: string,
  unit: string,
  better: Indicator['better'],
  value: number | null,
  how: string,
): Indicator {
  return { group, measure, unit, better, value: value !== null && Number.isFinite(value) ? value : null, how };
}

/** Persons of a region. */
export function populationOf(region: Region): number {
  return region.zones.reduce((sum, zone) => sum + zone.population, 0);
}
