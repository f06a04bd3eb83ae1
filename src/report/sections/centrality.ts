import { linkLines } from '../../build/link-lines.ts';
import { type Cell, column } from '../../model/results.ts';
import type { RailLink, RoadLink } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { centralityOf, type LinkCentrality } from '../analyses.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { escapeHtml, swatch } from '../figures/html.ts';
import { mapFigureHtml } from '../figures/map-figure.ts';
import { isInFrame } from '../figures/map-frame.ts';
import { drawnLinks } from '../figures/map-layers.ts';
import { type Mark, placeMarks } from '../figures/marks.ts';
import { tableHtml } from '../figures/table.ts';
import { percent } from '../format.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { CENTRALITY_WORDS as WORDS } from '../words/section-words.ts';
import { details, duo, lead, remark, resultTable } from './parts.ts';

const TOP = 10;
/** Links of under this share of the busiest are drawn at the least width. */
const LEAST_SHARE = 0.02;

interface BusyLink {
  readonly id: string;
  readonly mode: 'road' | 'rail';
  readonly rank: number;
  readonly name: string;
  readonly line: string;
  readonly share: number;
  readonly isBridge: boolean;
  /** as the tables draw it */
  readonly drawn: readonly (readonly [number, number])[] | null;
}

/** All links by share of shortest ways, busiest first, each mode for itself; ties by id. */
export const busyLinks = perRegion((context): readonly BusyLink[] => {
  const { region } = context;
  const nameOf = {
    road: new Map(region.junctions.map(({ id, name }) => [id, name])),
    rail: new Map(region.stations.map(({ id, name }) => [id, name])),
  };
  const lineOf = linkLines(region);
  const links = new Map<string, RoadLink | RailLink>([...region.roads, ...region.rail].map((row) => [row.id, row]));
  return centralityOf(context).flatMap(({ mode, links: rows }) =>
    rows
      .slice()
      .sort((a, b) => b.betweenness - a.betweenness || byCodePoint(a.id, b.id))
      .map((row, index): BusyLink => {
        const link = links.get(row.id);
        const [from = row.id, to = ''] = link ? [link.from, link.to].map((id) => nameOf[mode].get(id) || id) : [];
        return {
          id: row.id,
          mode,
          rank: index + 1,
          name: `${from} – ${to}`,
          line: link && 'lineName' in link ? link.lineName : link && 'route' in link ? link.route || link.name : '',
          share: row.betweenness,
          isBridge: row.isCut,
          drawn: link ? lineOf(link.id, link.from, link.to) : null,
        };
      }),
  );
});

/** Links by the share of shortest ways over them, the ten busiest of each mode numbered. */
export const centralitySection: RegionSection = {
  id: 'centrality',
  title: WORDS.title,
  show: (context) => {
    const busy = busyLinks(context);
    const table = linksTable(context);
    const first = busy[0];
    const placed = placeMarks(marks(context), context.frame());
    const map = mapFigureHtml(context, {
      title: WORDS.map(context.name),
      label: WORDS.label(context.name, first?.name ?? 'none', first?.share ?? 0),
      layers: widthLayer(context),
      above: placed.svg,
      taken: placed.taken,
      legend: [...new Set(busy.map((row) => row.mode))]
        .map((mode) => `${swatch(`busy-${mode} w5`, `${mode}: busiest link`, 'line')}${swatch(`busy-${mode} w1`, 'a fifth of it', 'line')}`)
        .join(''),
      source: WORDS.source,
    });
    const sentences = centralityOf(context).map((rows) => sentence(rows, busy));
    const top = { ...table, table: { ...table.table, rows: table.table.rows.filter((row) => Number(row[0]) <= TOP) } };
    const columns = ['rank', 'mode', 'name', 'line', 'betweenness', 'is_bridge'];
    const side = `${lead(sentences)}${busyList(busy)}${remark(WORDS.how)}`;
    const more = details(WORDS.caption, tableHtml(top, { caption: WORDS.caption, columns }));
    return { html: `${duo(map, side)}${more}`, tables: [table], findings: [] };
  },
};

/** The marks of the map with what they stand for. */
function busyList(busy: readonly BusyLink[]): string {
  return (['road', 'rail'] as const)
    .map((mode) => {
      const rows = busy
        .filter((row) => row.mode === mode && row.rank <= TOP)
        .map((row) => {
          const name = `${row.name}${row.line ? `, ${row.line}` : ''}`;
          return `<li><b class="${mode}">${row.rank}</b><span>${escapeHtml(name)}</span><small>${percent(row.share, 1)}</small></li>`;
        });
      return rows.length > 0 ? `<ol class="marks">${rows.join('')}</ol>` : '';
    })
    .join('');
}

function sentence({ mode, links }: LinkCentrality, busy: readonly BusyLink[]): string {
  const first = busy.find((row) => row.mode === mode);
  return first ? WORDS.lead(mode, nameWithLine(first), first.share, links.filter((link) => link.isCut).length, links.length) : '';
}

export function nameWithLine({ name, line }: { readonly name: string; readonly line: string }): string {
  return line ? `${name} (${line})` : name;
}

/** Width by share of the busiest link of the same mode. */
function widthLayer(context: RegionContext): string {
  const busy = new Map(busyLinks(context).map((row) => [row.id, row]));
  const most = new Map(busyLinks(context).flatMap((row) => (row.rank === 1 ? [[row.mode, row.share] as const] : [])));
  const byClass = new Map<string, string[]>();
  for (const link of drawnLinks(context)) {
    const row = busy.get(link.id);
    if (!row || !link.isOpen) continue;
    const part = row.share / Math.max(most.get(row.mode) ?? 1, 1e-12);
    const width = part < LEAST_SHARE ? 0 : Math.max(1, Math.ceil(part * 5));
    const className = `busy-${row.mode} w${width}`;
    byClass.set(className, [...(byClass.get(className) ?? []), link.path]);
  }
  return [...byClass]
    .sort(([a], [b]) => byCodePoint(a.slice(-1), b.slice(-1)) || byCodePoint(a, b))
    .map(([className, paths]) => `<path class="${className}" d="${paths.join('')}"/>`)
    .join('');
}

function marks(context: RegionContext): Mark[] {
  const frame = context.frame();
  return busyLinks(context).flatMap((row): Mark[] => {
    const [a, b] = [row.drawn?.at(0), row.drawn?.at(-1)];
    if (row.rank > TOP || !a || !b) return [];
    const [[ax, ay], [bx, by]] = [a, b];
    const [longitude, latitude] = [(ax + bx) / 2, (ay + by) / 2];
    if (!isInFrame(frame, longitude, latitude)) return [];
    const title = `${row.mode} ${row.rank}: ${nameWithLine(row)}, ${percent(row.share, 1)}`;
    return [{ x: frame.x(longitude), y: frame.y(latitude), text: String(row.rank), className: row.mode, title }];
  });
}

function linksTable(context: RegionContext): NamedTable {
  const busy = busyLinks(context);
  const columns = [
    column('rank'),
    column('mode'),
    column('id'),
    column('name'),
    column('line'),
    column('betweenness', 'share of pairs', 8),
    column('is_bridge'),
  ];
  const rows = busy.map((row): Cell[] => [row.rank, row.mode, row.id, row.name, row.line, row.share, row.isBridge]);
  const geometries = busy.map((row) => (row.drawn ? { type: 'LineString', coordinates: row.drawn } : null));
  return { file: `${context.id}-link-centrality`, table: resultTable(context, 'centrality of links', columns, rows), geometries };
}
