import { expect } from 'chai';
import fc from 'fast-check';
import { DirectedGraph, UndirectedGraph } from 'graphology';
import { centrality } from 'graphology-metrics';
import { dijkstra } from 'graphology-shortest-path';
import { betweenness } from '../../src/kernels/betweenness/betweenness.ts';
import { bridges } from '../../src/kernels/bridges.ts';
import { timesBetween } from '../../src/kernels/many-to-many.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { reverseNetwork } from '../../src/kernels/reverse-network.ts';
import { UNREACHED } from '../../src/model/network.ts';
import { type Arc, gridArcs, networkOf } from '../support/random-networks.ts';

/** Loop-free simple directed graphs with whole weights of at least 1: where graphology-metrics is right. */
const simpleGraph = fc.integer({ min: 2, max: 9 }).chain((nodeCount) =>
  fc
    .uniqueArray(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1), fc.integer({ min: 1, max: 5 })), {
      maxLength: 30,
      selector: ([from, to]) => from * 100 + to,
    })
    .map((arcs) => ({ nodeCount, arcs: arcs.filter(([from, to]) => from !== to) })),
);

function floydWarshall(nodeCount: number, arcs: readonly Arc[]): number[][] {
  const time = Array.from({ length: nodeCount }, (_row, from) =>
    Array.from({ length: nodeCount }, (_cell, to) => (from === to ? 0 : Number.POSITIVE_INFINITY)),
  );
  for (const [from, to, cost] of arcs) time[from]![to] = Math.min(time[from]![to]!, cost);
  for (let via = 0; via < nodeCount; via++) {
    for (const row of time) for (let to = 0; to < nodeCount; to++) row[to] = Math.min(row[to]!, row[via]! + time[via]![to]!);
  }
  return time;
}

describe('shortest times', () => {
  it('equal Floyd–Warshall on random directed multigraphs', () => {
    fc.assert(
      fc.property(simpleGraph, ({ nodeCount, arcs }) => {
        const network = networkOf(nodeCount, [...arcs, ...arcs.map(([from, to, cost]): Arc => [from, to, cost + 1])]);
        const expected = floydWarshall(nodeCount, arcs);
        for (let from = 0; from < nodeCount; from++) {
          const found = Array.from(oneToAll(network, from), (time) => (time === UNREACHED ? Number.POSITIVE_INFINITY : time));
          expect(found).to.deep.equal(expected[from]);
        }
      }),
    );
  });

  it('equal the path lengths of graphology-shortest-path', () => {
    fc.assert(
      fc.property(simpleGraph, ({ nodeCount, arcs }) => {
        const graph = new DirectedGraph();
        for (let node = 0; node < nodeCount; node++) graph.addNode(String(node));
        for (const [from, to, weight] of arcs) graph.addEdge(String(from), String(to), { weight });
        const paths = dijkstra.singleSource(graph, '0', 'weight');
        const times = oneToAll(networkOf(nodeCount, arcs), 0);
        for (let to = 1; to < nodeCount; to++) {
          const path = paths[String(to)];
          const sum = path?.slice(1).reduce((total, node, step) => total + graph.getEdgeAttribute(path[step], node, 'weight'), 0);
          expect(times[to]).to.equal(sum ?? UNREACHED);
        }
      }),
    );
  });

  it('transpose when every arc is turned round, and stretch with the weights', () => {
    fc.assert(
      fc.property(simpleGraph, ({ nodeCount, arcs }) => {
        const all = Uint32Array.from({ length: nodeCount }, (_value, node) => node);
        const network = networkOf(nodeCount, arcs);
        const times = timesBetween(network, all, all);
        const back = timesBetween(reverseNetwork(network), all, all);
        const slow = timesBetween(
          networkOf(
            nodeCount,
            arcs.map(([from, to, cost]): Arc => [from, to, cost * 10]),
          ),
          all,
          all,
        );
        for (let from = 0; from < nodeCount; from++) {
          for (let to = 0; to < nodeCount; to++) {
            const time = times[from * nodeCount + to]!;
            expect(back[to * nodeCount + from]).to.equal(time);
            expect(slow[from * nodeCount + to]).to.equal(time === UNREACHED ? UNREACHED : time * 10);
          }
        }
      }),
    );
  });
});

