import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { betweenness } from '../../src/kernels/betweenness/betweenness.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { type ArcRow, compileNetwork, UNREACHED } from '../../src/model/network.ts';

/** What igraph 0.10.2 answers; the recipe stands beside it. */
const FIXTURE: { nodeBetweenness: number[]; arcBetweenness: number[]; times: (number | null)[][] } = JSON.parse(
  readFileSync(new URL('../../../test/kernels/fixtures/igraph-values.json', import.meta.url), 'utf8'),
);

/** The graph of fixtures/igraph-values.py. */
function fixtureArcs(): ArcRow[] {
  let state = 7n;
  const draw = (limit: number) => {
    state = (1103515245n * state + 12345n) % 2n ** 31n;
    return Number(state >> 16n) % limit;
  };
  const arcs: ArcRow[] = [];
  while (arcs.length < 240) {
    const [from, to, milliseconds] = [draw(60), draw(60), 1 + draw(9)];
    if (from !== to) arcs.push({ from, to, milliseconds, link: arcs.length });
  }
  return arcs;
}

describe('igraph', () => {
  const arcs = fixtureArcs();
  const nodes = Array.from({ length: 60 }, (_value, id) => ({ id: String(id), longitude: 0, latitude: 0 }));
  const network = compileNetwork(
    nodes,
    arcs,
    arcs.map((_arc, link) => String(link)),
  );

  it('finds the same times on a directed multigraph', () => {
    FIXTURE.times.forEach((row, origin) => {
      expect(Array.from(oneToAll(network, origin), (time) => (time === UNREACHED ? null : time))).to.deep.equal(row);
    });
  });

  it('finds the same betweenness of nodes and of parallel arcs', () => {
    const { node, link } = betweenness(network);
    FIXTURE.nodeBetweenness.forEach((value, index) => {
      expect(node[index]).to.be.closeTo(value, 1e-9 * Math.max(1, value));
    });
    FIXTURE.arcBetweenness.forEach((value, index) => {
      expect(link[index]).to.be.closeTo(value, 1e-9 * Math.max(1, value));
    });
  });
});
