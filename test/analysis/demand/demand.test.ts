import { expect } from 'chai';
import fc from 'fast-check';
import { agreement, decayForMeanMinutes, fitDecay } from '../../../src/analysis/demand/fit.ts';
import { balance } from '../../../src/analysis/demand/furness.ts';
import { type DemandSetting, gravityTrips, radiationTrips } from '../../../src/analysis/demand/trip-models.ts';

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const row = (matrix: Float64Array, size: number, at: number) => sum(matrix.subarray(at * size, (at + 1) * size));
const column = (matrix: Float64Array, size: number, at: number) => sum(matrix.filter((_value, cell) => cell % size === at));

const settings: fc.Arbitrary<DemandSetting> = fc.integer({ min: 2, max: 7 }).chain((size) =>
  fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: size, maxLength: size }),
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: size, maxLength: size }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: size * size, maxLength: size * size }),
    )
    .map(([productions, attractions, minutes]) => ({
      productions: Float64Array.from(productions),
      attractions: Float64Array.from(attractions),
      minutes: Float64Array.from(minutes),
      countsWithin: true,
    })),
);

describe('balancing', () => {
  it('meets both sums, keeps zeros, and keeps the cross ratios of the seed', () => {
    fc.assert(
      fc.property(settings, ({ productions, attractions, minutes }) => {
        const size = productions.length;
        const { matrix, report } = balance(minutes, productions, attractions, { maxIterations: 20000 });
        expect(report.hasConverged).to.equal(true);
        const scale = sum(productions) / sum(attractions);
        for (let at = 0; at < size; at++) {
          expect(row(matrix, size, at)).to.be.closeTo(productions[at] ?? 0, 1e-9 * (productions[at] ?? 0));
          expect(column(matrix, size, at)).to.be.closeTo((attractions[at] ?? 0) * scale, 1e-9 * (attractions[at] ?? 0) * scale);
        }
        const cross = (m: Float64Array) => ((m[0] ?? 0) * (m[size + 1] ?? 0)) / ((m[1] ?? 0) * (m[size] ?? 0));
        expect(cross(matrix) / cross(minutes)).to.be.closeTo(1, 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('names rows that have a target and no seed, and refuses negative ones', () => {
    const { report } = balance(Float64Array.of(0, 0, 1, 1), [5, 5], [5, 5]);
    expect(report.emptyRows).to.deep.equal([0]);
    expect(() => balance(Float64Array.of(-1, 0, 0, 0), [1, 1], [1, 1])).to.throw(RangeError, 'value 0 is -1');
  });
});

describe('trip models', () => {
  it('send what each zone has, whatever the model', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const size = setting.productions.length;
        const decay = { alpha: 0.5, betaPerMinute: 0.02 };
        for (const { trips } of [gravityTrips(setting, decay, 'production'), radiationTrips(setting, 'production')]) {
          for (let at = 0; at < size; at++) expect(row(trips, size, at)).to.be.closeTo(setting.productions[at] ?? 0, 1e-9 * 1000);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gravity of three zones by hand: 100 trips split 2 e^-1 : 3 e^-2', () => {
    const minutes = Float64Array.of(0, 10, 20, 10, 0, 10, 20, 10, 0);
    const setting = { productions: Float64Array.of(100, 0, 0), attractions: Float64Array.of(1, 2, 3), minutes, countsWithin: false };
    const { trips } = gravityTrips(setting, { alpha: 0, betaPerMinute: 0.1 }, 'production');
    const share = (2 * Math.exp(-1)) / (2 * Math.exp(-1) + 3 * Math.exp(-2));
    expect(trips[1]).to.be.closeTo(100 * share, 1e-12 * 100);
    expect(trips[2]).to.be.closeTo(100 * (1 - share), 1e-12 * 100);
  });

  it('radiation of three zones by hand: m n / (m (m+n)) near, m n / ((m+s)(m+s+n)) far', () => {
    const minutes = Float64Array.of(0, 10, 20, 10, 0, 10, 20, 10, 0);
    const setting = { productions: Float64Array.of(100, 0, 0), attractions: Float64Array.of(4, 2, 3), minutes, countsWithin: false };
    const near = (4 * 2) / (4 * (4 + 2));
    const far = (4 * 3) / ((4 + 2) * (4 + 2 + 3));
    const { trips } = radiationTrips(setting, 'production');
    expect(trips[1]).to.be.closeTo((100 * near) / (near + far), 1e-10);
    expect(trips[2]).to.be.closeTo((100 * far) / (near + far), 1e-10);
  });

  it('finds back the decay that made the trips, and its mean time', () => {
    const size = 6;
    const minutes = Float64Array.from({ length: size * size }, (_value, pair) => 5 + ((pair * 17) % 41));
    const mass = Float64Array.from({ length: size }, (_value, zone) => 100 + 37 * zone);
    const setting = { productions: mass, attractions: mass, minutes, countsWithin: true };
    const everything = new Uint8Array(size * size).fill(1);
    for (const constraint of ['production', 'doubly'] as const) {
      const made = gravityTrips(setting, { alpha: 0, betaPerMinute: 0.07 }, constraint).trips;
      expect(fitDecay(setting, made, 'exponential', constraint, everything).betaPerMinute).to.be.closeTo(0.07, 1e-4);
      const { modelledMinutes } = agreement(made, made, minutes, everything);
      expect(decayForMeanMinutes(setting, modelledMinutes, constraint).betaPerMinute).to.be.closeTo(0.07, 1e-6);
      const both = gravityTrips(setting, { alpha: 0.8, betaPerMinute: 0.03 }, constraint).trips;
      const found = fitDecay(setting, both, 'combined', constraint, everything);
      expect(found.alpha).to.be.closeTo(0.8, 0.02);
      expect(found.betaPerMinute).to.be.closeTo(0.03, 0.001);
    }
    expect(() => decayForMeanMinutes(setting, 500, 'production')).to.throw(RangeError, 'out of reach');
  });

  it('agree wholly with themselves and not at all with their opposite', () => {
    const observed = Float64Array.of(0, 5, 3, 0);
    const mask = Uint8Array.of(1, 1, 1, 1);
    const minutes = Float64Array.of(1, 2, 3, 4);
    expect(agreement(observed, observed, minutes, mask).commonPart).to.equal(1);
    expect(agreement(observed, Float64Array.of(4, 0, 0, 4), minutes, mask).commonPart).to.equal(0);
  });
});
