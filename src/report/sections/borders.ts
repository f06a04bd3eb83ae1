import { type BorderReport, borders, DEFAULT_BORDERS, soundRegion } from '../../analysis/borders/borders.ts';
import { zoneTimes } from '../../analysis/zone-times.ts';
import { type Cell, column } from '../../model/results.ts';
import { byCodePoint } from '../../model/units.ts';
import { openNetwork } from '../../open/open-network.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { escapeHtml, swatch } from '../figures/html.ts';
import { mapFigureHtml } from '../figures/map-figure.ts';
import { isInFrame, segmentPath } from '../figures/map-frame.ts';
import { faintLinks } from '../figures/map-layers.ts';
import { type Mark, placeMarks } from '../figures/marks.ts';
import { tableHtml } from '../figures/table.ts';
import { kilometres, shortName } from '../format.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { BORDER_WORDS as WORDS } from '../words/border-words.ts';
import { details, duo, lead, remark, resultTable } from './parts.ts';

const MARKED = 12;
/** Fewer than the command's 200, told with the figures: the page is made while somebody waits. */
const BORDER_DRAWS = 50;
const FEWEST_PAIRS = 5;

export type BorderCost = BorderReport['fit']['costs'][number];

/** What borders cost on sound links, as the command `borders` tells it; null where there is no border or too few pairs. Cost: see borders. */
export const bordersOf = perRegion((context): BorderReport | null => {
  const { level } = DEFAULT_BORDERS;
  const { region } = soundRegion(context.region, level);
  if (new Set(region.zones.map((zone) => zone[level])).size < 2) return null;
  const times = zoneTimes(openNetwork(region, context.options).frozen, region.zones);
  const report = borders(region, times, { ...DEFAULT_BORDERS, bootstrap: { draws: BORDER_DRAWS, seed: 1 } });
  return report.fit.within >= FEWEST_PAIRS && report.fit.costs.some(({ pairs }) => pairs >= FEWEST_PAIRS) ? report : null;
});

/** Borders of two named jurisdictions, dearest first. */
export function namedBorders(report: BorderReport | null): BorderCost[] {
  const named = (report?.fit.costs ?? []).filter(({ border, pairs }) => border.includes('|') && pairs >= FEWEST_PAIRS);
  return named.sort((a, b) => b.percent.value - a.percent.value || byCodePoint(a.border, b.border));
}

function isShown({ percent }: BorderCost): boolean {
  return percent.low > 0 || percent.high < 0;
}

/** What each border costs at equal distance and people, how many links cross it, and where roads stop. */
export const bordersSection: RegionSection = {
  id: 'borders',
  title: WORDS.title,
  show: (context) => {
    const report = bordersOf(context);
    if (!report) return { html: `<p class="gap">${escapeHtml(WORDS.none)}</p>`, tables: [], findings: [] };
    const [costs, crossings, ends] = [costTable(context, report), crossingTable(context, report), deadEndTable(context, report)];
    const named = namedBorders(report);
    const dearest = named.find(({ percent }) => percent.low > 0);
    const all = report.fit.costs.find(({ border }) => border === 'all');
    const placed = placeMarks(marks(context, report), context.frame());
    const map = mapFigureHtml(context, {
      title: WORDS.map(context.name),
      label: WORDS.label(context.name, all?.percent.value ?? named[0]?.percent.value ?? 0, report.deadEnds.length),
      layers: `${faintLinks(context)}${costLayer(context, named)}`,
      above: placed.svg,
      taken: placed.taken,
      legend: WORDS.classes.map((text, step) => swatch(`toll t${step}`, text, 'line')).join(''),
      source: WORDS.source,
    });
    const words = lead([all ? WORDS.all(all) : '', dearest ? WORDS.dearest(dearest) : WORDS.noneShown, WORDS.ends(report.deadEnds.length)]);
    const columns = ['border', 'extra_percent', 'percent_low', 'percent_high', 'extra_minutes', 'minutes_low', 'minutes_high', 'is_shown'];
    return {
      html: `${duo(map, `${words}${endList(report)}${remark(WORDS.caution)}`)}${tableHtml(costs, { caption: WORDS.caption, columns, most: 8 })}${details(WORDS.crossings, tableHtml(crossings, { caption: WORDS.crossings, most: 40 }))}${details(WORDS.deadEnds, tableHtml(ends, { caption: WORDS.deadEnds, most: 30 }))}${details(WORDS.method, `<p>${escapeHtml(WORDS.how(report.fit))}</p>`)}`,
      tables: [costs, crossings, ends],
      findings: [],
    };
  },
};

/** Class of a border's line: not shown, quicker, then dearer and dearer. */
function stepOf(cost: BorderCost | undefined): number {
  if (!cost || !isShown(cost)) return 0;
  const { value } = cost.percent;
  return value < 0 ? 1 : value < 10 ? 2 : value < 25 ? 3 : 4;
}

