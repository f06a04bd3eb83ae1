import { expect } from 'chai';
import { type AppraisalSettings, appraise, type Scheme, schemeFlows, valueOfTime } from '../../../src/analysis/appraisal/appraise.ts';
import { annuityFactor } from '../../../src/analysis/appraisal/cash-flow.ts';
import { linkAppraiser } from '../../../src/analysis/appraisal/new-link-appraisal.ts';
import { homePacks, PARAMETER_PACKS, type ParameterPack } from '../../../src/analysis/appraisal/parameter-packs.ts';
import { openRegion } from '../../../src/open/open-network.ts';

const figure = <T>(value: T) => ({ value, source: 'test', year: 2020, basis: 'assumed' as const });
const PACK: ParameterPack = {
  id: 'plain',
  name: 'plain',
  currency: 'CNY',
  discount: figure([{ fromYear: 0, rate: 0.05 }]),
  operationYears: figure(20),
  residual: figure({ kind: 'share', share: 0 }),
  ratioRule: figure({ residualIn: 'costs', upkeepIn: 'costs' }),
  valueOfTime: { business: figure(60), commuting: figure(60), other: figure(60) },
  productPerHead: figure(100),
  valueOfTimeGrowth: figure(0),
  costUplift: figure({ road: 0, rail: 0 }),
};
const SETTINGS: AppraisalSettings = {
  currency: 'CNY',
  priceYear: 2020,
  productPerHead: 100,
  valueOfTimePerHour: null,
  purposeShares: { business: 1, commuting: 1, other: 1 },
  tripShare: 1,
  daysPerYear: 365,
  demandGrowth: 0,
};
/** 1,000,000 a day of minutes at 1 a minute are 365 million a year; 1,000 million are spent in one year, no upkeep. */
const SCHEME: Scheme = { mode: 'road', capital: 1e9, upkeepShare: 0, constructionYears: 1, personMinutesPerDay: 1e6 };

describe('the appraisal of a scheme', () => {
  it('is the annuity of its yearly benefit over its cost: 365 × a(5%, 20) / 1000', () => {
    const result = appraise(SCHEME, PACK, SETTINGS);
    expect(result.presentCosts).to.be.closeTo(1e9, 1e-3);
    expect(result.presentBenefits).to.be.closeTo(365e6 * annuityFactor(0.05, 20), 1e-1);
    expect(result.benefitCostRatio).to.be.closeTo(0.365 * annuityFactor(0.05, 20), 1e-9);
    expect(result.netPresentValue).to.be.closeTo(365e6 * annuityFactor(0.05, 20) - 1e9, 1);
    // capital of year 0 at the opening, year 1, is 1.05 × 1e9
    expect(result.firstYearRate).to.be.closeTo(0.365 / 1.05, 1e-9);
  });

  it('has a ratio of 1 and a net value of 0 exactly where the discount rate is the internal rate', () => {
    const rate = appraise(SCHEME, PACK, SETTINGS).internalRate ?? 0;
    const there = appraise(SCHEME, { ...PACK, discount: figure([{ fromYear: 0, rate }]) }, SETTINGS);
    expect(there.benefitCostRatio).to.be.closeTo(1, 1e-9);
    expect(there.netPresentValue / 1e9).to.be.closeTo(0, 1e-9);
  });

  it('has the same net value whether upkeep and residual stand above or below the line, with another ratio', () => {
    const scheme = { ...SCHEME, upkeepShare: 0.02 };
    const below = { ...PACK, residual: figure({ kind: 'share' as const, share: 0.5 }) };
    const above = { ...below, ratioRule: figure({ residualIn: 'benefits' as const, upkeepIn: 'benefits' as const }) };
    const [one, other] = [appraise(scheme, below, SETTINGS), appraise(scheme, above, SETTINGS)];
    expect(one.netPresentValue).to.be.closeTo(other.netPresentValue, 1e-3);
    expect(one.benefitCostRatio).not.to.be.closeTo(other.benefitCostRatio ?? 0, 1e-3);
  });

  it('leaves half by straight line after 30 of 60 years, in the last year of operation', () => {
    const pack = { ...PACK, operationYears: figure(30), residual: figure({ kind: 'straight-line' as const, lifeYears: 60 }) };
    const { residual } = schemeFlows(SCHEME, pack, SETTINGS);
    expect([...residual].flatMap((value, year) => (value > 0 ? [[year, value]] : []))).to.deep.equal([[30, 0.5e9]]);
  });

  it('doubles with the minutes, halves with the cost', () => {
    const base = appraise(SCHEME, PACK, SETTINGS).benefitCostRatio ?? 0;
    expect(appraise({ ...SCHEME, personMinutesPerDay: 2e6 }, PACK, SETTINGS).benefitCostRatio).to.be.closeTo(2 * base, 1e-9);
    expect(appraise({ ...SCHEME, capital: 2e9 }, PACK, SETTINGS).benefitCostRatio).to.be.closeTo(base / 2, 1e-9);
  });

  it('carries a value of time over by product a head: twice the product, twice the value', () => {
    expect(valueOfTime(PACK, { ...SETTINGS, productPerHead: 200 })).to.equal(120);
    expect(valueOfTime(PACK, { ...SETTINGS, valueOfTimePerHour: 35 })).to.equal(35);
  });
});

describe('the parameter packs', () => {
  it('give each figure with its source, year and basis, and are in three home currencies', () => {
    type Named = { source: string; basis: string; year: number };
    const isNamed = (value: object): value is Named => 'basis' in value;
    const figures = (value: unknown): Named[] => {
      if (!value || typeof value !== 'object') return [];
      return isNamed(value) ? [value] : Object.values(value).flatMap(figures);
    };
    for (const pack of PARAMETER_PACKS) {
      const all = figures(pack);
      expect(all.length).to.be.at.least(10);
      for (const { source, basis, year } of all) {
        expect(source).to.match(/\w{4}/);
        expect(basis).to.match(/^(read|recalled|assumed)$/);
        expect(year).to.be.within(1990, 2030);
      }
    }
    for (const currency of ['CNY', 'JPY', 'USD']) expect(homePacks(currency)).not.to.have.length(0);
  });

  it('can turn the sign of one and the same scheme', () => {
    const { region } = openRegion('jing-jin-ji');
    const appraiser = linkAppraiser(region);
    const link = {
      mode: 'road' as const,
      class: 'motorway',
      lengthKilometres: 40,
      fromLonLat: [117, 39.9] as const,
      toLonLat: [117.4, 39.9] as const,
    };
    const ratios = appraiser({ ...link, gainPersonMinutes: 3e6 }).packs.map((row) => row.benefitCostRatio ?? 0);
    expect(Math.min(...ratios)).to.be.lessThan(1);
    expect(Math.max(...ratios)).to.be.greaterThan(1);
  });
});
