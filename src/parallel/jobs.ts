import { createBlocks } from '../kernels/betweenness/plan.ts';
import { createSampleBlocks, type SampleHits, type SampleWork } from '../kernels/betweenness/sample-paths.ts';
import type { BetweennessWork, BlockRunner } from '../kernels/betweenness/work.ts';

/**
 * What threads can be asked to do: a job is a function of what all parts share, which prepares its memory once a thread and returns the
 * function of a part. One entry here is all that a new job takes; types follow from it. See docs/parallel.md.
 */
export const JOBS = {
  betweennessBlock: (work: BetweennessWork): BlockRunner => createBlocks(work),
  pathSampleBlock: (work: SampleWork): ((block: number) => SampleHits) => createSampleBlocks(work),
} satisfies Record<string, (shared: never) => (part: never) => unknown>;

export type JobName = keyof typeof JOBS;
/** What all parts of a job share. */
export type JobShared<K extends JobName> = Parameters<(typeof JOBS)[K]>[0];
/** What tells the parts of a job apart. */
export type JobPart<K extends JobName> = Parameters<ReturnType<(typeof JOBS)[K]>>[0];
export type JobOutput<K extends JobName> = ReturnType<ReturnType<(typeof JOBS)[K]>>;

/** The job of a name, as a caller that knows no more than the name sees it. */
export function startJob(name: JobName, shared: unknown): (part: unknown) => unknown {
  const start = JOBS[name] as (shared: unknown) => (part: unknown) => unknown;
  return start(shared);
}
