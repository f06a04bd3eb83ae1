import { type ApproximateOptions, DEFAULT_APPROXIMATION } from '../../kernels/betweenness/approximate.ts';
import { type Network, UNREACHED } from '../../model/network.ts';
import type { NodeDemand } from '../../model/node-demand.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import { approximateInParallel, betweennessInParallel } from '../../parallel/betweenness.ts';
import type { Pool, RunOptions } from '../../parallel/pool.ts';

/** Which ways count: those of every pair of nodes once, or of trips; all of them, or those within a time; exactly, or by sample. */
export interface BetweennessQuestion {
  readonly trips: NodeDemand | null;
  readonly withinMinutes: number | null;
  /** null: exact */
  readonly approximation: ApproximateOptions | null;
}

const EVERY_PAIR: BetweennessQuestion = { trips: null, withinMinutes: null, approximation: null };

/** Betweenness as it is shown: shares of ordered pairs, or trips. */
export interface BetweennessShares {
  readonly node: Float64Array;
  readonly link: Float64Array;
}

export interface BetweennessAnswer extends BetweennessShares {
  readonly unit: 'share of pairs' | 'trips';
  /** what a reader must know of the figures */
  readonly notes: readonly string[];
}

/** Sums over ordered pairs as shares: of (n - 1)(n - 2) pairs of other nodes for a node, of n (n - 1) for a link. */
export function betweennessShares(sums: BetweennessShares): BetweennessShares {
  const nodeCount = sums.node.length;
  const nodePairs = Math.max(1, (nodeCount - 1) * (nodeCount - 2));
  const linkPairs = Math.max(1, nodeCount * (nodeCount - 1));
  return { node: sums.node.map((sum) => sum / nodePairs), link: sums.link.map((sum) => sum / linkPairs) };
}

/**
 * Betweenness of every node and link: how much passes on shortest ways, ties split.
 *
 * @throws LimitError as betweenness and approximateBetweenness; run.signal's reason
 * Cost and sources: see kernels/betweenness.
 */
export async function betweennessOf(
  pool: Pool,
  network: Network,
  question: BetweennessQuestion = EVERY_PAIR,
  run: RunOptions = {},
): Promise<BetweennessAnswer> {
  const { trips, withinMinutes, approximation } = question;
  if (approximation) {
    const sampled = await approximateInParallel(pool, network, { ...DEFAULT_APPROXIMATION, ...approximation }, run);
    const { epsilon, delta, seed } = approximation;
    const bound = `each share is off by less than ${epsilon} of all ordered pairs, with probability ${1 - delta} for all at once`;
    const notes = [`betweenness by ${sampled.samples} sampled ways, seed ${seed}: ${bound} (Riondato and Kornaropoulos 2016)`];
    return { ...betweennessShares(sampled), unit: 'share of pairs', notes };
  }
  const limitMilliseconds = withinMinutes === null ? UNREACHED : Math.floor(withinMinutes * MILLISECONDS_PER_MINUTE);
  const exact = await betweennessInParallel(pool, network, { demand: trips, limitMilliseconds }, run);
  const within = withinMinutes === null ? [] : [`betweenness of ways up to ${withinMinutes} minutes`];
  if (!exact.demand) return { ...betweennessShares(exact), unit: 'share of pairs', notes: within };
  const { served, unserved, servedMilliseconds } = exact.demand;
  const minutes = servedMilliseconds / MILLISECONDS_PER_MINUTE;
  const notes = [
    ...within,
    `betweenness in trips: ${round(served)} trips of ${round(minutes)} minutes in all; ${round(unserved)} find no way${withinMinutes === null ? '' : ' in time'}`,
  ];
  return { node: exact.node, link: exact.link, unit: 'trips', notes };
}

function round(value: number): number {
  return Number(value.toPrecision(10));
}
