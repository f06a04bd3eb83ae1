import { changedLinks } from '../../analysis/compare/changed-links.ts';
import type { Slice, ZoneMeasure } from '../../analysis/compare/slice-measures.ts';
import { linkLines } from '../../build/link-lines.ts';
import { escapeHtml } from '../figures/html.ts';
import { linePath, unit } from '../figures/map-frame.ts';

const WIDTH = 640;
/** colour-blind-safe steps from little to much (viridis) */
const STEPS = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];
/** worse, the same, and three steps of better (orange to blue, colour-blind-safe) */
const CHANGE_STEPS = ['#b35806', '#d9d9d9', '#9ecae1', '#4292c6', '#084594'];
const LINK_COLORS = { new: '#c2410c', changed: '#d97706', gone: '#475569' } as const;

interface MapFrame {
  readonly height: number;
  readonly x: (longitude: number) => number;
  readonly y: (latitude: number) => number;
}

/** Plate carrée at the mean latitude. */
function frameOf({ region }: Slice): MapFrame {
  const longitudes = region.zones.map((zone) => zone.longitude);
  const latitudes = region.zones.map((zone) => zone.latitude);
  const pad = 0.2;
  const [west, east] = [Math.min(...longitudes) - pad, Math.max(...longitudes) + pad];
  const [south, north] = [Math.min(...latitudes) - pad, Math.max(...latitudes) + pad];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / ((east - west) * squeeze);
  return {
    height: Math.round((north - south) * scale),
    x: (longitude) => (longitude - west) * squeeze * scale,
    y: (latitude) => (north - latitude) * scale,
  };
}

/** Bounds of five classes with as many people in each as can be, from the values before: the same for the map before and the map after. */
export function classBounds(slice: Slice, measure: ZoneMeasure): number[] {
  const rows = slice.region.zones.flatMap((zone, index) => {
    const value = measure.values[index] ?? null;
    return value === null ? [] : [{ value, people: zone.population }];
  });
  rows.sort((a, b) => a.value - b.value);
  const all = rows.reduce((sum, row) => sum + row.people, 0);
  return [0.2, 0.4, 0.6, 0.8].map((share) => {
    let people = 0;
    const row = rows.find((candidate) => {
      people += candidate.people;
      return people >= share * all;
    });
    return row?.value ?? 0;
  });
}

/** Zones by the class of a measure; links that differ between the slices on top where `marks` is given. */
export function measureMap(slice: Slice, measure: ZoneMeasure, bounds: readonly number[], label: string): string {
  const frame = frameOf(slice);
  const steps = measure.better === 'high' ? STEPS : STEPS.slice().reverse();
  const circles = zoneCircles(slice, frame, (index) => {
    const value = measure.values[index] ?? null;
    if (value === null) return { color: 'none', text: 'no way' };
    return { color: steps[bounds.filter((bound) => value >= bound).length] ?? '#ccc', text: shown(value, measure.unit) };
  });
  return svg(frame, label, `${networkPath(slice, frame)}${circles}`);
}

/** Zones by how much a measure got better or worse, with the links that changed. */
export function changeMap(
  before: Slice,
  after: Slice,
  measures: readonly [ZoneMeasure, ZoneMeasure],
  bounds: readonly number[],
  label: string,
): string {
  const frame = frameOf(after);
  const [from, to] = measures;
  const sign = from.better === 'high' ? 1 : -1;
  const circles = zoneCircles(after, frame, (index) => {
    const [a, b] = [from.values[index] ?? null, to.values[index] ?? null];
    if (a === null || b === null) return { color: 'none', text: 'no way in one of the states' };
    const better = sign * (b - a);
    const step = better < -(bounds[0] ?? 0) ? 0 : 1 + bounds.filter((bound) => better > bound).length;
    return { color: CHANGE_STEPS[step] ?? '#084594', text: `${b > a ? '+' : ''}${shown(b - a, from.unit)}` };
  });
  const lines = changedLinks(before, after).map(({ positions, state, name, mode }) => {
    const dash = state === 'gone' ? ' stroke-dasharray="4 3"' : '';
    return `<path fill="none" d="${linePath(frame, positions)}" stroke="${LINK_COLORS[state]}" stroke-width="${state === 'changed' ? 1.2 : 3}"${dash}><title>${escapeHtml(`${name} (${mode}, ${state})`)}</title></path>`;
  });
  return svg(frame, label, `${networkPath(after, frame)}${circles}${lines.join('')}`);
}

