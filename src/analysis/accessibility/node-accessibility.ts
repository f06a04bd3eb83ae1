import { type Accumulated, type Accumulation, accumulate, DEFAULT_ACCUMULATE, powerDecay } from '../../kernels/hierarchy/accumulate.ts';
import { hierarchyFor } from '../../kernels/hierarchy/hierarchy-for.ts';
import { createSearch } from '../../kernels/one-to-all.ts';
import { UsageError } from '../../model/errors.ts';
import { type Network, UNREACHED } from '../../model/network.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import type { Pool, RunOptions } from '../../parallel/pool.ts';
import { nodeSumsInParallel } from '../../parallel/sums.ts';
import type { Measure } from './accessibility.ts';

/**
 * Accessibility of every node, each node counting as one opportunity, its own included at 0 minutes; formulas as in `accessibility`.
 *
 * mean-time is over the other nodes that are reached, null where there are none.
 *
 * @returns  a column a measure, by node
 * @throws   UsageError for a measure that needs times in order (dual)
 * Cost: a hierarchy and one sweep for 16 nodes, summed as it passes, with no matrix; small networks one tree a node.
 */
export function nodeAccessibility(network: Network, measures: readonly Measure[], progress: Progress = SILENT): (number | null)[][] {
  const { nodeCount } = network;
  const amounts = new Float64Array(nodeCount).fill(1);
  const asked = measures.map((measure) => accumulationOf(measure, amounts));
  const origins = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
  const hierarchy = hierarchyFor(network, nodeCount, progress);
  const sums = hierarchy ? accumulate(hierarchy, origins, asked, { ...DEFAULT_ACCUMULATE, progress }) : searchSums(network, asked);
  return columnsOf(asked, sums);
}

/** The same on the threads of a pool, to the byte. */
export async function nodeAccessibilityInParallel(
  pool: Pool,
  network: Network,
  measures: readonly Measure[],
  run: RunOptions = {},
): Promise<(number | null)[][]> {
  const amounts = new Float64Array(network.nodeCount).fill(1);
  const asked = measures.map((measure) => accumulationOf(measure, amounts));
  const sums = await nodeSumsInParallel(pool, network, asked, { step: 'accessibility', ...run });
  return columnsOf(asked, sums ?? searchSums(network, asked));
}

function columnsOf(asked: readonly Accumulation[], sums: readonly Accumulated[]): (number | null)[][] {
  return sums.map((column, index) => {
    if (asked[index]?.kind !== 'times') return Array.from(column.sums);
    return Array.from(column.sums, (sum, node) => {
      const others = (column.counts[node] ?? 1) - 1;
      return others > 0 ? sum / others / MILLISECONDS_PER_MINUTE : null;
    });
  });
}

/** What a measure of nodes adds up. */
type NodeSum = Exclude<Accumulation, { readonly kind: 'straight' }>;

function accumulationOf(measure: Measure, amounts: Float64Array): NodeSum {
  switch (measure.kind) {
    case 'cumulative':
      return { kind: 'within', limitMilliseconds: Math.min(UNREACHED - 1, Math.floor(measure.minutes * MILLISECONDS_PER_MINUTE)), amounts };
    case 'gravity-exponential':
      return { kind: 'exponential', perMillisecond: measure.perMinute / MILLISECONDS_PER_MINUTE, amounts };
    case 'gravity-power':
      return { kind: 'power', unitMilliseconds: MILLISECONDS_PER_MINUTE, exponent: measure.exponent, amounts };
    case 'mean-time':
      return { kind: 'times' };
    default:
      throw new UsageError(`measure ${measure.kind} is for zones; per node expected cumulative, gravity or mean-time`);
  }
}

function searchSums(network: Network, asked: readonly NodeSum[]): { sums: Float64Array; counts: Float64Array }[] {
  const { nodeCount } = network;
  const search = createSearch(network);
  const columns = asked.map(() => ({ sums: new Float64Array(nodeCount), counts: new Float64Array(nodeCount) }));
  for (let origin = 0; origin < nodeCount; origin++) {
    const tree = search.run(origin);
    asked.forEach((accumulation, index) => {
      let sum = 0;
      for (const node of search.settled.subarray(0, search.settledCount())) sum += worthOf(accumulation, tree[node] ?? UNREACHED);
      const column = columns[index];
      if (!column) return;
      column.sums[origin] = sum;
      column.counts[origin] = search.settledCount();
    });
  }
  return columns;
}

function worthOf(accumulation: NodeSum, milliseconds: number): number {
  switch (accumulation.kind) {
    case 'times':
      return milliseconds;
    case 'within':
      return milliseconds <= accumulation.limitMilliseconds ? 1 : 0;
    case 'exponential':
      return Math.exp(-accumulation.perMillisecond * milliseconds);
    case 'power':
      return powerDecay(milliseconds, accumulation);
    default:
      return milliseconds > 0 ? accumulation.scale / milliseconds : 0;
  }
}
