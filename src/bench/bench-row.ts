/** One measured figure of `corridor bench`: who did how many units of a task on which network, and how long a unit took. */
export interface BenchRow {
  /** e.g. "tree", "betweenness of nodes and links", "hierarchy" */
  readonly task: string;
  readonly network: string;
  readonly nodes: number;
  readonly arcs: number;
  /** "corridor: 16-lane sweep", "igraph 0.10.8", "graphology" … */
  readonly who: string;
  readonly threads: number;
  /** what is counted: trees, origins, builds */
  readonly units: number;
  readonly runs: number;
  /** median over runs of seconds / units, on the clock of the options */
  readonly medianSecondsPerUnit: number;
  /** a figure that must agree between those who did the same task, e.g. a sum; null where there is none */
  readonly checksum: number | null;
}

/**
 * One subject of the bench: measures ours and every peer that it finds on the machine, in turn, within one run.
 *
 * @param files  networks to measure on, as paths of edge lists or TNTP nets; empty takes the subject's own seeded network
 */
export type BenchSubject = (files: readonly string[], options: BenchOptions) => Promise<readonly BenchRow[]>;

export interface BenchOptions {
  /** at least 5 for figures that are quoted */
  readonly runs: number;
  readonly threads: number;
  readonly seed: number;
  /** what seconds are: on the wall, or of the processor where others use the machine too; default wall */
  readonly clock?: 'wall' | 'processor';
  /** told a line after every run of a contender */
  readonly report?: (line: string) => void;
}
