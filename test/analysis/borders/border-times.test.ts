import { expect } from 'chai';
import fc from 'fast-check';
import { borderCosts, DEFAULT_BOOTSTRAP } from '../../../src/analysis/borders/border-times.ts';
import { jurisdictionMap } from '../../../src/analysis/borders/jurisdictions.ts';
import type { ZonePair } from '../../../src/analysis/borders/zone-pairs.ts';
import { seededRandom } from '../../../src/kernels/seeded-random.ts';
import { solveSymmetric } from '../../../src/kernels/solve-symmetric.ts';
import { twoJurisdictions } from '../../support/two-jurisdictions.ts';

const BORDERS = new Set(['East|West']);

/** Pairs whose time follows the model: ln t = 0.4 + 0.9 ln d − 0.02 ln mass + γ across + noise. */
function madeUpPairs(zones: number, gamma: number, noise: number, seed: number): ZonePair[] {
  const random = seededRandom(seed);
  const people = Array.from({ length: zones }, () => 9 + 3 * random.uniform());
  const places = Array.from({ length: zones }, () => [100 * random.uniform(), 100 * random.uniform()] as const);
  return places.flatMap(([x, y], from) =>
    places.slice(from + 1).map(([otherX, otherY], index): ZonePair => {
      const to = from + 1 + index;
      const kilometres = 5 + Math.hypot(otherX - x, otherY - y);
      const logMass = (people[from] ?? 0) + (people[to] ?? 0);
      const isAcross = x < 50 !== otherX < 50;
      const log = 0.4 + 0.9 * Math.log(kilometres) - 0.02 * logMass + (isAcross ? gamma : 0) + noise * random.normal();
      return { from, to, kilometres, minutes: Math.exp(log), logMass, border: isAcross ? 'East|West' : null };
    }),
  );
}

/** Zones of even number lie West in name only: what counts is that both sides have enough of them. */
function costsOf(pairs: readonly ZonePair[], zones: number, options = DEFAULT_BOOTSTRAP) {
  const sides = Array.from({ length: zones }, (_value, zone) => (zone % 2 === 0 ? 'West' : 'East'));
  return borderCosts(pairs, sides, BORDERS, options);
}

describe('the cost of a border', () => {
  it('is found exactly where times follow the model, by masses and by zones', () => {
    const [all] = costsOf(madeUpPairs(25, 0.15, 0, 1), 25, { draws: 20, seed: 1 }).costs;
    expect(all?.percent.value).to.be.closeTo((Math.exp(0.15) - 1) * 100, 1e-6);
    expect(all?.percentWithZones?.value).to.be.closeTo((Math.exp(0.15) - 1) * 100, 1e-6);
  });

  it('has an interval that holds nothing where there is nothing, and not where there is much', () => {
    const [none] = costsOf(madeUpPairs(40, 0, 0.1, 2), 40).costs;
    expect(none?.percent.low).to.be.lessThan(0);
    expect(none?.percent.high).to.be.greaterThan(0);
    const [much] = costsOf(madeUpPairs(40, 0.2, 0.1, 2), 40).costs;
    expect(much?.percent.low).to.be.greaterThan(10);
    expect(much?.percent.high).to.be.lessThan(35);
  });

  it('is the same whatever the draws are asked twice', () => {
    const pairs = madeUpPairs(20, 0.1, 0.1, 3);
    expect(costsOf(pairs, 20)).to.deep.equal(costsOf(pairs, 20));
  });
});

describe('jurisdictions as cells of seats', () => {
  it('part a grid of two halves by one straight line in the middle', () => {
    const map = jurisdictionMap(twoJurisdictions({ hasBridge: true }).zones, 'admin1');
    for (const { border, from, to } of map.segments) {
      expect(border).to.equal('East|West');
      expect(Math.abs(from[0])).to.be.lessThan(1e-6);
      expect(Math.abs(to[0])).to.be.lessThan(1e-6);
    }
    expect(map.at([-1, 0])).to.equal('West');
    expect(map.nearestBorder([7, 0])?.kilometres).to.be.closeTo(7, 1e-6);
  });
});

describe('the symmetric solver', () => {
  it('solves A x = b for A = L Lᵀ + 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 9, maxLength: 9 }),
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }),
        (cells, wanted) => {
          const at = (row: number, column: number) =>
            (row === column ? 1 : 0) + [0, 1, 2].reduce((sum, k) => sum + (cells[row * 3 + k] ?? 0) * (cells[column * 3 + k] ?? 0), 0);
          const matrix = Float64Array.from({ length: 9 }, (_value, cell) => at(Math.floor(cell / 3), cell % 3));
          const right = Float64Array.from({ length: 3 }, (_value, row) =>
            wanted.reduce((sum, value, column) => sum + at(row, column) * value, 0),
          );
          solveSymmetric(matrix, right).forEach((value, row) => {
            expect(value).to.be.closeTo(wanted[row] ?? 0, 1e-6);
          });
        },
      ),
    );
  });

  it('gives 0 to a column that others determine', () => {
    expect([...solveSymmetric(Float64Array.of(1, 0, 1, 1), Float64Array.of(2, 2))]).to.deep.equal([2, 0]);
  });
});
