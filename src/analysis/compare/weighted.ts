import type { Zone } from '../../model/tables.ts';

/** Mean over people of the zones that have a value; null where none has. */
export function peopleMean(
  zones: readonly Zone[],
  values: readonly (number | null)[],
  keep: (index: number) => boolean = () => true,
): number | null {
  let people = 0;
  let sum = 0;
  zones.forEach((zone, index) => {
    const value = values[index] ?? null;
    if (value === null || !keep(index)) return;
    people += zone.population;
    sum += zone.population * value;
  });
  return people > 0 ? sum / people : null;
}

/** Mean over the worst-served share of people, the last zone taken in part; null where no zone has a value. */
export function worstShareMean(
  zones: readonly Zone[],
  values: readonly (number | null)[],
  better: 'high' | 'low',
  share: number,
): number | null {
  const rows = zones.flatMap((zone, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ value, people: zone.population }];
  });
  rows.sort((a, b) => (better === 'high' ? a.value - b.value : b.value - a.value));
  const wanted = share * rows.reduce((sum, row) => sum + row.people, 0);
  let [people, sum] = [0, 0];
  for (const row of rows) {
    const taken = Math.min(row.people, wanted - people);
    if (taken <= 0) break;
    people += taken;
    sum += taken * row.value;
  }
  return people > 0 ? sum / people : null;
}
