import { borderSpeedRatio, speedsByDistance } from '../../analysis/speeds/pair-speeds.ts';
import { type Cell, column } from '../../model/results.ts';
import type { RegionContext } from '../context.ts';
import { chartSvg } from '../figures/chart.ts';
import { figureHtml } from '../figures/html.ts';
import { tableHtml } from '../figures/table.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { SPEED_WORDS as WORDS } from '../words/section-words.ts';
import { grid, lead, resultTable } from './parts.ts';

/** Speed by distance inside and across borders. */
export const speedsSection: RegionSection = {
  id: 'speeds',
  title: WORDS.title,
  show: (context) => {
    const bands = speedsByDistance(context.borderTimes(context.options.mode));
    const table = bandTable(context);
    const middle = (band: (typeof bands)[number]) => band.kilometres - 12.5;
    const side = (pick: 'within' | 'across', name: string) => ({
      name,
      className: pick,
      points: bands.flatMap((band) => (band[pick] === null ? [] : [[middle(band), band[pick]] as const])),
    });
    const chart = chartSvg({
      label: WORDS.label(context.name, borderSpeedRatio(bands)),
      x: { title: 'straight line', unit: 'km', domain: [0, 300] },
      y: { title: 'speed', unit: 'km/h', domain: [0, Math.max(20, ...bands.flatMap((band) => [band.within ?? 0, band.across ?? 0]))] },
      series: [side('within', 'inside'), side('across', 'across')],
    });
    const figure = figureHtml({
      title: WORDS.chart,
      body: chart,
      source: 'Means over pairs of zones in bands of 25 km; bands of fewer than ten pairs are not drawn.',
    });
    const words = lead([WORDS.lead(bands), WORDS.caution]);
    return {
      html: grid(`<div>${words}${tableHtml(table, { caption: WORDS.caption })}</div>`, figure),
      tables: [table],
      findings: [],
    };
  },
};

function bandTable(context: RegionContext): NamedTable {
  const rows = speedsByDistance(context.borderTimes(context.options.mode)).map(({ kilometres, within, across }): Cell[] => {
    return [kilometres - 25, kilometres, within, across];
  });
  const columns = [column('from_km', 'km'), column('to_km', 'km'), column('inside', 'km/h', 1), column('across', 'km/h', 1)];
  return { file: `${context.id}-speeds`, table: resultTable(context, 'speed by distance', columns, rows), geometries: null };
}
