import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { betweennessBench } from '../../src/bench/betweenness-bench.ts';

describe('the bench of betweenness', () => {
  it('measures all in one run, and all agree on the sum', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'corridor-bench-test-'));
    const file = join(folder, 'row.csv');
    // 4 nodes in a row, both ways: node betweenness 0, 4, 4, 0
    writeFileSync(file, 'from,to,weight\na,b,1\nb,a,1\nb,c,2\nc,b,2\nc,d,3\nd,c,3\n');
    try {
      const rows = await betweennessBench([file], { runs: 1, threads: 2, seed: 1 });
      const wholes = rows.filter(({ who }) => !/alone$|every origin/.test(who) || who.includes('nodes alone'));
      expect(wholes.map(({ who }) => who)).to.include.members(['corridor: hierarchy and sweeps', 'graphology-metrics, nodes alone']);
      for (const { checksum } of wholes) expect(checksum).to.equal(8);
      for (const row of rows) expect(row.medianSecondsPerUnit).to.be.at.least(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
