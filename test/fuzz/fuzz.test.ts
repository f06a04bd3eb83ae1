import { expect } from 'chai';
import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

describe('a mutated file', () => {
  for (const format of Object.keys(TARGETS)) {
    it(`of ${format} is read or refused with a message, never read wrongly`, async () => {
      // another seed than the full run's, so that the suite sees other files
      const { read, refused, failures } = await fuzz(format, 100, 2);
      expect(failures).to.deep.equal([]);
      expect(read + refused).to.equal(100);
      expect(refused).to.be.greaterThan(0);
    });
  }
});