function costLayer(context: RegionContext, named: readonly BorderCost[]): string {
  const costOf = new Map(named.map((cost) => [cost.border, cost]));
  const byStep = new Map<number, string[]>();
  for (const { a, b, from, to } of context.cells().borders) {
    const step = stepOf(costOf.get([a, b].sort(byCodePoint).join('|')));
    byStep.set(step, [...(byStep.get(step) ?? []), segmentPath(context.frame(), from, to)]);
  }
  return [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([step, paths]) => `<path class="toll t${step}" clip-path="url(#shore-${context.id})" d="${paths.join('')}"/>`)
    .join('');
}

function marks(context: RegionContext, { deadEnds }: BorderReport): Mark[] {
  const frame = context.frame();
  return deadEnds.slice(0, MARKED).flatMap(({ place, mode, counterpart }, index): Mark[] => {
    if (!isInFrame(frame, place.longitude, place.latitude)) return [];
    const title = `${index + 1}: ${place.name || place.id} – ${counterpart.name || counterpart.id}`;
    return [{ x: frame.x(place.longitude), y: frame.y(place.latitude), text: String(index + 1), className: mode, title }];
  });
}

/** The marks of the map with what they stand for. */
function endList({ deadEnds }: BorderReport): string {
  const rows = deadEnds.slice(0, MARKED).map(({ mode, route, place, counterpart, networkKilometres, gapKilometres }, index) => {
    const name = `${route}: ${shortName(place.name || place.id)} – ${shortName(counterpart.name || counterpart.id)}`;
    const round = networkKilometres === null ? WORDS.noWay : WORDS.round(networkKilometres);
    return `<li><b class="${mode}">${index + 1}</b><span>${escapeHtml(name)}</span><small>${escapeHtml(`${kilometres(gapKilometres)}, ${round}`)}</small></li>`;
  });
  return rows.length > 0 ? `<ol class="marks">${rows.join('')}</ol>` : '';
}

function costTable(context: RegionContext, report: BorderReport): NamedTable {
  const columns = [
    column('border'),
    column('extra_percent', '% at equal distance and people', 1),
    column('percent_low', '%', 1),
    column('percent_high', '%', 1),
    column('extra_minutes', 'min of a mean pair', 1),
    column('minutes_low', 'min', 1),
    column('minutes_high', 'min', 1),
    column('is_shown'),
    column('pairs', 'number'),
    column('percent_with_zones', '%, each zone against itself', 1),
    column('matched_minutes', 'min over matched pairs', 1),
  ];
  const rest = report.fit.costs.filter(({ border }) => !border.includes('|'));
  const rows = [...rest, ...namedBorders(report)].map((cost): Cell[] => {
    const { border, percent, minutes, pairs, percentWithZones, matchedMinutes } = cost;
    const estimates = [percent.value, percent.low, percent.high, minutes.value, minutes.low, minutes.high];
    return [WORDS.spoken(border), ...estimates, isShown(cost), pairs, percentWithZones?.value ?? null, matchedMinutes?.value ?? null];
  });
  return { file: `${context.id}-borders`, table: resultTable(context, 'what borders cost', columns, rows), geometries: null };
}

function crossingTable(context: RegionContext, { permeability }: BorderReport): NamedTable {
  const columns = [
    column('border'),
    column('class'),
    column('crossings', 'number'),
    column('border_km', 'km', 0),
    column('crossings_per_100_km', '', 2),
    column('inside_per_100_km', 'on parallels inside', 2),
    column('permeability', '1 is as inside', 2),
  ];
  const rows = permeability.map((row): Cell[] => {
    const inside = row.parallelPer100Kilometres;
    const head = [WORDS.spoken(row.border), row.class, row.crossings, row.borderKilometres, row.crossingsPer100Kilometres, inside];
    return [...head, inside ? row.crossingsPer100Kilometres / inside : null];
  });
  return { file: `${context.id}-border-crossings`, table: resultTable(context, 'links across borders', columns, rows), geometries: null };
}

function deadEndTable(context: RegionContext, { deadEnds }: BorderReport): NamedTable {
  const columns = [
    column('rank'),
    column('route'),
    column('class'),
    column('stops_at'),
    column('beyond'),
    column('border'),
    column('gap_km', 'km', 1),
    column('network_km', 'km round', 0),
    column('longitude', '°', 4),
    column('latitude', '°', 4),
  ];
  const rows = deadEnds.map((end, index): Cell[] => {
    const { route, place, counterpart, border, gapKilometres, networkKilometres } = end;
    const names = [place.name || place.id, counterpart.name || counterpart.id, WORDS.spoken(border)];
    return [index + 1, route, end.class, ...names, gapKilometres, networkKilometres, place.longitude, place.latitude];
  });
  const geometries = deadEnds.map(({ place }) => ({ type: 'Point', coordinates: [place.longitude, place.latitude] }));
  return {
    file: `${context.id}-dead-ends`,
    table: resultTable(context, 'roads and railways that stop at a border', columns, rows),
    geometries,
  };
}
