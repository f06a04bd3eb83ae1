import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import fc from 'fast-check';
import { roadLikeNetwork } from '../../src/bench/road-like.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { DataError } from '../../src/model/errors.ts';
import { compileNetwork, UNREACHED } from '../../src/model/network.ts';
import { sliceNetwork } from '../../src/model/network-slice.ts';
import { sha256 } from '../../src/model/sha256.ts';
import { networkInSnapshot, snapshotHash, snapshotOf, verifySnapshot } from '../../src/model/snapshot.ts';
import { anyNetwork } from '../support/random-networks.ts';

const inMemory = (bytes: number) => new ArrayBuffer(bytes);

describe('a snapshot', () => {
  it('gives back every column and id, names of any script included', () => {
    const nodes = ['北京', 'Zürich', '', '東京 🚉'].map((id, index) => ({ id, longitude: index, latitude: -index }));
    const arcs = [
      { from: 0, to: 3, milliseconds: 60_000, link: 1 },
      { from: 3, to: 1, milliseconds: 1, link: 0 },
    ];
    const network = compileNetwork(nodes, arcs, ['京滬', 'a']);
    const found = networkInSnapshot(snapshotOf(network, (bytes) => new SharedArrayBuffer(bytes)));
    expect({ ...found }).to.deep.equal({ ...network });
  });

  it('is the same bytes for the same network, under the SHA-256 that the platform finds too', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const [one, two] = [snapshotOf(network, inMemory), snapshotOf(networkInSnapshot(snapshotOf(network, inMemory)), inMemory)];
        expect(Buffer.from(one).equals(Buffer.from(two))).to.equal(true);
        verifySnapshot(one);
        const hash = createHash('sha256').update(new Uint8Array(one, 128)).digest('hex');
        expect(snapshotHash(one)).to.equal(hash);
      }),
      { numRuns: 50 },
    );
  });

  it('holds at most 24 bytes a node, 12 an arc and the ids, as its formula says', () => {
    const network = roadLikeNetwork(10_000, 1);
    const ids = network.nodeIds.reduce((sum, id) => sum + id.length, 0);
    const formula = 128 + network.nodeCount * 24 + ids + network.arcCount * 12;
    // each of the ten columns may be padded to a multiple of 8
    expect(snapshotOf(network, inMemory).byteLength).to.be.within(formula, formula + 80);
  });

  it('is searched by another thread where it lies', async () => {
    const network = roadLikeNetwork(400, 1);
    const shared = snapshotOf(network, (bytes) => new SharedArrayBuffer(bytes));
    const code = `
      const { parentPort, workerData } = require('node:worker_threads');
      (async () => {
        const { networkInSnapshot } = await import(workerData.snapshotModule);
        const { oneToAll } = await import(workerData.searchModule);
        const network = networkInSnapshot(workerData.shared);
        parentPort.postMessage({ tree: oneToAll(network, 7), isShared: network.arcCost.buffer instanceof SharedArrayBuffer });
      })();`;
    const snapshotModule = new URL('../../src/model/snapshot.js', import.meta.url).href;
    const searchModule = new URL('../../src/kernels/one-to-all.js', import.meta.url).href;
    const worker = new Worker(code, { eval: true, workerData: { shared, snapshotModule, searchModule } });
    const { tree, isShared } = await new Promise<{ tree: Uint32Array; isShared: boolean }>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect(isShared).to.equal(true);
    expect(tree).to.deep.equal(oneToAll(network, 7));
  });

  it('is refused when it is no snapshot, of another version, cut short or altered, saying which', () => {
    const whole = snapshotOf(roadLikeNetwork(100, 1), inMemory);
    const altered = (change: (words: Uint32Array) => void) => {
      const copy = whole.slice(0);
      change(new Uint32Array(copy));
      return copy;
    };
    expect(() => networkInSnapshot(new ArrayBuffer(10))).to.throw(DataError, 'bytes is 10');
    expect(() => networkInSnapshot(altered((words) => words.set([1])))).to.throw(DataError, 'magic');
    expect(() => networkInSnapshot(altered((words) => words.set([99], 2)))).to.throw(DataError, 'version is 99');
    expect(() => networkInSnapshot(whole.slice(0, 500))).to.throw(DataError, 'cut short');
    expect(() => verifySnapshot(altered((words) => words.set([7], 200)))).to.throw(DataError, 'hash');
  });
});

describe('SHA-256', () => {
  it('is that of the platform for every length around the block size', () => {
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, (_value, index) => index * 37);
      expect(sha256(bytes)).to.equal(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});

describe('a slice of a network', () => {
  it('has the arcs of the links kept, and nodes and links under their old numbers', () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(), (network, seed) => {
        const kept = Uint8Array.from(network.linkIds, (_id, link) => ((link * 7 + seed) % 3 === 0 ? 0 : 1));
        const closed = { ...network, arcCost: network.arcCost.map((cost, arc) => (kept[network.arcLink[arc]!] ? cost : UNREACHED)) };
        expect(oneToAll(sliceNetwork(network, kept), 0)).to.deep.equal(oneToAll(closed, 0));
      }),
    );
  });
});
