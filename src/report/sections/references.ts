import { checkReferences } from '../../analysis/checks/reference-check.ts';
import { type Cell, column } from '../../model/results.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { chartSvg } from '../figures/chart.ts';
import { figureHtml } from '../figures/html.ts';
import { tableHtml } from '../figures/table.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { REFERENCE_WORDS as WORDS } from '../words/section-words.ts';
import { details, grid, lead, resultTable } from './parts.ts';

/** Published city-pair times and road distances beside ours, pair by pair. */
const referencesOf = perRegion((context) => checkReferences(context.region));

/** How far the times can be trusted: published times and distances against computed ones. */
export const referencesSection: RegionSection = {
  id: 'references',
  title: WORDS.title,
  show: (context) => {
    const rows = referencesOf(context);
    const table = referencesTable(context);
    if (rows.length === 0) return { html: lead([WORDS.none]), tables: [table], findings: [] };
    const met = rows.filter((row) => row.isWithin).length;
    const times = rows.filter((row) => row.unit === 'min');
    const points = times.flatMap(({ reference, computed }) => (computed === null ? [] : [[reference.value, computed] as const]));
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
  const columns = [
    column('what'),
    column('from'),
    column('to'),
    column('unit'),
    column('published', '', 1),
    column('computed', '', 1),
    column('within_tolerance'),
    column('year'),
    column('source'),
  ];
  const rows = referencesOf(context).map(({ reference, unit, computed, isWithin }): Cell[] => {
    return [reference.what, reference.from, reference.to, unit, reference.value, computed, isWithin, reference.year, reference.source];
  });
  return {
    file: `${context.id}-references`,
    table: resultTable(context, 'published times and road distances', columns, rows),
    geometries: null,
  };
}
