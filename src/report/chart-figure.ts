import { escapeHtml } from './map-figure.ts';

export interface Series {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [number, number])[];
}

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [420, 280, 48, 40];

/** A line chart with two axes and direct labels, as SVG. */
export function lineChart(label: string, xTitle: string, yTitle: string, series: readonly Series[]): string {
  const points = series.flatMap((row) => row.points);
  const [x0, x1] = [Math.min(0, ...points.map(([x]) => x)), Math.max(...points.map(([x]) => x), 1e-9)];
  const [y0, y1] = [Math.min(0, ...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y), 1e-9)];
  const x = (value: number) => LEFT + ((value - x0) / (x1 - x0)) * (WIDTH - LEFT - 12);
  const y = (value: number) => HEIGHT - BOTTOM - ((value - y0) / (y1 - y0)) * (HEIGHT - BOTTOM - 14);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const text = (value: number) => (Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(value % 1 === 0 ? 0 : 2));
  const grid = ticks.map((part) => {
    const [vx, vy] = [x0 + part * (x1 - x0), y0 + part * (y1 - y0)];
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - 12}" y1="${y(vy).toFixed(1)}" y2="${y(vy).toFixed(1)}"/><text class="tick" x="${LEFT - 6}" y="${(y(vy) + 4).toFixed(1)}" text-anchor="end">${text(vy)}</text><text class="tick" x="${x(vx).toFixed(1)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${text(vx)}</text>`;
  });
  const lines = series.map(({ color, points: own }) => {
    const d = own.map(([px, py], index) => `${index ? 'L' : 'M'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`).join('');
    return `<path fill="none" stroke="${color}" stroke-width="2" d="${d}"/>`;
  });
  const keys = series.map(({ name, color }) => `<span><i style="background:${color}"></i>${escapeHtml(name)}</span>`);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(label)}">${grid.join('')}${lines.join('')}<text class="tick" x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(xTitle)}</text></svg><p class="legend"><b>${escapeHtml(yTitle)}</b>${keys.join('')}</p>`;
}
