import type { BenchSubject } from './bench-row.ts';
import { betweennessBench, threadsBench } from './betweenness-bench.ts';
import { closenessBench } from './closeness-bench.ts';
import { growthBench, millionBench } from './growth-bench.ts';
import { hierarchyBench } from './hierarchy-bench.ts';
import { benchLinkGain } from './link-gain-bench.ts';
import { treeBench } from './tree-bench.ts';

/** What `corridor bench` can measure, by name. */
export const BENCH_SUBJECTS: Readonly<Record<string, BenchSubject>> = {
  trees: treeBench,
  accessibility: closenessBench,
  hierarchy: hierarchyBench,
  betweenness: betweennessBench,
  threads: threadsBench,
  million: millionBench,
  growth: growthBench,
  'link-gains': benchLinkGain,
};

/** Measured when no subject is named: a few minutes, where `betweenness`, `threads`, `million` and `growth` take longer. */
export const DEFAULT_SUBJECTS = ['trees', 'accessibility', 'hierarchy'];
