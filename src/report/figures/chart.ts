import { scaleLinear, scaleLog } from 'd3-scale';
import { digits } from '../format.ts';
import { escapeHtml } from './html.ts';
import { unit } from './map-frame.ts';
import { textWidth } from './map-labels.ts';

export interface Axis {
  readonly title: string;
  readonly unit: string;
  /** lowest and highest value shown; taken from the points where absent */
  readonly domain?: readonly [number, number];
  readonly isLog?: boolean;
  /** tick values; round ones are chosen where absent */
  readonly ticks?: readonly number[];
}

export interface Series {
  readonly name: string;
  /** a class of the style sheet: c0 … c5 for regions, or a meaning (road, rail, both, equal) */
  readonly className: string;
  readonly points: readonly (readonly [number, number])[];
  /** marks at the points in place of a line */
  readonly isDots?: boolean;
}

export interface Chart {
  /** what the chart shows, with its main number */
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** a vertical line at a value of x worth reading off */
  readonly markX?: number;
}

const [WIDTH, HEIGHT, TOP, BOTTOM] = [480, 310, 36, 50];
/** heights of the labels of lines and of ticks, as in style.ts */
const [TEXT, TICK] = [15, 14];

/** A chart with two axes that name their units and labels at the ends of its lines, as SVG. Series without points are told, not drawn. */
export function chartSvg(chart: Chart): string {
  const drawn = chart.series.filter((series) => series.points.length > 0);
  if (drawn.length === 0) return '<p class="gap">No figures to draw: nothing can be reached, or the tables have no values.</p>';
  const right = WIDTH - 12 - Math.max(...drawn.map((series) => textWidth(series.name, TEXT * 1.08)));
  const values = (axis: 0 | 1) => drawn.flatMap((series) => series.points.map((point) => point[axis]));
  const x = axisScale(chart.x, values(0), [0, 1]);
  const y = axisScale(chart.y, values(1), [HEIGHT - BOTTOM, TOP]);
  const left = 8 + Math.max(...y.ticks.map((value) => textWidth(tickText(value, y.ticks), TICK * 1.05)));
  const xAt = (value: number) => left + x.of(value) * (right - left);
  const rows = y.ticks.map((value) => {
    const at = unit(y.of(value));
    return `<path class="grid" d="M${unit(left)} ${at}H${unit(right)}"/><text class="tick" x="${unit(left - 6)}" y="${unit(y.of(value) + 5)}" text-anchor="end">${tickText(value, y.ticks)}</text>`;
  });
  const columns = x.ticks.map((value) => {
    const at = unit(xAt(value));
    return `<path class="grid" d="M${at} ${HEIGHT - BOTTOM}v5"/><text class="tick" x="${at}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${tickText(value, x.ticks)}</text>`;
  });
  const markX = chart.markX === undefined ? '' : `<path class="reading" d="M${unit(xAt(chart.markX))} ${TOP}V${HEIGHT - BOTTOM}"/>`;
  const lines = drawn.map((series) => seriesSvg(series, xAt, y.of));
  const labels = spread(drawn.map((series) => y.of(series.points.at(-1)?.[1] ?? 0))).map((at, index) => {
    const series = drawn[index];
    return `<text class="name ${series?.className}" x="${unit(right + 7)}" y="${unit(at + 5)}">${escapeHtml(series?.name ?? '')}</text>`;
  });
  const titles = `<text class="tick" x="${2}" y="16">${escapeHtml(axisTitle(chart.y))}</text><text class="tick" x="${unit(right)}" y="${HEIGHT - 8}" text-anchor="end">${escapeHtml(axisTitle(chart.x))}</text>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(chart.label)}">${rows.join('')}${columns.join('')}${markX}${lines.join('')}${labels.join('')}${titles}</svg>`;
}

function axisTitle({ title, unit: own }: Axis): string {
  return own ? `${title}, ${own}` : title;
}

interface AxisScale {
  readonly of: (value: number) => number;
  readonly ticks: readonly number[];
}

function axisScale(axis: Axis, values: readonly number[], range: readonly [number, number]): AxisScale {
  const [low, high] = axis.domain ?? [Math.min(...values), Math.max(...values)];
  if (axis.isLog) {
    const scale = scaleLog([low, Math.max(high, low * 1.01)], range).clamp(true);
    return { of: scale, ticks: axis.ticks ?? decades(low, high) };
  }
  const scale = scaleLinear([low, high > low ? high : low + 1], range).clamp(true);
  return { of: scale, ticks: axis.ticks ?? scale.ticks(5) };
}

/** 1, 10, 100 …, with 2 and 5 between where the span is short. */
function decades(low: number, high: number): number[] {
  const steps = Math.log10(high / low) > 2.2 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const step of steps) {
      const tick = Number(`${step}e${power}`);
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

function tickText(value: number, ticks: readonly number[]): string {
  if (value >= 1e6) return `${digits(value / 1e6, value % 1e6 === 0 ? 0 : 1)} m`;
  const decimals = ticks.some((tick) => tick % 1 !== 0)
    ? ticks.some((tick) => (tick * 10) % 1 > 1e-9 && (tick * 10) % 1 < 1 - 1e-9)
      ? 2
      : 1
    : 0;
  return digits(value, decimals);
}

function seriesSvg(series: Series, x: (value: number) => number, y: (value: number) => number): string {
  if (series.isDots) {
    const dots = series.points.map(([px, py]) => `M${unit(x(px))} ${unit(y(py))}h0`).join('');
    return `<path class="dots ${series.className}" d="${dots}"/>`;
  }
  const path = series.points.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${unit(x(px))} ${unit(y(py))}`).join('');
  return `<path class="line ${series.className}" d="${path}"/>`;
}

/** Heights of labels moved apart until none touches the next, in the order given. */
function spread(heights: readonly number[]): number[] {
  const gap = TEXT * 1.25;
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height || a.index - b.index);
  for (let round = 0; round < 50; round++) {
    for (let at = 1; at < order.length; at++) {
      const [above, below] = [order[at - 1], order[at]];
      if (!above || !below) continue;
      const missing = gap - (below.height - above.height);
      if (missing <= 0.01) continue;
      above.height -= missing / 2;
      below.height += missing / 2;
    }
    for (const row of order) row.height = Math.min(HEIGHT - BOTTOM, Math.max(TOP, row.height));
  }
  const result = heights.slice();
  for (const { height, index } of order) result[index] = height;
  return result;
}
