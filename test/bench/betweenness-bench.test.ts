import { expect } from 'chai';
import { betweennessBench } from '../../src/bench/betweenness-bench.ts';
import { itWithShared, sharedPath } from '../support/shared-data.ts';

const SIOUX_FALLS = 'tntp/SiouxFalls/SiouxFalls_net.tntp';

describe('the bench of betweenness', () => {
  itWithShared('measures all in one run, and all agree on the sum', [SIOUX_FALLS], async function () {
    this.timeout(60_000);
    const rows = await betweennessBench([sharedPath(SIOUX_FALLS)], { runs: 1, threads: 2, seed: 1 });
    expect(rows.map(({ who }) => who)).to.include.members(['corridor: hierarchy and sweeps', 'graphology-metrics, nodes alone']);
    // 24 nodes, 552 ordered pairs; betweenness and pairs add up to the hops of all ways
    const sums = rows.flatMap(({ checksum }) => (checksum === null ? [] : [checksum]));
    for (const sum of sums) expect(sum).to.be.closeTo(sums[0] ?? Number.NaN, 1e-6);
    for (const row of rows) expect(row.medianSecondsPerUnit).to.be.greaterThan(0);
  });
});
