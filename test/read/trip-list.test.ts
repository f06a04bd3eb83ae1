import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DataError } from '../../src/model/errors.ts';
import { readTripList } from '../../src/read/trip-list.ts';

describe('a list of trips', () => {
  const folder = mkdtempSync(join(tmpdir(), 'corridor-trips-'));
  const file = join(folder, 'trips.csv');
  after(() => rmSync(folder, { recursive: true }));

  it('becomes a matrix of the nodes it names, pairs that come twice added up', () => {
    writeFileSync(file, 'from,to,trips\nb,a,2\nb,c,0.5\na,c,1\nb,a,3\n');
    const { origins, destinations, trips } = readTripList(file, ['a', 'b', 'c']);
    expect(Array.from(origins)).to.deep.equal([0, 1]);
    expect(Array.from(destinations)).to.deep.equal([0, 2]);
    // a → c 1; b → a 2 + 3, b → c 0.5
    expect(Array.from(trips)).to.deep.equal([0, 1, 5, 0.5]);
  });

  it('lists every fault in one go', () => {
    writeFileSync(file, 'from,to,trips\nb,z,2\na,c,-1\na,c,\n');
    try {
      readTripList(file, ['a', 'b', 'c']);
      expect.fail('nothing was thrown');
    } catch (error) {
      expect(error).to.be.instanceOf(DataError);
      expect((error as DataError).problems.map(({ kind, feature }) => `${kind} ${feature}`)).to.deep.equal([
        'unknown-node line 2',
        'bad-trips line 3',
        'bad-trips line 4',
      ]);
    }
  });
});
