import { type BenchmarkInput, benchmark, type Indicator } from '../analysis/benchmark.ts';
import { benchmarkTable } from '../analysis/benchmark-table.ts';
import type { SpeedModel } from '../build/road-speeds.ts';
import type { ResultTable } from '../model/results.ts';
import { perRegion, type RegionContext } from './context.ts';

/** What a region's indicators are worked out from, out of times that the rest of the report shares. */
function inputOf(context: RegionContext, speeds: SpeedModel): BenchmarkInput {
  const { region } = context;
  const byMode = (times: RegionContext['times']) => ({
    road: times('road', speeds),
    rail: times('rail', speeds),
    multimodal: times('multimodal', speeds),
  });
  return {
    region,
    options: { year: context.options.year, speeds },
    areaSquareKilometres: region.manifest.areaSquareKilometres,
    times: byMode(context.times),
    borderTimes: byMode(context.borderTimes),
  };
}

/** Indicators of a whole region on both speed models, in a fixed order. */
export const indicatorsOf = perRegion(
  (context): Readonly<Record<SpeedModel, readonly Indicator[]>> => ({
    harmonised: benchmark(inputOf(context, 'harmonised')),
    'as-given': benchmark(inputOf(context, 'as-given')),
  }),
);

/** The table of the benchmark command for the regions of a report. */
export function reportBenchmark(contexts: readonly RegionContext[]): ResultTable {
  const regions = contexts.map((context) => ({ id: context.id, input: (speeds: SpeedModel) => inputOf(context, speeds) }));
  return benchmarkTable(regions, {
    parameters: { year: contexts[0]?.options.year ?? null, networks: contexts.map((context) => context.id).join(' ') },
    inputs: contexts.flatMap((context) => context.inputs.map(({ file, sha256 }) => ({ file: `${context.id}/${file}`, sha256 }))),
  });
}
