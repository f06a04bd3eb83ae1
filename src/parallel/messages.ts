import type { JobName } from './jobs.ts';
import type { PackedError } from './packed-error.ts';

/** To a worker: prepare a job, do a part of it, or forget it. Messages of one worker are answered in order. */
export type ToWorker =
  | { readonly kind: 'start'; readonly job: JobName; readonly shared: unknown }
  | { readonly kind: 'part'; readonly index: number; readonly part: unknown; readonly spare: unknown }
  | { readonly kind: 'end' };

/** From a worker: a part's output, or why there is none. */
export type FromWorker =
  | { readonly kind: 'output'; readonly index: number; readonly output: unknown }
  | { readonly kind: 'error'; readonly error: PackedError };
