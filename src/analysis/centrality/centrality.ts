import { betweenness } from '../../kernels/betweenness/betweenness.ts';
import { bridges } from '../../kernels/bridges.ts';
import { closeness } from '../../kernels/closeness.ts';
import { accumulate } from '../../kernels/hierarchy/accumulate.ts';
import { hierarchyFor } from '../../kernels/hierarchy/hierarchy-for.ts';
import { createSearch } from '../../kernels/one-to-all.ts';
import { type Network, UNREACHED } from '../../model/network.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Pool, RunOptions } from '../../parallel/pool.ts';
import { nodeSumsInParallel } from '../../parallel/sums.ts';
import { betweennessShares } from './betweenness.ts';

export interface CentralityRow {
  readonly kind: 'node' | 'link';
  readonly id: string;
  readonly degree: number | null;
  /** share of all ordered pairs whose shortest way passes, ties split */
  readonly betweenness: number;
  readonly closeness: number | null;
  readonly harmonic: number | null;
  readonly straightness: number | null;
  /** node: articulation point; link: bridge */
  readonly isCut: boolean;
}

/**
 * Centrality of every node and link of a network of links, by travel time.
 *
 * Betweenness (Brandes 2001) over (n - 1)(n - 2) ordered pairs for nodes and n(n - 1) for links; closeness as Wasserman and Faust (1994),
 * 1 / minute; harmonic Σ 1/t over n - 1 (Marchiori and Latora 2000), 1 / minute; straightness (Porta, Crucitti, Latora 2006) as the mean of
 * straight line over shortest length; cuts by Tarjan (1974).
 *
 * @param metres  the same nodes with lengths in metres for costs, or null where nodes have no place: no straightness then
 * Cost O(nodes · arcs · log nodes).
 */
export function centrality(network: Network, metres: Network | null): CentralityRow[] {
  const passed = betweennessShares(betweenness(network));
  const near = closeness(network);
  const cuts = bridges(network);
  const straight = metres ? straightness(metres) : null;
  const nodes = network.nodeIds.map((id, node): CentralityRow => {
    return {
      kind: 'node',
      id,
      degree: (network.firstArc[node + 1] ?? 0) - (network.firstArc[node] ?? 0),
      betweenness: passed.node[node] ?? 0,
      closeness: near.closeness[node] ?? 0,
      harmonic: (near.harmonic[node] ?? 0) / Math.max(1, network.nodeCount - 1),
      straightness: straight ? (straight[node] ?? 0) : null,
      isCut: cuts.articulation[node] === 1,
    };
  });
  const links = network.linkIds.map((id, link): CentralityRow => {
    return {
      kind: 'link',
      id,
      degree: null,
      betweenness: passed.link[link] ?? 0,
      closeness: null,
      harmonic: null,
      straightness: null,
      isCut: cuts.bridge[link] === 1,
    };
  });
  return [...nodes, ...links];
}

/**
 * Σ straight line / network length over the others that are reached, over n - 1; network costs in metres.
 *
 * Cost: a hierarchy and one sweep for 16 nodes, summed as it passes, and a distance on the sphere a pair; small networks one tree a node.
 */
export function straightness(network: Network): Float64Array {
  const { nodeCount, longitude, latitude } = network;
  const hierarchy = hierarchyFor(network, nodeCount);
  if (!hierarchy) return searchedStraightness(network);
  const origins = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
  const [straight] = accumulate(hierarchy, origins, [{ kind: 'straight', longitude, latitude }]);
  return meanOverOthers(straight?.sums ?? new Float64Array(nodeCount));
}

/** The same on the threads of a pool, to the byte. */
export async function straightnessInParallel(pool: Pool, network: Network, run: RunOptions = {}): Promise<Float64Array> {
  const { longitude, latitude } = network;
  const asked = [{ kind: 'straight', longitude, latitude }] as const;
  const sums = await nodeSumsInParallel(pool, network, asked, { step: 'straightness', ...run });
  return sums?.[0] ? meanOverOthers(sums[0].sums) : searchedStraightness(network);
}

function meanOverOthers(sums: Float64Array): Float64Array {
  return sums.map((sum) => sum / Math.max(1, sums.length - 1));
}

/** The same by one search a node: for small networks, and to hold the sweeps against. */
export function searchedStraightness(network: Network): Float64Array {
  const search = createSearch(network);
  const result = new Float64Array(network.nodeCount);
  for (let node = 0; node < network.nodeCount; node++) {
    const metres = search.run(node);
    let sum = 0;
    for (let other = 0; other < network.nodeCount; other++) {
      const along = metres[other] ?? UNREACHED;
      if (other === node || along === UNREACHED) continue;
      const kilometres = greatCircleKilometres(
        network.longitude[node] ?? 0,
        network.latitude[node] ?? 0,
        network.longitude[other] ?? 0,
        network.latitude[other] ?? 0,
      );
      sum += (kilometres * 1000) / along;
    }
    result[node] = sum;
  }
  return meanOverOthers(result);
}
