import type { RegionGraph } from '../../../build/graph-types.ts';
import { buildLinkGraph } from '../../../build/link-graph.ts';
import { greatCircleKilometres } from '../../../model/place.ts';
import { topology } from '../topology.ts';
import { type BenchmarkInput, type Indicator, indicator, populationOf } from './indicator.ts';

/** Classes that every region's tables hold whole enough to compare; a class that a region lacks reads 0. */
const ROAD_CLASSES = ['motorway', 'trunk', 'primary'] as const;
const RAIL_CLASSES = ['high-speed', 'intercity', 'conventional', 'commuter', 'metro'] as const;
/** Links shorter than this say more of how a junction was drawn than of detours. */
const CIRCUITY_FROM_KILOMETRES = 1;

/** How much network there is, by class, people and area, and how it is knit. Cost O(links). */
export function networkIndicators(input: BenchmarkInput): Indicator[] {
  return [...lengths(input), ...shapes(input)];
}

function lengths({ region, areaSquareKilometres: area }: BenchmarkInput): Indicator[] {
  const million = populationOf(region) / 1e6;
  const lengthOf = (links: readonly { status: string; class: string; lengthKilometres: number }[], name: string) =>
    links.reduce((sum, link) => (link.status === 'open' && link.class === name ? sum + link.lengthKilometres : sum), 0);
  const roads = ROAD_CLASSES.map((name) => ({ name, length: lengthOf(region.roads, name) }));
  const rail = RAIL_CLASSES.map((name) => ({ name, length: lengthOf(region.rail, name) }));
  const motorway = roads[0]?.length ?? 0;
  const railways = rail.filter(({ name }) => name !== 'metro').reduce((sum, { length }) => sum + length, 0);
  const byArea = (length: number) => (area === null ? null : (length / area) * 1000);
  return [
    ...roads.map(({ name, length }) => indicator('Network', `${name} roads`, 'km', 'high', length, `open links of class ${name}`)),
    ...rail.map(({ name, length }) => {
      const better = name === 'metro' ? null : 'high';
      return indicator('Network', `${name} rail`, 'km', better, length, 'open links, line by line: lines that share a track count each');
    }),
    indicator('Network', 'motorways by people', 'km per million', 'high', motorway / million, 'motorway km / million people'),
    indicator('Network', 'motorways by area', 'km per 1000 km²', 'high', byArea(motorway), 'motorway km / area of region.json'),
    indicator('Network', 'rail without metro, by people', 'km per million', 'high', railways / million, 'line km / million people'),
    indicator('Network', 'rail without metro, by area', 'km per 1000 km²', 'high', byArea(railways), 'line km / area of region.json'),
  ];
}

function shapes({ region, options }: BenchmarkInput): Indicator[] {
  const graphs = { road: buildLinkGraph(region, { ...options, mode: 'road' }), rail: buildLinkGraph(region, { ...options, mode: 'rail' }) };
  const rows = (['road', 'rail'] as const).flatMap((mode) => {
    const { alpha, beta, gamma, components } = topology(graphs[mode]);
    return [
      indicator('Network', `${mode} alpha`, '–', 'high', alpha, '(e − v + p) / (2v − 5), Kansky 1963'),
      indicator('Network', `${mode} beta`, '–', 'high', beta, 'e / v'),
      indicator('Network', `${mode} gamma`, '–', 'high', gamma, 'e / 3(v − 2)'),
      indicator('Network', `${mode} components`, 'number', 'low', components, 'separate pieces of the link graph'),
      indicator('Network', `${mode} circuity`, '–', 'low', circuity(graphs[mode]), 'length / straight line, links over 1 km'),
    ];
  });
  rows.push(
    indicator('Network', 'mean link speed, road', 'km/h', 'high', meanLinkSpeed(graphs.road), 'Σ length / Σ time over links'),
    indicator(
      'Network',
      'mean link speed, rail',
      'km/h',
      'high',
      meanLinkSpeed(graphs.rail),
      'Σ length / Σ time over links, stopping trains',
    ),
  );
  return rows;
}

function circuity(graph: RegionGraph): number {
  let along = 0;
  let straight = 0;
  graph.forEachEdge((_edge, attributes, _source, _target, a, b) => {
    const kilometres = greatCircleKilometres(a.longitude, a.latitude, b.longitude, b.latitude);
    if (kilometres < CIRCUITY_FROM_KILOMETRES) return;
    along += attributes.lengthKilometres;
    straight += kilometres;
  });
  return straight > 0 ? along / straight : Number.NaN;
}

function meanLinkSpeed(graph: RegionGraph): number {
  let kilometres = 0;
  let minutes = 0;
  graph.forEachEdge((_edge, attributes) => {
    kilometres += attributes.lengthKilometres;
    minutes += attributes.minutes;
  });
  return (kilometres / minutes) * 60;
}
