import { betweenness } from '../../kernels/betweenness/betweenness.ts';
import { bridges } from '../../kernels/bridges.ts';
import { type Closeness, closeness } from '../../kernels/closeness.ts';
import { UsageError } from '../../model/errors.ts';
import type { Network } from '../../model/network.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Cell } from '../../model/results.ts';
import { type BetweennessShares, betweennessShares } from './betweenness.ts';
import { straightness } from './centrality.ts';

export const CENTRALITY_MEASURES = ['degree', 'betweenness', 'closeness', 'harmonic', 'straightness', 'is_cut'] as const;
export type CentralityMeasure = (typeof CENTRALITY_MEASURES)[number];

export interface ChosenRow {
  readonly kind: 'node' | 'link';
  readonly id: string;
  /** in the order of the measures; null where a measure does not apply */
  readonly values: readonly Cell[];
}

/** @throws UsageError naming the measure and what is understood */
export function parseCentralityMeasures(names: string): CentralityMeasure[] {
  return names.split(',').map((name) => {
    const measure = CENTRALITY_MEASURES.find((known) => known === name);
    if (measure === undefined) throw new UsageError(`--measure is "${name}"; expected ${CENTRALITY_MEASURES.join(', ')}`);
    return measure;
  });
}

/** Measures that are there already, e.g. from a pool of threads: the rest is computed here. */
export interface ReadyMeasures {
  readonly betweenness?: BetweennessShares;
  readonly closeness?: Closeness;
  readonly straightness?: Float64Array;
}

/**
 * The centrality measures asked for and no others, of every node and, where a measure has values for links, of every link.
 *
 * Formulas and normalisation as in `centrality`.
 * Cost: that of the dearest measure: betweenness nodes · arcs · log nodes; closeness and harmonic one sweep for 16 nodes.
 */
export function chosenCentrality(
  network: Network,
  metres: Network | null,
  measures: readonly CentralityMeasure[],
  progress: Progress = SILENT,
  ready: ReadyMeasures = {},
): ChosenRow[] {
  const columns = measureColumns(network, metres, measures, progress, ready);
  const rowOf = (kind: ChosenRow['kind'], id: string, index: number): ChosenRow => {
    return { kind, id, values: columns.map((column) => column[kind]?.(index) ?? null) };
  };
  const nodes = network.nodeIds.map((id, node) => rowOf('node', id, node));
  const hasLinks = columns.some((column) => column.link !== undefined);
  return hasLinks ? [...nodes, ...network.linkIds.map((id, link) => rowOf('link', id, link))] : nodes;
}

interface MeasureColumn {
  readonly node?: (node: number) => Cell;
  readonly link?: (link: number) => Cell;
}

function measureColumns(
  network: Network,
  metres: Network | null,
  measures: readonly CentralityMeasure[],
  progress: Progress,
  ready: ReadyMeasures,
): MeasureColumn[] {
  const { nodeCount, firstArc } = network;
  const isAsked = (...names: CentralityMeasure[]): boolean => names.some((name) => measures.includes(name));
  const passed = isAsked('betweenness') ? (ready.betweenness ?? betweennessShares(betweenness(network, {}, progress))) : null;
  const near = isAsked('closeness', 'harmonic') ? (ready.closeness ?? closeness(network, progress)) : null;
  const cuts = isAsked('is_cut') ? bridges(network) : null;
  const straight = isAsked('straightness') && metres ? (ready.straightness ?? straightness(metres)) : null;
  const all: Record<CentralityMeasure, MeasureColumn> = {
    betweenness: {
      node: (node) => passed?.node[node] ?? 0,
      link: (link) => passed?.link[link] ?? 0,
    },
    degree: { node: (node) => (firstArc[node + 1] ?? 0) - (firstArc[node] ?? 0) },
    closeness: { node: (node) => near?.closeness[node] ?? 0 },
    harmonic: { node: (node) => (near?.harmonic[node] ?? 0) / Math.max(1, nodeCount - 1) },
    straightness: { node: (node) => straight?.[node] ?? null },
    is_cut: { node: (node) => cuts?.articulation[node] === 1, link: (link) => cuts?.bridge[link] === 1 },
  };
  return measures.map((measure) => all[measure]);
}
