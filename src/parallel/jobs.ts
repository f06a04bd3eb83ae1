import { createBlocks } from '../kernels/betweenness/plan.ts';
import { createSampleBlocks, type SampleHits, type SampleWork } from '../kernels/betweenness/sample-paths.ts';
import type { BetweennessWork, BlockRunner } from '../kernels/betweenness/work.ts';
import { type Accumulated, type Accumulation, accumulate } from '../kernels/hierarchy/accumulate.ts';
import type { Hierarchy } from '../kernels/hierarchy/hierarchy.ts';
import { searchTimes, sweepTimes } from '../kernels/many-to-many.ts';
import type { SearchArcs } from '../kernels/one-to-all.ts';
import { createRemoval, type OriginBlock, type RemovalLoss, type RemovalWork } from '../kernels/removal/link-removal.ts';

/** Sums over all nodes from blocks of origins. */
interface SumsShared {
  readonly hierarchy: Hierarchy;
  readonly accumulations: readonly Accumulation[];
}

/** Times from blocks of origins to the same targets. */
interface TimesShared {
  readonly hierarchy: Hierarchy;
  readonly targets: Uint32Array;
}

/** The same by searches. */
interface SearchedTimesShared {
  readonly arcs: SearchArcs;
  readonly targets: Uint32Array;
}

/**
 * What threads can be asked to do: a job is a function of what all parts share, which prepares its memory once a thread and returns the
 * function of a part, and of a spare output if it can use one. One entry here is all that a new job takes; types follow from it. See docs/parallel.md.
 */
const JOBS = {
  betweennessBlock: (work: BetweennessWork): BlockRunner => createBlocks(work),
  sumsBlock:
    ({ hierarchy, accumulations }: SumsShared) =>
    (origins: Uint32Array): Accumulated[] =>
      accumulate(hierarchy, origins, accumulations),
  timesBlock:
    ({ hierarchy, targets }: TimesShared) =>
    (origins: Uint32Array): Uint32Array =>
      sweepTimes(hierarchy, origins, targets),
  searchedTimesBlock:
    ({ arcs, targets }: SearchedTimesShared) =>
    (origins: Uint32Array): Uint32Array =>
      searchTimes(arcs, origins, targets),
  pathSampleBlock: (work: SampleWork): ((block: number) => SampleHits) => createSampleBlocks(work),
  removalBlock: (work: RemovalWork): ((block: OriginBlock) => RemovalLoss) => createRemoval(work),
} satisfies Record<string, (shared: never) => (part: never, spare?: never) => unknown>;

export type JobName = keyof typeof JOBS;
/** What all parts of a job share. */
export type JobShared<K extends JobName> = Parameters<(typeof JOBS)[K]>[0];
/** What tells the parts of a job apart. */
export type JobPart<K extends JobName> = Parameters<ReturnType<(typeof JOBS)[K]>>[0];
export type JobOutput<K extends JobName> = ReturnType<ReturnType<(typeof JOBS)[K]>>;

/** Does a part; a spare output of an earlier one may be written over, see RunOptions. */
export interface DoPart {
  (part: unknown, spare?: unknown): unknown;
  /** the job is over on this thread */
  readonly release?: () => void;
}

/** The job of a name, as a caller that knows no more than the name sees it. */
export function startJob(name: JobName, shared: unknown): DoPart {
  const start = JOBS[name] as (shared: unknown) => DoPart;
  return start(shared);
}
