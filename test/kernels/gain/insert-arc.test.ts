import { expect } from 'chai';
import fc from 'fast-check';
import { insertArc } from '../../../src/kernels/gain/insert-arc.ts';
import { UNREACHED } from '../../../src/model/network.ts';

/** Floyd–Warshall on an arc list. */
function allTimes(count: number, arcs: readonly (readonly [number, number, number])[]): Uint32Array {
  const times = new Float64Array(count * count).fill(Number.POSITIVE_INFINITY);
  for (let node = 0; node < count; node++) times[node * count + node] = 0;
  for (const [from, to, cost] of arcs) times[from * count + to] = Math.min(times[from * count + to] ?? 0, cost);
  for (let via = 0; via < count; via++)
    for (let from = 0; from < count; from++)
      for (let to = 0; to < count; to++) {
        const through = (times[from * count + via] ?? 0) + (times[via * count + to] ?? 0);
        if (through < (times[from * count + to] ?? 0)) times[from * count + to] = through;
      }
  return Uint32Array.from(times, (time) => (Number.isFinite(time) ? time : UNREACHED));
}

describe('an arc put into a table of times', () => {
  it('gives the times of the network with it, for any arcs in any order (Floyd–Warshall)', () => {
    const arc = fc.tuple(fc.nat(7), fc.nat(7), fc.integer({ min: 1, max: 100 }));
    fc.assert(
      fc.property(fc.array(arc, { maxLength: 16 }), fc.array(arc, { minLength: 1, maxLength: 5 }), (old, added) => {
        const arcs = (list: typeof old) => list.filter(([from, to]) => from !== to);
        const times = allTimes(8, arcs(old));
        for (const [from, to, cost] of arcs(added)) insertArc(times, 8, from, to, cost);
        expect([...times]).to.deep.equal([...allTimes(8, [...arcs(old), ...arcs(added)])]);
      }),
    );
  });
});
