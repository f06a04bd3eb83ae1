import { cpus } from 'node:os';
import type { Command } from 'commander';
import type { BenchOptions, BenchRow } from '../bench/bench-row.ts';
import { growthChart } from '../bench/growth-chart.ts';
import { memoryTable } from '../bench/memory-bench.ts';
import { peersAbsent, peersFound } from '../bench/peers.ts';
import { BENCH_SUBJECTS, DEFAULT_SUBJECTS } from '../bench/subjects.ts';
import { UsageError } from '../model/errors.ts';
import { type Cell, column, mixedColumn, type ResultTable } from '../model/results.ts';
import { wholeOption } from './network-options.ts';
import { emit, formatTable, writeWhole } from './output.ts';

interface BenchFlags {
  readonly networks: string[];
  readonly runs: string;
  readonly seed: string;
  readonly threads: string;
  readonly clock: string;
  readonly chart?: string;
  readonly format: string;
  readonly out?: string;
}

const MEMORY = 'memory';
const MEMORY_NODES = 100_000;

export function registerBench(program: Command): void {
  program
    .command('bench [subjects...]')
    .description(
      `measured figures beside those of igraph, graph-tool and graphology: ${[...Object.keys(BENCH_SUBJECTS), MEMORY].join(', ')}`,
    )
    .option(
      '--networks <files...>',
      'TNTP nets, or edge lists (from,to,weight in milliseconds), to measure on; default a road-like network',
      [],
    )
    .option('--runs <number>', 'rounds; figures are medians over them', '5')
    .option('--seed <number>', 'of the road-like networks and of the origins drawn', '1')
    .option('--threads <number>', 'for subjects that take several', '1')
    .option('--clock <clock>', 'wall, or processor where others use the machine too', 'wall')
    .option('--chart <file.svg>', 'draw the subject growth as a chart')
    .option('--format <format>', 'table, json or csv', 'table')
    .option('--out <file>', 'write to a file instead of standard output')
    .addHelpText('after', '\nExample: corridor bench trees accessibility --networks ChicagoRegional_net.tntp --runs 5')
    .action((subjects: string[], flags: BenchFlags) => benchCommand(subjects, flags));
}

async function benchCommand(names: readonly string[], flags: BenchFlags): Promise<void> {
  const chosen = names.length > 0 ? names : DEFAULT_SUBJECTS;
  const options = {
    runs: wholeOption('--runs', flags.runs, 1, 1000),
    threads: wholeOption('--threads', flags.threads, 1, 1024),
    seed: wholeOption('--seed', flags.seed, 0, 2 ** 32 - 1),
    clock: clockOf(flags.clock),
    report: (line: string) => process.stderr.write(`${line}\n`),
  };
  if (chosen.includes(MEMORY)) {
    if (chosen.length > 1) throw new UsageError(`${MEMORY} has a table of its own; call corridor bench ${MEMORY} alone`);
    emit(formatTable(memoryTable(MEMORY_NODES, options.seed), flags.format), flags.out);
    return;
  }
  const rows: BenchRow[] = [];
  for (const name of chosen) {
    const subject = BENCH_SUBJECTS[name];
    if (!subject) throw new UsageError(`subject is "${name}"; expected ${[...Object.keys(BENCH_SUBJECTS), MEMORY].join(', ')}`);
    rows.push(...(await subject(flags.networks, options)));
  }
  if (flags.chart !== undefined) writeWhole(flags.chart, growthChart(rows));
  emit(formatTable(benchTable(rows, chosen, options), flags.format), flags.out);
}

function benchTable(rows: readonly BenchRow[], subjects: readonly string[], { report: _report, ...options }: BenchOptions): ResultTable {
  const columns = [
    column('task'),
    column('network'),
    column('nodes'),
    column('arcs'),
    column('who'),
    column('threads'),
    column('units'),
    column('runs'),
    { ...column('milliseconds', 'a unit', 5), isMixed: true },
    column('ratio', '', 2),
    mixedColumn('checksum', 3),
  ];
  return {
    command: 'bench',
    parameters: { subjects: subjects.join(','), ...options },
    inputs: [],
    columns,
    rows: rows.map((row): Cell[] => {
      const { task, network, nodes, arcs, who, threads, units, runs, medianSecondsPerUnit, checksum } = row;
      return [
        task,
        network,
        nodes,
        arcs,
        who,
        threads,
        units,
        runs,
        medianSecondsPerUnit * 1000,
        medianSecondsPerUnit / quickest(rows, row),
        checksum,
      ];
    }),
    notes: [
      `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}; milliseconds on the ${options.clock} clock, medians of ${options.runs} rounds in which all contenders of a task take turns`,
      ...peersAbsent(peersFound()).map((library) => `${library} is not on this machine and was left out (Debian: python3-${library})`),
      'ratio: to our quickest of the same task and network; equal checksums mean equal results',
    ],
  };
}

function clockOf(name: string): 'wall' | 'processor' {
  if (name === 'wall' || name === 'processor') return name;
  throw new UsageError(`--clock is "${name}"; expected wall or processor`);
}

function quickest(rows: readonly BenchRow[], { task, network }: BenchRow): number {
  const ours = rows.filter((row) => row.task === task && row.network === network && row.who.startsWith('corridor'));
  return Math.min(...ours.map((row) => row.medianSecondsPerUnit));
}
