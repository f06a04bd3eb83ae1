import { join } from 'node:path';
import type { Command } from 'commander';
import { benchmark, type Indicator, withoutAssumedNeighbours } from '../analysis/benchmark.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import type { Mode } from '../build/graph-types.ts';
import { buildLinkGraph } from '../build/link-graph.ts';
import type { SpeedModel } from '../build/road-speeds.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { openNetwork, openRegion, regionFolder, shippedRegions } from '../open/open-network.ts';
import { renderReport } from '../report/page.ts';
import { analyseRegion } from '../report/region-report.ts';
import { toCsv } from '../write/result-table.ts';
import { graphOptions, type NetworkFlags, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes, writeWhole } from './output.ts';

export function registerReport(program: Command): void {
  withNetworkOptions(program.command('benchmark [networks...]'))
    .description('the same measures side by side; harmonised and as-given speeds')
    .addHelpText('after', '\nExample: corridor benchmark jing-jin-ji tokyo boston-washington --format csv')
    .action((networks: string[], flags: NetworkFlags) => {
      const table = benchmarkTable(networks.length > 0 ? networks : shippedRegions(), graphOptions(flags).year, flags.upgrade);
      emit(formatTable(table, flags.format), flags.out);
    });
  program
    .command('report [networks...]')
    .description('everything as one page, with CSV tables beside it')
    .option('--out <folder>', 'where to write', 'report')
    .addHelpText('after', '\nExample: corridor report jing-jin-ji --out report')
    .action((networks: string[], flags: { out: string }) => report(networks.length > 0 ? networks : shippedRegions(), flags.out));
}

function indicators(region: Region, speeds: SpeedModel, year: number | null): Indicator[] {
  const timesOf = (own: Region) => {
    const times = (mode: Mode) => zoneTimes(openNetwork(own, { mode, year, speeds }).frozen, own.zones);
    return { road: times('road'), rail: times('rail'), multimodal: times('multimodal') };
  };
  const graph = (mode: Mode) => buildLinkGraph(region, { mode, year, speeds });
  return benchmark({
    region,
    times: timesOf(region),
    borderTimes: timesOf(withoutAssumedNeighbours(region)),
    graphs: { road: graph('road'), rail: graph('rail') },
  });
}

function benchmarkTable(networks: readonly string[], year: number | null, upgrade?: string): ResultTable {
  const regions = networks.map((network) => openRegion(network, upgrade).region);
  const rows: Cell[][] = [];
  for (const speeds of ['harmonised', 'as-given'] as const) {
    const columns = regions.map((region) => indicators(region, speeds, year));
    columns[0]?.forEach((row, index) => {
      const values = columns.map((column) => column[index]?.value ?? null);
      rows.push([row.group, row.measure, row.unit, speeds, ...values, row.how]);
    });
  }
  return {
    command: 'benchmark',
    parameters: { year, networks: networks.join(' '), ...(upgrade === undefined ? {} : { upgrade }) },
    inputs: networks.flatMap((network) =>
      inputHashes(regionFolder(network), upgrade).map(({ file, sha256 }) => ({ file: `${network}/${file}`, sha256 })),
    ),
    columns: [
      column('group'),
      column('measure'),
      column('unit'),
      column('speeds'),
      ...regions.map((region) => column(region.manifest.id, '', 4)),
      column('how'),
    ],
    rows,
    notes: [
      'compare regions on harmonised speeds: the as-given ones were written by different hands',
      'a zone reaches itself in 0 minutes',
    ],
  };
}

function report(networks: readonly string[], out: string): void {
  const regions = networks.map((network) => {
    const { region } = openRegion(network);
    if (process.stderr.isTTY) process.stderr.write(`${region.manifest.name} …\n`);
    const analysed = analyseRegion(region);
    for (const [name, table] of analysed.tables) writeWhole(join(out, 'tables', `${region.manifest.id}-${name}.csv`), toCsv(table));
    for (const [name, text] of analysed.geojson) writeWhole(join(out, 'geojson', `${region.manifest.id}-${name}.geojson`), text);
    return analysed;
  });
  const table = benchmarkTable(networks, null);
  writeWhole(join(out, 'tables', 'benchmark.csv'), toCsv(table));
  const page = renderReport(regions, table);
  writeWhole(join(out, 'index.html'), page);
  process.stdout.write(`${join(out, 'index.html')} (${(page.length / 1e6).toFixed(1)} MB), tables and GeoJSON beside it\n`);
}
