import { benchmark, type Delineation, type Indicator, rankOrder, redelineate } from '../analysis/benchmark/benchmark.ts';
import { CORE_KILOMETRES, EQUAL_GROUPS } from '../analysis/benchmark/delineation.ts';
import type { BenchmarkInput, TimesByMode } from '../analysis/benchmark/indicators/indicator.ts';
import type { SpeedModel } from '../build/road-speeds.ts';
import { type Cell, column, mixedColumn, type ResultTable } from '../model/results.ts';
import { perRegion, type RegionContext } from './context.ts';

const SPEED_MODELS: readonly SpeedModel[] = ['harmonised', 'as-given'];
const DELINEATIONS: readonly Delineation[] = ['whole', 'core', 'equal-population'];

/** What the indicators of a region are worked out from, by speed model. Cost: twelve sets of times, shared with the rest of a report. */
const benchmarkInputs = perRegion((context): ReadonlyMap<SpeedModel, BenchmarkInput> => {
  const { region } = context;
  const { year } = context.options;
  const byMode = (of: (mode: keyof TimesByMode) => TimesByMode['road']): TimesByMode => {
    return { road: of('road'), rail: of('rail'), multimodal: of('multimodal') };
  };
  return new Map(
    SPEED_MODELS.map((speeds) => {
      const times = byMode((mode) => context.times(mode, speeds));
      const borderTimes = byMode((mode) => context.borderTimes(mode, speeds));
      const { areaSquareKilometres } = region.manifest;
      return [speeds, { region, options: { year, speeds }, areaSquareKilometres, times, borderTimes }] as const;
    }),
  );
});

/** Indicators of a whole region on both speed models, in a fixed order. */
export const indicatorsOf = perRegion((context): ReadonlyMap<SpeedModel, readonly Indicator[]> => {
  return new Map([...benchmarkInputs(context)].map(([speeds, input]) => [speeds, benchmark(input)] as const));
});

/**
 * Every indicator of every region under both speed models and three delineations, a column a region.
 *
 * `order_holds` says whether the regions come in the same order as under harmonised speeds and whole regions; empty where a region has no value.
 */
export function benchmarkTable(contexts: readonly RegionContext[]): ResultTable {
  const orders = new Map<string, string | null>();
  const rows = SPEED_MODELS.flatMap((speeds) =>
    DELINEATIONS.flatMap((delineation) => {
      const columns = contexts.map((context) => indicatorsUnder(context, speeds, delineation));
      return (columns[0] ?? []).map(({ group, measure, unit, how }, index): Cell[] => {
        const values = columns.map((own) => own[index]?.value ?? null);
        const order = rankOrder(values);
        const key = `${group}\n${measure}`;
        if (!orders.has(key)) orders.set(key, order);
        const first = orders.get(key) ?? null;
        return [group, measure, unit, speeds, delineation, ...values, order === null || first === null ? null : order === first, how];
      });
    }),
  );
  return {
    command: 'benchmark',
    parameters: { year: contexts[0]?.options.year ?? null, networks: contexts.map((context) => context.id).join(' ') },
    inputs: contexts.flatMap((context) => context.inputs.map(({ file, sha256 }) => ({ file: `${context.id}/${file}`, sha256 }))),
    columns: [
      column('group'),
      column('measure'),
      column('unit'),
      column('speeds'),
      column('delineation'),
      ...contexts.map((context) => mixedColumn(context.id, 4)),
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

function indicatorsUnder(context: RegionContext, speeds: SpeedModel, delineation: Delineation): readonly Indicator[] {
  if (delineation === 'whole') return indicatorsOf(context).get(speeds) ?? [];
  const input = benchmarkInputs(context).get(speeds);
  return input ? benchmark(redelineate(input, delineation)) : [];
}
