import type { Command } from 'commander';
import { accessibility, opportunities, parseMeasure } from '../analysis/accessibility.ts';
import { gini, lorenzCurve, palma, theil, type Weighted } from '../analysis/equity.ts';
import { pairMinutes, type ZoneTimes, zoneTimes } from '../analysis/zone-times.ts';
import type { GraphOptions, Imputed } from '../build/graph-types.ts';
import { UsageError } from '../model/errors.ts';
import { type Cell, column } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { openNetwork, openRegion, regionFolder } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, parameters, withNetworkOptions, withThreads } from './network-options.ts';
import { isLinkFile, nodeAccessibilityCommand } from './node-accessibility-command.ts';
import { emit, formatTable, inputHashes } from './output.ts';

const OWN_ZONE = 'a zone reaches itself in 0 minutes: its own people and jobs count at once';

function timesOf(network: string, options: GraphOptions): { region: Region; times: ZoneTimes; imputed: readonly Imputed[] } {
  const { region } = openRegion(network);
  const { frozen, imputed } = openNetwork(region, options);
  return { region, times: zoneTimes(frozen, region.zones), imputed };
}

function imputedNotes(imputed: readonly Imputed[]): string[] {
  return imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`);
}

export function registerZoneCommands(program: Command): void {
  withNetworkOptions(program.command('matrix <network>'))
    .description('door-to-door minutes between all zones')
    .option('--from <ids>', 'zone ids, separated by commas')
    .option('--to <ids>', 'zone ids, separated by commas')
    .addHelpText('after', '\nExample: corridor matrix tokyo --mode rail --from 13101 --format csv')
    .action((network: string, flags: NetworkFlags & { from?: string; to?: string }) => matrix(network, flags));
  withThreads(withNetworkOptions(program.command('accessibility <network>')))
    .description('what each zone can reach; of a single file, what each node can reach')
    .option(
      '--measure <names>',
      'cumulative:MIN, gravity:exponential:B, gravity:power:A, dual:N, mean-time; commas between',
      'cumulative:60',
    )
    .option('--opportunity <name>', 'population, jobs, gdp or a zone figure', 'population')
    .addHelpText('after', '\nExample: corridor accessibility jing-jin-ji --measure cumulative:60,mean-time --mode rail')
    .action((network: string, flags: AccessFlags) => access(network, flags));
  withNetworkOptions(program.command('equity <network>'))
    .description('how unequally accessibility is shared')
    .option('--measure <name>', 'a measure of accessibility', 'cumulative:60')
    .option('--opportunity <name>', 'population, jobs, gdp or a zone figure', 'population')
    .addHelpText('after', '\nExample: corridor equity boston-washington --measure cumulative:90 --opportunity jobs')
    .action((network: string, flags: NetworkFlags & { measure: string; opportunity: string }) => equity(network, flags));
}

function chosen(region: Region, ids: string | undefined, option: string): number[] {
  if (ids === undefined) return region.zones.map((_zone, index) => index);
  return ids.split(',').map((id) => {
    const index = region.zones.findIndex((zone) => zone.id === id);
    if (index < 0) throw new UsageError(`${option} names zone "${id}"; expected an id of zones.geojson`);
    return index;
  });
}

function matrix(network: string, flags: NetworkFlags & { from?: string; to?: string }): void {
  const options = graphOptions(flags);
  const { region, times, imputed } = timesOf(network, options);
  const targets = chosen(region, flags.to, '--to');
  const rows = chosen(region, flags.from, '--from').flatMap((from) =>
    targets.map((to): Cell[] => [region.zones[from]?.id ?? '', region.zones[to]?.id ?? '', pairMinutes(times, from, to)]),
  );
  const columns = [column('from'), column('to'), column('minutes', 'min', 2)];
  const inputs = inputHashes(regionFolder(network));
  const notes = [OWN_ZONE, ...imputedNotes(imputed)];
  emit(formatTable({ command: 'matrix', parameters: parameters(options), inputs, columns, rows, notes }, flags.format), flags.out);
}

type AccessFlags = NetworkFlags & { measure: string; opportunity: string; threads: string };

async function access(network: string, flags: AccessFlags): Promise<void> {
  if (isLinkFile(network)) {
    await nodeAccessibilityCommand(network, flags);
    return;
  }
  const options = graphOptions(flags);
  const names = flags.measure.split(',');
  const measures = names.map(parseMeasure);
  const { region, times, imputed } = timesOf(network, options);
  const { values, missing } = opportunities(region.zones, flags.opportunity);
  const results = measures.map((measure) => accessibility(times, values, measure));
  const unit = (index: number) => (['dual', 'mean-time'].includes(measures[index]?.kind ?? '') ? 'min' : flags.opportunity);
  const one = names.length === 1;
  const columns = [column('id'), column('name'), ...names.map((name, index) => column(one ? 'value' : name, unit(index), 2))];
  const rows = region.zones.map((zone, index): Cell[] => [zone.id, zone.name, ...results.map((result) => result[index] ?? null)]);
  const notes = [OWN_ZONE, ...imputedNotes(imputed)];
  if (missing > 0) notes.push(`${missing} of ${region.zones.length} zones have no ${flags.opportunity} on record and count as none`);
  const table = {
    command: 'accessibility',
    parameters: { ...parameters(options), measure: flags.measure, opportunity: flags.opportunity },
    inputs: inputHashes(regionFolder(network)),
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
  const measure = parseMeasure(flags.measure);
  const { region, times, imputed } = timesOf(network, options);
  const { values } = opportunities(region.zones, flags.opportunity);
  const reached = accessibility(times, values, measure);
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
  const columns = [column('measure'), column('opportunity'), column('statistic'), column('value', '–', 6)];
  const table = {
    command: 'equity',
    parameters: { ...parameters(options), measure: flags.measure, opportunity: flags.opportunity },
    inputs: inputHashes(regionFolder(network)),
    columns,
    rows: statistics.map(([name, value]): Cell[] => [flags.measure, flags.opportunity, name, value]),
    notes: [OWN_ZONE, 'weighted by population; groups are admin1 units', ...imputedNotes(imputed)],
  };
  emit(formatTable(table, flags.format), flags.out);
}
