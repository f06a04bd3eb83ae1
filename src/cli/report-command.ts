import { join } from 'node:path';
import type { Command } from 'commander';
import type { GraphOptions } from '../build/graph-types.ts';
import { DataError, UsageError } from '../model/errors.ts';
import type { Region } from '../model/tables.ts';
import { openBacktest, type StoredBacktest } from '../open/open-backtest.ts';
import { openZonedRegion, regionFolder, shippedRegions } from '../open/open-network.ts';
import { openUpgrades, shippedUpgrades, upgradeNames } from '../open/upgrades.ts';
import { readHistory } from '../read/history.ts';
import { benchmarkTable } from '../report/benchmark-table.ts';
import { type RegionBeside, type RegionContext, regionContexts } from '../report/context.ts';
import { renderReport } from '../report/page.ts';
import { CHAPTER, SHORT_CHAPTER } from '../report/sections/list.ts';
import { toCsv } from '../write/result-table.ts';
import { tableFeatures } from '../write/table-features.ts';
import { graphOptions, type NetworkFlags, withNetworkOptions, withSliceOptions } from './network-options.ts';
import { emit, formatTable, inputHashes, writeWhole } from './output.ts';
import { commuteFile, observedTrips } from './region-trips.ts';

export function registerReport(program: Command): void {
  withNetworkOptions(program.command('benchmark [networks...]'))
    .description('the same measures side by side; harmonised and as-given speeds')
    .addHelpText('after', '\nExample: corridor benchmark jing-jin-ji tokyo boston-washington --format csv')
    .action((networks: string[], flags: NetworkFlags) => {
      const options = { ...graphOptions(flags), speeds: 'harmonised' as const };
      emit(formatTable(benchmarkTable(contexts(networks, options, flags.upgrade)), flags.format), flags.out);
    });
  withSliceOptions(program.command('report [networks...]'), 'harmonised')
    .description('everything as one page, with CSV tables and GeoJSON beside it')
    .option('--out <folder>', 'where to write', 'report')
    .option('--full', 'with every shipped upgrade and the growth through time: about three times the work')
    .addHelpText(
      'after',
      '\nExamples: corridor report jing-jin-ji tokyo --mode rail --out report\n          corridor report jing-jin-ji --full',
    )
    .action((networks: string[], flags: NetworkFlags & { out: string; full?: boolean }) =>
      report(peopled(contexts(networks, graphOptions(flags), flags.upgrade)), flags.out, flags.full ? CHAPTER : SHORT_CHAPTER),
    );
}

/** The regions, for a page that is about people. @throws UsageError where a region has none on record */
function peopled(regions: readonly RegionContext[]): readonly RegionContext[] {
  for (const { id, region } of regions) {
    if (region.zones.some(({ population }) => population > 0)) continue;
    throw new UsageError(`${id} counts nobody; expected people in its zones: corridor import zones FILE --population COLUMN adds them`);
  }
  return regions;
}

/** Regions by name or folder, all shipped ones where none is named. */
function contexts(networks: readonly string[], options: GraphOptions, upgrade?: string): readonly RegionContext[] {
  const named = networks.length > 0 ? networks : shippedRegions();
  const backtest = openBacktest();
  const opened = named.map((network) => {
    const folder = regionFolder(network);
    const { region, problems } = openZonedRegion(network, upgrade);
    const shipped = shippedUpgrades(folder);
    return {
      region,
      problems,
      inputs: inputHashes(folder, [...new Set([...upgradeNames(upgrade), ...shipped])].join(',')),
      beside: besideOf(folder, region, shipped, backtest),
    };
  });
  return regionContexts(opened, options, upgrade ?? null);
}

/** @throws DataError with every fault of upgrades, history.csv and commute_flows.csv */
function besideOf(folder: string, region: Region, shipped: readonly string[], backtest: StoredBacktest | null): RegionBeside {
  const { figures, problems } = readHistory(folder);
  if (problems.length > 0) throw new DataError(problems);
  const file = commuteFile(folder);
  return {
    upgrades: openUpgrades(folder, region, shipped).upgrades,
    history: figures,
    commuters: file === null ? null : observedTrips(file, region.zones),
    backtest,
  };
}

function report(regions: readonly RegionContext[], out: string, chapter: typeof CHAPTER): void {
  const { html, tables } = renderReport(regions, chapter);
  for (const { file, table, geometries } of tables) {
    writeWhole(join(out, 'tables', `${file}.csv`), toCsv(table));
    if (geometries) writeWhole(join(out, 'geojson', `${file}.geojson`), tableFeatures(table, geometries));
  }
  writeWhole(join(out, 'index.html'), html);
  const size = `${(Buffer.byteLength(html) / 1e6).toFixed(1)} MB`;
  process.stdout.write(`${join(out, 'index.html')} (${size}), ${tables.length} tables as CSV and GeoJSON beside it\n`);
}
