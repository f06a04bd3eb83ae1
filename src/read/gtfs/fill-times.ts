import { NO_TIME } from './fields.ts';
import type { StopTimeColumns } from './stop-time-columns.ts';
import type { TripPattern } from './trip-patterns.ts';

/**
 * Fill the times that a feed leaves open, in place: between two known times in proportion to the kilometres of the pattern, to the second.
 *
 * @returns  how many were filled along a shape, and how many along straight lines between stops
 * Cost O(stop times). The ends of every trip are known: readStopTimes has seen to it.
 */
export function fillTimes(times: StopTimeColumns, patterns: readonly TripPattern[]): { alongShape: number; straight: number } {
  const filled = { alongShape: 0, straight: 0 };
  for (const pattern of patterns) {
    let count = 0;
    for (const trip of pattern.trips) count += fillTrip(times, times.first[trip] ?? 0, times.first[trip + 1] ?? 0, pattern.kilometres);
    if (pattern.hasShape) filled.alongShape += count;
    else filled.straight += count;
  }
  return filled;
}

function fillTrip({ arrival, departure }: StopTimeColumns, from: number, to: number, kilometres: Float64Array): number {
  let filled = 0;
  let known = from;
  for (let row = from + 1; row < to; row++) {
    if (arrival[row] === NO_TIME) continue;
    const gap = row - known;
    if (gap > 1) {
      const start = departure[known] ?? 0;
      const span = (arrival[row] ?? 0) - start;
      const startKilometres = kilometres[known - from] ?? 0;
      const length = (kilometres[row - from] ?? 0) - startKilometres;
      for (let open = known + 1; open < row; open++) {
        const share = length > 0 ? ((kilometres[open - from] ?? 0) - startKilometres) / length : (open - known) / gap;
        const time = start + Math.round(share * span);
        arrival[open] = time;
        departure[open] = time;
        filled += 1;
      }
    }
    known = row;
  }
  return filled;
}
