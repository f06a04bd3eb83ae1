import { dijkstra } from 'graphology-shortest-path';
import { minutesToMilliseconds } from '../model/units.ts';
import type { LinkAttributes, NodeAttributes, RegionGraph } from './graph-types.ts';

/** A stretch of a trip on one kind of way: access, a walk, a wait, a ride on one line, a drive on one road. */
export interface Leg {
  readonly kind: LinkAttributes['kind'];
  /** links of the leg in order; empty for access, boarding and walks */
  readonly links: readonly string[];
  readonly from: NodeAttributes;
  readonly to: NodeAttributes;
  readonly minutes: number;
  readonly lengthKilometres: number;
}

/**
 * The quickest way between two nodes of a region graph as legs, or null where there is none.
 *
 * Costs are whole milliseconds as in the compiled network, so the minutes of the legs add up to the matrix's figure; of equally quick ways one
 * is taken. graphology-shortest-path is right here: one pair at a time, positive whole weights, no missing weight (it would read one as 1).
 *
 * @throws  Error from graphology-shortest-path on a node that the graph lacks
 * Cost O(edges log edges) on objects: about a hundred times that of a kernel tree, so not for matrices.
 * Source: Dijkstra (1959), bidirectional.
 */
export function quickestRoute(graph: RegionGraph, from: string, to: string): Leg[] | null {
  const milliseconds = (edge: string) => minutesToMilliseconds(graph.getEdgeAttribute(edge, 'minutes'));
  const nodes = dijkstra.bidirectional(graph, from, to, milliseconds) as string[] | null;
  if (!nodes) return null;
  const legs: Leg[] = [];
  for (let step = 1; step < nodes.length; step++) {
    const [tail = '', head = ''] = [nodes[step - 1], nodes[step]];
    const edge = graph.outEdges(tail, head).sort((a, b) => milliseconds(a) - milliseconds(b) || (a < b ? -1 : 1))[0];
    if (edge !== undefined) addStep(legs, graph.getEdgeAttributes(edge), graph.getNodeAttributes(tail), graph.getNodeAttributes(head));
  }
  return legs;
}

/** Rides and drives go on while the kind stays; every other step is a leg of its own. Getting off takes no time and is left out. */
function addStep(legs: Leg[], step: LinkAttributes, from: NodeAttributes, to: NodeAttributes): void {
  if (step.kind === 'alight') return;
  const last = legs.at(-1);
  const goesOn = last?.kind === step.kind && (step.kind === 'ride' || step.kind === 'road');
  const links = step.link === null ? [] : [step.link];
  const { minutes, lengthKilometres, kind } = step;
  if (!goesOn) legs.push({ kind, links, from, to, minutes, lengthKilometres });
  else {
    legs[legs.length - 1] = {
      ...last,
      to,
      links: [...last.links, ...links],
      minutes: last.minutes + minutes,
      lengthKilometres: last.lengthKilometres + lengthKilometres,
    };
  }
}
