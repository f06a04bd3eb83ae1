import { expect } from 'chai';
import { buildHierarchy } from '../../src/kernels/hierarchy/hierarchy.ts';
import { createSweeper } from '../../src/kernels/hierarchy/sweeper.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { assertNothingSaturated } from '../../src/kernels/saturation.ts';
import { LimitError } from '../../src/model/errors.ts';
import { networkOf } from '../support/random-networks.ts';

const HALF = 2 ** 31;

describe('a way too long to count', () => {
  it('is told from no way at all, after a search and after a sweep', () => {
    // 0 → 1 → 2 takes 2^32 ms; no way leads to 3
    const network = networkOf(4, [
      [0, 1, HALF],
      [1, 2, HALF],
    ]);
    const sweeper = createSweeper(buildHierarchy(network));
    sweeper.run([0]);
    const swept = new Uint32Array(4);
    sweeper.copyTree(0, swept);
    for (const tree of [oneToAll(network, 0), swept]) {
      expect(() => assertNothingSaturated(network, tree)).to.throw(LimitError, `node 2 takes ${2 ** 32} ms; expected less than`);
    }
    expect(() => assertNothingSaturated(network, oneToAll(network, 1))).not.to.throw();
  });

  it('is not suspected one millisecond below, nor on an island', () => {
    const network = networkOf(4, [
      [0, 1, HALF],
      [1, 2, HALF - 2],
    ]);
    expect(() => assertNothingSaturated(network, oneToAll(network, 0))).not.to.throw();
  });

  it('needs a cost for each node', () => {
    expect(() => assertNothingSaturated(networkOf(2, [[0, 1, 5]]), new Uint32Array(1))).to.throw(RangeError, '1 costs; expected one for');
  });
});
