import type { RemovalWork } from '../../kernels/removal/link-removal.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import type { Assignment } from '../assignment/assign-trips.ts';

/** Cost of every arc for a class of travellers at the times of an assignment, minutes with charges. */
export function arcCosts({ compiled, minutes }: Assignment, charge: Float64Array): Float64Array {
  const cost = new Float64Array(compiled.problem.network.arcCount);
  compiled.arcOf.forEach((arc, row) => {
    if (arc >= 0) cost[arc] = (minutes[row] ?? 0) + (charge[arc] ?? 0);
  });
  return cost;
}

/**
 * Groups of rows as work for the removal kernel, one a class of travellers.
 *
 * @param groupOfRow  group by row of input.links; -1 for rows that are never removed
 */
export function removalWorks(assignment: Assignment, groupOfRow: Int32Array, groupCount: number): RemovalWork[] {
  const { problem, arcOf } = assignment.compiled;
  const { network } = problem;
  const groupOf = new Int32Array(network.arcCount).fill(-1);
  arcOf.forEach((arc, row) => {
    if (arc >= 0) groupOf[arc] = groupOfRow[row] ?? -1;
  });
  return problem.classes.map((trips) => ({ network, cost: arcCosts(assignment, trips.charge), trips, groupOf, groupCount }));
}

/** Both directions of every link that is no connector, or of those named in `only`, together: ids in the order of the rows, and the group of each row. */
export function linkGroups({ links }: FlowInput, only?: ReadonlySet<string>): { ids: string[]; groupOfRow: Int32Array } {
  const groups = new Map<string, number>();
  for (const { id, isConnector } of links) {
    if (!isConnector && !groups.has(id) && (only?.has(id) ?? true)) groups.set(id, groups.size);
  }
  const groupOfRow = Int32Array.from(links, ({ id, isConnector }) => (isConnector ? -1 : (groups.get(id) ?? -1)));
  return { ids: [...groups.keys()], groupOfRow };
}
