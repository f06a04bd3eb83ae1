import { type Cell, column } from '../../model/results.ts';
import { CURVE_MINUTES, REACH_MINUTES, reachCurve, reachOf } from '../analyses.ts';
import type { RegionContext } from '../context.ts';
import { chartSvg, type Series } from '../figures/chart.ts';
import { figureHtml } from '../figures/html.ts';
import { mapFigureHtml } from '../figures/map-figure.ts';
import { cellLayer } from '../figures/map-layers.ts';
import { pickers } from '../figures/pickers.ts';
import { roundBounds, stepOf, stepsLegend } from '../figures/steps.ts';
import { tableHtml } from '../figures/table.ts';
import { digits, minutes, people, shortName } from '../format.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { ACCESS_WORDS as WORDS } from '../words/section-words.ts';
import { MODE_NAMES, TABLES_SOURCE } from '../words/words.ts';
import { duo, lead, resultTable } from './parts.ts';

/** Bounds of the time maps, minutes: the same in every region. */
const TIME_BOUNDS = [30, 45, 60, 90, 120, 180] as const;

/** Bounds of people within an hour over all regions of the report. */
export function reachBounds(context: RegionContext): number[] {
  return roundBounds(context.peers().flatMap((peer) => reachOf(peer).within));
}

/** People within an hour, time to the core and mean time of every zone. */
export const accessibilitySection: RegionSection = {
  id: 'accessibility',
  title: WORDS.title,
  show: (context) => {
    const { mode } = context.options;
    const reach = reachOf(context);
    const { zones } = context.region;
    const order = zones.map((_zone, index) => index).sort((a, b) => (reach.within[a] ?? 0) - (reach.within[b] ?? 0) || a - b);
    const [worst, best] = [order[0] ?? 0, order.at(-1) ?? 0];
    const cut = zones.filter((_zone, index) => reach.coreMinutes[index] === null);
    const zoneTable = zonesTable(context, order);
    const name = (index: number) => shortName(zones[index]?.name ?? '');
    const map = mapFigureHtml(context, {
      title: WORDS.map(context.name, mode),
      label: WORDS.label(context.name, reach.meanWithin),
      layers: mapLayers(context),
      legend: legends(context),
      source: `${TABLES_SOURCE} ${WORDS.source}`,
      controls: pickers(`${context.id}-access`, [
        ['within', WORDS.layers.within],
        ['core', WORDS.layers.core],
        ['mean', WORDS.layers.mean],
      ]),
    });
    const side = [
      lead([
        WORDS.lead(reach.meanWithin, name(best), reach.within[best] ?? 0, name(worst), reach.within[worst] ?? 0),
        reach.core
          ? WORDS.cut(
              cut.length,
              cut.reduce((sum, zone) => sum + zone.population, 0),
            )
          : '',
      ]),
      curves(context),
    ];
    const table = tableHtml(zoneTable, {
      caption: WORDS.caption,
      columns: ['name', 'name_local', 'admin1', 'population', 'people_within_60_minutes', 'minutes_to_core', 'mean_minutes'],
      most: 10,
    });
    return { html: `${duo(map, side.join(''))}${table}`, tables: [zoneTable], findings: [] };
  },
};

function mapLayers(context: RegionContext): string {
  const reach = reachOf(context);
  const { zones } = context.region;
  const bounds = reachBounds(context);
  const tip = (words: (zone: number) => string) => (zone: number) => `${zones[zone]?.name}: ${words(zone)}`;
  const time = (values: readonly (number | null)[], layer: string) =>
    `<g class="layer-${layer}">${cellLayer(
      context,
      (zone) => stepOf(values[zone] ?? null, TIME_BOUNDS, 'low'),
      tip((zone) => minutes(values[zone] ?? null)),
    )}</g>`;
  const within = cellLayer(
    context,
    (zone) => stepOf(reach.within[zone] ?? null, bounds),
    tip((zone) => `${people(reach.within[zone] ?? null)} people within ${REACH_MINUTES} minutes`),
  );
  return `<g class="layer-within">${within}</g>${time(reach.coreMinutes, 'core')}${time(reach.meanMinutes, 'mean')}`;
}

function legends(context: RegionContext): string {
  const times = stepsLegend(TIME_BOUNDS, (value) => `${value} min`, 'low', WORDS.unknown);
  const parts = [
    ['within', stepsLegend(reachBounds(context), people)],
    ['core', times],
    ['mean', times],
  ] as const;
  return parts.map(([layer, html]) => `<span class="layer-${layer}">${html}</span>`).join('');
}

function curves(context: RegionContext): string {
  const modes = context.options.mode === 'multimodal' ? (['road', 'rail', 'multimodal'] as const) : [context.options.mode];
  const hour = CURVE_MINUTES.indexOf(REACH_MINUTES);
  const drawn = modes.map((mode) => ({ mode, curve: reachCurve(context.times(mode)) }));
  const series = drawn.map(
    ({ mode, curve }): Series => ({
      name: MODE_NAMES[mode],
      className: mode,
      points: curve.map((value, index) => [CURVE_MINUTES[index] ?? 0, value / 1e6] as const),
    }),
  );
  const parts = drawn.map(({ mode, curve }) => `${digits((curve[hour] ?? 0) / 1e6, 1)} million ${MODE_NAMES[mode]}`);
  const chart = chartSvg({
    label: WORDS.curveLabel(context.name, parts),
    x: { title: 'door to door', unit: 'minutes', domain: [0, 180], ticks: [0, 30, 60, 90, 120, 150, 180] },
    y: { title: 'people reached', unit: 'million', domain: [0, reachOf(context).people / 1e6] },
    series,
    markX: REACH_MINUTES,
  });
  return figureHtml({ title: WORDS.curve, body: chart, source: `${parts.join(', ')} within an hour.` });
}

function zonesTable(context: RegionContext, order: readonly number[]): NamedTable {
  const reach = reachOf(context);
  const { zones } = context.region;
  const columns = [
    column('id'),
    column('name'),
    column('name_local'),
    column('admin1'),
    column('population', 'persons'),
    column('people_within_60_minutes', 'persons'),
    column('minutes_to_core', 'min', 1),
    column('mean_minutes', 'min', 1),
  ];
  const rows = order.map((index): Cell[] => {
    const zone = zones[index];
    const measures = [reach.within[index] ?? null, reach.coreMinutes[index] ?? null, reach.meanMinutes[index] ?? null];
    return [zone?.id ?? '', zone?.name ?? '', zone?.nameLocal ?? '', zone?.admin1 ?? '', zone?.population ?? null, ...measures];
  });
  const geometries = order.map((index) => ({ type: 'Point', coordinates: [zones[index]?.longitude ?? 0, zones[index]?.latitude ?? 0] }));
  return { file: `${context.id}-zones`, table: resultTable(context, 'accessibility of zones', columns, rows), geometries };
}
