import type { MultiPolygon } from 'geojson';
import { linkLines } from '../../build/link-lines.ts';
import type { RailLink, RoadLink } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { RegionContext } from '../context.ts';
import { escapeHtml } from './html.ts';
import { linePath, MAP_WIDTH, polygonPath, segmentPath } from './map-frame.ts';

/** Classes of links as the style sheet draws them, in drawing order. */
export const ROAD_CLASSES = ['road-other', 'road-trunk', 'road-motorway'] as const;
export const RAIL_CLASSES = ['rail-metro', 'rail-main', 'rail-fast'] as const;
export type LinkClass = (typeof ROAD_CLASSES)[number] | (typeof RAIL_CLASSES)[number];

function roadClass(link: RoadLink): LinkClass {
  return link.class === 'motorway' ? 'road-motorway' : link.class === 'trunk' ? 'road-trunk' : 'road-other';
}

function railClass(link: RailLink): LinkClass {
  if (/high|hsr|shinkansen|intercity/.test(link.class)) return 'rail-fast';
  return /metro|subway|tram|light/.test(link.class) ? 'rail-metro' : 'rail-main';
}

/** Links of the report's slice with the places of their ends; links without a place at an end are left out. */
export function drawnLinks(
  context: RegionContext,
): { id: string; path: string; className: LinkClass; isOpen: boolean; kilometres: number }[] {
  const { region, options } = context;
  const frame = context.frame();
  const lineOf = linkLines(region);
  const wanted = [
    ...(options.mode === 'rail' ? [] : region.roads.map((link) => ({ link, className: roadClass(link) }))),
    ...(options.mode === 'road' ? [] : region.rail.map((link) => ({ link, className: railClass(link) }))),
  ];
  // by id, so that the order of features changes no byte
  wanted.sort((a, b) => byCodePoint(a.link.id, b.link.id));
  return wanted.flatMap(({ link, className }) => {
    const line = lineOf(link.id, link.from, link.to);
    if (!line || (options.year !== null && link.opened !== null && link.opened > options.year)) return [];
    return [{ id: link.id, path: linePath(frame, line), className, isOpen: link.status === 'open', kilometres: link.lengthKilometres }];
  });
}

/** Open links by class, links under construction dashed; roads and railways in groups of their own so that a reader can hide either. */
export function networkLayer(context: RegionContext): string {
  const links = drawnLinks(context);
  const paths = (classes: readonly LinkClass[]) =>
    classes
      .map((className) => {
        const of = (isOpen: boolean) =>
          links
            .filter((link) => link.className === className && link.isOpen === isOpen)
            .map((link) => link.path)
            .join('');
        const [open, building] = [of(true), of(false)];
        return `${open ? `<path class="${className}" d="${open}"/>` : ''}${building ? `<path class="${className} building" d="${building}"/>` : ''}`;
      })
      .join('');
  return `<g class="layer-road">${paths(ROAD_CLASSES)}</g><g class="layer-rail">${paths(RAIL_CLASSES)}</g>`;
}

/** All links thin and grey, for orientation under what a map is about. */
export function faintLinks(context: RegionContext): string {
  const links = drawnLinks(context).filter(
    (link) => link.isOpen && (link.className === 'road-motorway' || link.className === 'rail-fast' || link.className === 'rail-main'),
  );
  return `<path class="faint" d="${links.map((link) => link.path).join('')}"/>`;
}

/** Cells of the zones, each in the class of its step, with a tooltip. A null step is drawn as unknown. */
export function cellLayer(context: RegionContext, stepOf: (zone: number) => number | null, tip: (zone: number) => string): string {
  const frame = context.frame();
  return context
    .cells()
    .cells.map((cell, zone) => {
      const step = stepOf(zone);
      const path = polygonPath(frame, cell);
      if (!path) return '';
      return `<path class="${step === null ? 'unknown' : `s${step}`}" d="${path}"><title>${escapeHtml(tip(zone))}</title></path>`;
    })
    .join('');
}

/** Borders between jurisdictions, clipped to the land. */
export function borderLayer(context: RegionContext): string {
  const frame = context.frame();
  const paths = context.cells().borders.map(({ from, to }) => segmentPath(frame, from, to));
  return paths.length === 0 ? '' : `<path class="border" clip-path="url(#shore-${context.id})" d="${paths.join('')}"/>`;
}

export function shapeLayer(context: RegionContext, shape: MultiPolygon, className: string, title: string): string {
  const path = polygonPath(context.frame(), shape);
  return `<path class="${className}" fill-rule="evenodd" clip-path="url(#shore-${context.id})" d="${path}"><title>${escapeHtml(title)}</title></path>`;
}

/** What all maps of a region share, once a page: the land, as a shape and as a clip. */
export function sharedShapes(context: RegionContext): string {
  const path = polygonPath(context.frame(), context.land());
  return `<svg width="0" height="0" class="shared" aria-hidden="true"><defs><path id="land-${context.id}" fill-rule="evenodd" d="${path || 'M0 0Z'}"/><clipPath id="shore-${context.id}"><path clip-rule="evenodd" d="${path || `M0 0H${MAP_WIDTH}V${context.frame().height}H0Z`}"/></clipPath></defs></svg>`;
}
