import type { Network } from '../../model/network.ts';
import { UNREACHED } from '../../model/network.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import { type ContractionGraph, createContractionGraph } from './contraction-graph.ts';
import { createPriorityQueue } from './priority-queue.ts';
import { createWitnessSearch } from './witness-search.ts';

/** A graph with all nodes contracted: the entries left at a node lead to nodes contracted after it. */
export interface Contraction {
  readonly graph: ContractionGraph;
  /** nodes in the order of their contraction, the least important first */
  readonly order: Uint32Array;
}

export interface ContractionOptions {
  /**
   * Nodes that a witness search may settle: base + perTarget · targets. More finds more witnesses; too few let shortcuts breed in the core.
   * Of 5 + 5, 10 + 10, 10 + 20, 60 + 0 and 200 + 0, 10 + 20 gave the quickest hierarchies of Chicago Regional and of a million nodes.
   */
  readonly settleLimit: { readonly base: number; readonly perTarget: number };
  readonly progress: Progress;
}

export const DEFAULT_CONTRACTION: ContractionOptions = { settleLimit: { base: 10, perTarget: 20 }, progress: SILENT };

/** Weight of a level, of an arc added for one taken out, and of a hop added for one taken out, in the order of contraction. */
const PRIORITY_SCALE = 1000;
const PROGRESS_STEP = 4096;

/**
 * Contract all nodes of a network, least important first: importance is the level so far + arcs added / arcs taken out + hops added / hops
 * taken out, looked at again when a node comes up whose neighbours have changed.
 *
 * Same input, same order: equal importance goes by node number. Cost: about 10 to 30 small searches a node.
 * Source: Geisberger et al. (2008) doi:10.1007/978-3-540-68552-4_24.
 */
export function contract(network: Network, options: ContractionOptions = DEFAULT_CONTRACTION): Contraction {
  const { nodeCount } = network;
  const graph = createContractionGraph(network);
  const trial = createTrial(graph, options.settleLimit);
  const level = new Uint32Array(nodeCount);
  const queue = createPriorityQueue(nodeCount);
  const order = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) queue.insert(node, trial.run(node, 0));
  queue.heapify();
  let done = 0;
  while (!queue.isEmpty()) {
    const node = queue.first();
    const priority = trial.run(node, level[node]!);
    if (priority > queue.priorityOf(node)) {
      queue.raiseFirst(priority);
      if (queue.first() !== node) continue;
    }
    queue.removeFirst();
    order[done++] = node;
    const { first, size } = graph;
    const { neighbour } = graph.columns;
    for (let slot = first[node]!; slot < first[node]! + size[node]!; slot++) {
      const other = neighbour[slot]!;
      if (level[other]! <= level[node]!) level[other] = level[node]! + 1;
    }
    detach(graph, node);
    trial.apply();
    if (done % PROGRESS_STEP === 0) options.progress('hierarchy', done, nodeCount);
  }
  options.progress('hierarchy', nodeCount, nodeCount);
  return { graph, order };
}

/** Take a node off its neighbours; its own entries stay, as the arcs to higher nodes. */
function detach(graph: ContractionGraph, node: number): void {
  const { first, size } = graph;
  const { neighbour } = graph.columns;
  const end = first[node]! + size[node]!;
  for (let slot = first[node]!; slot < end; slot++) graph.drop(neighbour[slot]!, node);
}

/** What contracting a node would do: `run` finds its shortcuts and its priority, `apply` lays the shortcuts of the last run. */
function createTrial(graph: ContractionGraph, { base, perTarget }: ContractionOptions['settleLimit']) {
  const search = createWitnessSearch(graph.nodeCount);
  let capacity = 1024;
  let from = new Uint32Array(capacity);
  let to = new Uint32Array(capacity);
  let cost = new Uint32Array(capacity);
  let hops = new Uint32Array(capacity);
  let count = 0;
  let most = 0;

  function record(tail: number, head: number, through: number, arcs: number): void {
    if (count === capacity) {
      capacity *= 2;
      [from, to, cost, hops] = [from, to, cost, hops].map((old) => {
        const wider = new Uint32Array(capacity);
        wider.set(old);
        return wider;
      }) as [typeof from, typeof to, typeof cost, typeof hops];
    }
    from[count] = tail;
    to[count] = head;
    cost[count] = through;
    hops[count++] = arcs;
  }

  /** Set the need of every other neighbour by way of the node; returns how many, and the largest in `most`. */
  function aim(slot: number, start: number, end: number): number {
    const { neighbour, outCost, inCost } = graph.columns;
    let targets = 0;
    most = 0;
    for (let exit = start; exit < end; exit++) {
      const through = inCost[slot]! + outCost[exit]!;
      // a way of UNREACHED milliseconds is no way
      if (exit === slot || outCost[exit]! === UNREACHED || through >= UNREACHED) continue;
      search.need[neighbour[exit]!] = through;
      targets++;
      if (through > most) most = through;
    }
    return targets;
  }

  /** Record a shortcut for each need that the search has not met, and clear the needs. Returns the hops of those shortcuts. */
  function collect(slot: number, start: number, end: number): number {
    const { neighbour, outHops, inHops } = graph.columns;
    let addedHops = 0;
    for (let exit = start; exit < end; exit++) {
      const head = neighbour[exit]!;
      const through = search.need[head]!;
      if (through === 0) continue;
      search.need[head] = 0;
      if (search.cost[head]! <= through) continue;
      const arcs = inHops[slot]! + outHops[exit]!;
      record(neighbour[slot]!, head, through, arcs);
      addedHops += arcs;
    }
    return addedHops;
  }

  function run(node: number, level: number): number {
    const start = graph.first[node]!;
    const end = start + graph.size[node]!;
    const { neighbour, outCost, inCost, outHops, inHops } = graph.columns;
    let removed = 0;
    let removedHops = 0;
    let addedHops = 0;
    count = 0;
    for (let slot = start; slot < end; slot++) {
      if (outCost[slot]! !== UNREACHED) {
        removed++;
        removedHops += outHops[slot]!;
      }
      if (inCost[slot]! === UNREACHED) continue;
      removed++;
      removedHops += inHops[slot]!;
      const targets = aim(slot, start, end);
      if (targets === 0) continue;
      search.run(graph, neighbour[slot]!, node, targets, most, base + perTarget * targets);
      addedHops += collect(slot, start, end);
    }
    if (removed === 0) return level * PRIORITY_SCALE;
    return Math.floor(PRIORITY_SCALE * (level + count / removed + addedHops / removedHops));
  }

  function apply(): void {
    for (let index = 0; index < count; index++) graph.put(from[index]!, to[index]!, cost[index]!, hops[index]!);
  }
  return { run, apply };
}
