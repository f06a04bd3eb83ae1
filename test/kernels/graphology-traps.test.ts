import { expect } from 'chai';
import { DirectedGraph, MultiDirectedGraph } from 'graphology';
import { centrality } from 'graphology-metrics';
import { dijkstra } from 'graphology-shortest-path';

/** An n × n grid, both ways, weights by a rule of the edge's number. */
function grid(side: number, weightOf: (edge: number) => number): DirectedGraph {
  const graph = new DirectedGraph();
  for (let node = 0; node < side * side; node++) graph.addNode(String(node));
  let edge = 0;
  const add = (a: number, b: number) => {
    const weight = weightOf(edge++);
    graph.addEdge(String(a), String(b), { weight });
    graph.addEdge(String(b), String(a), { weight });
  };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (x + 1 < side) add(y * side + x, y * side + x + 1);
      if (y + 1 < side) add(y * side + x, (y + 1) * side + x);
    }
  }
  return graph;
}

const values = (graph: DirectedGraph) => centrality.betweenness(graph, { getEdgeWeight: 'weight', normalized: false });

/** Why kernels of our own stand in for these functions; a version that mends one of them fails here, and the docs can follow. */
describe('graphology, where it must not be used', () => {
  it('counts paths in 32 bits: opposite corners of an 18 × 18 unit grid differ in betweenness, of a 17 × 17 grid they do not', () => {
    const corners = (side: number) => {
      const found = values(grid(side, () => 1));
      const near = found[String(side + 1)] ?? 0;
      const far = found[String(side * side - side - 2)] ?? 0;
      return Math.abs(near - far) / far;
    };
    expect(corners(17)).to.be.lessThan(1e-9);
    const eighteen = values(grid(18, () => 1));
    const total = Object.values(eighteen).reduce((sum, value) => sum + value, 0);
    let hops = 0;
    for (let a = 0; a < 324; a++) {
      for (let b = 0; b < 324; b++) {
        if (a !== b) hops += Math.abs((a % 18) - (b % 18)) + Math.abs(Math.floor(a / 18) - Math.floor(b / 18)) - 1;
      }
    }
    // every path of h hops passes h - 1 nodes, so the values must add up to Σ (h - 1): exactly the 32-bit wrap breaks this
    expect(Math.abs(total - hops) / hops).to.be.greaterThan(1e-6);
  });

  it('compares sums of float weights with ===: all weights × 0.1 change the answer', () => {
    const whole = values(grid(8, (edge) => 1 + (edge % 3)));
    const tenth = values(grid(8, (edge) => (1 + (edge % 3)) * 0.1));
    const differing = Object.keys(whole).filter((node) => Math.abs((whole[node] ?? 0) - (tenth[node] ?? 0)) > 1e-9);
    expect(differing.length).to.be.greaterThan(0);
  });

  it('reads a missing or textual weight as 1', () => {
    const graph = new DirectedGraph();
    for (const node of ['a', 'b', 'c']) graph.addNode(node);
    graph.addEdge('a', 'c', { weight: 1.5 });
    graph.addEdge('a', 'b', { weight: 'thirty' });
    graph.addEdge('b', 'c', {});
    expect(dijkstra.bidirectional(graph, 'a', 'c', 'weight')).to.deep.equal(['a', 'c']);
    graph.setEdgeAttribute('a', 'c', 'weight', 2.5);
    expect(dijkstra.bidirectional(graph, 'a', 'c', 'weight')).to.deep.equal(['a', 'b', 'c']);
  });

  it('has no betweenness of links for multigraphs, and closeness in hops only', () => {
    const multi = new MultiDirectedGraph();
    multi.addNode('a');
    multi.addNode('b');
    multi.addEdge('a', 'b', { weight: 5 });
    multi.addEdge('a', 'b', { weight: 7 });
    expect(() => centrality.edgeBetweenness(multi as unknown as DirectedGraph)).to.throw();
    const slow = grid(3, () => 10);
    expect(centrality.closeness(slow)).to.deep.equal(centrality.closeness(grid(3, () => 1)));
  });
});
