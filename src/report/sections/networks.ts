import { type Cell, column } from '../../model/results.ts';
import type { RegionContext } from '../context.ts';
import { swatch } from '../figures/html.ts';
import { mapFigureHtml } from '../figures/map-figure.ts';
import { drawnLinks, networkLayer, RAIL_CLASSES, ROAD_CLASSES } from '../figures/map-layers.ts';
import { pickers } from '../figures/pickers.ts';
import { tableHtml } from '../figures/table.ts';
import { digits } from '../format.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { NETWORK_WORDS as WORDS } from '../words/section-words.ts';
import { CLASS_WORDS } from '../words/words.ts';
import { duo, lead, resultTable } from './parts.ts';

/** What is built: a map of links by class and a table of lengths. */
export const networksSection: RegionSection = {
  id: 'networks',
  title: WORDS.title,
  show: (context) => {
    const table = lengths(context);
    const kilometresOf = (name: string) => Number(table.table.rows.find((row) => row[0] === CLASS_WORDS[name])?.[1] ?? 0);
    const map = mapFigureHtml(context, {
      title: WORDS.map(context.name),
      label: WORDS.label(context.name, kilometresOf('road-motorway'), kilometresOf('rail-fast')),
      layers: networkLayer(context),
      legend: [...ROAD_CLASSES, ...RAIL_CLASSES]
        .filter((name) => kilometresOf(name) > 0)
        .toReversed()
        .map((name) => swatch(name, CLASS_WORDS[name] ?? name, 'line'))
        .join(''),
      source: WORDS.source,
      controls:
        context.options.mode === 'multimodal'
          ? pickers(`${context.id}-net`, [
              ['all', 'Roads and railways'],
              ['road', 'Roads'],
              ['rail', 'Railways'],
            ])
          : '',
    });
    const open = table.table.rows.map((row) => `${digits(Number(row[1]), 0)} km of ${row[0]}`);
    const notes = [
      open.length > 0 ? WORDS.lead(open) : '',
      kilometresOf('rail-fast') + kilometresOf('rail-main') + kilometresOf('rail-metro') > 0 || context.options.mode === 'road'
        ? ''
        : WORDS.noRail,
      kilometresOf('road-motorway') + kilometresOf('road-other') + kilometresOf('road-trunk') > 0 || context.options.mode === 'rail'
        ? ''
        : WORDS.noRoad,
      context.options.mode === 'rail' ? '' : WORDS.assumed(assumedShare(context)),
    ];
    return {
      html: duo(map, `${lead(notes)}${tableHtml(table, { caption: WORDS.caption })}`),
      tables: [table],
      findings: [],
    };
  },
};

function lengths(context: RegionContext): NamedTable {
  const links = drawnLinks(context);
  const million = context.region.zones.reduce((sum, zone) => sum + zone.population, 0) / 1e6;
  const rows = [...RAIL_CLASSES, ...ROAD_CLASSES].toReversed().flatMap((name): Cell[][] => {
    const of = (isOpen: boolean) =>
      links.filter((link) => link.className === name && link.isOpen === isOpen).reduce((sum, link) => sum + link.kilometres, 0);
    const [open, building] = [of(true), of(false)];
    return open + building > 0 ? [[CLASS_WORDS[name] ?? name, open, million > 0 ? open / million : null, building]] : [];
  });
  const columns = [column('class'), column('open_km', 'km'), column('km_per_million', 'km', 1), column('under_construction_km', 'km')];
  return { file: `${context.id}-network-lengths`, table: resultTable(context, 'network lengths', columns, rows), geometries: null };
}

function assumedShare({ region }: RegionContext): number {
  const open = region.roads.filter((road) => road.status === 'open');
  const length = (rows: typeof open) => rows.reduce((sum, road) => sum + road.lengthKilometres, 0);
  return open.length > 0 ? length(open.filter((road) => road.basis.startsWith('assumed'))) / length(open) : 0;
}
