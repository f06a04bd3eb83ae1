import { linkLines } from '../build/link-lines.ts';
import { UsageError } from '../model/errors.ts';
import type { ResultTable } from '../model/results.ts';
import { openRegion } from '../open/open-network.ts';
import { isTntpNet } from '../open/open-tntp.ts';
import { emit, formatTable } from './output.ts';

/**
 * Write a table whose rows have `from` and `to`: as GeoJSON, the lines of links as they are drawn, else as any table.
 *
 * @throws UsageError where GeoJSON is asked of a network without places
 */
export function emitLinks(
  table: ResultTable,
  network: string,
  flags: { readonly format: string; readonly out?: string; readonly upgrade?: string },
): void {
  if (flags.format !== 'geojson') {
    emit(formatTable(table, flags.format), flags.out);
    return;
  }
  if (isTntpNet(network))
    throw new UsageError('--format is "geojson"; expected table, json or csv for a TNTP net, whose nodes have no places');
  const lineOf = linkLines(openRegion(network, flags.upgrade).region);
  const columns = ['link', 'from', 'to'].map((name) => table.columns.findIndex((column) => column.name === name));
  const lines = table.rows.map((row, place) => {
    const [link = '', from = '', to = ''] = columns.map((column) => String(row[column] ?? ''));
    const coordinates = lineOf(link, from, to);
    const geometry = coordinates ? { type: 'LineString', coordinates } : null;
    const properties = Object.fromEntries(
      table.columns.map(({ name, decimals }, at) => {
        const cell = row[at] ?? null;
        return [name, typeof cell === 'number' ? Number(cell.toFixed(decimals)) : cell];
      }),
    );
    return JSON.stringify({ type: 'Feature', id: place, geometry, properties });
  });
  emit(`{"type": "FeatureCollection", "features": [\n${lines.join(',\n')}\n]}\n`, flags.out);
}
