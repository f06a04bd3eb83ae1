import { parseMeasures } from '../analysis/accessibility/accessibility.ts';
import { nodeAccessibilityInParallel } from '../analysis/accessibility/node-accessibility.ts';
import { UsageError } from '../model/errors.ts';
import { type Cell, column } from '../model/results.ts';
import { openLinks } from '../open/open-links.ts';
import { withPool } from '../parallel/pool.ts';
import { graphOptions, type NetworkFlags, nodingOptions, parameters, threadsOption } from './network-options.ts';
import { emit, formatTable } from './output.ts';
import { terminalProgress } from './progress.ts';

/** `corridor accessibility` of a GeoJSON file or an edge list: per node, each node one opportunity. */
export async function nodeAccessibilityCommand(
  network: string,
  flags: NetworkFlags & { measure: string; opportunity: string; threads: string },
): Promise<void> {
  const options = graphOptions(flags);
  const { names, measures } = parseMeasures(flags.measure);
  if (!['population', 'nodes'].includes(flags.opportunity)) {
    throw new UsageError(`--opportunity is "${flags.opportunity}"; expected nodes: a single file has no zones with figures`);
  }
  const opened = openLinks(network, options, nodingOptions(flags), flags.upgrade);
  const progress = terminalProgress();
  const results = await withPool(threadsOption(flags.threads), (pool) =>
    nodeAccessibilityInParallel(pool, opened.network, measures, { progress }),
  );
  const unit = (index: number) => (measures[index]?.kind === 'mean-time' ? 'min' : 'nodes');
  const columns = [
    column('id'),
    column('name'),
    ...names.map((name, index) => column(names.length === 1 ? 'value' : name, unit(index), 4)),
  ];
  const rows = opened.network.nodeIds.map((id, node): Cell[] => [id, '', ...results.map((result) => result[node] ?? null)]);
  const table = {
    command: 'accessibility',
    parameters: { ...parameters(options, flags.upgrade), measure: flags.measure, opportunity: 'nodes' },
    inputs: opened.inputs,
    columns,
    rows,
    notes: ['per node; every node counts as one opportunity, itself included at 0 minutes', ...opened.notes],
  };
  emit(formatTable(table, flags.format), flags.out);
}
