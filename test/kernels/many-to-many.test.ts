import { expect } from 'chai';
import fc from 'fast-check';
import { roadLikeNetwork } from '../../src/bench/road-like.ts';
import { closeness, searchedCloseness } from '../../src/kernels/closeness.ts';
import { prepareCustomisation } from '../../src/kernels/hierarchy/customisation.ts';
import { hierarchyFor } from '../../src/kernels/hierarchy/hierarchy-for.ts';
import { createTimesToTargets, timesBetween } from '../../src/kernels/many-to-many.ts';
import { createSearch, oneToAll } from '../../src/kernels/one-to-all.ts';
import { LimitError } from '../../src/model/errors.ts';
import { UNREACHED } from '../../src/model/network.ts';
import { anyNetwork, gridArcs, networkOf } from '../support/random-networks.ts';

describe('times between sets of nodes', () => {
  it('are those of single trees, by search (20 origins) and by hierarchy (400 origins) alike', () => {
    const network = roadLikeNetwork(2500, 7);
    const targets = Uint32Array.from({ length: 90 }, (_value, index) => (index * 131) % network.nodeCount);
    for (const count of [20, 400]) {
      expect(hierarchyFor(network, count) !== null).to.equal(count === 400);
      const origins = Uint32Array.from({ length: count }, (_value, index) => (index * 17) % network.nodeCount);
      const found = timesBetween(network, origins, targets);
      const search = createSearch(network);
      const expected = Array.from(origins).flatMap((origin) => {
        const tree = search.run(origin);
        return Array.from(targets, (target) => tree[target]!);
      });
      expect(Array.from(found)).to.deep.equal(expected);
    }
  });

  it('name an unknown node', () => {
    const network = networkOf(2, [[0, 1, 5]]);
    expect(() => timesBetween(network, Uint32Array.of(0), Uint32Array.of(2))).to.throw(RangeError, 'target is node 2; expected 0 … 1');
    expect(() => timesBetween(network, Uint32Array.of(9), Uint32Array.of(1))).to.throw(RangeError, 'origin is node 9; expected 0 … 1');
  });

  it('refuse a way of 49 days in place of calling it none', () => {
    const half = 0x80000000;
    const network = networkOf(3, [
      [0, 1, half],
      [1, 2, half],
    ]);
    expect(() => timesBetween(network, Uint32Array.of(0), Uint32Array.of(2))).to.throw(LimitError, '49 days');
    expect(timesBetween(network, Uint32Array.of(1), Uint32Array.of(0, 2))).to.deep.equal(Uint32Array.of(UNREACHED, half));
    const long = networkOf(
      600,
      Array.from({ length: 599 }, (_value, node) => [node, node + 1, 0x1000000] as const),
    );
    expect(hierarchyFor(long, 600)).to.equal(null);
  });
});

describe('times to targets chosen once', () => {
  it('are those of single trees, from origins and to them, by search and by hierarchy alike', () => {
    const network = roadLikeNetwork(1600, 3);
    const hierarchy = hierarchyFor(network, 400);
    const targets = Uint32Array.from({ length: 40 }, (_value, index) => (index * 37) % network.nodeCount);
    const origins = Uint32Array.of(5, 5, 1599, 0, 801);
    for (const [standing, direction] of [
      [hierarchy, 'forward'],
      [hierarchy, 'backward'],
      [null, 'forward'],
      [null, 'backward'],
    ] as const) {
      const rows = new Uint32Array(origins.length * targets.length);
      createTimesToTargets(network, standing, targets, direction)(origins, rows);
      const [froms, tos] = direction === 'forward' ? [origins, targets] : [targets, origins];
      const trees = Array.from(froms, (from) => oneToAll(network, from));
      origins.forEach((_origin, row) => {
        targets.forEach((_target, column) => {
          const [from, to] = direction === 'forward' ? [row, column] : [column, row];
          expect(rows[row * targets.length + column]).to.equal(trees[from]![tos[to]!]);
        });
      });
    }
  });
});

describe('a search that stops early', () => {
  it('has the times of a full one at its targets and within its limit', () => {
    fc.assert(
      fc.property(anyNetwork, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), fc.nat(60), (network, picks, limit) => {
        const targets = picks.map((pick) => pick % network.nodeCount);
        const full = oneToAll(network, targets[0]!);
        const search = createSearch(network);
        const stopped = search.runTo(targets[0]!, targets);
        for (const target of targets) expect(stopped[target]).to.equal(full[target]);
        const bounded = search.run(targets[0]!, limit);
        expect(Array.from(bounded)).to.deep.equal(Array.from(full, (time) => (time <= limit ? time : UNREACHED)));
      }),
      { numRuns: 500 },
    );
  });

  it('settles equal times in order of node number', () => {
    const network = networkOf(49, gridArcs(7));
    const search = createSearch(network);
    const tree = search.run(24);
    const byTimeThenNumber = Array.from(tree.keys()).sort((a, b) => tree[a]! - tree[b]! || a - b);
    expect(Array.from(search.settled)).to.deep.equal(byTimeThenNumber);
  });
});

describe('closeness of all nodes', () => {
  it('over a hierarchy equals that of searches to 1e-12, the rounding of another order of adding', () => {
    const network = roadLikeNetwork(1600, 3);
    const [swept, searched] = [closeness(network), searchedCloseness(network)];
    expect(swept.reached).to.deep.equal(searched.reached);
    expect(swept.closeness).to.deep.equal(searched.closeness);
    searched.harmonic.forEach((value, node) => {
      expect(swept.harmonic[node]).to.be.closeTo(value, 1e-12 * value);
    });
  });
});

describe('the choice between searches and hierarchies', () => {
  it('searches few trees, sweeps many, and gives dense networks a contraction only for very many', () => {
    const dense = networkOf(
      600,
      Array.from(
        { length: 600 * 40 },
        (_value, index) => [index % 600, (Math.imul(index, 0x9e3779b1) >>> 8) % 600, 1 + (index % 50)] as const,
      ),
    );
    expect(hierarchyFor(dense, 100)).to.equal(null);
    expect(hierarchyFor(roadLikeNetwork(600, 1), 63)).to.equal(null);
    expect(hierarchyFor(roadLikeNetwork(600, 1), 600)).not.to.equal(null);
  });
});

describe('elimination', () => {
  it('gives up where a dense graph would make more triangles than allowed, and then contraction serves', () => {
    const arcs = Array.from({ length: 50 * 50 }, (_value, index) => [index % 50, Math.floor(index / 50), 1 + (index % 7)] as const);
    const network = networkOf(50, arcs);
    expect(prepareCustomisation(network, { mostTriangles: 1000 })).to.equal(null);
    expect(prepareCustomisation(network)?.upper.length).to.equal((50 * 49) / 2);
  });
});
