import type { Cell, Column, ResultTable } from '../../model/results.ts';
import { figure } from '../format.ts';
import type { NamedTable } from '../section.ts';
import { COLUMN_WORDS, DOWNLOAD_WORDS } from '../words/words.ts';
import { escapeHtml } from './html.ts';

export interface TableOptions {
  readonly caption: string;
  /** names of the columns shown, in order; all where absent */
  readonly columns?: readonly string[];
  /** rows shown; the file beside the page has all */
  readonly most?: number;
  /** a class for a row, e.g. to group */
  readonly rowClass?: (row: readonly Cell[], index: number) => string;
}

/** A table that scrolls inside its own box, can be sorted where scripts run, and links to its files beside the page. */
export function tableHtml(named: NamedTable, options: TableOptions): string {
  const { table } = named;
  const most = options.most ?? table.rows.length;
  const columns = (options.columns ?? table.columns.map((own) => own.name)).flatMap((name) => {
    const index = table.columns.findIndex((own) => own.name === name);
    const own = table.columns[index];
    return own ? [{ own, index, isNumber: isNumeric(table, index) }] : [];
  });
  const head = columns.map(({ own, isNumber }) => {
    const measure = own.unit ? `<small>${escapeHtml(own.unit)}</small>` : '';
    return `<th scope="col"${isNumber ? ' class="n"' : ''}>${escapeHtml(COLUMN_WORDS[own.name] ?? own.name.replaceAll('_', ' '))}${measure}</th>`;
  });
  const rows = table.rows.slice(0, most).map((row, position) => {
    const cells = columns.map(({ own, index, isNumber }) => cellHtml(row[index] ?? null, own, isNumber));
    const className = options.rowClass?.(row, position);
    return `<tr${className ? ` class="${className}"` : ''}>${cells.join('')}</tr>`;
  });
  const body =
    rows.length > 0
      ? `<p class="caption">${escapeHtml(options.caption)}</p><div class="scroll" role="region" aria-label="${escapeHtml(options.caption)}" tabindex="0"><table class="sortable"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
      : `<p class="gap">${escapeHtml(options.caption)}: ${escapeHtml(DOWNLOAD_WORDS.noRows)}</p>`;
  return `${body}${downloads(named, table.rows.length > most ? `${most} of ${table.rows.length} rows shown; all in ` : '')}`;
}

function isNumeric(table: ResultTable, index: number): boolean {
  return table.rows.some((row) => typeof row[index] === 'number') && table.rows.every((row) => typeof row[index] !== 'string');
}

function cellHtml(value: Cell, own: Column, isNumber: boolean): string {
  if (value === null) return `<td${isNumber ? ' class="n"' : ''}><span class="none" title="no value">–</span></td>`;
  if (typeof value === 'number') return `<td class="n" data-value="${Number(value.toPrecision(12))}">${figure(value, own.decimals)}</td>`;
  return `<td>${escapeHtml(typeof value === 'boolean' ? (value ? 'yes' : 'no') : value)}</td>`;
}

/** Links to the files of a table, which lie beside the page. */
export function downloads(named: NamedTable, before = ''): string {
  const geojson = named.geometries ? ` · <a href="geojson/${named.file}.geojson" download>GeoJSON</a>` : '';
  return `<p class="files">${before}<a href="tables/${named.file}.csv" download>CSV</a>${geojson}</p>`;
}
