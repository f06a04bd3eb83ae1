import { expect } from 'chai';
import { betweenness } from '../../../src/kernels/betweenness/betweenness.ts';
import { LimitError } from '../../../src/model/errors.ts';
import { type Arc, gridArcs, networkOf } from '../../support/random-networks.ts';

/** Pascal’s triangle in exact whole numbers, each rounded once to a float64: 60 × 60 needs C(118, 59) ≈ 2^114. */
function pascal(rows: number): number[][] {
  let row = [1n];
  const result: number[][] = [];
  for (let n = 0; n <= rows; n++) {
    result.push(row.map(Number));
    row = [1n, ...row.slice(1).map((value, k) => value + row[k]!), 1n];
  }
  return result;
}

/**
 * Betweenness of one node of a unit grid in closed form: from (0, 0) to (x, y) there are C(x + y, x) shortest ways, so the pairs on either
 * side of the node are summed, Σ C(s→v) C(v→t) / C(s→t). Each term is right to 4 roundings, and all are positive.
 */
function gridBetweenness(side: number, x: number, y: number, choose: number[][]): number {
  const ways = (dx: number, dy: number): number => choose[dx + dy]![dx]!;
  let sum = 0;
  // the four quarters around the node, its own row and column counted in one of them each
  for (const [stepX, stepY] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    const reach = (step: number, at: number): number => (step > 0 ? side - 1 - at : at);
    const [aheadX, aheadY, behindX, behindY] = [reach(stepX, x), reach(stepY, y), reach(-stepX, x), reach(-stepY, y)];
    for (let backX = 0; backX <= behindX; backX++) {
      for (let backY = 0; backY <= behindY; backY++) {
        if (backX + backY === 0) continue;
        for (let onX = 0; onX <= aheadX; onX++) {
          for (let onY = 0; onY <= aheadY; onY++) {
            if (onX + onY === 0) continue;
            // a straight way lies in two quarters: count it where the step it does not take is positive
            if (backX + onX === 0 && stepX < 0) continue;
            if (backY + onY === 0 && stepY < 0) continue;
            sum += (ways(backX, backY) * ways(onX, onY)) / ways(backX + onX, backY + onY);
          }
        }
      }
    }
  }
  return sum;
}

/** Roundings of up to 118 sums and products on the way, as measured: 1.0e-13 on 60 × 60. */
const GRID_TOLERANCE = 5e-13;

describe('betweenness of unit grids', () => {
  for (const side of [5, 18, 60]) {
    it(`equals the closed form on ${side} × ${side}, also where path counts pass 2^53`, () => {
      const choose = pascal(2 * side);
      const { node } = betweenness(networkOf(side * side, gridArcs(side)));
      let worst = 0;
      for (const [x, y] of [
        [0, 0],
        [0, 1],
        [1, 1],
        [2, 4],
        [Math.floor(side / 2), 0],
        [Math.floor(side / 2), Math.floor(side / 2)],
      ] as const) {
        const expected = gridBetweenness(side, x, y, choose);
        worst = Math.max(worst, Math.abs(node[y * side + x]! - expected) / Math.max(1, expected));
      }
      expect(worst).to.be.lessThan(GRID_TOLERANCE);
    });
  }

  it('are the sums of all hops less one a pair', () => {
    const side = 30;
    const count = side * side;
    const { node } = betweenness(networkOf(count, gridArcs(side)));
    // Σ |x1 − x2| over ordered pairs of a row of n is (n³ − n) / 3; times side² for the other coordinate, twice for both
    const hops = ((side ** 3 - side) / 3) * side ** 2 * 2;
    const sum = node.reduce((total, value) => total + value, 0);
    expect(Math.abs(sum - (hops - count * (count - 1))) / sum).to.be.lessThan(GRID_TOLERANCE);
  });
});

describe('path counts', () => {
  /** A row of pairs of equal ways, closed to a ring by two slow arcs so that it is no tree: 2^rungs ways from end to end. */
  const ladder = (rungs: number): Arc[] => {
    const arcs: Arc[] = [];
    for (let rung = 0; rung < rungs; rung++) {
      const [from, to] = [rung * 3, rung * 3 + 3];
      arcs.push([from, from + 1, 1], [from, from + 2, 1], [from + 1, to, 1], [from + 2, to, 1]);
    }
    return arcs;
  };

  it('pass 2^1000 without loss: of 1,001 rungs in a row each side carries half', () => {
    const rungs = 1001;
    const network = networkOf(rungs * 3 + 1, ladder(rungs));
    const last = rungs * 3;
    const demand = { origins: Uint32Array.of(0), destinations: Uint32Array.of(last), trips: Float64Array.of(1) };
    for (const method of ['sweeps', 'searches'] as const) {
      const { node } = betweenness(network, { demand, method });
      for (let rung = 0; rung < rungs; rung++) {
        expect(node[rung * 3 + 1]).to.equal(0.5);
        expect(node[rung * 3 + 2]).to.equal(0.5);
      }
    }
  });

  it('that pass what float64 holds are refused, not wrong', () => {
    const network = networkOf(1600 * 3 + 1, ladder(1600));
    const demand = { origins: Uint32Array.of(0), destinations: Uint32Array.of(4800), trips: Float64Array.of(1) };
    for (const method of ['sweeps', 'searches'] as const) {
      expect(() => betweenness(network, { demand, method })).to.throw(LimitError, 'equally short ways');
    }
  });
});
