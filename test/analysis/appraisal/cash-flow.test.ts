import { expect } from 'chai';
import fc from 'fast-check';
import {
  annuityFactor,
  discountFactors,
  internalRateOfReturn,
  netPresentValue,
  presentValue,
} from '../../../src/analysis/appraisal/cash-flow.ts';

describe('present values', () => {
  it('of 1 a year at the ends of 10 years at 8% are the annuity of the tables, 6.7101', () => {
    const flows = [0, ...Array.from({ length: 10 }, () => 1)];
    expect(annuityFactor(0.08, 10)).to.be.closeTo(6.7101, 5e-5);
    expect(netPresentValue(flows, 0.08)).to.be.closeTo(annuityFactor(0.08, 10), 1e-12);
    expect(presentValue(flows, discountFactors([{ fromYear: 0, rate: 0.08 }], 10))).to.be.closeTo(annuityFactor(0.08, 10), 1e-12);
  });

  it('follow the closed form for any rate and length', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.3, noNaN: true }), fc.integer({ min: 1, max: 80 }), (rate, years) => {
        const flows = [0, ...Array.from({ length: years }, () => 1)];
        expect(netPresentValue(flows, rate)).to.be.closeTo((1 - (1 + rate) ** -years) / rate, 1e-9);
      }),
    );
  });

  it('compound a falling schedule year by year: 1.035^30 × 1.03^10 after 40 years of the Green Book', () => {
    const factors = discountFactors(
      [
        { fromYear: 0, rate: 0.035 },
        { fromYear: 31, rate: 0.03 },
      ],
      40,
    );
    expect(1 / (factors[40] ?? 0)).to.be.closeTo(1.035 ** 30 * 1.03 ** 10, 1e-9);
    expect(factors[0]).to.equal(1);
  });

  it('refuse a schedule that begins late, and a rate of −100%', () => {
    expect(() => discountFactors([{ fromYear: 5, rate: 0.03 }], 10)).to.throw(RangeError);
    expect(() => discountFactors([{ fromYear: 0, rate: -1 }], 10)).to.throw(RangeError);
  });
});

describe('the internal rate of return', () => {
  it('of −100, 110 is 10%', () => {
    expect(internalRateOfReturn([-100, 110])).to.be.closeTo(0.1, 1e-12);
  });

  it('of −1000 and five times 300 is 15.24%, as textbooks have it', () => {
    expect(internalRateOfReturn([-1000, 300, 300, 300, 300, 300])).to.be.closeTo(0.1524, 5e-5);
  });

  it('of a loan repaid as an annuity is its rate', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.005, max: 1, noNaN: true }), fc.integer({ min: 2, max: 60 }), (rate, years) => {
        const flows = [-annuityFactor(rate, years), ...Array.from({ length: years }, () => 1)];
        expect(internalRateOfReturn(flows)).to.be.closeTo(rate, 1e-9);
      }),
    );
  });

  it('is none where money only flows one way, and none where two rates answer (−100, 230, −132: 10% and 20%)', () => {
    expect(internalRateOfReturn([100, 10])).to.equal(null);
    expect(internalRateOfReturn([-100, -10])).to.equal(null);
    expect(netPresentValue([-100, 230, -132], 0.1)).to.be.closeTo(0, 1e-9);
    expect(netPresentValue([-100, 230, -132], 0.2)).to.be.closeTo(0, 1e-9);
    expect(internalRateOfReturn([-100, 230, -132])).to.equal(null);
  });
});
