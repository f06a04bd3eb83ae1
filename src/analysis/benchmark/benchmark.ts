import { freeze } from '../../build/freeze.ts';
import type { Mode } from '../../build/graph-types.ts';
import { buildRegionGraph } from '../../build/region-graph.ts';
import type { Region } from '../../model/tables.ts';
import { zoneTimes } from '../zone-times.ts';
import { coreZones, cutToCore, equalPopulationGroups, timesOfZones } from './delineation.ts';
import { borderIndicators } from './indicators/borders.ts';
import type { BenchmarkInput, Indicator, TimesByMode } from './indicators/indicator.ts';
import { networkIndicators } from './indicators/networks.ts';
import { peopleIndicators } from './indicators/people.ts';
import { reachIndicators } from './indicators/reach.ts';
import { shareIndicators } from './indicators/shares.ts';

export type { BenchmarkInput, Indicator } from './indicators/indicator.ts';
export { hourRows } from './indicators/shares.ts';

/** Which zones a benchmark covers: all, those near the primary core, or all merged into groups of equal population. */
export type Delineation = 'whole' | 'core' | 'equal-population';

/**
 * The region without the neighbour roads that were assumed: those were drawn across borders as readily as within, so on them a border
 * costs nothing by construction.
 */
export function withoutAssumedNeighbours(region: Region): Region {
  return { ...region, roads: region.roads.filter((road) => road.basis !== 'assumed-neighbour') };
}

/**
 * Times of a region in every mode, with and without assumed neighbour roads: what its indicators are worked out from.
 *
 * Cost: six trees a zone.
 */
export function benchmarkInput(region: Region, options: BenchmarkInput['options']): BenchmarkInput {
  const timesOf = (own: Region): TimesByMode => {
    const times = (mode: Mode) => zoneTimes(freeze(buildRegionGraph(own, { ...options, mode }).graph), own.zones);
    return { road: times('road'), rail: times('rail'), multimodal: times('multimodal') };
  };
  const { areaSquareKilometres } = region.manifest;
  return { region, options, areaSquareKilometres, times: timesOf(region), borderTimes: timesOf(withoutAssumedNeighbours(region)) };
}

/** Every indicator of one region, in a fixed order. Cost O(zones² log zones + links). */
export function benchmark(input: BenchmarkInput): Indicator[] {
  return [
    ...peopleIndicators(input),
    ...networkIndicators(input),
    ...reachIndicators(input),
    ...shareIndicators(input),
    ...borderIndicators(input),
  ];
}

/**
 * The same indicators for another set of zones, all travelling on the whole network. Indicators of the network itself are those of the links
 * inside for `core`, and are left as they are for `equal-population`. The area of a cut-down region is not known.
 */
export function redelineate(input: BenchmarkInput, delineation: Delineation): BenchmarkInput {
  if (delineation === 'whole') return input;
  if (delineation === 'core') {
    const inside = coreZones(input.region);
    const cut = mapTimes(input.times, (times) => timesOfZones(times, inside));
    const borderTimes = mapTimes(input.borderTimes, (times) => timesOfZones(times, inside));
    return { ...input, region: cutToCore(input.region), times: cut, borderTimes, areaSquareKilometres: null };
  }
  const { seats, merged, groupOf } = equalPopulationGroups(input.region.zones);
  const grouped = (times: TimesByMode) => mapTimes(times, (own) => ({ ...timesOfZones(own, seats), zones: merged }));
  const seatOf = (id: string) => merged[groupOf[input.region.zones.findIndex((zone) => zone.id === id)] ?? -1]?.id ?? id;
  const { manifest } = input.region;
  const secondaryCores = [...new Set(manifest.secondaryCores.map(seatOf))];
  const region = { ...input.region, zones: merged, manifest: { ...manifest, primaryCore: seatOf(manifest.primaryCore), secondaryCores } };
  return { ...input, region, times: grouped(input.times), borderTimes: grouped(input.borderTimes) };
}

function mapTimes(times: TimesByMode, change: (times: TimesByMode['road']) => TimesByMode['road']): TimesByMode {
  return { road: change(times.road), rail: change(times.rail), multimodal: change(times.multimodal) };
}

/** Regions from first to last by an indicator, as positions; null where a region has no value. Equal values keep their order. */
export function rankOrder(values: readonly (number | null)[]): string | null {
  if (values.some((value) => value === null)) return null;
  return values
    .map((value, region) => ({ value: value ?? 0, region }))
    .sort((a, b) => b.value - a.value || a.region - b.region)
    .map(({ region }) => region)
    .join(' ');
}
