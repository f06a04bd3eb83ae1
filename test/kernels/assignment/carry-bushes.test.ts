import { expect } from 'chai';
import fc from 'fast-check';
import { carryBushes } from '../../../src/kernels/assignment/carry-bushes.ts';
import type { AssignmentProblem } from '../../../src/kernels/assignment/trip-classes.ts';
import { userEquilibrium } from '../../../src/kernels/assignment/user-equilibrium.ts';
import { world, worlds } from './worlds.ts';

/** Arc by arc of the problem before, by the row that both come from; `gone` is a row before that the one after lacks. */
function carriage(before: AssignmentProblem, after: AssignmentProblem, gone: number) {
  const arcOfRow = new Map(Array.from(after.network.rowOf, (row, arc) => [row, arc]));
  const arc = Int32Array.from(before.network.rowOf, (row) => (row === gone ? -1 : (arcOfRow.get(row > gone ? row - 1 : row) ?? -1)));
  return { arc, node: Int32Array.from({ length: before.network.nodeCount }, (_value, node) => node) };
}

describe('bushes carried to a changed network', () => {
  it('lead to the equilibrium that a fresh start finds, with a link less and one more, all trips with them', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), ({ nodeCount, links, trips }, pick) => {
        const gone = pick % links.length;
        const before = world(nodeCount, links, trips);
        const extra = { from: 0, to: nodeCount - 1, freeTime: 1, capacity: 5, b: 0.15, power: 4 };
        const after = world(nodeCount, [...links.filter((_link, row) => row !== gone), extra], trips);
        const { bushes } = userEquilibrium(before, { gap: 1e-12, maxIterations: 100 });
        const kept = bushes.map(({ flow }) => flow.slice());
        const start = carryBushes(after, before, bushes, carriage(before, after, gone));
        expect(bushes.map(({ flow }) => flow)).to.deep.equal(kept);
        const warm = userEquilibrium(after, { gap: 1e-12, maxIterations: 100, start });
        const fresh = userEquilibrium(after, { gap: 1e-12, maxIterations: 100 });
        const [a, b] = [warm.steps.at(-1), fresh.steps.at(-1)];
        if (!a || !b) throw new Error('no step');
        expect(warm.unserved).to.equal(fresh.unserved);
        const slack = 1e-12 * (1 + Math.abs(b.objective));
        expect(a.lowerBound).to.be.at.most(b.objective + slack);
        expect(b.lowerBound).to.be.at.most(a.objective + slack);
        expect(a.relativeGap).to.be.at.most(1e-10);
      }),
      { numRuns: 100 },
    );
  });

  it('are at rest at once where nothing changed', () => {
    const link = { from: 0, to: 1, freeTime: 1, capacity: 5, b: 0.15, power: 4 };
    const problem = world(2, [link, { ...link, freeTime: 2 }], [{ from: 0, to: 1, amount: 9 }]);
    const { bushes } = userEquilibrium(problem, { gap: 1e-13 });
    const start = carryBushes(problem, problem, bushes, carriage(problem, problem, 99));
    expect(userEquilibrium(problem, { gap: 1e-12, start }).steps).to.have.length(1);
  });

  it('tell trips without a way again, and serve them where a link gives one', () => {
    const link = { from: 0, to: 1, freeTime: 1, capacity: 5, b: 0.15, power: 4 };
    const trips = [
      { from: 0, to: 1, amount: 2 },
      { from: 0, to: 2, amount: 5 },
    ];
    const before = world(3, [link], trips);
    const { bushes } = userEquilibrium(before);
    const again = carryBushes(before, before, bushes, carriage(before, before, 99));
    expect(userEquilibrium(before, { start: again }).unserved).to.equal(5);
    const after = world(3, [link, { ...link, from: 1, to: 2 }], trips);
    const { unserved, state } = userEquilibrium(after, { start: carryBushes(after, before, bushes, carriage(before, after, 99)) });
    expect([unserved, ...state.flow]).to.deep.equal([0, 7, 5]);
  });
});
