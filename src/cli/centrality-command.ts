import type { Command } from 'commander';
import { type CentralityRow, centrality } from '../analysis/centrality.ts';
import { type Cell, column } from '../model/results.ts';
import { openLinks } from '../open/open-links.ts';
import { regionFolder } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, nodingOptions, parameters, withFileOptions, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';

export function registerCentrality(program: Command): void {
  withFileOptions(withNetworkOptions(program.command('centrality <network>')))
    .description('degree, betweenness, closeness, harmonic, straightness, bridges and articulation points')
    .addHelpText('after', '\nExample: corridor centrality tokyo --mode rail --format csv --out centrality.csv')
    .action((network: string, flags: NetworkFlags) => centralityCommand(network, flags));
}

function centralityCommand(network: string, flags: NetworkFlags): void {
  const options = graphOptions(flags);
  const opened = openLinks(network, options, nodingOptions(flags), flags.upgrade);
  const rows = centrality(opened.network, opened.metres);
  const names = ['degree', 'betweenness', 'closeness', 'harmonic', 'straightness'] as const;
  const columns = [
    column('kind'),
    column('id'),
    column('value', 'share of pairs', 8),
    ...names.map((name) => column(name, '', 8)),
    column('is_cut'),
  ];
  const table = {
    command: 'centrality',
    parameters: parameters(options, flags.upgrade),
    inputs: opened.inputs.length > 0 ? opened.inputs : inputHashes(regionFolder(network), flags.upgrade),
    columns,
    rows: rows.map((row: CentralityRow): Cell[] => [row.kind, row.id, row.betweenness, ...names.map((name) => row[name]), row.isCut]),
    notes: ['value is betweenness; closeness and harmonic per minute; is_cut: articulation point or bridge', ...opened.notes],
  };
  emit(formatTable(table, flags.format), flags.out);
}
