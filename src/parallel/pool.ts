import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Progress, SILENT } from '../model/progress.ts';
import { type JobName, type JobOutput, type JobPart, type JobShared, startJob } from './jobs.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { unpackError } from './packed-error.ts';
import { buffersOf, shareArrays } from './shared-arrays.ts';

export interface RunOptions {
  /** stops the run: it rejects with the signal's reason, and its threads end at once */
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  /** what progress calls the run */
  readonly step?: string;
  /** `receive` keeps nothing of an output: later parts may be written into its memory, so that none is asked for anew */
  readonly isOutputSpare?: boolean;
}

/** Threads that do the parts of one job at a time. */
export interface Pool {
  readonly threads: number;
  /**
   * Do all parts of a job, and receive their outputs in the order of the parts, whatever thread did which when.
   *
   * Runs asked for together are done one after another. A run of one part, or on a pool of one thread, starts no worker.
   * @param shared   laid into shared memory once
   * @param receive  called once a part, ascending; what it throws ends the run
   * @throws         what a part throws, of the same class; signal.reason
   * Memory: a thread's own (see the job) × threads, and at most OUTPUTS_A_THREAD × threads outputs that wait for their turn.
   */
  readonly run: <K extends JobName>(
    job: K,
    shared: JobShared<K>,
    parts: readonly JobPart<K>[],
    receive: (output: JobOutput<K>, part: number) => void,
    options?: RunOptions,
  ) => Promise<void>;
  /** Start the threads that a run of so many parts will need, while the caller still prepares it: starting one takes some 50 ms. */
  readonly warm: (parts: number) => void;
  /** End all threads. */
  readonly close: () => Promise<void>;
}

/** No part starts that is this many a thread ahead of the last one received. */
const OUTPUTS_A_THREAD = 2;

/** As many threads as the machine runs at once. */
export function allThreads(): number {
  return availableParallelism();
}

/** Open a pool for the time of `body`, and close it whatever happens. */
export async function withPool<T>(threads: number, body: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(threads);
  try {
    return await body(pool);
  } finally {
    await pool.close();
  }
}

/**
 * Open a pool; threads start with the first run that needs them.
 *
 * @throws RangeError unless threads is a whole number of at least 1
 */
export function openPool(threads: number): Pool {
  if (!Number.isInteger(threads) || threads < 1) throw new RangeError(`a pool of ${threads} threads; expected at least 1`);
  let workers: Worker[] = [];
  let last: Promise<unknown> = Promise.resolve();

  async function close(): Promise<void> {
    const ending = workers;
    workers = [];
    await Promise.all(ending.map((worker) => worker.terminate()));
  }

  function warm(parts: number): void {
    const needed = Math.min(threads, parts);
    while (needed > 1 && workers.length < needed) {
      const worker = startWorker();
      workers.push(worker);
      // one that ends before its time is not waited for
      worker.once('exit', () => {
        workers = workers.filter((other) => other !== worker);
      });
    }
  }

  async function runParts(job: JobName, shared: unknown, parts: readonly unknown[], receive: Receive, options: RunOptions): Promise<void> {
    options.signal?.throwIfAborted();
    const needed = Math.min(threads, parts.length);
    if (needed <= 1) return runHere(job, shared, parts, receive, options);
    warm(needed);
    try {
      await runOnWorkers(workers.slice(0, needed), job, shareArrays(shared), parts, receive, options);
    } catch (error) {
      // threads may be deep in a part: the next run takes fresh ones
      await close();
      throw error;
    }
  }

  return {
    threads,
    warm,
    close,
    run: (job, shared, parts, receive, options = {}) => {
      const turn = last.then(() => runParts(job, shared, parts, receive as Receive, options));
      last = turn.catch(() => {});
      return turn;
    },
  };
}

type Receive = (output: unknown, part: number) => void;

function startWorker(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const worker = new Worker(new URL(file, import.meta.url));
  // an idle pool keeps no process alive
  worker.unref();
  return worker;
}

/** One thread: the parts in order, here; between them the process can take a signal or draw progress. */
async function runHere(job: JobName, shared: unknown, parts: readonly unknown[], receive: Receive, options: RunOptions): Promise<void> {
  const { signal, progress = SILENT, step = job } = options;
  const doPart = startJob(job, shared);
  let spare: unknown;
  for (let part = 0; part < parts.length; part++) {
    const output = doPart(parts[part], spare);
    receive(output, part);
    if (options.isOutputSpare) spare = output;
    progress(step, part + 1, parts.length);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}

function runOnWorkers(
  workers: readonly Worker[],
  job: JobName,
  shared: unknown,
  parts: readonly unknown[],
  receive: Receive,
  { signal, progress = SILENT, step: stepName = job, isOutputSpare = false }: RunOptions,
): Promise<void> {
  const waiting = new Map<number, unknown>();
  const spares: unknown[] = [];
  const idle = [...workers];
  let next = 0;
  let received = 0;

  function handOut(): void {
    while (idle.length > 0 && next < parts.length && next < received + OUTPUTS_A_THREAD * workers.length) {
      const index = next++;
      const spare = spares.pop();
      tell(idle.pop(), { kind: 'part', index, part: parts[index], spare }, buffersOf(spare));
    }
  }

  function take(index: number, output: unknown): void {
    waiting.set(index, output);
    while (waiting.has(received)) {
      const due = waiting.get(received);
      waiting.delete(received);
      receive(due, received);
      if (isOutputSpare) spares.push(due);
      received += 1;
      progress(stepName, received, parts.length);
    }
  }

  return new Promise<void>((resolve, reject) => {
    const stops: (() => void)[] = [];
    const settle = (act: () => void): void => {
      for (const stop of stops) stop();
      act();
    };
    const fail = (error: unknown): void => settle(() => reject(error));
    const abort = (): void => fail(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    stops.push(() => signal?.removeEventListener('abort', abort));
    const step = (index: number, output: unknown): void => {
      // the thread goes on while its output is received
      handOut();
      try {
        take(index, output);
      } catch (error) {
        fail(error);
        return;
      }
      if (received < parts.length) handOut();
      else settle(resolve);
    };
    for (const worker of workers) {
      const onMessage = (message: FromWorker): void => {
        if (message.kind === 'error') fail(unpackError(message.error));
        else {
          idle.push(worker);
          step(message.index, message.output);
        }
      };
      const onExit = (code: number): void => fail(new Error(`a worker thread ended with code ${code} in the middle of ${job}`));
      worker.on('message', onMessage).on('error', fail).on('exit', onExit);
      worker.ref();
      stops.push(() => {
        worker.off('message', onMessage).off('error', fail).off('exit', onExit);
        tell(worker, { kind: 'end' });
        worker.unref();
      });
      tell(worker, { kind: 'start', job, shared });
    }
    handOut();
  });
}

function tell(worker: Worker | undefined, message: ToWorker, buffers: ArrayBuffer[] = []): void {
  worker?.postMessage(message, buffers);
}
