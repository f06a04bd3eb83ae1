import { maxFlow } from '../../kernels/max-flow.ts';
import { UsageError } from '../../model/errors.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import { flowProblem } from '../assignment/flow-problem.ts';

/** What the network can carry between two zones at most, and the links that limit it. */
export interface CutBetween {
  readonly from: string;
  readonly to: string;
  /** units an hour (or the period) */
  readonly capacity: number;
  /** rows of input.links in the least cut nearest to `from` */
  readonly rows: readonly number[];
}

/**
 * The least cut between two zones: no assignment can send more from one to the other than these links take. Links whose cost does not depend
 * on flow, and connectors, never limit.
 *
 * @throws UsageError on an unknown zone; RangeError where nothing limits
 * Cost: see maxFlow.
 */
export function cutBetween(input: FlowInput, from: string, to: string): CutBetween {
  const zone = (id: string) => {
    const found = input.zones.find((row) => row.id === id);
    if (!found) throw new UsageError(`zone is "${id}"; expected the id of a zone of the network`);
    return found;
  };
  const [source, sink] = [zone(from).origin, zone(to).destination];
  const { problem, arcOf } = flowProblem(input);
  const capacity = new Float64Array(problem.network.arcCount);
  const rowOf = new Int32Array(problem.network.arcCount);
  input.links.forEach((link, row) => {
    const arc = arcOf[row] ?? -1;
    if (arc < 0) return;
    rowOf[arc] = row;
    capacity[arc] = link.capacity ?? Number.POSITIVE_INFINITY;
  });
  const { value, cut } = maxFlow(problem.network, capacity, source, sink);
  return { from, to, capacity: value, rows: Array.from(cut, (arc) => rowOf[arc] ?? 0) };
}
