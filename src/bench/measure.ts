import type { BenchOptions, BenchRow } from './bench-row.ts';

/** Somebody who does a task: `run` takes its own time, or is timed from outside where it gives none. */
export interface Contender {
  readonly who: string;
  /** trees, origins or builds that one run does */
  readonly units: number;
  readonly threads?: number;
  readonly run: () => Promise<ContenderRun> | ContenderRun;
}

export interface ContenderRun {
  readonly seconds?: number;
  readonly checksum: number | null;
}

/**
 * Time contenders on one task in turn: every round runs each once, so that whatever else the machine does hits all alike. A round before the
 * first is not counted where `warm` is set.
 */
export async function measure(
  task: Pick<BenchRow, 'task' | 'network' | 'nodes' | 'arcs'>,
  contenders: readonly Contender[],
  { runs, clock, report }: Pick<BenchOptions, 'runs' | 'clock' | 'report'>,
  warm = true,
): Promise<BenchRow[]> {
  const seconds: number[][] = contenders.map(() => []);
  const checksums: (number | null)[] = contenders.map(() => null);
  for (let round = warm ? -1 : 0; round < runs; round++) {
    for (const [index, contender] of contenders.entries()) {
      const elapsed = stopwatch(clock);
      const result = await contender.run();
      const taken = result.seconds ?? elapsed();
      if (round >= 0) seconds[index]?.push(taken);
      checksums[index] = result.checksum;
      const on = contender.threads === undefined ? '' : ` on ${contender.threads} threads`;
      const turn = round < 0 ? 'to warm up' : `round ${round + 1} of ${runs}`;
      report?.(`${task.task}, ${task.network}: ${turn}, ${contender.who}${on}, ${(taken * 1000).toPrecision(3)} ms`);
    }
  }
  return contenders.map(({ who, units, threads = 1 }, index) => {
    const medianSecondsPerUnit = median(seconds[index] ?? []) / units;
    return { ...task, who, threads, units, runs, medianSecondsPerUnit, checksum: checksums[index] ?? null };
  });
}

/** Seconds from now on: on the wall, or of the processor over all threads of this process. */
export function stopwatch(clock: BenchOptions['clock']): () => number {
  if (clock !== 'processor') {
    const start = performance.now();
    return () => (performance.now() - start) / 1000;
  }
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
