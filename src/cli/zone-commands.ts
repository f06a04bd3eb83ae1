import type { Command } from 'commander';
import { accessibility, opportunities, opportunityNotes, parseMeasure, parseMeasures } from '../analysis/accessibility/accessibility.ts';
import { gini, lorenzCurve, palma, theil, type Weighted } from '../analysis/accessibility/equity.ts';
import { type ZoneTimes, zoneTimes, zoneTimesInParallel } from '../analysis/zone-times.ts';
import type { GraphOptions, Imputed } from '../build/graph-types.ts';
import { type Cell, column } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { isNetworkFile } from '../open/open-links.ts';
import { openNetwork, openZonedRegion, regionFolder } from '../open/open-network.ts';
import { sliceNotes } from '../open/slice-notes.ts';
import { withPool } from '../parallel/pool.ts';
import {
  graphOptions,
  type NetworkFlags,
  parameters,
  threadsOption,
  withFileOptions,
  withNetworkOptions,
  withThreads,
} from './network-options.ts';
import { nodeAccessibilityCommand } from './node-accessibility-command.ts';
import { emit, formatTable, imputedNotes, inputHashes, OWN_ZONE } from './output.ts';

function timesOf(
  network: string,
  options: GraphOptions,
  upgrade?: string,
): { region: Region; times: ZoneTimes; imputed: readonly Imputed[] } {
  const { region } = openZonedRegion(network, upgrade);
  const { frozen, imputed } = openNetwork(region, options);
  return { region, times: zoneTimes(frozen, region.zones), imputed };
}

export function registerZoneCommands(program: Command): void {
  withThreads(withFileOptions(withNetworkOptions(program.command('accessibility <network>'))))
    .description('what each zone can reach; of a single file, what each node can reach')
    .option(
      '--measure <names>',
      'cumulative:MIN, gravity:exponential:B, gravity:power:A, dual:N, mean-time; commas between',
      'cumulative:60',
    )
    .option('--opportunity <name>', 'population, jobs, gdp, a zone figure, or zones (each counts 1)', 'population')
    .addHelpText('after', '\nExample: corridor accessibility jing-jin-ji --measure cumulative:60,mean-time --mode rail')
    .action((network: string, flags: AccessFlags) => access(network, flags));
  withNetworkOptions(program.command('equity <network>'))
    .description('how unequally accessibility is shared')
    .option('--measure <name>', 'a measure of accessibility', 'cumulative:60')
    .option('--opportunity <name>', 'population, jobs, gdp or a zone figure', 'population')
    .addHelpText('after', '\nExample: corridor equity boston-washington --measure cumulative:90 --opportunity jobs')
    .action((network: string, flags: NetworkFlags & { measure: string; opportunity: string }) => equity(network, flags));
}

type AccessFlags = NetworkFlags & { measure: string; opportunity: string; threads: string };

async function access(network: string, flags: AccessFlags): Promise<void> {
  if (isNetworkFile(network)) {
    await nodeAccessibilityCommand(network, flags);
    return;
  }
  const options = graphOptions(flags);
  const { names, measures } = parseMeasures(flags.measure);
  const { region } = openZonedRegion(network, flags.upgrade);
  const { frozen, imputed } = openNetwork(region, options);
  const times = await withPool(threadsOption(flags.threads), (pool) => zoneTimesInParallel(pool, frozen, region.zones));
  const found = opportunities(region.zones, flags.opportunity);
  const results = measures.map((measure) => accessibility(times, found.values, measure));
  const counted = found.standIn ?? flags.opportunity;
  const unit = (index: number) => (['dual', 'mean-time'].includes(measures[index]?.kind ?? '') ? 'min' : counted);
  const one = names.length === 1;
  const columns = [column('id'), column('name'), ...names.map((name, index) => column(one ? 'value' : name, unit(index), 2))];
  const rows = region.zones.map((zone, index): Cell[] => [zone.id, zone.name, ...results.map((result) => result[index] ?? null)]);
  const notes = [
    OWN_ZONE,
    ...sliceNotes(region, options),
    ...imputedNotes(imputed),
    ...opportunityNotes(region.zones, flags.opportunity, found),
  ];
  const table = {
    command: 'accessibility',
    parameters: { ...parameters(options, flags.upgrade), measure: flags.measure, opportunity: flags.opportunity },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns,
    rows,
    notes,
  };
  if (flags.format !== 'geojson') {
    emit(formatTable(table, flags.format), flags.out);
    return;
  }
  const features = region.zones.map((zone, index) => ({
    type: 'Feature',
    id: zone.id,
    geometry: { type: 'Point', coordinates: [zone.longitude, zone.latitude] },
    properties: Object.fromEntries(columns.map(({ name }, position) => [name, rows[index]?.[position] ?? null])),
  }));
  emit(`${JSON.stringify({ type: 'FeatureCollection', features })}\n`, flags.out);
}

function equity(network: string, flags: NetworkFlags & { measure: string; opportunity: string }): void {
  const options = graphOptions(flags);
  const measure = parseMeasure(flags.measure.trim());
  const { region, times, imputed } = timesOf(network, options, flags.upgrade);
  opportunities(region.zones, 'population');
  const found = opportunities(region.zones, flags.opportunity);
  const reached = accessibility(times, found.values, measure);
  const rows: Weighted[] = region.zones.flatMap((zone, index) => {
    const value = reached[index] ?? null;
    return value === null ? [] : [{ value, weight: zone.population, group: zone.admin1 }];
  });
  const split = theil(rows);
  const statistics: [string, number | null][] = [
    ['gini', gini(rows)],
    ['theil', split.total],
    ['theil_between', split.between],
    ['theil_within', split.within],
    ['palma', palma(rows)],
    ...lorenzCurve(rows)
      .filter((_point, index, all) => index % Math.ceil(all.length / 20) === 0 || index === all.length - 1)
      .map(([x, y]): [string, number] => [`lorenz:${x.toFixed(4)}`, y]),
  ];
  const columns = [column('measure'), column('opportunity'), column('statistic'), { ...column('value', '–', 6), isMixed: true }];
  const table = {
    command: 'equity',
    parameters: { ...parameters(options, flags.upgrade), measure: flags.measure, opportunity: flags.opportunity },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns,
    rows: statistics.map(([name, value]): Cell[] => [flags.measure, flags.opportunity, name, value]),
    notes: [
      OWN_ZONE,
      'weighted by population; groups are admin1 units',
      ...sliceNotes(region, options),
      ...imputedNotes(imputed),
      ...opportunityNotes(region.zones, flags.opportunity, found),
    ],
  };
  emit(formatTable(table, flags.format), flags.out);
}
