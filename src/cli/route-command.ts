import type { Command } from 'commander';
import type { NodeAttributes } from '../build/graph-types.ts';
import { type Leg, quickestRoute } from '../build/route.ts';
import { UsageError } from '../model/errors.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { openNetwork, openZonedRegion, regionFolder } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, imputedNotes, inputHashes } from './output.ts';

type RouteFlags = NetworkFlags & { from: string; to: string };

export function registerRoute(program: Command): void {
  withNetworkOptions(program.command('route <network>'))
    .description('the quickest way between two zones, leg by leg: what a figure of the matrix is made of')
    .requiredOption('--from <zone>', 'zone id')
    .requiredOption('--to <zone>', 'zone id')
    .addHelpText('after', '\nExample: corridor route jing-jin-ji --from 110101 --to 130202')
    .action((network: string, flags: RouteFlags) => emit(formatTable(routeTable(network, flags), flags.format), flags.out));
}

function routeTable(network: string, flags: RouteFlags): ResultTable {
  const options = graphOptions(flags);
  const { region } = openZonedRegion(network, flags.upgrade);
  for (const [option, id] of [['--from', flags.from] as const, ['--to', flags.to] as const]) {
    if (!region.zones.some((zone) => zone.id === id)) throw new UsageError(`${option} is "${id}"; expected an id of zones.geojson`);
  }
  const { graph, imputed } = openNetwork(region, options);
  const legs = quickestRoute(graph, `zone-origin/${flags.from}`, `zone-destination/${flags.to}`) ?? [];
  const nameOf = placeNames(region);
  const wayOf = wayNames(region);
  const rows = legs.map((leg, index): Cell[] => [
    index + 1,
    WORDS[leg.kind],
    wayOf(leg),
    nameOf(leg.from),
    nameOf(leg.to),
    leg.minutes,
    leg.lengthKilometres,
  ]);
  const sum = (part: (leg: Leg) => number) => legs.reduce((total, leg) => total + part(leg), 0);
  if (legs.length > 0) rows.push([null, 'whole trip', '', '', '', sum((leg) => leg.minutes), sum((leg) => leg.lengthKilometres)]);
  return {
    command: 'route',
    parameters: { ...parameters(options, flags.upgrade), from: flags.from, to: flags.to },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns: [
      column('leg'),
      column('kind'),
      column('way'),
      column('from'),
      column('to'),
      column('minutes', 'min', 2),
      column('length_km', 'km', 2),
    ],
    rows,
    notes: [...(legs.length === 0 ? ['there is no way between them in this mode'] : []), ...imputedNotes(imputed)],
  };
}

const WORDS: Readonly<Record<Leg['kind'], string>> = {
  access: 'local road',
  road: 'drive',
  board: 'board and wait',
  ride: 'ride',
  walk: 'walk',
  alight: 'get off',
};

function placeNames(region: Region): (node: NodeAttributes) => string {
  const names = new Map([...region.zones, ...region.stations, ...region.junctions].map(({ id, name }) => [id, name]));
  return ({ place }) => names.get(place) || place;
}

/** Names of the lines or routes of a leg in order, each once in a row. */
function wayNames(region: Region): (leg: Leg) => string {
  const names = new Map<string, string>();
  for (const { id, lineName, line } of region.rail) names.set(id, lineName || line);
  for (const { id, name, route } of region.roads) names.set(id, route || name);
  const services = new Map(region.services.map(({ id, name }) => [id, name]));
  const nameOf = (link: string) => names.get(link) ?? services.get(link.replace(/^service:(.*):\d+$/, '$1')) ?? link;
  return ({ links }) => {
    const ways = links.map(nameOf);
    return ways.filter((way, index) => way !== ways[index - 1]).join(', ');
  };
}
