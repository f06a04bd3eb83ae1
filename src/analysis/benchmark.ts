import type { RegionGraph } from '../build/graph-types.ts';
import { greatCircleKilometres } from '../model/place.ts';
import type { Region } from '../model/tables.ts';
import { accessibility, opportunities } from './accessibility.ts';
import { gini, theil, type Weighted } from './equity.ts';
import { borderSpeedRatio, speedsByDistance } from './pair-speeds.ts';
import { topology } from './topology.ts';
import { pairMinutes, type ZoneTimes } from './zone-times.ts';

export interface Indicator {
  readonly measure: string;
  readonly unit: string;
  readonly group: string;
  /** which way is better for a traveller; null where neither is */
  readonly better: 'high' | 'low' | null;
  readonly value: number | null;
  readonly how: string;
}

export interface BenchmarkInput {
  readonly region: Region;
  readonly times: { readonly road: ZoneTimes; readonly rail: ZoneTimes; readonly multimodal: ZoneTimes };
  /** the same on published and recalled links and seat access only: withoutAssumedNeighbours */
  readonly borderTimes: { readonly road: ZoneTimes; readonly rail: ZoneTimes; readonly multimodal: ZoneTimes };
  readonly graphs: { readonly road: RegionGraph; readonly rail: RegionGraph };
}

/**
 * The region without the neighbour roads that were assumed: those were drawn across borders as readily as within, so on them a border
 * costs nothing by construction.
 */
export function withoutAssumedNeighbours(region: Region): Region {
  return { ...region, roads: region.roads.filter((road) => road.basis !== 'assumed-neighbour') };
}

/** Every indicator of one region, in a fixed order. Cost O(zones² log zones + links). */
export function benchmark(input: BenchmarkInput): Indicator[] {
  return [...people(input), ...networks(input), ...reach(input), ...shares(input), ...borders(input)];
}

function indicator(
  group: string,
  measure: string,
  unit: string,
  better: Indicator['better'],
  value: number | null,
  how: string,
): Indicator {
  return { group, measure, unit, better, value: value !== null && Number.isFinite(value) ? value : null, how };
}

function populationOf(region: Region): number {
  return region.zones.reduce((sum, zone) => sum + zone.population, 0);
}

function people({ region }: BenchmarkInput): Indicator[] {
  const sizes = region.zones.map((zone) => zone.population).sort((a, b) => b - a);
  return [
    indicator('People', 'population', 'million', null, populationOf(region) / 1e6, 'sum of the zones'),
    indicator('People', 'zones', 'number', null, region.zones.length, 'zones of the region folder'),
    indicator(
      'People',
      'primacy of the largest zone',
      '%',
      null,
      ((sizes[0] ?? 0) / populationOf(region)) * 100,
      'largest zone / all people',
    ),
    indicator(
      'People',
      'rank-size slope',
      '–',
      null,
      rankSizeSlope(sizes),
      'slope of ln(rank − ½) on ln(population), Gabaix and Ibragimov 2011',
    ),
  ];
}

/** Ordinary least squares of ln(rank − ½) on ln(size) over zones with people. */
export function rankSizeSlope(sizesDescending: readonly number[]): number | null {
  const points = sizesDescending.filter((size) => size > 0).map((size, rank) => [Math.log(size), Math.log(rank + 0.5)] as const);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return spread > 0 ? points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread : null;
}

function networks({ region, graphs }: BenchmarkInput): Indicator[] {
  const million = populationOf(region) / 1e6;
  const rows: Indicator[] = [];
  const open = <T extends { status: string }>(links: readonly T[]) => links.filter((link) => link.status === 'open');
  const length = (links: readonly { lengthKilometres: number }[]) => links.reduce((sum, link) => sum + link.lengthKilometres, 0);
  const motorway = length(open(region.roads).filter((link) => link.class === 'motorway'));
  const fast = length(open(region.rail).filter((link) => /hsr|high|shinkansen|intercity/.test(link.class)));
  const rail = length(open(region.rail).filter((link) => link.class !== 'metro'));
  const metro = length(open(region.rail).filter((link) => link.class === 'metro'));
  rows.push(
    indicator('Network', 'motorways', 'km', 'high', motorway, 'open links of class motorway'),
    indicator('Network', 'motorways by people', 'km per million', 'high', motorway / million, 'motorway km / million people'),
    indicator('Network', 'high-speed and intercity rail', 'km', 'high', fast, 'open links of these classes, line by line'),
    indicator(
      'Network',
      'rail without metro, by people',
      'km per million',
      'high',
      rail / million,
      'line km; lines that share a track count each',
    ),
    indicator('Network', 'metro in the tables', 'km', null, metro, 'line km; some cities have no metro rows, see the notes'),
  );
  for (const mode of ['road', 'rail'] as const) {
    const { alpha, beta, gamma, components } = topology(graphs[mode]);
    rows.push(
      indicator('Network', `${mode} alpha`, '–', 'high', alpha, '(e − v + p) / (2v − 5), Kansky 1963'),
      indicator('Network', `${mode} beta`, '–', 'high', beta, 'e / v'),
      indicator('Network', `${mode} gamma`, '–', 'high', gamma, 'e / 3(v − 2)'),
      indicator('Network', `${mode} components`, 'number', 'low', components, 'separate pieces of the link graph'),
    );
  }
  rows.push(indicator('Network', 'road circuity', '–', 'low', circuity(graphs.road), 'road length / straight line, links over 1 km'));
  return rows;
}

