import { jurisdictionSpeeds } from '../../analysis/speeds/jurisdiction-speeds.ts';
import { borderSpeedRatio, speedsByDistance } from '../../analysis/speeds/pair-speeds.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import { type Cell, column } from '../../model/results.ts';
import { byCodePoint } from '../../model/units.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { chartSvg } from '../figures/chart.ts';
import { figureHtml } from '../figures/html.ts';
import { tableHtml } from '../figures/table.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { SPEED_WORDS as WORDS } from '../words/section-words.ts';
import { grid, lead, resultTable } from './parts.ts';

/** Neighbouring jurisdictions across whose border trips are slow, on published and recalled links alone. */
export const borderPairsOf = perRegion((context) => {
  const key = (a: string, b: string) => [a, b].sort(byCodePoint).join('\n');
  const shared = new Map<string, number>();
  for (const { a, b, from, to } of context.cells().borders) {
    const kilometres = greatCircleKilometres(from[0] ?? 0, from[1] ?? 0, to[0] ?? 0, to[1] ?? 0);
    shared.set(key(a, b), (shared.get(key(a, b)) ?? 0) + kilometres);
  }
  const pairs = jurisdictionSpeeds(context.borderTimes(context.options.mode));
  return pairs.filter(({ a, b }) => (shared.get(key(a, b)) ?? 0) >= SHARED_KILOMETRES);
});

/** Jurisdictions whose cells share less than this only touch at a corner. */
const SHARED_KILOMETRES = 10;

/** Speed by distance inside and across borders. */
export const speedsSection: RegionSection = {
  id: 'speeds',
  title: WORDS.title,
  show: (context) => {
    const bands = speedsByDistance(context.borderTimes(context.options.mode));
    const pairs = borderPairsOf(context);
    const table = pairsTable(context);
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
    const words = lead([WORDS.lead(pairs[0] ?? null, pairs.at(-1) ?? null), WORDS.caution]);
    return {
      html: grid(`<div>${words}${tableHtml(table, { caption: WORDS.caption, most: 8 })}</div>`, figure),
      tables: [table],
      findings: [],
    };
  },
};

function pairsTable(context: RegionContext): NamedTable {
  const rows = borderPairsOf(context).map(({ a, b, pairs, unreachable, ratio }): Cell[] => [`${a} – ${b}`, ratio, pairs, unreachable]);
  const columns = [
    column('jurisdictions'),
    column('speed_ratio', '1 is equal', 3),
    column('pairs', 'number'),
    column('unreachable', 'number'),
  ];
  return { file: `${context.id}-jurisdiction-pairs`, table: resultTable(context, 'speed across borders', columns, rows), geometries: null };
}
