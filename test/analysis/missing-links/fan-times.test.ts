import { expect } from 'chai';
import { fanTimes } from '../../../src/analysis/missing-links/fan-times.ts';
import { roadLikeNetwork } from '../../../src/bench/road-like.ts';
import { hierarchyFor } from '../../../src/kernels/hierarchy/hierarchy-for.ts';
import { oneToAll } from '../../../src/kernels/one-to-all.ts';
import { KEEP_NOTHING } from '../../../src/model/kept-parts.ts';
import { SILENT } from '../../../src/model/progress.ts';

describe('times from origins to their own targets', () => {
  const network = roadLikeNetwork(1600, 5);
  const node = (index: number) => (index * 769) % network.nodeCount;
  const fansOf = (count: number) =>
    Array.from({ length: count }, (_fan, index) => ({
      origin: node(index),
      targets: Uint32Array.from({ length: index % 4 }, (_target, step) => node(index + step * 11)),
    }));

  it('are those of single trees, searched (33 origins) or swept (300 origins), in the order asked for', () => {
    for (const count of [33, 300]) {
      expect(hierarchyFor(network, count) !== null).to.equal(count === 300);
      const fans = fansOf(count);
      const seen: number[] = [];
      const times = fanTimes(network, fans, (_step, done) => seen.push(done), KEEP_NOTHING);
      expect(times).to.deep.equal(
        fans.map(({ origin, targets }) => {
          const tree = oneToAll(network, origin);
          return targets.map((target) => tree[target]!);
        }),
      );
      expect(seen.at(-1)).to.equal(count);
    }
  });

  it('are kept where they are searched, and not where they are swept', () => {
    for (const [count, kept] of [
      [33, ['pairs 0', 'pairs 32']],
      [300, []],
    ] as const) {
      const names: string[] = [];
      const words = (name: string, compute: () => Uint32Array): Uint32Array => {
        names.push(name);
        return compute();
      };
      fanTimes(network, fansOf(count), SILENT, { ...KEEP_NOTHING, words });
      expect(names).to.deep.equal(kept);
    }
  });
});
