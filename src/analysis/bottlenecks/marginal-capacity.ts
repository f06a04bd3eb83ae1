import type { FlowInput } from '../../model/flow-input.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import { type Assignment, assignTrips } from '../assignment/assign-trips.ts';

/** Share by which a capacity is widened and narrowed. */
const STEP_SHARE = 0.01;
/** Both sides are solved to this gap, so that the difference of two totals keeps its first digits. */
const GAP = 1e-11;

/**
 * Minutes that all travellers together save by one more unit of capacity on a link, at the new equilibrium: central difference of the total.
 *
 * Below 0 where a wider link draws trips in such a way that everyone is slower (Braess 1968). Solved anew from the bushes of the assignment.
 *
 * @param rows  rows of input.links to try; those without a capacity give null
 * Cost: two warm equilibria a row.
 */
export function marginalCapacity(
  input: FlowInput,
  assignment: Assignment,
  rows: readonly number[],
  progress: Progress = SILENT,
): (number | null)[] {
  return rows.map((row, done) => {
    progress('capacities varied', done, rows.length);
    const capacity = input.links[row]?.capacity ?? null;
    if (capacity === null || capacity === 0) return null;
    const totalAt = (value: number) => {
      const links = input.links.map((link, place) => (place === row ? { ...link, capacity: value } : link));
      return assignTrips({ ...input, links }, { gap: GAP, maxIterations: 200, start: assignment }).totalCost;
    };
    const step = capacity * STEP_SHARE;
    return (totalAt(capacity - step) - totalAt(capacity + step)) / (2 * step);
  });
}
