import type { Indicator } from '../../analysis/benchmark/benchmark.ts';
import type { ResultTable } from '../../model/results.ts';
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
    const holds = ordersHeld(named.table);
    const groups = [...new Set(first.map((row) => row.group))].map((group) => {
      const rows = first.map((row, index) => ({ row, index })).filter(({ row }) => row.group === group);
      return `<tbody><tr class="group"><th scope="rowgroup" colspan="${contexts.length + (contexts.length > 1 ? 2 : 1)}">${escapeHtml(WORDS.group[group] ?? group)}</th></tr>${rows.map(({ row, index }) => rowHtml(contexts, row, index, holds.get(row.measure) ?? '')).join('')}</tbody>`;
    });
    const table = `<p class="caption">${escapeHtml(WORDS.caption)}</p><div class="scroll" role="region" aria-label="${escapeHtml(WORDS.caption)}" tabindex="0"><table class="benchmark"><thead><tr><th scope="col">measure</th>${head}${contexts.length > 1 ? `<th scope="col" class="n">${escapeHtml(WORDS.order)}</th>` : ''}</tr></thead>${groups.join('')}</table></div>`;
    return { html: `<p>${escapeHtml(WORDS.lead)}</p>${table}${downloads(named)}`, tables: [named], findings: [] };
  },
};

/** In how many of the other speed models and delineations the regions keep their order, by measure. */
function ordersHeld(table: ResultTable): Map<string, string> {
  const [measure, holds] = ['measure', 'order_holds'].map((name) => table.columns.findIndex((own) => own.name === name));
  const counts = new Map<string, { held: number; all: number }>();
  const known = new Set<string>();
  for (const row of table.rows) {
    const [name, value] = [String(row[measure ?? 0]), row[holds ?? 0]];
    const count = counts.get(name) ?? { held: 0, all: 0 };
    counts.set(name, count);
    // the first row of a measure is the order that the others are held against
    if (known.has(name) && typeof value === 'boolean') {
      count.all += 1;
      count.held += value ? 1 : 0;
    }
    known.add(name);
  }
  return new Map([...counts].map(([name, { held, all }]) => [name, all > 0 ? `${held} of ${all}` : '–']));
}

function rowHtml(contexts: readonly RegionContext[], row: Indicator, index: number, held: string): string {
  const values = contexts.map((context) => indicatorsOf(context).get('harmonised')?.[index]?.value ?? null);
  const given = contexts.map((context) => indicatorsOf(context).get('as-given')?.[index]?.value ?? null);
  const known = values.flatMap((value) => (value === null ? [] : [value]));
  const isOne = known.every((value) => value === known[0]);
  const best = row.better === null || isOne ? null : row.better === 'high' ? Math.max(...known) : Math.min(...known);
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
  return `<tr><th scope="row" title="${escapeHtml(row.how)}">${escapeHtml(row.measure)}${unit}</th>${cells.join('')}${contexts.length > 1 ? `<td class="n">${held}</td>` : ''}</tr>`;
}