describe('betweenness', () => {
  it('equals graphology-metrics on loop-free simple graphs with whole weights', () => {
    fc.assert(
      fc.property(simpleGraph, ({ nodeCount, arcs }) => {
        const graph = new DirectedGraph();
        for (let node = 0; node < nodeCount; node++) graph.addNode(String(node));
        for (const [from, to, weight] of arcs) graph.addEdge(String(from), String(to), { weight });
        const expected = centrality.betweenness(graph, { getEdgeWeight: 'weight', normalized: false });
        const { node: found } = betweenness(networkOf(nodeCount, arcs));
        for (let node = 0; node < nodeCount; node++) expect(found[node]).to.be.closeTo(expected[String(node)]!, 1e-9);
      }),
    );
  });

  it('is symmetric on an 18 × 18 unit grid, where the 32-bit path counts of graphology-metrics overflow', () => {
    const side = 18;
    const { node: ours } = betweenness(networkOf(side * side, gridArcs(side)));
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        expect(ours[y * side + x]).to.be.closeTo(ours[(side - 1 - y) * side + x]!, 1e-6);
        expect(ours[y * side + x]).to.be.closeTo(ours[x * side + y]!, 1e-6);
      }
    }
    const graph = new UndirectedGraph();
    for (let node = 0; node < side * side; node++) graph.addNode(String(node));
    for (const [from, to] of gridArcs(side)) if (from < to) graph.addEdge(String(from), String(to), { weight: 1 });
    const theirs = centrality.betweenness(graph, { getEdgeWeight: 'weight', normalized: false });
    const wrong = Array.from(ours).filter((value, node) => Math.abs(value / 2 - theirs[String(node)]!) > 1e-6 * value);
    expect(wrong.length).to.be.greaterThan(300);
  });

  it('adds up to the distances in hops: Σ betweenness + pairs = Σ hops', () => {
    const side = 6;
    const network = networkOf(side * side, gridArcs(side));
    const all = Uint32Array.from({ length: side * side }, (_value, node) => node);
    const hops = timesBetween(network, all, all).reduce((sum, time) => sum + time, 0);
    const inner = betweenness(network).node.reduce((sum, value) => sum + value, 0);
    expect(inner + side * side * (side * side - 1)).to.be.closeTo(hops, 1e-6);
  });

  it('does not change when every weight is ten times as large', () => {
    fc.assert(
      fc.property(simpleGraph, ({ nodeCount, arcs }) => {
        const tenfold = arcs.map(([from, to, cost]): Arc => [from, to, cost * 10]);
        expect(betweenness(networkOf(nodeCount, tenfold)).node).to.deep.equal(betweenness(networkOf(nodeCount, arcs)).node);
      }),
    );
  });
});

describe('bridges and articulation points', () => {
  it('are what falls apart when taken out, by brute force', () => {
    fc.assert(
      fc.property(simpleGraph, ({ nodeCount, arcs }) => {
        const { bridge, articulation } = bridges(networkOf(nodeCount, arcs));
        const pieces = pieceCount(nodeCount, arcs, -1);
        arcs.forEach((_arc, link) => {
          const rest = arcs.filter((_other, other) => other !== link);
          expect(bridge[link]).to.equal(pieceCount(nodeCount, rest, -1) > pieces ? 1 : 0);
        });
        for (let node = 0; node < nodeCount; node++) {
          const isAlone = !arcs.some(([from, to]) => from === node || to === node);
          const without = pieceCount(nodeCount, arcs, node);
          expect(articulation[node]).to.equal(without > pieces - (isAlone ? 1 : 0) ? 1 : 0);
        }
      }),
    );
  });
});

function pieceCount(nodeCount: number, arcs: readonly Arc[], leftOut: number): number {
  const label = Array.from({ length: nodeCount }, (_value, node) => node);
  for (let round = 0; round < nodeCount; round++) {
    for (const [from, to] of arcs) {
      if (from === leftOut || to === leftOut) continue;
      label[from] = label[to] = Math.min(label[from]!, label[to]!);
    }
  }
  return new Set(label.filter((_value, node) => node !== leftOut)).size;
}
