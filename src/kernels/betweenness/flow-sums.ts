import type { BetweennessWork, BlockFlows } from './work.ts';

/** What the blocks added so far send over the network, by flows and places of the work. */
export interface FlowSums {
  readonly flow: Float64Array;
  readonly through: Float64Array;
  readonly arrivals: Float64Array;
  /** per place of an origin: what it reaches */
  readonly departures: Float64Array;
  served: number;
  servedMilliseconds: number;
}

export function createFlowSums({ flowCount, placeCount }: BetweennessWork): FlowSums {
  return {
    flow: new Float64Array(flowCount),
    through: new Float64Array(placeCount),
    arrivals: new Float64Array(placeCount),
    departures: new Float64Array(placeCount),
    served: 0,
    servedMilliseconds: 0,
  };
}

/** Add a block's flows; nothing of them is kept. Float64 sums depend on the order of blocks. Cost O(flows + places). */
export function addFlows(sums: FlowSums, { origins, starts }: BetweennessWork, block: number, flows: BlockFlows): void {
  addTo(sums.flow, flows.flow);
  addTo(sums.through, flows.through);
  addTo(sums.arrivals, flows.arrivals);
  const start = starts[block]!;
  for (let index = 0; index < flows.departures.length; index++) sums.departures[origins[start + index]!] = flows.departures[index]!;
  sums.served += flows.served;
  sums.servedMilliseconds += flows.servedMilliseconds;
}

function addTo(sums: Float64Array, more: Float64Array): void {
  for (let index = 0; index < sums.length; index++) sums[index]! += more[index]!;
}