/** Bounds of the change map: nothing, a fifth and half of the largest gain. */
export function changeBounds(measures: readonly [ZoneMeasure, ZoneMeasure]): number[] {
  const [from, to] = measures;
  const sign = from.better === 'high' ? 1 : -1;
  const gains = from.values.flatMap((value, index) => {
    const other = to.values[index] ?? null;
    return value === null || other === null ? [] : [sign * (other - value)];
  });
  const most = Math.max(0, ...gains);
  const least = from.unit === 'min' ? 1 / 60 : 1e-6;
  return [least, Math.max(least, most * 0.2), Math.max(least, most * 0.5)];
}

function svg({ height }: MapFrame, label: string, inner: string): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(label)}">${inner}</svg>`;
}

function zoneCircles({ region }: Slice, frame: MapFrame, styleOf: (index: number) => { color: string; text: string }): string {
  const all = region.zones.reduce((sum, zone) => sum + zone.population, 0);
  return region.zones
    .map((zone, index) => {
      const { color, text } = styleOf(index);
      const radius = Math.max(2.5, Math.sqrt(zone.population / all) * 70).toFixed(1);
      return `<circle cx="${unit(frame.x(zone.longitude))}" cy="${unit(frame.y(zone.latitude))}" r="${radius}" fill="${color}" fill-opacity="0.85" stroke="#fff" stroke-width="0.5"><title>${escapeHtml(`${zone.name}: ${text}`)}</title></circle>`;
    })
    .join('');
}

/** The network of a slice as one thin path. */
function networkPath({ region, frozen }: Slice, frame: MapFrame): string {
  const inNetwork = new Set(frozen.network.linkIds);
  const lineOf = linkLines(region);
  const d = [...region.roads, ...region.rail].flatMap((link) => {
    const line = inNetwork.has(link.id) ? lineOf(link.id, link.from, link.to) : null;
    return line ? [linePath(frame, line)] : [];
  });
  return `<path fill="none" stroke="#94a3b8" stroke-opacity="0.5" stroke-width="0.6" d="${d.join('')}"/>`;
}

/** A number with its unit, as short as it can be read. */
export function shown(value: number, unit: string): string {
  const size = Math.abs(value);
  const text =
    size >= 1e9
      ? `${(value / 1e9).toFixed(1)} billion`
      : size >= 1e6
        ? `${(value / 1e6).toFixed(2)} million`
        : size >= 1000
          ? Math.round(value).toLocaleString('en-US')
          : Number(value.toPrecision(3)).toString();
  return unit === '–' ? text : `${text} ${unit === 'population' ? 'people' : unit}`;
}

export function measureLegend(bounds: readonly number[], measure: ZoneMeasure): string {
  const steps = measure.better === 'high' ? STEPS : STEPS.slice().reverse();
  return steps
    .map((color, index) =>
      swatch(color, index === 0 ? `under ${shown(bounds[0] ?? 0, measure.unit)}` : `from ${shown(bounds[index - 1] ?? 0, measure.unit)}`),
    )
    .join('');
}

export function changeLegend(bounds: readonly number[], unit: string): string {
  const [, few = 0, many = 0] = bounds;
  const words = ['worse', 'no change', 'better', `better by more than ${shown(few, unit)}`, `by more than ${shown(many, unit)}`];
  const zones = CHANGE_STEPS.map((color, index) => swatch(color, words[index] ?? ''));
  return [
    ...zones,
    swatch(LINK_COLORS.new, 'new link'),
    swatch(LINK_COLORS.changed, 'changed'),
    swatch(LINK_COLORS.gone, 'gone (dashed)'),
  ].join('');
}

function swatch(color: string, text: string): string {
  return `<span><i style="background:${color}"></i>${escapeHtml(text)}</span>`;
}
