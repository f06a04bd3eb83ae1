import type { FlowNetwork } from './flow-network.ts';
import type { TreeSearch } from './shortest-tree.ts';
import { type AssignmentProblem, createSum } from './trip-classes.ts';

/**
 * Trips spread over efficient paths by the logit of their costs: a path is efficient where every arc leads away from the origin, and its
 * share is proportional to exp(-θ cost).
 *
 * Weights are kept as logarithms, so that long paths neither vanish nor overflow. An arc between nodes of equal cost is efficient only where
 * it is on the shortest tree.
 * @returns flows by arc and Σ charge × flow
 * Cost: one tree an origin and class. Source: Dial (1971) doi:10.1016/0041-1647(71)90012-8.
 */
export function logitLoading(
  { network, classes }: AssignmentProblem,
  time: Float64Array,
  theta: number,
  search: TreeSearch,
): { flow: Float64Array; chargeCost: number } {
  const flow = new Float64Array(network.arcCount);
  const likelihood = new Float64Array(network.arcCount);
  const logWeight = new Float64Array(network.nodeCount);
  const load = new Float64Array(network.nodeCount);
  const charged = createSum();
  for (const { origins, firstPair, destination, amount, charge } of classes) {
    origins.forEach((origin, index) => {
      const settled = search.run(origin, time, charge);
      weighEfficientArcs(network, search, settled, { time, charge, theta }, likelihood, logWeight);
      for (let pair = firstPair[index]!; pair < firstPair[index + 1]!; pair++) {
        if (search.label[destination[pair]!] !== Number.POSITIVE_INFINITY) load[destination[pair]!]! += amount[pair]!;
      }
      for (let place = settled - 1; place > 0; place--) {
        const node = search.order[place]!;
        const units = load[node]!;
        load[node] = 0;
        if (units === 0) continue;
        for (let at = network.firstIn[node]!; at < network.firstIn[node + 1]!; at++) {
          const arc = network.inArc[at]!;
          if (likelihood[arc] === Number.NEGATIVE_INFINITY) continue;
          const share = units * Math.exp(logWeight[network.tail[arc]!]! + likelihood[arc]! - logWeight[node]!);
          flow[arc]! += share;
          charged.add(share * charge[arc]!);
          load[network.tail[arc]!]! += share;
        }
      }
      load[origin] = 0;
    });
  }
  return { flow, chargeCost: charged.value() };
}

/** Logarithms of Dial's link likelihoods and node weights, for the arcs into settled nodes; -Infinity where an arc is not efficient. */
function weighEfficientArcs(
  { firstIn, inArc, tail, isClosed }: FlowNetwork,
  { label, order, into }: TreeSearch,
  settled: number,
  { time, charge, theta }: { readonly time: Float64Array; readonly charge: Float64Array; readonly theta: number },
  likelihood: Float64Array,
  logWeight: Float64Array,
): void {
  const origin = order[0]!;
  logWeight[origin] = 0;
  for (let place = 1; place < settled; place++) {
    const node = order[place]!;
    let most = Number.NEGATIVE_INFINITY;
    for (let at = firstIn[node]!; at < firstIn[node + 1]!; at++) {
      const arc = inArc[at]!;
      const from = tail[arc]!;
      const leads = (label[from]! < label[node]! || arc === into[node]) && (isClosed[from] === 0 || from === origin);
      likelihood[arc] = leads ? theta * (label[node]! - label[from]! - time[arc]! - charge[arc]!) : Number.NEGATIVE_INFINITY;
      if (leads) most = Math.max(most, logWeight[from]! + likelihood[arc]!);
    }
    let sum = 0;
    for (let at = firstIn[node]!; at < firstIn[node + 1]!; at++) {
      const arc = inArc[at]!;
      if (likelihood[arc] !== Number.NEGATIVE_INFINITY) sum += Math.exp(logWeight[tail[arc]!]! + likelihood[arc]! - most);
    }
    logWeight[node] = most + Math.log(sum);
  }
}
