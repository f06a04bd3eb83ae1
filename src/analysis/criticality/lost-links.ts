import { createTreeSearch } from '../../kernels/assignment/shortest-tree.ts';
import { createSum } from '../../kernels/assignment/trip-classes.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import { type Assignment, assignTrips } from '../assignment/assign-trips.ts';

/** The new equilibrium without some links, against the old. */
export interface LossAtEquilibrium {
  readonly links: readonly string[];
  /** total cost of all trips still served without the links - their cost with them, minutes; below 0 by Braess's paradox */
  readonly addedMinutes: number;
  /** units that have no way any more */
  readonly cutOffTrips: number;
  /** of the new equilibrium */
  readonly relativeGap: number;
}

/**
 * Take sets of links out (both directions), let everyone choose anew, and compare totals: the network robustness index with the demand that
 * is cut off kept apart.
 *
 * Trips that are cut off leave the old total as well, so that the difference is that of the trips that still run.
 *
 * Cost: an equilibrium a set. Sources: Scott et al. (2006) doi:10.1016/j.jtrangeo.2005.10.003; Jenelius et al. (2006)
 * doi:10.1016/j.tra.2005.11.003.
 */
export function lossesAtEquilibrium(
  input: FlowInput,
  assignment: Assignment,
  sets: readonly (readonly string[])[],
  gap: number,
  progress: Progress = SILENT,
): LossAtEquilibrium[] {
  return sets.map((links, done) => {
    progress('links out at equilibrium', done, sets.length);
    const gone = new Set(links);
    const kept = input.links.filter(({ id }) => !gone.has(id));
    const after = assignTrips({ ...input, links: kept }, { gap, maxIterations: 200, start: assignment });
    const cutOffTrips = Math.max(0, after.unserved - assignment.unserved);
    const before = cutOffTrips > 0 ? servedCost(input, assignment, gone) : assignment.totalCost;
    return { links, addedMinutes: after.totalCost - before, cutOffTrips, relativeGap: after.end.relativeGap };
  });
}

/** What the trips that still have a way cost before: at equilibrium, all at the cheapest cost of their pair. */
function servedCost({ links }: FlowInput, { compiled, minutes }: Assignment, gone: ReadonlySet<string>): number {
  const { problem, arcOf } = compiled;
  const search = createTreeSearch(problem.network);
  const time = new Float64Array(problem.network.arcCount);
  const without = new Float64Array(problem.network.arcCount);
  arcOf.forEach((arc, row) => {
    if (arc < 0) return;
    time[arc] = minutes[row] ?? 0;
    without[arc] = gone.has(links[row]?.id ?? '') ? Number.POSITIVE_INFINITY : 0;
  });
  const sum = createSum();
  const none = new Float64Array(problem.network.arcCount);
  for (const { origins, firstPair, destination, amount, charge } of problem.classes) {
    origins.forEach((origin, index) => {
      search.run(origin, without, none);
      const isServed = search.label.map((label) => (label === Number.POSITIVE_INFINITY ? 0 : 1));
      search.run(origin, time, charge);
      for (let pair = firstPair[index] ?? 0; pair < (firstPair[index + 1] ?? 0); pair++) {
        const to = destination[pair] ?? 0;
        if (isServed[to] === 1) sum.add((amount[pair] ?? 0) * (search.label[to] ?? 0));
      }
    });
  }
  return sum.value();
}

/** Seeded pairs of links of a list: cascades of two failures at once. Lehmer generator (Park and Miller 1988 doi:10.1145/63039.63042). */
export function drawPairs(ids: readonly string[], count: number, seed: number): [string, string][] {
  let state = (Math.trunc(Math.abs(seed)) % 2147483646) + 1;
  const draw = (size: number) => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * size);
  };
  const seen = new Set<string>();
  const pairs: [string, string][] = [];
  const possible = (ids.length * (ids.length - 1)) / 2;
  while (pairs.length < Math.min(count, possible)) {
    const [a, b] = [draw(ids.length), draw(ids.length)].sort((x, y) => x - y) as [number, number];
    if (a === b || seen.has(`${a} ${b}`)) continue;
    seen.add(`${a} ${b}`);
    pairs.push([ids[a] ?? '', ids[b] ?? '']);
  }
  return pairs;
}
