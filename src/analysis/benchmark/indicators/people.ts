import { type BenchmarkInput, type Indicator, indicator, populationOf } from './indicator.ts';

/** How many people there are, and how unequally they are spread over zones. Cost O(zones log zones). */
export function peopleIndicators({ region, areaSquareKilometres }: BenchmarkInput): Indicator[] {
  const sizes = region.zones.map((zone) => zone.population).sort((a, b) => b - a);
  const people = populationOf(region);
  const density = areaSquareKilometres === null ? null : people / areaSquareKilometres;
  const primacy = ((sizes[0] ?? 0) / people) * 100;
  return [
    indicator('People', 'population', 'million', null, people / 1e6, 'sum of the zones'),
    indicator('People', 'zones', 'number', null, region.zones.length, 'zones of the region folder'),
    indicator('People', 'population density', 'persons per km²', null, density, 'population / area of region.json'),
    indicator('People', 'primacy of the largest zone', '%', null, primacy, 'largest zone / all people'),
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

/** Ordinary least squares of ln(rank − ½) on ln(size) over zones with people; null where all are of one size. */
function rankSizeSlope(sizesDescending: readonly number[]): number | null {
  const points = sizesDescending.filter((size) => size > 0).map((size, rank) => [Math.log(size), Math.log(rank + 0.5)] as const);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return spread > 0 ? points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread : null;
}
