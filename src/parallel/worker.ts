import { parentPort } from 'node:worker_threads';
import { type DoPart, startJob } from './jobs.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { packError } from './packed-error.ts';
import { buffersOf } from './shared-arrays.ts';

/** The one worker file: prepares a job, does its parts as they come, and sends outputs or errors back. */
let doPart: DoPart | null = null;

function answer(message: ToWorker): void {
  try {
    if (message.kind === 'start') doPart = startJob(message.job, message.shared);
    else if (message.kind === 'end') {
      doPart?.release?.();
      doPart = null;
    } else {
      if (!doPart) throw new Error(`part ${message.index} came before its job`);
      const output = doPart(message.part, message.spare);
      send({ kind: 'output', index: message.index, output }, buffersOf(output));
    }
  } catch (error) {
    send({ kind: 'error', error: packError(error) }, []);
  }
}

function send(message: FromWorker, buffers: ArrayBuffer[]): void {
  parentPort?.postMessage(message, buffers);
}

parentPort?.on('message', answer);
