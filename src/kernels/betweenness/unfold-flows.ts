import type { Network } from '../../model/network.ts';
import { type CountedArcs, NO_ARC } from './counted-arcs.ts';
import type { FlowSums } from './flow-sums.ts';
import { type Folded, unfoldTrees } from './fold-trees.ts';

/** How a network was reduced to the core that is swept. */
export interface Reduced {
  readonly arcs: CountedArcs;
  /** per arc of the network: the counted arc that stands for it, or NO_ARC */
  readonly standIn: Uint32Array;
  readonly folded: Folded;
  /** by node of the core, its place in the sums; null where they are the same */
  readonly placeOf: Uint32Array | null;
}

/**
 * From sums over the core to every node, arc and link of the network.
 *
 * @param coreFlow  per arc of the core
 * Cost O(nodes + arcs).
 */
export function unfoldFlows(
  network: Network,
  { arcs, standIn, folded, placeOf }: Reduced,
  coreFlow: Float64Array,
  { through, arrivals, departures }: Pick<FlowSums, 'through' | 'arrivals' | 'departures'>,
): { node: Float64Array; arc: Float64Array; link: Float64Array } {
  const flow = fromPlaces(coreFlow, folded.arcOf, null, arcs.arcHead.length);
  const byNode = (values: Float64Array): Float64Array => fromPlaces(values, folded.nodeOf, placeOf, network.nodeCount);
  const node = byNode(through);
  if (folded.leaves.length > 0) unfoldTrees(folded, byNode(arrivals), byNode(departures), flow, node);
  const arc = shareAmongArcs(flow, arcs.count, standIn);
  return { node, arc, link: sumByLink(arc, network) };
}

/** Values of the core, in its own order or at places, laid where its parts are in the whole; 0 elsewhere. */
function fromPlaces(values: Float64Array, wholeOf: Uint32Array, placeOf: Uint32Array | null, length: number): Float64Array {
  const result = new Float64Array(length);
  for (let core = 0; core < wholeOf.length; core++) result[wholeOf[core]!] = values[placeOf ? placeOf[core]! : core]!;
  return result;
}

/** Equal parallel arcs share the flow of the one that stands for them. */
function shareAmongArcs(flow: Float64Array, count: Float64Array, standIn: Uint32Array): Float64Array {
  const arc = new Float64Array(standIn.length);
  for (let index = 0; index < arc.length; index++) {
    const counted = standIn[index]!;
    if (counted !== NO_ARC) arc[index] = flow[counted]! / count[counted]!;
  }
  return arc;
}

function sumByLink(arc: Float64Array, { linkIds, arcLink }: Network): Float64Array {
  const link = new Float64Array(linkIds.length);
  for (let index = 0; index < arc.length; index++) link[arcLink[index]!]! += arc[index]!;
  return link;
}
