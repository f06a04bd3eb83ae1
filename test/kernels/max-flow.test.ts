import { expect } from 'chai';
import fc from 'fast-check';
import { compileFlowNetwork } from '../../src/kernels/assignment/flow-network.ts';
import { maxFlow } from '../../src/kernels/max-flow.ts';

const NODES = 7;

describe('largest flow', () => {
  it('equals the least of all cuts, tried one by one, conserves flow and keeps to capacities', () => {
    const node = fc.nat({ max: NODES - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node, fc.nat({ max: 8 })), { maxLength: 25 }), (rows) => {
        const network = compileFlowNetwork(
          NODES,
          rows.map(([from]) => from),
          rows.map(([, to]) => to),
        );
        const capacity = Float64Array.from(network.rowOf, (row) => rows[row]?.[2] ?? 0);
        const found = maxFlow(network, capacity, 0, NODES - 1);
        let least = Number.POSITIVE_INFINITY;
        for (let side = 0; side < 2 ** NODES; side++) {
          if ((side & 1) === 0 || (side & (1 << (NODES - 1))) !== 0) continue;
          let sum = 0;
          capacity.forEach((value, arc) => {
            if ((side >> (network.tail[arc] ?? 0)) & 1 && !((side >> (network.head[arc] ?? 0)) & 1)) sum += value;
          });
          least = Math.min(least, sum);
        }
        expect(found.value).to.equal(least);
        const balance = new Float64Array(NODES);
        found.flow.forEach((units, arc) => {
          expect(units).to.be.within(0, capacity[arc] ?? 0);
          balance[network.tail[arc] ?? 0] = (balance[network.tail[arc] ?? 0] ?? 0) - units;
          balance[network.head[arc] ?? 0] = (balance[network.head[arc] ?? 0] ?? 0) + units;
        });
        expect([...balance]).to.deep.equal([-least, ...new Array(NODES - 2).fill(0), least].map((value) => value + 0 || 0));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses two nodes that nothing limits', () => {
    const network = compileFlowNetwork(2, [0], [1]);
    expect(() => maxFlow(network, Float64Array.of(Number.POSITIVE_INFINITY), 0, 1)).to.throw(RangeError, 'without limit');
  });
});
