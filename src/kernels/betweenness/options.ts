import { UNREACHED } from '../../model/network.ts';
import type { NodeDemand } from '../../model/node-demand.ts';
import type { Engine } from './path-memory.ts';

/** Exact reductions: the results agree with each of them off, to the last few bits of a float64. */
export interface Reductions {
  /** equal parallel arcs become one that counts as several */
  readonly parallelArcs: boolean;
  /** trees that hang on the rest by one node are folded into it; needs parallelArcs, and neither demand nor a time limit */
  readonly trees: boolean;
  /** nodes between two neighbours leave the hierarchy’s building first; off, each waits for its turn among all */
  readonly chains: boolean;
}

export interface BetweennessOptions {
  /** every pair of nodes once (null), or these trips */
  readonly demand: NodeDemand | null;
  /** pairs farther apart than this many milliseconds are left out; UNREACHED takes all */
  readonly limitMilliseconds: number;
  readonly reductions: Reductions;
  /** sweeps over a hierarchy unless a way could be 49 days long, a search from every origin, or sweeps unless the network resists contraction */
  readonly method: 'auto' | 'sweeps' | 'searches';
  readonly engine: Engine;
}

export const DEFAULT_BETWEENNESS: BetweennessOptions = {
  demand: null,
  limitMilliseconds: UNREACHED,
  reductions: { parallelArcs: true, trees: true, chains: true },
  method: 'auto',
  engine: 'simd',
};
