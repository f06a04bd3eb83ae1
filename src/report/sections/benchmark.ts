import type { Indicator } from '../../analysis/benchmark.ts';
import { benchmarkTable, indicatorsOf } from '../benchmark-table.ts';
import type { RegionContext } from '../context.ts';
import { escapeHtml } from '../figures/html.ts';
import { downloads } from '../figures/table.ts';
import { figure } from '../format.ts';
import type { AcrossSection } from '../section.ts';
import { BENCHMARK_WORDS as WORDS } from '../words/page-words.ts';

/** Values nearer than this share are told as one. */
const SAME = 0.005;

/** Every indicator of every region in one table. */
export const benchmarkSection: AcrossSection = {
  id: 'benchmark',
  title: WORDS.title,
  show: (contexts) => {
    const named = { file: 'benchmark', table: benchmarkTable(contexts), geometries: null };
    const first = contexts[0] ? (indicatorsOf(contexts[0]).get('harmonised') ?? []) : [];
    const head = contexts.map((context) => `<th scope="col" class="n">${escapeHtml(context.name)}</th>`).join('');
    const groups = [...new Set(first.map((row) => row.group))].map((group) => {
      const rows = first.map((row, index) => ({ row, index })).filter(({ row }) => row.group === group);
      return `<tbody><tr class="group"><th scope="rowgroup" colspan="${contexts.length + 1}">${escapeHtml(WORDS.group[group] ?? group)}</th></tr>${rows.map(({ row, index }) => rowHtml(contexts, row, index)).join('')}</tbody>`;
    });
    const table = `<div class="scroll" role="region" aria-label="${escapeHtml(WORDS.caption)}" tabindex="0"><table class="benchmark"><caption>${escapeHtml(WORDS.caption)}</caption><thead><tr><th scope="col">measure</th>${head}</tr></thead>${groups.join('')}</table></div>`;
    return { html: `<p>${escapeHtml(WORDS.lead)}</p>${table}${downloads(named)}`, tables: [named], findings: [] };
  },
};

function rowHtml(contexts: readonly RegionContext[], row: Indicator, index: number): string {
  const values = contexts.map((context) => indicatorsOf(context).get('harmonised')?.[index]?.value ?? null);
  const given = contexts.map((context) => indicatorsOf(context).get('as-given')?.[index]?.value ?? null);
  const known = values.flatMap((value) => (value === null ? [] : [value]));
  const best = row.better === null || known.length < 2 ? null : row.better === 'high' ? Math.max(...known) : Math.min(...known);
  const most = Math.max(...known.map(Math.abs), 1e-12);
  const cells = values.map((value, position) => {
    if (value === null) return '<td class="n"><span class="none" title="no value">–</span></td>';
    const other = given[position] ?? null;
    const differs = other !== null && Math.abs(other - value) > SAME * Math.abs(value);
    const text = figure(value, 3);
    const width = Math.round((Math.abs(value) / most) * 100);
    return `<td class="n">${value === best ? `<b>${text}</b>` : text}${differs ? ` <small>${WORDS.given} ${figure(other, 3)}</small>` : ''}<i class="bar c${(contexts[position]?.position ?? 0) % 6}" style="width:${width}%"></i></td>`;
  });
  const unit = row.unit === '–' || row.unit === '' ? '' : ` <small>${escapeHtml(row.unit)}</small>`;
  return `<tr><th scope="row" title="${escapeHtml(row.how)}">${escapeHtml(row.measure)}${unit}</th>${cells.join('')}</tr>`;
}
