import { distanceSpeeds, meansBetweenPeople } from '../../analysis/speeds/distance-speeds.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Zone } from '../../model/tables.ts';
import { CURVE_MINUTES, coreCurve, REACH_MINUTES, reachCurve, reachOf } from '../analyses.ts';
import type { RegionContext } from '../context.ts';
import { type Chart, chartSvg, type Series } from '../figures/chart.ts';
import { escapeHtml, figureHtml } from '../figures/html.ts';
import { lorenzChart } from '../figures/lorenz.ts';
import { scaleBar } from '../figures/map-figure.ts';
import { MAP_WIDTH, type MapFrame, polygonPath, segmentPath, windowFrame } from '../figures/map-frame.ts';
import { placeLabels } from '../figures/map-labels.ts';
import { stepOf, stepsLegend } from '../figures/steps.ts';
import { digits, minutes, people, percent } from '../format.ts';
import { coreName } from '../place-names.ts';
import type { AcrossSection } from '../section.ts';
import { OVERVIEW_WORDS as WORDS } from '../words/page-words.ts';
import { MODE_WORDS } from '../words/words.ts';
import { reachBounds } from './accessibility.ts';
import { grid } from './parts.ts';

/** Kilometres across the small maps, at most. */
const MOST_KILOMETRES = 240;

/** The regions side by side: small maps to one scale, key figures, and the charts in which they differ. */
export const overviewSection: AcrossSection = {
  id: 'glance',
  title: WORDS.title,
  show: (contexts) => {
    const first = contexts[0];
    if (!first) return { html: '', tables: [], findings: [] };
    const legend = `<div class="legend">${stepsLegend(reachBounds(first), people)}</div>`;
    const across = windowKilometres(contexts);
    const cards = contexts.map((context) => card(context, across)).join('');
    const strip = `<p class="source">${escapeHtml(WORDS.strip(across))}</p>`;
    return { html: `<div class="cards">${cards}</div>${legend}${strip}${grid(...charts(contexts))}`, tables: [], findings: [] };
  },
};

/** As wide as the widest region needs, in tens: the same for all maps, so that they can be compared. */
function windowKilometres(contexts: readonly RegionContext[]): number {
  let farthest = 0;
  for (const context of contexts) {
    const middle = middleOf(context);
    for (const { longitude, latitude } of context.region.zones) {
      const kilometres = middle ? greatCircleKilometres(middle.longitude, middle.latitude, longitude, latitude) : 0;
      farthest = Math.max(farthest, kilometres);
    }
  }
  return Math.min(MOST_KILOMETRES, Math.ceil((farthest * 2.2) / 10 + 0.1) * 10);
}

function middleOf(context: RegionContext): Zone | undefined {
  return reachOf(context).core ?? context.region.zones[0];
}

