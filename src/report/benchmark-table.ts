import { benchmark, type Indicator } from '../analysis/benchmark.ts';
import { buildLinkGraph } from '../build/link-graph.ts';
import type { SpeedModel } from '../build/road-speeds.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { perRegion, type RegionContext } from './context.ts';

const SPEED_MODELS: readonly SpeedModel[] = ['harmonised', 'as-given'];

/** Indicators of a region on both speed models, in a fixed order. Cost: twelve sets of times, shared with the rest of a report. */
export const indicatorsOf = perRegion((context): ReadonlyMap<SpeedModel, readonly Indicator[]> => {
  const { region } = context;
  const { year } = context.options;
  return new Map(
    SPEED_MODELS.map((speeds) => {
      const times = {
        road: context.times('road', speeds),
        rail: context.times('rail', speeds),
        multimodal: context.times('multimodal', speeds),
      };
      const borderTimes = {
        road: context.borderTimes('road', speeds),
        rail: context.borderTimes('rail', speeds),
        multimodal: context.borderTimes('multimodal', speeds),
      };
      const graphs = {
        road: buildLinkGraph(region, { mode: 'road', year, speeds }),
        rail: buildLinkGraph(region, { mode: 'rail', year, speeds }),
      };
      return [speeds, benchmark({ region, times, borderTimes, graphs })] as const;
    }),
  );
});

/** The same measures side by side, a column a region, on harmonised and as-given speeds. */
export function benchmarkTable(contexts: readonly RegionContext[]): ResultTable {
  const rows: Cell[][] = [];
  for (const speeds of SPEED_MODELS) {
    const columns = contexts.map((context) => indicatorsOf(context).get(speeds) ?? []);
    columns[0]?.forEach((row, index) => {
      const values = columns.map((own) => own[index]?.value ?? null);
      rows.push([row.group, row.measure, row.unit, speeds, ...values, row.how]);
    });
  }
  return {
    command: 'benchmark',
    parameters: { year: contexts[0]?.options.year ?? null, networks: contexts.map((context) => context.id).join(' ') },
    inputs: contexts.flatMap((context) => context.inputs.map(({ file, sha256 }) => ({ file: `${context.id}/${file}`, sha256 }))),
    columns: [
      column('group'),
      column('measure'),
      column('unit'),
      column('speeds'),
      ...contexts.map((context) => column(context.id, '', 4)),
      column('how'),
    ],
    rows,
    notes: [
      'compare regions on harmonised speeds: the as-given ones were written by different hands',
      'a zone reaches itself in 0 minutes',
    ],
  };
}
