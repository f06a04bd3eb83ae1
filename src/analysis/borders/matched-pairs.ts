import type { ZonePair } from './zone-pairs.ts';

/** Pairs of jurisdictions that do not touch: more than a border lies between them. */
export const APART = 'apart';
export const ALL = 'all';

/** Within-pairs are matched by distance (10% steps) and mass (factor 2 steps). */
const DISTANCE_STEP = Math.log(1.1);
const MASS_STEP = Math.log(2);

/** Cell of every pair and the borders it counts for: the same in every draw. */
export interface Matching {
  readonly cell: Uint32Array;
  readonly cellCount: number;
  readonly names: readonly string[];
  /** places in names, by pair; none within one jurisdiction */
  readonly membersOf: readonly (readonly number[])[];
}

/** Cells and borders of pairs. Cost O(pairs). */
export function matchingOf(pairs: readonly ZonePair[], names: readonly string[], neighbours: ReadonlySet<string>): Matching {
  const cells = new Map<string, number>();
  const cell = Uint32Array.from(pairs, (pair) => {
    const key = `${Math.floor(Math.log(pair.kilometres) / DISTANCE_STEP)},${Math.floor(pair.logMass / MASS_STEP)}`;
    const known = cells.get(key) ?? cells.size;
    cells.set(key, known);
    return known;
  });
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const membersOf = pairs.map(({ border }) => {
    if (border === null) return [];
    return (neighbours.has(border) ? [ALL, border] : [APART]).flatMap((name) => placeOf.get(name) ?? []);
  });
  return { cell, cellCount: cells.size, names, membersOf };
}

/** Mean minutes of the pairs of each border over pairs within one jurisdiction of the same cell, weighted. Cost O(pairs). */
export function matchedMinutes(
  pairs: readonly ZonePair[],
  { cell, cellCount, names, membersOf }: Matching,
  weight: Float64Array,
): Map<string, { minutes: number; pairs: number }> {
  const [cellSum, cellWeight] = [new Float64Array(cellCount), new Float64Array(cellCount)];
  pairs.forEach((pair, row) => {
    const [own, slot] = [weight[row] ?? 0, cell[row] ?? 0];
    if (pair.border !== null || own === 0) return;
    cellSum[slot] = (cellSum[slot] ?? 0) + pair.minutes * own;
    cellWeight[slot] = (cellWeight[slot] ?? 0) + own;
  });
  const sums = names.map(() => ({ sum: 0, weight: 0, pairs: 0 }));
  pairs.forEach((pair, row) => {
    const [own, slot] = [weight[row] ?? 0, cell[row] ?? 0];
    const among = cellWeight[slot] ?? 0;
    if (pair.border === null || own === 0 || among === 0) return;
    for (const place of membersOf[row] ?? []) {
      const entry = sums[place];
      if (!entry) continue;
      entry.sum += (pair.minutes - (cellSum[slot] ?? 0) / among) * own;
      entry.weight += own;
      entry.pairs += 1;
    }
  });
  return new Map(
    sums.map(({ sum, weight: total, pairs: count }, place) => [names[place] ?? '', { minutes: total > 0 ? sum / total : 0, pairs: count }]),
  );
}
