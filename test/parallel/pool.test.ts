import { expect } from 'chai';
import { betweenness } from '../../src/kernels/betweenness/betweenness.ts';
import { DEFAULT_BETWEENNESS } from '../../src/kernels/betweenness/options.ts';
import { planBetweenness } from '../../src/kernels/betweenness/plan.ts';
import { DataError, LimitError } from '../../src/model/errors.ts';
import type { Network } from '../../src/model/network.ts';
import { betweennessInParallel } from '../../src/parallel/betweenness.ts';
import { packError, unpackError } from '../../src/parallel/packed-error.ts';
import { openPool, withPool } from '../../src/parallel/pool.ts';
import { buffersOf, shareArrays } from '../../src/parallel/shared-arrays.ts';
import { type Arc, gridArcs, networkOf } from '../support/random-networks.ts';

const SIDE = 48;
/** A row of nodes is a tree, which folding would put away. */
const UNFOLDED = { parallelArcs: true, trees: false, chains: true };

/** A grid of 2,304 nodes, 9 blocks of origins, with streets of 1 to 1,009 milliseconds. */
function town(): Network {
  const arcs = gridArcs(SIDE).map(([from, to], index): Arc => [from, to, 1 + ((index * 7919) % 1009)]);
  return networkOf(SIDE * SIDE, arcs);
}

/** 1,000 nodes in a row, each joined to the next by three equal arcs: 3^999 ways from end to end, more than float64 counts. */
function manyWays(): Network {
  const arcs: Arc[] = [];
  for (let node = 0; node + 1 < 1000; node++) for (let twin = 0; twin < 3; twin++) arcs.push([node, node + 1, 1]);
  return networkOf(1000, arcs);
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('a pool of threads', () => {
  it('gives the bytes of one thread with 2 and with 8', async () => {
    const network = town();
    const here = betweenness(network);
    for (const threads of [1, 2, 8]) {
      const found = await withPool(threads, (pool) => betweennessInParallel(pool, network));
      for (const key of ['node', 'arc', 'link'] as const) expect(Buffer.compare(bytes(found[key]), bytes(here[key])), key).to.equal(0);
    }
  });

  it('started before its first run gives the same, and ends as one that was never used does', async () => {
    const alone = betweenness(town());
    await withPool(2, async (pool) => {
      pool.warm(9);
      expect(await betweennessInParallel(pool, town())).to.deep.equal(alone);
    });
    const unused = openPool(8);
    unused.warm(3);
    await unused.close();
  });

  it('uses the memory of a run again without a trace of it', async () => {
    const network = town();
    const origins = Uint32Array.from({ length: 600 }, (_value, index) => index);
    const demandTo = (first: number) => {
      const destinations = Uint32Array.from({ length: 5 }, (_value, index) => first + index * 7);
      return { origins, destinations, trips: new Float64Array(origins.length * destinations.length).fill(first) };
    };
    await withPool(2, async (pool) => {
      for (const first of [900, 40, 1700, 40]) {
        const demand = demandTo(first);
        expect(await betweennessInParallel(pool, network, { demand })).to.deep.equal(betweenness(network, { demand }));
      }
    });
  });

  it('tells progress part by part, in order, whatever thread is done first', async () => {
    const told: string[] = [];
    const progress = (step: string, done: number, total: number): void => {
      told.push(`${step} ${done}/${total}`);
    };
    await withPool(3, (pool) => betweennessInParallel(pool, town(), {}, { progress }));
    expect(told).to.deep.equal(Array.from({ length: 9 }, (_value, part) => `betweenness ${part + 1}/9`));
  });

  it('brings an error back with its class and message, and works on', async () => {
    await withPool(2, async (pool) => {
      const error = await failure(betweennessInParallel(pool, manyWays(), { method: 'searches', reductions: UNFOLDED }));
      expect(error).to.be.instanceOf(LimitError);
      expect((error as Error).message).to.match(/more than 1e308 equally short ways/);
      expect((await betweennessInParallel(pool, town())).node.length).to.equal(SIDE * SIDE);
    });
  });

  for (const threads of [1, 2]) {
    it(`of ${threads} stops when told, with the reason given, and works on`, async () => {
      await withPool(threads, async (pool) => {
        const control = new AbortController();
        const progress = (_step: string, done: number): void => {
          if (done === 2) control.abort(new Error('enough'));
        };
        const error = await failure(betweennessInParallel(pool, town(), {}, { progress, signal: control.signal }));
        expect((error as Error).message).to.equal('enough');
        const later = await failure(betweennessInParallel(pool, town(), {}, { signal: control.signal }));
        expect((later as Error).message).to.equal('enough');
        expect((await betweennessInParallel(pool, town())).node.length).to.equal(SIDE * SIDE);
      });
    });
  }

  it('does runs that are asked for together one after another', async () => {
    const network = town();
    const [first, second] = await withPool(2, (pool) =>
      Promise.all([betweennessInParallel(pool, network), betweennessInParallel(pool, network, { limitMilliseconds: 2000 })]),
    );
    expect(first).to.deep.equal(betweenness(network));
    expect(second).to.deep.equal(betweenness(network, { limitMilliseconds: 2000 }));
  });

  it('holds no more than two outputs a thread back', async () => {
    const plan = planBetweenness(town(), DEFAULT_BETWEENNESS);
    const parts = Array.from({ length: plan.blocks }, (_value, block) => block);
    const order: number[] = [];
    await withPool(2, (pool) => pool.run('betweennessBlock', plan.work, parts, (_flows, part) => order.push(part)));
    expect(order).to.deep.equal(parts);
  });

  it('ends a run when its receiver throws', async () => {
    const plan = planBetweenness(town(), DEFAULT_BETWEENNESS);
    const thrower = (): void => {
      throw new RangeError('no room');
    };
    for (const threads of [1, 2]) {
      const error = await failure(withPool(threads, (pool) => pool.run('betweennessBlock', plan.work, [0, 1, 2], thrower)));
      expect(error).to.be.instanceOf(RangeError);
    }
  });

  it('of no thread or half a thread is refused', () => {
    expect(() => openPool(0)).to.throw(RangeError, 'a pool of 0 threads; expected at least 1');
    expect(() => openPool(1.5)).to.throw(RangeError, 'a pool of 1.5 threads');
  });
});

describe('what passes between threads', () => {
  it('keeps the problems of a DataError', () => {
    const problem = {
      severity: 'error' as const,
      kind: 'bad-weight',
      file: 'a.csv',
      feature: 'line 2',
      property: 'weight',
      found: '-1',
      expected: 'more',
    };
    const error = unpackError(packError(new DataError([problem])));
    expect(error).to.be.instanceOf(DataError);
    expect((error as DataError).problems).to.deep.equal([problem]);
    expect(error.stack).to.match(/pool\.test/);
  });

  it('lies in shared memory, copied once and not again', () => {
    const once = shareArrays({ numbers: Uint32Array.of(1, 2, 3), inner: { real: Float64Array.of(0.5) }, count: 3, none: null });
    expect(once.numbers.buffer).to.be.instanceOf(SharedArrayBuffer);
    expect(Array.from(once.inner.real)).to.deep.equal([0.5]);
    expect(shareArrays(once).numbers).to.equal(once.numbers);
  });

  it('changes hands rather than being copied', () => {
    const flow = Float64Array.of(1);
    expect(buffersOf({ flow, twice: flow, shared: new Uint8Array(new SharedArrayBuffer(4)), count: 1 })).to.deep.equal([flow.buffer]);
    expect(buffersOf(flow)).to.deep.equal([flow.buffer]);
  });
});

function bytes(values: Float64Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
