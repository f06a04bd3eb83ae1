import { swatch } from './html.ts';

/** Which values are good news: drawn in the colours of the best classes. */
type Better = 'high' | 'low';

/** How many classes of colour the style sheet has: s0 … s6. */
const MOST_STEPS = 7;

/**
 * Round bounds (1, 2, 5 × a power of ten) between which values are told apart: about as many people or zones fall into each class as the
 * round numbers allow. All values of all regions go in, so that one colour means one number on every map.
 */
export function roundBounds(values: readonly number[]): number[] {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const low = sorted[Math.floor(sorted.length * 0.08)] ?? 1;
  const high = sorted[Math.floor(sorted.length * 0.92)] ?? 1;
  const bounds: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const step of [1, 2, 5]) {
      const bound = Number(`${step}e${power}`);
      if (bound > low && bound < high) bounds.push(bound);
    }
  }
  const keep = Math.min(bounds.length, MOST_STEPS - 1);
  return Array.from({ length: keep }, (_value, index) => bounds[Math.round((index * (bounds.length - 1)) / Math.max(1, keep - 1))] ?? 0);
}

/** Class of a value; null where there is none. Few bounds are spread over the whole range of colours. */
export function stepOf(value: number | null, bounds: readonly number[], better: Better = 'high'): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  return colourOf(bounds.filter((bound) => (better === 'low' ? value > bound : value >= bound)).length, bounds, better);
}

function colourOf(classNumber: number, bounds: readonly number[], better: Better): number {
  const last = MOST_STEPS - 1;
  const spread = bounds.length === 0 ? last : Math.round((classNumber * last) / bounds.length);
  return better === 'low' ? last - spread : spread;
}

/** Legend of the classes, from the lowest value. */
export function stepsLegend(bounds: readonly number[], text: (value: number) => string, better: Better = 'high', unknown = ''): string {
  const keys = Array.from({ length: bounds.length + 1 }, (_value, index) => {
    const [from, to] = [bounds[index - 1], bounds[index]];
    const words =
      from === undefined
        ? to === undefined
          ? 'all'
          : `under ${text(to)}`
        : to === undefined
          ? `${text(from)} and over`
          : `${text(from)} – ${text(to)}`;
    return swatch(`s${colourOf(index, bounds, better)}`, words);
  });
  return [...keys, ...(unknown ? [swatch('unknown', unknown)] : [])].join('');
}
