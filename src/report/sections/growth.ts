import { growthFigures } from '../../analysis/growth/growth.ts';
import { tableLength } from '../../analysis/growth/network-lengths.ts';
import { zoneTimes } from '../../analysis/zone-times.ts';
import { applyUpgrades } from '../../build/apply-upgrade.ts';
import { plansUpgrade } from '../../build/plans-upgrade.ts';
import { type Cell, column } from '../../model/results.ts';
import { networkOf, type SliceNetwork } from '../../open/slices.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { chartSvg } from '../figures/chart.ts';
import { escapeHtml, figureHtml } from '../figures/html.ts';
import { tableHtml } from '../figures/table.ts';
import { people, percent } from '../format.ts';
import type { Finding, NamedTable, RegionSection } from '../section.ts';
import { GROWTH_WORDS as WORDS } from '../words/growth-words.ts';
import { details, grid, lead, remark, resultTable } from './parts.ts';

/** Years of the series; the command takes any. */
const YEARS = [2000, 2010, 2020] as const;
const MEASURES = ['cumulative:60', 'mean-time'];

interface Series {
  readonly label: string;
  readonly year: number | null;
  readonly figures: ReadonlyMap<string, { readonly unit: string; readonly value: number | null }>;
}

/** The same figures in each year, today and with all plans; none where no link of the mode carries a year. Cost: a network a slice. */
const seriesOf = perRegion((context): readonly Series[] => {
  const { region, options } = context;
  const dated = [...(options.mode === 'rail' ? [] : region.roads), ...(options.mode === 'road' ? [] : region.rail)];
  if (!dated.some(({ opened }) => opened !== null) || !region.zones.some((zone) => zone.population > 0)) return [];
  const { upgrade } = plansUpgrade(region);
  const { region: planned, problems } = applyUpgrades(region, [upgrade]);
  const hasPlans = upgrade.changes.length > 0 && problems.every(({ severity }) => severity !== 'error');
  const slices = [
    ...YEARS.map((year) => ({ label: String(year), year, region })),
    { label: WORDS.today, year: null, region },
    ...(hasPlans ? [{ label: WORDS.plans, year: null, region: planned }] : []),
  ];
  let earlier: SliceNetwork | null = null;
  return slices.map((slice): Series => {
    earlier = networkOf({ ...slice, upgrades: [], notes: [] }, options, earlier);
    const { frozen } = earlier;
    const opened = { label: slice.label, region: slice.region, frozen, times: zoneTimes(frozen, slice.region.zones) };
    const figures = growthFigures(opened, slice.year, MEASURES, 'population');
    return {
      label: slice.label,
      year: slice.year,
      figures: new Map(figures.map(({ measure, unit, value }) => [measure, { unit, value }])),
    };
  });
});

type Both = readonly [number | null, number | null];

function shared([giniThen, giniNow]: Both, [worstThen, worstNow]: Both): string {
  if (giniThen === null || giniNow === null || worstThen === null || worstNow === null || worstThen <= 0) return '';
  return WORDS.shared([giniThen, giniNow], [worstThen, worstNow]);
}

/** The regions by what was built since the first year of the series; none where there is no series. Cost: see the section. */
export function growthFinding(contexts: readonly RegionContext[]): Finding[] {
  const rows = contexts.flatMap((context) => {
    const series = seriesOf(context);
    const at = (row: Series | undefined) => row?.figures.get('cumulative:60')?.value ?? null;
    const [from, to] = [at(series[0]), at(series.find(({ label }) => label === WORDS.today))];
    return from !== null && to !== null && from > 0 ? [{ name: context.name, from, to }] : [];
  });
  const [first] = rows.sort((a, b) => b.to / b.from - a.to / a.from);
  if (!first) return [];
  const figure = `+${percent(first.to / first.from - 1)}`;
  return [{ figure, text: WORDS.finding(rows), how: WORDS.findingHow, caution: WORDS.findingCaution }];
}

/** What the network did through time, and its lengths against published ones. */
export const growthSection: RegionSection = {
  id: 'growth',
  title: WORDS.title,
  show: (context) => {
    const series = seriesOf(context);
    const published = publishedTable(context);
    if (series.length === 0) return { html: `<p class="gap">${escapeHtml(WORDS.none)}</p>`, tables: [], findings: [] };
    const table = seriesTable(context, series);
    const value = (row: Series | undefined, measure: string) => row?.figures.get(measure)?.value ?? null;
    const [first, today, plans] = [
      series[0],
      series.find(({ label }) => label === WORDS.today),
      series.find(({ label }) => label === WORDS.plans),
    ];
    const reach = (row: Series | undefined) => value(row, 'cumulative:60');
    const line = (measure: string) =>
      series.flatMap((row) => {
        const own = value(row, measure);
        return row.year === null || own === null ? [] : [[row.year, own / 1e6] as const];
      });
    const figure = figureHtml({
      title: WORDS.chart,
      body: chartSvg({
        label: WORDS.label(context.name, people(reach(first)), people(reach(today))),
        x: { title: 'network of', unit: 'year', domain: [YEARS[0], YEARS[YEARS.length - 1] ?? 2020], ticks: [...YEARS] },
        y: {
          title: 'people within an hour',
          unit: 'million',
          domain: [0, Math.max(0.001, ...line('cumulative:60').map(([, own]) => own)) * 1.1],
        },
        series: [
          { name: 'mean', className: 'road', points: line('cumulative:60') },
          { name: 'worst fifth', className: 'rail', points: line('worst-fifth:cumulative:60') },
        ],
      }),
      source: WORDS.source,
    });
    const both = (measure: string) => [value(first, measure), value(today, measure)] as const;
    const words = lead([
      WORDS.lead(reach(first), reach(today)),
      shared(both('gini:cumulative:60'), both('worst-fifth:cumulative:60')),
      plans ? WORDS.withPlans(reach(today), reach(plans)) : '',
    ]);
    const lengths =
      published.table.rows.length > 0
        ? tableHtml(published, { caption: WORDS.published })
        : `<p class="gap">${escapeHtml(WORDS.unpublished)}</p>`;
    return {
      html: `${grid(`<div>${words}${remark(WORDS.caution)}</div>`, figure)}${details(WORDS.caption, tableHtml(table, { caption: WORDS.caption }))}${details(WORDS.published, lengths)}`,
      tables: [table, published],
      findings: [],
    };
  },
};

function seriesTable(context: RegionContext, series: readonly Series[]): NamedTable {
  const measures = [...(series[0]?.figures ?? [])];
  const rows = measures.map(([measure, { unit }]): Cell[] => {
    return [WORDS.measure(measure), unit, ...series.map(({ figures }) => figures.get(measure)?.value ?? null)];
  });
  const columns = [column('measure'), column('unit'), ...series.map(({ label }) => column(label.replaceAll(' ', '_'), '', 3))];
  return { file: `${context.id}-growth`, table: resultTable(context, 'measures through time', columns, rows), geometries: null };
}

function publishedTable(context: RegionContext): NamedTable {
  const rows = context.beside.history.flatMap(({ what, unit, year, value, confidence }): Cell[][] => {
    const own = tableLength(context.region, what, year);
    return own ? [[what, unit, String(year), value, own.value, value > 0 ? own.value / value : null, confidence]] : [];
  });
  const columns = [
    column('what'),
    column('unit'),
    column('year'),
    column('published', '', 1),
    column('by_the_tables', '', 1),
    column('ratio_to_published', '1 is equal', 2),
    column('confidence'),
  ];
  return { file: `${context.id}-lengths`, table: resultTable(context, 'lengths against published ones', columns, rows), geometries: null };
}
