import type { TurnRule } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import type { RegionGraph } from './graph-types.ts';

/** Edge keys driven one after the other. */
type Word = readonly string[];

const keyOf = (word: Word) => word.join('\n');

/** Words that may not be driven, from the rules whose roads are all in the graph. */
function forbiddenWords(graph: RegionGraph, layer: string, rules: readonly TurnRule[]): Word[] {
  return rules
    .toSorted((a, b) => byCodePoint(a.id, b.id))
    .flatMap(({ effect, path }): Word[] => {
      const word = path.map((step) => `${layer}/${step}`);
      if (word.length < 2 || !word.every((edge) => graph.hasEdge(edge))) return [];
      if (effect === 'no') return [word];
      const driven = word.slice(0, -1);
      const last = word.at(-1);
      const others = roadEdges(graph, layer, graph.target(driven.at(-1))).filter((edge) => edge !== last);
      return others.map((edge) => [...driven, edge]);
    });
}

function roadEdges(graph: RegionGraph, layer: string, node: string): string[] {
  return graph.filterOutEdges(node, (edge, attributes) => attributes.kind === 'road' && edge.startsWith(`${layer}/`)).sort(byCodePoint);
}

/**
 * Honour turn restrictions in one road layer of a graph (edges `layer/link>` and `layer/link<`).
 *
 * A driver is at a junction, or at a junction having just driven the beginning of a forbidden path. Each such beginning becomes a node of its
 * own (`junction~number`) beside its junction, with the same ways out but those that would complete a forbidden path; roads lead to the node
 * of the longest beginning that they complete. That is the deterministic automaton of the forbidden words (Aho and Corasick 1975,
 * doi:10.1145/360825.360855) laid over the network: exact for restrictions through nodes and through ways, also where they overlap, and as
 * small as the restrictions are few. Turning round in a road is allowed wherever no restriction forbids it.
 *
 * @returns  how many nodes were added
 * Cost O(total length of the forbidden paths × degree).
 */
export function applyTurns(graph: RegionGraph, layer: string, rules: readonly TurnRule[]): number {
  const words = forbiddenWords(graph, layer, rules);
  const forbidden = new Set(words.map(keyOf));
  const states = new Map<string, { word: Word; base: string; node: string }>();
  for (const word of words) {
    for (let length = 1; length < word.length; length++) {
      const beginning = word.slice(0, length);
      const base = graph.target(beginning.at(-1));
      if (!states.has(keyOf(beginning))) states.set(keyOf(beginning), { word: beginning, base, node: `${base}~${states.size}` });
    }
  }
  const longest = Math.max(0, ...words.map((word) => word.length));
  /** Where a word leads: null where it ends in a forbidden one. */
  const targetOf = (word: Word, base: string): string | null => {
    const suffixes = word.slice(-longest).map((_edge, index, tail) => keyOf(tail.slice(index)));
    if (suffixes.some((suffix) => forbidden.has(suffix))) return null;
    const state = suffixes.find((suffix) => states.has(suffix));
    return state === undefined ? base : (states.get(state)?.node ?? base);
  };
  const additions = [...states.values()].flatMap(({ word, base, node }) =>
    graph.outEdges(base).map((edge) => {
      const isRoad = graph.getEdgeAttribute(edge, 'kind') === 'road' && edge.startsWith(`${layer}/`);
      const target = isRoad ? targetOf([...word, edge], graph.target(edge)) : graph.target(edge);
      return { node, edge, target, attributes: graph.getEdgeAttributes(edge) };
    }),
  );
  for (const { base, node } of states.values()) graph.addNode(node, graph.getNodeAttributes(base));
  for (const { node, edge, target, attributes } of additions) {
    if (target !== null) graph.addEdgeWithKey(`${edge}${node.slice(node.lastIndexOf('~'))}`, node, target, attributes);
  }
  for (const { word, node } of states.values()) {
    const [edge] = word;
    if (word.length !== 1 || edge === undefined) continue;
    const [source, attributes] = [graph.source(edge), graph.getEdgeAttributes(edge)];
    graph.dropEdge(edge);
    graph.addEdgeWithKey(edge, source, node, attributes);
  }
  return states.size;
}
