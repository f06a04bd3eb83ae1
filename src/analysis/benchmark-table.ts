import type { SpeedModel } from '../build/road-speeds.ts';
import { type Progress, SILENT } from '../model/progress.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { type BenchmarkInput, benchmark, type Delineation, type Indicator, rankOrder, redelineate } from './benchmark.ts';
import { CORE_KILOMETRES, EQUAL_GROUPS } from './delineation.ts';

const SPEEDS: readonly SpeedModel[] = ['harmonised', 'as-given'];
const DELINEATIONS: readonly Delineation[] = ['whole', 'core', 'equal-population'];

/** A region of a benchmark: its column, and what its indicators are worked out from. */
export interface BenchmarkRegion {
  readonly id: string;
  readonly input: (speeds: SpeedModel) => BenchmarkInput;
}

/**
 * Every indicator of every region under both speed models and three delineations.
 *
 * `order_holds` says whether the regions come in the same order as under harmonised speeds and whole regions; empty where a region has no value.
 */
export function benchmarkTable(
  regions: readonly BenchmarkRegion[],
  head: Pick<ResultTable, 'parameters' | 'inputs'>,
  progress: Progress = SILENT,
): ResultTable {
  const rows: Cell[][] = [];
  const orders = new Map<string, string | null>();
  const steps = SPEEDS.length * regions.length;
  let step = 0;
  for (const speeds of SPEEDS) {
    const inputs = regions.map((region) => {
      progress('benchmark', step++, steps);
      return region.input(speeds);
    });
    for (const delineation of DELINEATIONS) {
      const columns = inputs.map((input) => benchmark(redelineate(input, delineation)));
      columns[0]?.forEach((row, index) => {
        const values = columns.map((own) => own[index]?.value ?? null);
        const order = rankOrder(values);
        const key = `${row.group}\n${row.measure}`;
        if (!orders.has(key)) orders.set(key, order);
        const holds = order === null || orders.get(key) === null ? null : order === orders.get(key);
        rows.push(indicatorRow(row, speeds, delineation, values, holds));
      });
    }
  }
  progress('benchmark', steps, steps);
  return {
    command: 'benchmark',
    ...head,
    columns: [
      column('group'),
      column('measure'),
      column('unit'),
      column('speeds'),
      column('delineation'),
      ...regions.map(({ id }) => column(id, '', 4)),
      column('order_holds'),
      column('how'),
    ],
    rows,
    notes: [
      'compare regions on harmonised speeds: the as-given ones were written by different hands',
      `delineation: whole = every zone; core = zones within ${CORE_KILOMETRES} km of the primary core, travelling on the whole network; equal-population = zones merged into ${EQUAL_GROUPS} groups of about equal population`,
      'a zone reaches itself in 0 minutes',
    ],
  };
}

function indicatorRow(row: Indicator, speeds: SpeedModel, delineation: Delineation, values: readonly Cell[], holds: Cell): Cell[] {
  return [row.group, row.measure, row.unit, speeds, delineation, ...values, holds, row.how];
}
