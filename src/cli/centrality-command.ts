import { basename } from 'node:path';
import type { Command } from 'commander';
import { type BetweennessQuestion, betweennessOf } from '../analysis/centrality/betweenness.ts';
import { straightnessInParallel } from '../analysis/centrality/centrality.ts';
import { CENTRALITY_MEASURES, chosenCentrality, parseCentralityMeasures } from '../analysis/centrality/chosen-centrality.ts';
import { DEFAULT_APPROXIMATION } from '../kernels/betweenness/approximate.ts';
import { UsageError } from '../model/errors.ts';
import type { Network } from '../model/network.ts';
import { type Cell, column } from '../model/results.ts';
import { fileHash, openLinks } from '../open/open-links.ts';
import { regionFolder } from '../open/open-network.ts';
import { withPool } from '../parallel/pool.ts';
import { closenessInParallel } from '../parallel/sums.ts';
import { readTripList } from '../read/trip-list.ts';
import {
  graphOptions,
  type NetworkFlags,
  nodingOptions,
  numberOption,
  parameters,
  threadsOption,
  wholeOption,
  withFileOptions,
  withNetworkOptions,
  withThreads,
} from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';
import { terminalProgress } from './progress.ts';

type CentralityFlags = NetworkFlags & {
  readonly measure?: string;
  readonly within?: string;
  readonly trips?: string;
  readonly epsilon?: string;
  readonly seed: string;
  readonly threads: string;
};

export function registerCentrality(program: Command): void {
  withThreads(withFileOptions(withNetworkOptions(program.command('centrality <network>'))))
    .description('degree, betweenness, closeness, harmonic, straightness, bridges and articulation points')
    .option('--measure <names>', `${CENTRALITY_MEASURES.join(', ')}; commas between; all by default`)
    .option('--within <minutes>', 'betweenness of ways up to so many minutes')
    .option('--trips <file>', 'betweenness of trips: CSV of from,to,trips between nodes')
    .option('--epsilon <share>', 'betweenness by sample, off by less than this share of all pairs; for very large networks')
    .option('--seed <number>', 'of the sample', String(DEFAULT_APPROXIMATION.seed))
    .addHelpText('after', '\nExample: corridor centrality tokyo --mode rail --format csv --out centrality.csv')
    .action((network: string, flags: CentralityFlags) => centralityCommand(network, flags));
}

async function centralityCommand(network: string, flags: CentralityFlags): Promise<void> {
  const options = graphOptions(flags);
  const threads = threadsOption(flags.threads);
  const opened = openLinks(network, options, nodingOptions(flags), flags.upgrade);
  const question = questionOf(opened.network, flags);
  const chosen = flags.measure === undefined ? CENTRALITY_MEASURES : parseCentralityMeasures(flags.measure);
  const progress = terminalProgress();
  const { metres } = opened;
  const { passed, near, straight } = await withPool(threads, async (pool) => ({
    passed: chosen.includes('betweenness') ? await betweennessOf(pool, opened.network, question, { progress }) : null,
    near:
      chosen.includes('closeness') || chosen.includes('harmonic') ? await closenessInParallel(pool, opened.network, { progress }) : null,
    straight: metres && chosen.includes('straightness') ? await straightnessInParallel(pool, metres, { progress }) : null,
  }));
  const ready = {
    ...(passed ? { betweenness: passed } : {}),
    ...(near ? { closeness: near } : {}),
    ...(straight ? { straightness: straight } : {}),
  };
  const rows = chosenCentrality(opened.network, metres, chosen, progress, ready);
  const first = flags.measure === undefined ? 'betweenness' : (chosen[0] ?? 'betweenness');
  const value = first === 'betweenness' ? column('value', passed?.unit, 8) : column('value', '', 8);
  // without --measure a row is value, degree, betweenness, closeness …; with it a column a measure where several are asked for
  const several = chosen.length > 1 ? chosen.map((name) => column(name, '', 8)) : [];
  const asked: Record<string, Cell> = {};
  if (flags.within !== undefined) asked.within = flags.within;
  if (flags.epsilon !== undefined) Object.assign(asked, { epsilon: flags.epsilon, seed: flags.seed });
  if (flags.trips !== undefined) asked.trips = basename(flags.trips);
  const table = {
    command: 'centrality',
    parameters: { ...parameters(options, flags.upgrade), ...asked },
    inputs: [...(opened.inputs.length > 0 ? opened.inputs : inputHashes(regionFolder(network), flags.upgrade)), ...tripInputs(flags.trips)],
    columns: [column('kind'), column('id'), value, ...several],
    rows: rows.map(({ kind, id, values }): Cell[] => [
      kind,
      id,
      values[chosen.indexOf(first)] ?? null,
      ...(several.length > 0 ? values : []),
    ]),
    notes: [
      `value is ${first}${chosen.length > 1 ? '; closeness and harmonic per minute; is_cut: articulation point or bridge' : ''}`,
      ...(passed?.notes ?? []),
      ...opened.notes,
    ],
  };
  emit(formatTable(table, flags.format), flags.out);
}

/** @throws UsageError for options that contradict each other; DataError for trips that do not fit the network */
function questionOf(network: Network, flags: CentralityFlags): BetweennessQuestion {
  if (flags.epsilon !== undefined && (flags.within !== undefined || flags.trips !== undefined)) {
    throw new UsageError('--epsilon samples ways of all pairs; expected it without --within and --trips');
  }
  return {
    withinMinutes: flags.within === undefined ? null : numberOption('--within', flags.within, 0, 60_000),
    trips: flags.trips === undefined ? null : readTripList(flags.trips, network.nodeIds),
    approximation:
      flags.epsilon === undefined
        ? null
        : {
            ...DEFAULT_APPROXIMATION,
            epsilon: numberOption('--epsilon', flags.epsilon, 1e-6, 0.5),
            seed: wholeOption('--seed', flags.seed, 0, 2 ** 31 - 1),
          },
  };
}

function tripInputs(file: string | undefined): { file: string; sha256: string }[] {
  return file === undefined ? [] : fileHash(file);
}
