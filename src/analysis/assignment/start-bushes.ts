import type { Bush } from '../../kernels/assignment/bush.ts';
import { carryBushes } from '../../kernels/assignment/carry-bushes.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import type { Assignment } from './assign-trips.ts';
import type { FlowProblem } from './flow-problem.ts';

/**
 * Bushes to start from: those of an earlier assignment of the same trips, on links that may have changed. Links are known again by their id and
 * ends, nodes by their id.
 *
 * @returns null where the earlier one kept no bushes
 * Cost: a tree an origin.
 */
export function startBushes(input: FlowInput, { problem, arcOf }: FlowProblem, start: Assignment): Bush[] | null {
  if (!start.bushes) return null;
  const earlier = start.compiled;
  const nodes = new Map(input.nodeIds.map((id, node) => [id, node]));
  const node = Int32Array.from(start.input.nodeIds, (id) => nodes.get(id) ?? -1);
  const now = new Map(rowKeys(input).map((key, row) => [key, row]));
  const arc = new Int32Array(earlier.problem.network.arcCount).fill(-1);
  rowKeys(start.input).forEach((key, row) => {
    const old = earlier.arcOf[row] ?? -1;
    if (old >= 0) arc[old] = arcOf[now.get(key) ?? -1] ?? -1;
  });
  return carryBushes(problem, earlier.problem, start.bushes, { arc, node });
}

/** What a row is known by: its id and ends, and which of several alike it is. */
function rowKeys({ links, nodeIds }: FlowInput): string[] {
  const seen = new Map<string, number>();
  return links.map(({ id, from, to }) => {
    const key = JSON.stringify([id, nodeIds[from], nodeIds[to]]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return `${key} ${count}`;
  });
}
