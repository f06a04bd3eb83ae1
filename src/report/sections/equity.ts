import { gini } from '../../analysis/accessibility/equity.ts';
import { type Cell, column } from '../../model/results.ts';
import { byCodePoint } from '../../model/units.ts';
import { reachOf } from '../analyses.ts';
import type { RegionContext } from '../context.ts';
import { chartSvg } from '../figures/chart.ts';
import { figureHtml } from '../figures/html.ts';
import { lorenzChart } from '../figures/lorenz.ts';
import { tableHtml } from '../figures/table.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { EQUITY_WORDS as WORDS } from '../words/section-words.ts';
import { grid, lead, resultTable } from './parts.ts';

/** How evenly an hour's reach is shared: Lorenz curve, and jurisdictions side by side. */
export const equitySection: RegionSection = {
  id: 'equity',
  title: WORDS.title,
  show: (context) => {
    const reach = reachOf(context);
    const table = jurisdictionTable(context);
    const between = reach.theil.total > 0 ? reach.theil.between / reach.theil.total : null;
    const chart = chartSvg({
      label: WORDS.lorenzLabel(context.name, reach.gini),
      ...lorenzChart([
        { name: 'as it is', className: context.options.mode, points: reach.lorenz.map(([x, y]) => [x * 100, y * 100] as const) },
      ]),
    });
    const figure = figureHtml({ title: WORDS.lorenz(reach.gini), body: chart });
    const words = lead([WORDS.lead(reach.gini, shareOfWorstHalf(reach.lorenz), between, table.table.rows.length)]);
    return {
      html: grid(`<div>${words}${tableHtml(table, { caption: WORDS.caption })}</div>`, figure),
      tables: [table],
      findings: [],
    };
  },
};

/** Height of the Lorenz curve at half the people. */
function shareOfWorstHalf(lorenz: readonly (readonly [number, number])[]): number {
  for (let point = 1; point < lorenz.length; point++) {
    const [[x0, y0], [x1, y1]] = [lorenz[point - 1] ?? [0, 0], lorenz[point] ?? [1, 1]];
    if (x1 >= 0.5) return x1 === x0 ? y1 : y0 + ((y1 - y0) * (0.5 - x0)) / (x1 - x0);
  }
  return 0;
}

function jurisdictionTable(context: RegionContext): NamedTable {
  const reach = reachOf(context);
  const { zones } = context.region;
  const names = [...new Set(zones.map((zone) => zone.admin1))].sort(byCodePoint);
  const rows = names
    .map((name): Cell[] => {
      const members = zones.map((_zone, index) => index).filter((index) => zones[index]?.admin1 === name);
      const inhabitants = members.reduce((sum, index) => sum + (zones[index]?.population ?? 0), 0);
      const reached = members.filter((index) => reach.coreMinutes[index] !== null);
      const mean = (some: readonly number[], value: (index: number) => number) => {
        const weight = some.reduce((sum, index) => sum + (zones[index]?.population ?? 0), 0);
        return weight > 0 ? some.reduce((sum, index) => sum + value(index) * (zones[index]?.population ?? 0), 0) / weight : null;
      };
      return [
        name,
        inhabitants,
        members.length,
        mean(members, (index) => reach.within[index] ?? 0),
        mean(reached, (index) => reach.coreMinutes[index] ?? 0),
        gini(members.flatMap((index) => reach.rows[index] ?? [])),
      ];
    })
    .sort((a, b) => Number(a[3]) - Number(b[3]));
  const columns = [
    column('admin1'),
    column('population', 'persons'),
    column('zones', 'number'),
    column('mean_people_within_60_minutes', 'persons'),
    column('mean_minutes_to_core', 'min', 1),
    column('gini', '0 is even', 3),
  ];
  return { file: `${context.id}-jurisdictions`, table: resultTable(context, 'reach by jurisdiction', columns, rows), geometries: null };
}
