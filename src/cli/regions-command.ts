import type { Command } from 'commander';
import { describeNetwork } from '../analysis/checks/islands.ts';
import { describeGraph } from '../build/describe-graph.ts';
import { buildLinkGraph, joinByWalks } from '../build/link-graph.ts';
import { type Cell, column, mixedColumn, type ResultTable } from '../model/results.ts';
import { openRegion, regionFolder, shippedRegions } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';

export function registerRegions(program: Command): void {
  program
    .command('regions')
    .description('what is shipped')
    .option('--format <format>', 'table, json or csv', 'table')
    .option('--out <file>', 'write to a file instead of standard output')
    .addHelpText('after', '\nExample: corridor regions --format json')
    .action((flags: { format: string; out?: string }) => emit(formatTable(regionsTable(), flags.format), flags.out));
  withNetworkOptions(program.command('describe <network>'))
    .description('size of a network: nodes, links, density, degree, pieces')
    .addHelpText('after', '\nExample: corridor describe tokyo --mode rail --year 1990')
    .action((network: string, flags: NetworkFlags) => emit(formatTable(describeTable(network, flags), flags.format), flags.out));
}

function regionsTable(): ResultTable {
  const names = shippedRegions();
  const length = (links: readonly { status: string; lengthKilometres: number }[]) =>
    links.reduce((sum, link) => (link.status === 'open' ? sum + link.lengthKilometres : sum), 0);
  const rows = names.map((name): Cell[] => {
    const { manifest, zones, stations, roads, rail, services } = openRegion(name).region;
    const people = zones.reduce((sum, zone) => sum + zone.population, 0);
    return [name, manifest.name, zones.length, people / 1e6, length(roads), stations.length, length(rail), services.length];
  });
  const columns = [
    column('id'),
    column('name'),
    column('zones'),
    column('population', 'million', 1),
    column('road_km', 'km'),
    column('stations'),
    column('rail_km', 'km'),
    column('services'),
  ];
  return { command: 'regions', parameters: {}, inputs: [], columns, rows, notes: ['lengths of open links; rail line by line'] };
}

function describeTable(network: string, flags: NetworkFlags): ResultTable {
  const options = graphOptions(flags);
  const { region } = openRegion(network, flags.upgrade);
  const graph = buildLinkGraph(region, options);
  const { nodes, arcs, density, meanDegree, minutes, kilometres } = describeGraph(graph);
  if (options.mode !== 'road') joinByWalks(graph, region);
  const pieces = describeNetwork(graph);
  const rows: Cell[][] = [
    ['nodes', 'number', nodes],
    ['arcs', 'number, a two-way link is two', arcs],
    ['density', 'arcs over n (n − 1)', density],
    ['mean degree', 'arcs out of a node', meanDegree],
    ['quickest link', 'min', minutes[0]],
    ['slowest link', 'min', minutes[1]],
    ['shortest link', 'km', kilometres[0]],
    ['longest link', 'km', kilometres[1]],
    ['pieces', 'number, stations joined by walks', pieces.length],
    ['nodes of the largest piece', 'number', pieces[0]?.size ?? 0],
  ];
  const columns = [column('measure'), column('unit'), mixedColumn('value', 6)];
  const notes = ['links alone: no doors, boarding or connectors'];
  return {
    command: 'describe',
    parameters: parameters(options, flags.upgrade),
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns,
    rows,
    notes,
  };
}