function card(context: RegionContext, across: number): string {
  const reach = reachOf(context);
  const { minutes: apart } = meansBetweenPeople(context.times(context.options.mode));
  const hour = reach.coreMinutes.reduce<number>(
    (sum, value, index) => (value !== null && value <= REACH_MINUTES ? sum + (context.region.zones[index]?.population ?? 0) : sum),
    0,
  );
  const core = coreName(context);
  const rows: [string, string][] = [
    [people(reach.people), WORDS.figures.people],
    [people(reach.meanWithin), WORDS.figures.typical],
    ...(reach.core ? [[percent(reach.people > 0 ? hour / reach.people : null), WORDS.figures.core(core)] as [string, string]] : []),
    [minutes(apart), WORDS.figures.apart],
    [digits(reach.gini, 2), WORDS.figures.gini],
  ];
  const local = context.region.manifest.nameLocal;
  const title = `<h3><a href="#${context.id}">${escapeHtml(context.name)}</a>${local && local !== context.name ? ` <small>${escapeHtml(local)}</small>` : ''}</h3>`;
  const list = rows.map(([value, text]) => `<div><dt>${escapeHtml(text)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('');
  return `<article class="card c${context.position % 6}">${title}${smallMap(context, core, people(reach.meanWithin), across)}<dl>${list}</dl></article>`;
}

function smallMap(context: RegionContext, core: string, reached: string, across: number): string {
  const { zones } = context.region;
  const reach = reachOf(context);
  const middle = middleOf(context);
  const frame = windowFrame(middle?.longitude ?? 0, middle?.latitude ?? 0, across);
  const bounds = reachBounds(context);
  const cells = context.cells().cells.map((cell, zone) => {
    const path = polygonPath(frame, cell);
    const text = `${zones[zone]?.name}: ${people(reach.within[zone] ?? null)}`;
    return path ? `<path class="s${stepOf(reach.within[zone] ?? null, bounds)}" d="${path}"><title>${escapeHtml(text)}</title></path>` : '';
  });
  const land = `<path class="land" fill-rule="evenodd" d="${polygonPath(frame, context.land())}"/>`;
  const label = escapeHtml(WORDS.map(context.name, core, reached, across));
  return `<svg class="map" viewBox="0 0 ${MAP_WIDTH} ${frame.height}" role="img" aria-label="${label}"><rect class="sea" width="${MAP_WIDTH}" height="${frame.height}"/>${land}${cells.join('')}${borders(context, frame)}${placeLabels(context.region, frame)}${scaleBar(frame)}</svg>`;
}

function borders(context: RegionContext, frame: MapFrame): string {
  const paths = context.cells().borders.map(({ from, to }) => segmentPath(frame, from, to));
  return paths.length > 0 ? `<path class="border" d="${paths.join('')}"/>` : '';
}

function charts(contexts: readonly RegionContext[]): string[] {
  const mode = contexts[0]?.options.mode ?? 'multimodal';
  const series = (points: (context: RegionContext) => Series['points']): Series[] =>
    contexts.map((context) => ({ name: context.name, className: `c${context.position % 6}`, points: points(context) }));
  const ticks = [0, 30, 60, 90, 120, 150, 180];
  const clock = { title: 'door to door', unit: 'minutes', domain: [0, 180] as const, ticks };
  const byMinutes = (values: readonly number[], scale: number) =>
    values.map((value, index) => [CURVE_MINUTES[index] ?? 0, value * scale] as const);
  const reached = series((context) => byMinutes(reachCurve(context.times(mode)), 1e-6));
  const most = Math.max(...contexts.map((context) => reachOf(context).people / 1e6));
  const drawn: [string, Omit<Chart, 'label'>][] = [
    [WORDS.curves, { x: clock, y: { title: 'people', unit: 'million', domain: [0, most] }, series: reached, markX: REACH_MINUTES }],
    [
      WORDS.core,
      {
        x: { ...clock, title: 'to the core' },
        y: { title: 'people', unit: '% of the region', domain: [0, 100] },
        series: series((context) => byMinutes(coreCurve(context, mode), 100)),
        markX: REACH_MINUTES,
      },
    ],
    [WORDS.lorenz, lorenzChart(series((context) => reachOf(context).lorenz.map(([x, y]) => [x * 100, y * 100] as const)))],
    [
      WORDS.speed,
      speedChart(series((context) => distanceSpeeds(context.times(mode)).map(({ kilometres, speed }) => [kilometres, speed] as const))),
    ],
    [WORDS.sizes, sizesChart(series(rankedSizes))],
  ];
  return drawn.map(([title, chart]) => {
    const ends = chart.series.flatMap((row) => {
      const point = chart.markX === undefined ? undefined : row.points.find(([x]) => x === chart.markX);
      return point ? [`${row.name} ${digits(point[1], 1)} ${chart.y.unit}`] : [];
    });
    const label = `${title}: ${ends.length > 0 ? `at ${chart.markX} minutes ${ends.join(', ')}` : contexts.map((context) => `${context.name} Gini ${digits(reachOf(context).gini, 2)}`).join(', ')}.`;
    return figureHtml({
      title,
      body: chartSvg({ ...chart, label }),
      source: ends.length > 0 ? `At ${chart.markX} minutes: ${ends.join(', ')}.` : (SOURCES[title] ?? ''),
    });
  });
}

const SOURCES: Readonly<Record<string, string>> = {
  [WORDS.lorenz]: 'Lorenz curves of people within an hour, zones weighted by population.',
  [WORDS.speed]: `Straight line over time, mean of zone pairs in bands of 20 km, ${MODE_WORDS.multimodal} where the report is on both.`,
  [WORDS.sizes]: 'Zones as the region folders cut them: counties, districts, municipalities.',
};

function speedChart(series: readonly Series[]): Omit<Chart, 'label'> {
  const top = Math.max(20, ...series.flatMap((row) => row.points.map(([, y]) => y)));
  return {
    x: { title: 'straight line', unit: 'km', domain: [0, 300] },
    y: { title: 'door to door', unit: 'km/h', domain: [0, top] },
    series,
  };
}

function sizesChart(series: readonly Series[]): Omit<Chart, 'label'> {
  return { x: { title: 'rank', unit: '', isLog: true }, y: { title: 'people', unit: '', isLog: true }, series };
}

function rankedSizes(context: RegionContext): [number, number][] {
  const sizes = context.region.zones.map((zone) => zone.population).filter((size) => size > 0);
  return sizes.sort((a, b) => b - a).map((size, rank) => [rank + 1, size]);
}
