/** One measured point of a run. */
export interface GapPoint {
  readonly method: string;
  readonly iteration: number;
  readonly seconds: number;
  readonly relativeGap: number;
  readonly objective: number;
}

const SIZE = { width: 720, height: 420, left: 64, right: 130, top: 40, bottom: 48 };
const COLOURS = ['#0b6e4f', '#b23a48', '#d08c29', '#3a5ba0', '#7a6c8f'];

/** Lines of relative gap (powers of ten) over seconds (powers of ten), one a method, as SVG with a title for readers of it. */
export function gapChart(points: readonly GapPoint[], title: string): string {
  const { width, height, left, right, top, bottom } = SIZE;
  const shown = points.filter(({ seconds, relativeGap }) => seconds > 0 && relativeGap > 0);
  const times = shown.map(({ seconds }) => Math.log10(seconds));
  const [least, most] = [Math.floor(Math.min(...times)), Math.ceil(Math.max(...times))];
  const deepest = Math.floor(Math.min(...shown.map(({ relativeGap }) => Math.log10(relativeGap))));
  const x = (seconds: number) => left + ((Math.log10(seconds) - least) / (most - least)) * (width - left - right);
  const y = (gap: number) => top + (Math.min(0, Math.log10(gap)) / deepest) * (height - top - bottom);
  const methods = [...new Set(shown.map(({ method }) => method))];
  const grid: string[] = [];
  for (let power = least; power <= most; power++) {
    const at = x(10 ** power).toFixed(1);
    grid.push(`<line x1="${at}" y1="${top}" x2="${at}" y2="${height - bottom}" class="grid"/>`);
    grid.push(`<text x="${at}" y="${height - bottom + 16}" text-anchor="middle">${10 ** power} s</text>`);
  }
  for (let power = 0; power >= deepest; power -= 2) {
    const at = y(10 ** power).toFixed(1);
    grid.push(`<line x1="${left}" y1="${at}" x2="${width - right}" y2="${at}" class="grid"/>`);
    grid.push(`<text x="${left - 6}" y="${(Number(at) + 4).toFixed(1)}" text-anchor="end">1e${power}</text>`);
  }
  const lines = methods.map((method, place) => {
    const own = shown.filter((point) => point.method === method);
    const colour = COLOURS[place % COLOURS.length];
    const path = own.map(({ seconds, relativeGap }, at) => `${at === 0 ? 'M' : 'L'}${x(seconds).toFixed(1)} ${y(relativeGap).toFixed(1)}`);
    const label = `<text x="${width - right + 10}" y="${top + 14 + place * 18}" fill="${colour}">${method}</text>`;
    return `<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="2"/>${label}`;
  });
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" font-family="sans-serif" font-size="12">`;
  const style = '<style>.grid{stroke:#ddd}.axis{fill:#333}</style><rect width="100%" height="100%" fill="#fff"/>';
  return `${head}<title>${title}</title>${style}<text x="${left}" y="22" font-size="14">${title}</text>${grid.join('')}${lines.join('')}</svg>\n`;
}
