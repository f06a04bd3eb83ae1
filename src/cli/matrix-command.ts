import type { Command } from 'commander';
import { pairMinutes, zoneTimesInParallel } from '../analysis/zone-times.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import { LimitError, UsageError } from '../model/errors.ts';
import { UNREACHED } from '../model/network.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import { isNetworkFile, openLinks } from '../open/open-links.ts';
import { openNetwork, openZonedRegion, regionFolder } from '../open/open-network.ts';
import { sliceNotes } from '../open/slice-notes.ts';
import { type Pool, withPool } from '../parallel/pool.ts';
import { timesInParallel } from '../parallel/times.ts';
import {
  graphOptions,
  type NetworkFlags,
  nodingOptions,
  parameters,
  threadsOption,
  withFileOptions,
  withNetworkOptions,
  withThreads,
} from './network-options.ts';
import { emit, formatTable, imputedNotes, inputHashes, OWN_ZONE } from './output.ts';

type MatrixFlags = NetworkFlags & { from?: string; to?: string; threads: string };

/** Rows of a matrix that fit comfortably in one answer. */
const MOST_PAIRS = 25_000_000;
const COLUMNS = [column('from'), column('to'), column('minutes', 'min', 2)];

export function registerMatrix(program: Command): void {
  withThreads(withFileOptions(withNetworkOptions(program.command('matrix <network>'))))
    .description('door-to-door minutes between zones; minutes between nodes of a single file')
    .option('--from <ids>', 'zone or node ids, separated by commas')
    .option('--to <ids>', 'zone or node ids, separated by commas')
    .addHelpText(
      'after',
      '\nExamples: corridor matrix tokyo --mode rail --from 13101 --format csv\n          corridor matrix edges.csv --from a,b --to c',
    )
    .action(async (network: string, flags: MatrixFlags) => {
      const options = graphOptions(flags);
      const matrix = isNetworkFile(network) ? nodeMatrix : zoneMatrix;
      const table = await withPool(threadsOption(flags.threads), (pool) => matrix(pool, network, flags, options));
      emit(formatTable(table, flags.format), flags.out);
    });
}

/** Positions of the ids that an option names, or of all. @throws UsageError naming every id that is unknown */
function chosen(known: readonly string[], ids: string | undefined, option: string, what: string): number[] {
  if (ids === undefined) return known.map((_id, index) => index);
  const positionOf = new Map(known.map((id, index) => [id, index]));
  const wanted = ids.split(',');
  const strangers = wanted.filter((id) => !positionOf.has(id));
  if (strangers.length > 0) throw new UsageError(`${option} names ${strangers.map((id) => `"${id}"`).join(', ')}; expected ${what}`);
  return wanted.map((id) => positionOf.get(id) ?? 0);
}

async function zoneMatrix(pool: Pool, network: string, flags: MatrixFlags, options: GraphOptions): Promise<ResultTable> {
  const { region } = openZonedRegion(network, flags.upgrade);
  const ids = region.zones.map((zone) => zone.id);
  const origins = chosen(ids, flags.from, '--from', 'ids of zones.geojson');
  const targets = chosen(ids, flags.to, '--to', 'ids of zones.geojson');
  const { frozen, imputed } = openNetwork(region, options);
  const times = await zoneTimesInParallel(pool, frozen, region.zones);
  const rows = origins.flatMap((from) => targets.map((to): Cell[] => [ids[from] ?? '', ids[to] ?? '', pairMinutes(times, from, to)]));
  const inputs = inputHashes(regionFolder(network), flags.upgrade);
  return {
    command: 'matrix',
    parameters: parameters(options, flags.upgrade),
    inputs,
    columns: COLUMNS,
    rows,
    notes: [OWN_ZONE, ...sliceNotes(region, options), ...imputedNotes(imputed)],
  };
}

async function nodeMatrix(pool: Pool, path: string, flags: MatrixFlags, options: GraphOptions): Promise<ResultTable> {
  const { network, inputs, notes } = openLinks(path, options, nodingOptions(flags), flags.upgrade);
  const origins = chosen(network.nodeIds, flags.from, '--from', 'node ids of the file');
  const targets = chosen(network.nodeIds, flags.to, '--to', 'node ids of the file');
  if (origins.length * targets.length > MOST_PAIRS) {
    throw new LimitError(`${origins.length} × ${targets.length} pairs are over ${MOST_PAIRS}; name fewer with --from and --to`);
  }
  const times = await timesInParallel(pool, network, Uint32Array.from(origins), Uint32Array.from(targets));
  const rows = origins.flatMap((from, row) =>
    targets.map((to, position): Cell[] => {
      const time = times[row * targets.length + position] ?? UNREACHED;
      return [network.nodeIds[from] ?? '', network.nodeIds[to] ?? '', time === UNREACHED ? null : time / MILLISECONDS_PER_MINUTE];
    }),
  );
  return { command: 'matrix', parameters: parameters(options, flags.upgrade), inputs, columns: COLUMNS, rows, notes };
}
