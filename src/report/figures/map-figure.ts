import type { RegionContext } from '../context.ts';
import { digits } from '../format.ts';
import { BORDER_LABEL, LAND_LABEL } from '../words/words.ts';
import { escapeHtml, figureHtml, swatch } from './html.ts';
import { MAP_WIDTH, type MapFrame, unit } from './map-frame.ts';
import { placeLabels, type Taken } from './map-labels.ts';
import { borderLayer } from './map-layers.ts';

export interface MapParts {
  readonly title: string;
  /** what the map shows, with its main number: read aloud in place of the picture */
  readonly label: string;
  readonly layers: string;
  readonly legend: string;
  /** where the figures come from */
  readonly source: string;
  /** boxes that place names keep clear of */
  readonly taken?: readonly Taken[];
  /** above the borders, under the names */
  readonly above?: string;
  /** controls before the map, e.g. to hide a layer */
  readonly controls?: string;
}

/** One map of a region: sea, land, layers, borders, names, scale bar, north arrow, legend and source. */
export function mapFigureHtml(context: RegionContext, parts: MapParts): string {
  const frame = context.frame();
  const body = mapSvg(
    context,
    parts.label,
    `${parts.layers}${borderLayer(context)}${parts.above ?? ''}${placeLabels(context.region, frame, parts.taken)}${scaleBar(frame)}${NORTH}`,
  );
  const outside = frame.outside.length > 0 ? ` Not in the frame: ${frame.outside.map((zone) => zone.name).join(', ')}.` : '';
  return figureHtml({
    title: parts.title,
    body: `${parts.controls ?? ''}${body}`,
    legend: `${parts.legend}${context.cells().borders.length > 0 ? swatch('border', BORDER_LABEL, 'line') : ''}`,
    source: `${parts.source} ${LAND_LABEL}${outside}`,
    kind: 'map',
  });
}

function mapSvg(context: RegionContext, label: string, content: string, viewBox?: string): string {
  const { height } = context.frame();
  return `<svg viewBox="${viewBox ?? `0 0 ${MAP_WIDTH} ${height}`}" role="img" aria-label="${escapeHtml(label)}"><rect class="sea" width="${MAP_WIDTH}" height="${height}"/><use href="#land-${context.id}" class="land"/>${content}</svg>`;
}

const NORTH = `<g class="north" aria-hidden="true"><path d="M${MAP_WIDTH - 24} 16L${MAP_WIDTH - 17} 36L${MAP_WIDTH - 24} 31L${MAP_WIDTH - 31} 36Z"/><text x="${MAP_WIDTH - 24}" y="53" text-anchor="middle">N</text></g>`;

/** A bar of a round length between an eighth and a quarter of the map. */
export function scaleBar({ height, unitsPerKilometre }: MapFrame): string {
  const most = MAP_WIDTH / 4 / unitsPerKilometre;
  const power = 10 ** Math.floor(Math.log10(most));
  const kilometres = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  const length = kilometres * unitsPerKilometre;
  const y = height - 14;
  const text = `${digits(kilometres, kilometres < 1 ? 1 : 0)} km`;
  return `<g class="scale" aria-hidden="true"><path d="M14 ${y - 5}V${y}H${unit(14 + length)}V${y - 5}"/><path class="half" d="M14 ${y}H${unit(14 + length / 2)}"/><text x="14" y="${y - 10}">${text}</text></g>`;
}
