import { checkReferences } from '../../analysis/reference-check.ts';
import { type Cell, column } from '../../model/results.ts';
import { openNetwork } from '../../open/open-network.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { chartSvg } from '../figures/chart.ts';
import { figureHtml } from '../figures/html.ts';
import { tableHtml } from '../figures/table.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { REFERENCE_WORDS as WORDS } from '../words/section-words.ts';
import { details, grid, lead, resultTable } from './parts.ts';

/** Published rail times beside ours, pair by pair. */
export const referencesOf = perRegion((context) => {
  const { graph } = openNetwork(context.region, { ...context.options, mode: 'rail' });
  return checkReferences(context.region, graph);
});

/** How far the times can be trusted: published rail times against computed ones. */
export const referencesSection: RegionSection = {
  id: 'references',
  title: WORDS.title,
  show: (context) => {
    const rows = referencesOf(context);
    const table = referencesTable(context);
    if (rows.length === 0) return { html: lead([WORDS.none]), tables: [table], findings: [] };
    const met = rows.filter((row) => row.isWithin).length;
    const points = rows.flatMap(({ reference, minutes }) => (minutes === null ? [] : [[reference.value, minutes] as const]));
    const [low, high] = [5, Math.max(20, ...points.flat()) * 1.1];
    const line = (factor: number) => [
      [low / Math.min(1, factor), low * Math.max(1, factor)] as const,
      [high / Math.max(1, factor), high * Math.min(1, factor)] as const,
    ];
    const chart = chartSvg({
      label: WORDS.label(context.name, met, rows.length),
      x: { title: 'published', unit: 'minutes', domain: [low, high], isLog: true },
      y: { title: 'computed', unit: 'minutes', domain: [low, high], isLog: true },
      series: [
        { name: 'equal', className: 'equal', points: line(1) },
        { name: '+20%', className: 'faintline', points: line(1.2) },
        { name: '−20%', className: 'faintline', points: line(1 / 1.2) },
        { name: '', className: 'rail', isDots: true, points },
      ],
    });
    const figure = figureHtml({ title: WORDS.chart, body: chart });
    const pairs = details(WORDS.caption, tableHtml(table, { caption: WORDS.caption }));
    return { html: grid(`<div>${lead([WORDS.lead(met, rows.length)])}${pairs}</div>`, figure), tables: [table], findings: [] };
  },
};

function referencesTable(context: RegionContext): NamedTable {
  const minutes = (name: string) => column(name, 'min', 1);
  const columns = [
    column('what'),
    column('from'),
    column('to'),
    minutes('published'),
    minutes('computed'),
    column('within_tolerance'),
    column('year'),
    column('source'),
  ];
  const rows = referencesOf(context).map(({ reference, minutes: computed, isWithin }): Cell[] => {
    return [reference.what, reference.from, reference.to, reference.value, computed, isWithin, reference.year, reference.source];
  });
  return { file: `${context.id}-references`, table: resultTable(context, 'published rail times', columns, rows), geometries: null };
}
