import type { Command } from 'commander';
import { benchmarkInput } from '../analysis/benchmark.ts';
import { benchmarkTable } from '../analysis/benchmark-table.ts';
import { openRegion, regionFolder, shippedRegions } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';
import { terminalProgress } from './progress.ts';

export function registerBenchmark(program: Command): void {
  withNetworkOptions(program.command('benchmark [networks...]'))
    .description(
      'the same measures side by side: harmonised and as-given speeds, three delineations, and whether the order of regions holds',
    )
    .addHelpText('after', '\nExample: corridor benchmark jing-jin-ji tokyo boston-washington --format csv')
    .action((networks: string[], flags: NetworkFlags) => benchmarkCommand(networks.length > 0 ? networks : shippedRegions(), flags));
}

function benchmarkCommand(networks: readonly string[], flags: NetworkFlags): void {
  const { year } = graphOptions(flags);
  const regions = networks.map((network) => {
    const { region } = openRegion(network);
    return { id: region.manifest.id, input: (speeds: 'harmonised' | 'as-given') => benchmarkInput(region, { year, speeds }) };
  });
  const inputs = networks.flatMap((network) =>
    inputHashes(regionFolder(network)).map(({ file, sha256 }) => ({ file: `${network}/${file}`, sha256 })),
  );
  const table = benchmarkTable(regions, { parameters: { year, networks: networks.join(' ') }, inputs }, terminalProgress());
  emit(formatTable(table, flags.format), flags.out);
}
