import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { accumulate } from '../../../src/kernels/hierarchy/accumulate.ts';
import { prepareCustomisation } from '../../../src/kernels/hierarchy/customisation.ts';
import { customiseHierarchy } from '../../../src/kernels/hierarchy/customise.ts';
import { buildHierarchy, type Hierarchy } from '../../../src/kernels/hierarchy/hierarchy.ts';
import { createSweeper } from '../../../src/kernels/hierarchy/sweeper.ts';
import { createSearch } from '../../../src/kernels/one-to-all.ts';
import { compileNetwork, type Network } from '../../../src/model/network.ts';
import { minutesToMilliseconds } from '../../../src/model/units.ts';
import { itWithShared, sharedPath } from '../../support/shared-data.ts';

/** The network of a TNTP file by free-flow time; times that round to nothing are raised to 1 ms and counted. */
function readNet(file: string): { network: Network; raised: number } {
  const body =
    gunzipSync(readFileSync(sharedPath(file)))
      .toString('utf8')
      .split('~')
      .at(-1) ?? '';
  const rows = body
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length > 5);
  const nodeCount = rows.reduce((most, [from = 0, to = 0]) => Math.max(most, from, to), 0);
  const nodes = Array.from({ length: nodeCount }, (_value, node) => ({
    id: String(node + 1),
    longitude: Number.NaN,
    latitude: Number.NaN,
  }));
  const arcs = rows.map(([from = 0, to = 0, , , minutes = 0], link) => {
    return { from: from - 1, to: to - 1, milliseconds: minutesToMilliseconds(minutes), link };
  });
  const raised = rows.filter(([, , , , minutes = 0]) => Math.round(minutes * 60_000) < 1).length;
  return {
    network: compileNetwork(
      nodes,
      arcs,
      arcs.map((_arc, link) => String(link)),
    ),
    raised,
  };
}

/**
 * igraph 0.10.2 on the same arcs, weights in milliseconds, from the nodes "1", "5000" and "10000": sums of
 * distances(source, weights), closeness(mode="out", normalized=True), harmonic_centrality(mode="out", normalized=False).
 */
const IGRAPH = {
  sources: [0, 4999, 9999],
  chicago: {
    times: [31357685390, 33195910029, 26089930908],
    closeness: [4.138379423928521e-7, 3.909216523560665e-7, 4.973949546190956e-7],
    harmonic: [1.0072768019754466, 0.006663229464951128, 0.00900595473926979],
  },
  sydney: {
    times: [61118698800, 55324406400, 67031668200],
    closeness: [5.391966885263598e-7, 5.956683884094959e-7, 4.916332963946734e-7],
    harmonic: [0.02711241475373373, 0.027550753464309657, 0.024219422783202375],
  },
};

function expectIgraph(hierarchy: Hierarchy, expected: (typeof IGRAPH)['chicago']): void {
  const [times, inverse] = accumulate(hierarchy, IGRAPH.sources, [{ kind: 'times' }, { kind: 'inverse', scale: 1 }]);
  expect(Array.from(times!.sums)).to.deep.equal(expected.times);
  IGRAPH.sources.forEach((_source, index) => {
    const closeness = (times!.counts[index]! - 1) / times!.sums[index]!;
    expect(closeness / expected.closeness[index]! - 1).to.be.closeTo(0, 1e-9);
    expect(inverse!.sums[index]! / expected.harmonic[index]! - 1).to.be.closeTo(0, 1e-9);
  });
}

function expectDijkstra(network: Network, hierarchy: Hierarchy): void {
  const search = createSearch(network);
  const sweeper = createSweeper(hierarchy);
  const origins = Array.from({ length: 16 }, (_value, lane) => (lane * 811) % network.nodeCount);
  sweeper.run(origins);
  const tree = new Uint32Array(network.nodeCount);
  for (const [lane, origin] of origins.entries()) {
    sweeper.copyTree(lane, tree);
    expect(tree).to.deep.equal(search.run(origin));
  }
}

describe('on published networks, hierarchies', () => {
  const CHICAGO = 'tntp/chicago-regional/ChicagoRegional_net.tntp.gz';
  itWithShared('of Chicago Regional give the times of Dijkstra and the sums of igraph', [CHICAGO], () => {
    const { network, raised } = readNet(CHICAGO);
    expect([network.nodeCount, network.arcCount, raised]).to.deep.equal([12982, 39018, 3650]);
    for (const hierarchy of [buildHierarchy(network), customiseHierarchy(prepareCustomisation(network), network)]) {
      expectDijkstra(network, hierarchy);
      expectIgraph(hierarchy, IGRAPH.chicago);
    }
  });

  const SYDNEY = 'tntp/Sydney/Sydney_net.tntp.gz';
  itWithShared('of Sydney give the times of Dijkstra and the sums of igraph', [SYDNEY], () => {
    const { network, raised } = readNet(SYDNEY);
    expect([network.nodeCount, network.arcCount, raised]).to.deep.equal([33113, 75379, 0]);
    for (const hierarchy of [buildHierarchy(network), customiseHierarchy(prepareCustomisation(network), network)]) {
      expectDijkstra(network, hierarchy);
      expectIgraph(hierarchy, IGRAPH.sydney);
    }
  });
});