function circuity(graph: RegionGraph): number {
  let along = 0;
  let straight = 0;
  graph.forEachEdge((_edge, attributes, _source, _target, a, b) => {
    const kilometres = greatCircleKilometres(a.longitude, a.latitude, b.longitude, b.latitude);
    if (kilometres < 1) return;
    along += attributes.lengthKilometres;
    straight += kilometres;
  });
  return straight > 0 ? along / straight : Number.NaN;
}

/** Share of people whose quickest way to one of the cores is within the limit, %. */
function shareWithin(times: ZoneTimes, cores: readonly string[], limitMinutes: number): number {
  const targets = cores.map((core) => times.zones.findIndex((zone) => zone.id === core)).filter((index) => index >= 0);
  let inside = 0;
  let all = 0;
  times.zones.forEach((zone, from) => {
    all += zone.population;
    if (targets.some((to) => (pairMinutes(times, from, to) ?? Number.POSITIVE_INFINITY) <= limitMinutes)) inside += zone.population;
  });
  return (inside / all) * 100;
}

function reach({ region, times }: BenchmarkInput): Indicator[] {
  const { primaryCore, secondaryCores } = region.manifest;
  const rows: Indicator[] = [];
  for (const minutes of [60, 90, 120]) {
    const core = shareWithin(times.multimodal, [primaryCore], minutes);
    rows.push(indicator('Reach', `people within ${minutes} min of the primary core`, '%', 'high', core, 'door to door, road or rail'));
    const any = shareWithin(times.multimodal, [primaryCore, ...secondaryCores], minutes);
    rows.push(indicator('Reach', `people within ${minutes} min of any core`, '%', 'high', any, 'door to door, cores of region.json'));
  }
  for (const mode of ['road', 'rail', 'multimodal'] as const) {
    const { minutes, speed } = weightedMeans(times[mode]);
    rows.push(
      indicator('Reach', `mean time between people, ${mode}`, 'min', 'low', minutes, 'Σ P_i P_j t_ij / Σ P_i P_j over reachable pairs'),
      indicator('Reach', `mean straight-line speed, ${mode}`, 'km/h', 'high', speed, 'Σ P_i P_j d_ij / Σ P_i P_j t_ij'),
    );
  }
  rows.push(
    indicator(
      'Reach',
      'network efficiency',
      '%',
      'high',
      efficiency(times.multimodal),
      'Σ 1/t over Σ 1/t of straight lines at 100 km/h, Latora and Marchiori 2001',
    ),
  );
  return rows;
}

function weightedMeans(times: ZoneTimes): { minutes: number; speed: number } {
  let weightSum = 0;
  let timeSum = 0;
  let lengthSum = 0;
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const minutes = from === to ? null : pairMinutes(times, from, to);
      if (minutes === null) return;
      const weight = zone.population * other.population;
      weightSum += weight;
      timeSum += weight * minutes;
      lengthSum += weight * greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
    });
  });
  return { minutes: timeSum / weightSum, speed: (lengthSum / timeSum) * 60 };
}

function efficiency(times: ZoneTimes): number {
  let real = 0;
  let ideal = 0;
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const kilometres = greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
      if (from === to || kilometres === 0) return;
      const minutes = pairMinutes(times, from, to);
      real += minutes ? 1 / minutes : 0;
      ideal += 100 / 60 / kilometres;
    });
  });
  return (real / ideal) * 100;
}

/** People reachable within an hour, by zone, as rows of an equity measure. */
export function hourRows(times: ZoneTimes): Weighted[] {
  const { values } = opportunities(times.zones, 'population');
  const reachable = accessibility(times, values, { kind: 'cumulative', minutes: 60 });
  return times.zones.map((zone, index) => ({ value: reachable[index] ?? 0, weight: zone.population, group: zone.admin1 }));
}

function shares({ times }: BenchmarkInput): Indicator[] {
  const rows = hourRows(times.multimodal);
  const { total, between } = theil(rows);
  const people = rows.reduce((sum, row) => sum + row.weight, 0);
  const mean = rows.reduce((sum, row) => sum + row.weight * row.value, 0) / people;
  return [
    indicator(
      'Equity',
      'people reachable in 60 min, mean',
      'million',
      'high',
      mean / 1e6,
      'population-weighted mean over zones, own zone included',
    ),
    indicator('Equity', 'Gini of people reachable in 60 min', '–', 'low', gini(rows), 'population-weighted'),
    indicator('Equity', 'Theil of people reachable in 60 min', '–', 'low', total, 'population-weighted Theil T'),
    indicator('Equity', 'part of Theil between jurisdictions', '%', 'low', (between / total) * 100, 'between admin1 units / total'),
  ];
}

function borders({ borderTimes }: BenchmarkInput): Indicator[] {
  return (['road', 'rail', 'multimodal'] as const).map((mode) =>
    indicator(
      'Borders',
      `speed across a border / within, ${mode}`,
      '–',
      'high',
      borderSpeedRatio(speedsByDistance(borderTimes[mode])),
      'mean over 25 km distance bands, assumed neighbour roads left out; pairs without a way are not counted',
    ),
  );
}
