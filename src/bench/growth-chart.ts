import type { BenchRow } from './bench-row.ts';

const WIDTH = 760;
const HEIGHT = 460;
const MARGIN = { left: 70, right: 250, top: 46, bottom: 52 };
/** Okabe and Ito (2008): told apart by colour-blind readers too. */
const COLOURS = ['#d55e00', '#009e73', '#0072b2', '#cc79a7', '#e69f00', '#56b4e9'];
const POWERS = { size: [3, 6], milliseconds: [-4, 5] } as const;

/** Milliseconds against nodes, both on logarithmic axes, a line for each contender of the task "growth". */
export function growthChart(rows: readonly BenchRow[]): string {
  const growth = rows.filter((row) => row.task === 'growth');
  const names = [...new Set(growth.map((row) => row.who))];
  const x = (nodes: number) => scale(Math.log10(nodes), POWERS.size, MARGIN.left, WIDTH - MARGIN.right);
  const y = (milliseconds: number) => scale(Math.log10(milliseconds), POWERS.milliseconds, HEIGHT - MARGIN.bottom, MARGIN.top);
  const lines = names.map((name, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const points = growth.filter((row) => row.who === name).map((row) => [x(row.nodes), y(row.medianSecondsPerUnit * 1000)] as const);
    const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ');
    const [lastX = 0, lastY = 0] = points.at(-1) ?? [];
    const dots = points.map(([px, py]) => `<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="2.5" fill="${colour}"/>`).join('');
    const label = `<text x="${(lastX + 8).toFixed(1)}" y="${(lastY + 4).toFixed(1)}" fill="${colour}">${labelFor(name)}</text>`;
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.8"/>${dots}${label}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" role="img" aria-label="Milliseconds against nodes, road-like networks">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="22" font-size="14">Milliseconds against nodes, road-like networks of 3 arcs a node, one core</text>`,
    ...grid(POWERS.size, (power) => ({
      x1: x(10 ** power),
      x2: x(10 ** power),
      y1: MARGIN.top,
      y2: HEIGHT - MARGIN.bottom,
      label: labelOf(power),
      atBottom: true,
    })),
    ...grid(POWERS.milliseconds, (power) => ({
      x1: MARGIN.left,
      x2: WIDTH - MARGIN.right,
      y1: y(10 ** power),
      y2: y(10 ** power),
      label: labelOf(power),
      atBottom: false,
    })),
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">nodes</text>`,
    `<text transform="translate(18 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle">milliseconds</text>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function scale(value: number, [low, high]: readonly [number, number], start: number, end: number): number {
  return start + ((value - low) / (high - low)) * (end - start);
}

/** Short enough for the margin; that hierarchies stand is said beside the chart. */
function labelFor(name: string): string {
  return name.replace('corridor: ', '').replace(', hierarchy standing', '');
}

function labelOf(power: number): string {
  return power < 0 ? (10 ** power).toFixed(-power) : (10 ** power).toLocaleString('en');
}

interface GridLine {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly label: string;
  readonly atBottom: boolean;
}

function grid([low, high]: readonly [number, number], lineOf: (power: number) => GridLine): string[] {
  return Array.from({ length: high - low + 1 }, (_value, index) => {
    const { x1, x2, y1, y2, label, atBottom } = lineOf(low + index);
    const text = atBottom
      ? `<text x="${x1.toFixed(1)}" y="${(y2 + 16).toFixed(1)}" text-anchor="middle">${label}</text>`
      : `<text x="${(x1 - 6).toFixed(1)}" y="${(y1 + 4).toFixed(1)}" text-anchor="end">${label}</text>`;
    return `<line x1="${x1.toFixed(1)}" x2="${x2.toFixed(1)}" y1="${y1.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#ddd"/>${text}`;
  });
}
