import type { Comparison } from '../../analysis/compare/compare.ts';
import type { CompareRow } from '../../analysis/compare/compare-row.ts';
import type { Slice, ZoneMeasure } from '../../analysis/compare/slice-measures.ts';
import type { Worth } from '../../analysis/compare/worth.ts';
import type { ResultTable } from '../../model/results.ts';
import type { Upgrade } from '../../model/upgrade.ts';
import { measureWords } from '../compare-words.ts';
import { escapeHtml } from '../figures/html.ts';
import { STYLE } from '../style.ts';
import { changeBounds, changeLegend, changeMap, classBounds, measureLegend, measureMap, shown } from './compare-map.ts';

export interface ComparePage {
  readonly before: Slice;
  readonly after: Slice;
  readonly comparison: Comparison;
  /** rows of flows at equilibrium; none where they were not asked for */
  readonly flows: readonly CompareRow[];
  readonly worth: Worth;
  readonly table: ResultTable;
  readonly upgrades: readonly Upgrade[];
}

/** One page, all in itself: what changes, for whom, where, and whether it is worth its cost under each manual. */
export function renderComparison(page: ComparePage): string {
  const { before, after, upgrades } = page;
  const opportunity = opportunityOf(page);
  const title = `${after.region.manifest.name}: ${before.label} → ${after.label}`;
  const about = upgrades.map(
    ({ name, description, status, openingYear, source }) =>
      `<article><h3>${escapeHtml(name)}</h3><p>${escapeHtml(description)}</p><details><summary>${escapeHtml(status)}${openingYear === null ? '' : `, ${openingYear}`}</summary>${escapeHtml(source)}</details></article>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(headline(page))}</p></header><main>
${about.length > 0 ? `<div class="cards">${about.join('')}</div>` : ''}
${maps(page)}
<h2>The region</h2>${changeTable(
    page.comparison.rows.filter((row) => row.scope === 'region' && row.measure !== 'link-trips'),
    opportunity,
    'unnamed',
  )}
${flowSection(page)}
${moneySection(page.worth)}
<h2>Jurisdictions</h2>${changeTable(
    page.comparison.rows.filter((row) => row.scope === 'admin1' && row.measure !== 'pair-minutes'),
    opportunity,
    'named',
  )}
<h2>Zones that gain most</h2>${changeTable(topZones(page.comparison.rows), opportunity, 'named')}
<h2>Links whose trips change most</h2>${changeTable(
    page.comparison.rows.filter((row) => row.measure === 'link-trips'),
    opportunity,
    'named',
  )}
<h2>What this rests on</h2><ul>${page.table.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>
</main></body></html>
`;
}

/** Flows at equilibrium before and after, and what becomes of the bottlenecks. */
function flowSection({ flows }: ComparePage): string {
  if (flows.length === 0) return '';
  const part = (heading: string, rows: readonly CompareRow[], names: 'named' | 'unnamed') =>
    rows.length === 0 ? '' : `<h3>${heading}</h3>${changeTable(rows, '', names)}`;
  const isBottleneck = (row: CompareRow) => row.scope === 'link' && row.measure.startsWith('bottleneck-');
  return `<h2>Flows of the busiest hour at equilibrium</h2>${part(
    'Totals',
    flows.filter(({ scope }) => scope === 'region'),
    'unnamed',
  )}${part('Bottlenecks', flows.filter(isBottleneck), 'named')}${part(
    'Links whose delay changes most',
    flows.filter((row) => row.scope === 'link' && !isBottleneck(row)),
    'named',
  )}`;
}

function regionRow(rows: readonly CompareRow[], measure: string): CompareRow | undefined {
  return rows.find((row) => row.scope === 'region' && row.measure === measure);
}

function headline(page: ComparePage): string {
  const { comparison, after } = page;
  const opportunity = opportunityOf(page);
  const { rows, before } = comparison;
  const first = before[0]?.name ?? '';
  const [mean, winners, losers, saved] = [first, `winners:${first}`, `losers:${first}`, 'person-minutes-saved'].map((name) =>
    regionRow(rows, name),
  );
  const people = after.region.zones.reduce((sum, zone) => sum + zone.population, 0);
  const minutes = saved?.after ?? 0;
  return [
    `${shown(Math.abs(minutes), 'person-minutes')} a day ${minutes < 0 ? 'lost' : 'saved'}, ${((minutes / people) * 60).toFixed(1)} seconds a head`,
    `${measureWords(first, opportunity)} from ${shown(mean?.before ?? 0, mean?.unit === 'min' ? 'min' : '–')} to ${shown(mean?.after ?? 0, mean?.unit === 'min' ? 'min' : '–')}`,
    `better for ${shown(winners?.after ?? 0, 'people')}, worse for ${shown(losers?.after ?? 0, 'people')}`,
  ].join('; ');
}

function maps(page: ComparePage): string {
  const { before, after, comparison } = page;
  const figures: string[] = [];
  for (const name of [comparison.before[0]?.name, 'core-minutes']) {
    const from = comparison.before.find((measure) => measure.name === name);
    const to = comparison.after.find((measure) => measure.name === name);
    if (from && to) figures.push(...mapTrio(before, after, [from, to], opportunityOf(page)));
  }
  return `<h2>Maps</h2><div class="maps">${figures.join('')}</div>`;
}

function mapTrio(before: Slice, after: Slice, measures: readonly [ZoneMeasure, ZoneMeasure], opportunity: string): string[] {
  const [from, to] = measures;
  const bounds = classBounds(before, from);
  const steps = changeBounds(measures);
  const figure = (caption: string, map: string, legend: string) =>
    `<figure><figcaption>${escapeHtml(caption)}</figcaption>${map}<p class="legend">${legend}</p></figure>`;
  const words = measureWords(from.name, opportunity);
  const label = (state: string) => `${words}, ${state}`;
  return [
    figure(label(before.label), measureMap(before, from, bounds, label(before.label)), measureLegend(bounds, from)),
    figure(label(after.label), measureMap(after, to, bounds, label(after.label)), measureLegend(bounds, from)),
    figure(`Change: ${words}`, changeMap(before, after, measures, steps, `Change: ${words}`), changeLegend(steps, from.unit)),
  ];
}

/** What the measures of the page reach. */
function opportunityOf({ table }: ComparePage): string {
  return String(table.parameters.opportunity ?? 'population');
}

function changeTable(rows: readonly CompareRow[], opportunity: string, names: 'named' | 'unnamed'): string {
  const named = names === 'named';
  const cell = (value: number | null, unit: string) =>
    `<td class="n">${value === null ? '–' : escapeHtml(shown(value, unit === 'persons' || unit === 'min' || unit === '%' ? unit : '–'))}</td>`;
  const lines = rows.map(
    (row) =>
      `<tr>${named ? `<td>${escapeHtml(row.name)}</td>` : ''}<td>${escapeHtml(measureWords(row.measure, opportunity))}${named ? '' : row.name.includes('→') ? `: ${escapeHtml(row.name)}` : ''}</td><td>${escapeHtml(row.unit)}</td>${cell(row.before, row.unit)}${cell(row.after, row.unit)}${cell(row.change, row.unit)}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${named ? '<th>where</th>' : ''}<th>measure</th><th>unit</th><th class="n">before</th><th class="n">after</th><th class="n">change</th></tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

const TOP_ZONES = 15;

function topZones(rows: readonly CompareRow[]): CompareRow[] {
  const saved = rows.filter((row) => row.scope === 'zone' && row.measure === 'person-minutes-saved');
  return saved.sort((a, b) => (b.after ?? 0) - (a.after ?? 0)).slice(0, TOP_ZONES);
}

function moneySection({ rows, appraisals, ranges, bars }: Worth): string {
  if (rows.length === 0) return '';
  const cost = rows.find((row) => row.measure === 'capital-cost');
  const nameOf = (pack: string) => rows.find((row) => row.id === pack)?.name ?? pack;
  const percent = (value: number | null) => (value === null ? '–' : `${(value * 100).toFixed(1)}%`);
  const lines = appraisals.map((row, index) => {
    const range = ranges[index];
    const [low = 0, , high = 0] = range?.benefitCostRatio ?? [];
    return `<tr><td>${escapeHtml(nameOf(row.pack))}</td><td class="n">${shown(row.netPresentValue, '–')}</td><td class="n">${row.benefitCostRatio?.toFixed(2) ?? '–'}</td><td class="n">${low.toFixed(2)} – ${high.toFixed(2)}</td><td class="n">${percent(range?.shareWorthwhile ?? null)}</td><td class="n">${percent(row.internalRate)}</td><td class="n">${percent(row.firstYearRate)}</td></tr>`;
  });
  const head =
    '<th>manual</th><th class="n">net present value</th><th class="n">benefit–cost ratio</th><th class="n">10th – 90th percentile</th><th class="n">runs over 0</th><th class="n">internal rate</th><th class="n">first-year rate</th>';
  return `<h2>Worth and cost <small>${escapeHtml(shown(cost?.after ?? 0, cost?.unit ?? ''))}</small></h2><div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${lines.join('')}</tbody></table></div>${bars.length > 0 ? tornadoFigure(bars) : ''}`;
}

const [CHART_WIDTH, BAR_HEIGHT, LABEL_WIDTH] = [720, 26, 150];

/** Net present value with one input at a time at its low and high end. */
function tornadoFigure(bars: Worth['bars']): string {
  const values = bars.flatMap(({ valueAtLow, valueAtHigh }) => [valueAtLow, valueAtHigh, 0]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const x = (value: number) => LABEL_WIDTH + ((value - least) / Math.max(1e-9, most - least)) * (CHART_WIDTH - LABEL_WIDTH - 20);
  const rows = bars.map(({ input, low, high, valueAtLow, valueAtHigh }, index) => {
    const [from, to] = [Math.min(x(valueAtLow), x(valueAtHigh)), Math.max(x(valueAtLow), x(valueAtHigh))];
    const title = `${input}: ${low} gives ${shown(valueAtLow, '–')}, ${high} gives ${shown(valueAtHigh, '–')}`;
    return `<text class="tick" x="0" y="${index * BAR_HEIGHT + 17}">${escapeHtml(input)}</text><rect x="${from.toFixed(1)}" y="${index * BAR_HEIGHT + 5}" width="${Math.max(1, to - from).toFixed(1)}" height="${BAR_HEIGHT - 9}" fill="#4292c6"><title>${escapeHtml(title)}</title></rect>`;
  });
  const height = bars.length * BAR_HEIGHT + 22;
  const zero = `<line class="grid" x1="${x(0).toFixed(1)}" x2="${x(0).toFixed(1)}" y1="0" y2="${height - 18}" stroke="#b91c1c"/><text class="tick" x="${x(0).toFixed(1)}" y="${height - 4}" text-anchor="middle">0</text>`;
  return `<figure><figcaption>What matters: net present value under the home manual, one input at a time</figcaption><svg viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${escapeHtml(`widest: ${bars[0]?.input ?? ''}`)}">${rows.join('')}${zero}</svg></figure>`;
}
