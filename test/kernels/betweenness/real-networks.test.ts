import { expect } from 'chai';
import { betweenness } from '../../../src/kernels/betweenness/betweenness.ts';
import { DEFAULT_BETWEENNESS } from '../../../src/kernels/betweenness/options.ts';
import { pythonBetweenness } from '../../support/python-betweenness.ts';
import { itWithShared, sharedPath } from '../../support/shared-data.ts';
import { readTntpNetwork } from '../../support/tntp-network.ts';

const ANAHEIM = 'tntp/Anaheim/Anaheim_net.tntp';
const SKETCH = 'tntp/Chicago-Sketch/ChicagoSketch_net.tntp';
const REGIONAL = 'tntp/chicago-regional/ChicagoRegional_net.tntp.gz';

function worst(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let most = found.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  for (let index = 0; index < expected.length; index++) {
    most = Math.max(most, Math.abs(found[index]! - expected[index]!) / Math.max(1, Math.abs(expected[index]!)));
  }
  return most;
}

describe('betweenness of real networks', () => {
  for (const [library, file] of [
    ['igraph', ANAHEIM],
    ['igraph', SKETCH],
    ['graph-tool', ANAHEIM],
  ] as const) {
    itWithShared(`is that of ${library} to 1e-9, where it is installed`, [file], function () {
      this.timeout(120_000);
      const network = readTntpNetwork(sharedPath(file));
      const theirs = pythonBetweenness(network, library);
      if (!theirs) this.skip();
      const ours = betweenness(network);
      expect(worst(ours.node, theirs.node)).to.be.lessThan(1e-9);
      if (theirs.arc) expect(worst(ours.arc, theirs.arc)).to.be.lessThan(1e-9);
    });
  }

  itWithShared('is the same by searches, and with each reduction off', [ANAHEIM], function () {
    this.timeout(60_000);
    const network = readTntpNetwork(sharedPath(ANAHEIM));
    const expected = betweenness(network, { method: 'searches' });
    const on = DEFAULT_BETWEENNESS.reductions;
    for (const off of ['parallelArcs', 'trees', 'chains'] as const) {
      const { node, arc } = betweenness(network, { reductions: { ...on, [off]: false } });
      expect(worst(node, expected.node)).to.be.lessThan(1e-12);
      expect(worst(arc, expected.arc)).to.be.lessThan(1e-12);
    }
  });

  itWithShared(
    'adds up on Chicago Regional: Σ flow · time of trips is Σ trips · time, and each trip leaves and arrives',
    [REGIONAL],
    function () {
      this.timeout(120_000);
      const network = readTntpNetwork(sharedPath(REGIONAL));
      const every = Uint32Array.from({ length: 400 }, (_value, index) => index * 29);
      const trips = Float64Array.from({ length: every.length ** 2 }, (_value, index) => ((index * 7919) % 1000) / 8);
      const { arc, node, demand } = betweenness(network, { demand: { origins: every, destinations: every, trips } });
      const flowTime = arc.reduce((sum, flow, index) => sum + flow * network.arcCost[index]!, 0);
      expect(Math.abs(flowTime - demand!.servedMilliseconds) / flowTime).to.be.lessThan(1e-12);
      // what enters a node passes or ends there: Σ flow = Σ through + trips served
      const entering = arc.reduce((sum, flow) => sum + flow, 0);
      const passing = node.reduce((sum, flow) => sum + flow, 0);
      expect(Math.abs(entering - passing - demand!.served) / entering).to.be.lessThan(1e-12);
    },
  );
});
