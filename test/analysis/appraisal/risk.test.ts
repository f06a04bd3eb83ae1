import { expect } from 'chai';
import { type AppraisalSettings, appraise, type Scheme } from '../../../src/analysis/appraisal/appraise.ts';
import { linkCost, settingAt } from '../../../src/analysis/appraisal/link-cost.ts';
import { PARAMETER_PACKS } from '../../../src/analysis/appraisal/parameter-packs.ts';
import { REFERENCE_CLASSES, riskRanges, tornado, VALUE_OF_TIME_SPREAD } from '../../../src/analysis/appraisal/risk.ts';
import { lognormalAt, quantile, type Spread } from '../../../src/analysis/appraisal/spread.ts';
import { DEFAULT_STABILITY, rankStability } from '../../../src/analysis/appraisal/stability.ts';
import { COST_TABLE } from '../../../src/analysis/appraisal/unit-costs.ts';
import { seededRandom } from '../../../src/kernels/seeded-random.ts';
import { openRegion } from '../../../src/open/open-network.ts';
import { zone } from '../../support/small-region.ts';

const SETTINGS: AppraisalSettings = {
  currency: 'CNY',
  priceYear: 2020,
  productPerHead: 90_000,
  valueOfTimePerHour: 30,
  purposeShares: { business: 0.1, commuting: 0.4, other: 0.5 },
  tripShare: 1,
  daysPerYear: 365,
  demandGrowth: 0,
};
const SCHEME: Scheme = { mode: 'road', capital: 5e9, upkeepShare: 0.01, constructionYears: 4, personMinutesPerDay: 3e6 };
const OPTIONS = { runs: 4000, seed: 7, kind: 'road' as const };
const pack = PARAMETER_PACKS.find(({ id }) => id === 'china-2006') ?? PARAMETER_PACKS[0];

describe('a lognormal spread', () => {
  it('has the mean and deviation it is asked for (200,000 draws, 2%)', () => {
    const random = seededRandom(3);
    const draws = Array.from({ length: 200_000 }, () => lognormalAt({ mean: 1.447, deviation: 0.384 }, random.normal()));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    expect(mean).to.be.closeTo(1.447, 0.02 * 1.447);
    expect(Math.sqrt(variance)).to.be.closeTo(0.384, 0.02 * 0.384);
  });

  it('has its quantiles between neighbours by line', () => {
    expect(quantile([0, 10, 20], 0.25)).to.equal(5);
    expect(quantile([], 0.5)).to.equal(null);
  });
});

describe('the ranges of a scheme', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(riskRanges(SCHEME, PARAMETER_PACKS, SETTINGS, OPTIONS)).to.deep.equal(riskRanges(SCHEME, PARAMETER_PACKS, SETTINGS, OPTIONS));
    expect(riskRanges(SCHEME, PARAMETER_PACKS, SETTINGS, { ...OPTIONS, seed: 8 })).not.to.deep.equal(
      riskRanges(SCHEME, PARAMETER_PACKS, SETTINGS, OPTIONS),
    );
  });

  it('have as their middle ratio the point ratio times the medians of what is drawn, mean / √(1 + (s/m)²) (4,000 draws, 4%)', () => {
    if (!pack) throw new Error('no pack');
    const median = ({ mean, deviation }: Spread) => mean / Math.sqrt(1 + (deviation / mean) ** 2);
    const { cost, demand } = REFERENCE_CLASSES.road;
    const factor = (median(demand) * median(VALUE_OF_TIME_SPREAD)) / median(cost);
    const [range] = riskRanges(SCHEME, [pack], SETTINGS, OPTIONS);
    const point = appraise(SCHEME, pack, SETTINGS).benefitCostRatio ?? 0;
    const [low, middle, high] = range?.benefitCostRatio ?? [0, 0, 0];
    expect(middle / (point * factor)).to.be.closeTo(1, 0.04);
    expect(low).to.be.lessThan(middle);
    expect(high).to.be.greaterThan(middle);
  });
});

describe('a tornado', () => {
  it('has the widest bar first, and at each end what an appraisal with that input gives', () => {
    if (!pack) throw new Error('no pack');
    const bars = tornado(SCHEME, pack, PARAMETER_PACKS, SETTINGS, 'road');
    const widths = bars.map(({ valueAtLow, valueAtHigh }) => Math.abs(valueAtHigh - valueAtLow));
    expect(widths).to.deep.equal(widths.toSorted((a, b) => b - a));
    const days = bars.find(({ input }) => input === 'days a year');
    expect(days?.valueAtLow).to.be.closeTo(appraise(SCHEME, pack, { ...SETTINGS, daysPerYear: 250 }).netPresentValue, 1);
    const rate = bars.find(({ input }) => input === 'discount rate');
    expect([rate?.low, rate?.high]).to.deep.equal(['8%', '3.1%']);
  });
});

describe('the stability of a ranking', () => {
  const item = (id: string, benefit: number) => ({ id, kind: 'road' as const, benefit, cost: 1 });

  it('is full where one is a thousand times ahead, and a coin where two are alike', () => {
    const [first, second] = rankStability([item('a', 1000), item('b', 1)]);
    expect([first?.keepsPlace, first?.beatsNext, second?.rank]).to.deep.equal([1, 1, 2]);
    const alike = rankStability([item('a', 1), item('b', 1)], { ...DEFAULT_STABILITY, runs: 4000 });
    // a fair coin of 4,000 throws stays within 3% of a half but once in 7,000 times
    expect(alike[0]?.beatsNext).to.be.closeTo(0.5, 0.03);
    expect(alike[0]?.verdict).to.match(/^not told apart from the next/);
  });

  it('ranks by worth over cost whatever the order given', () => {
    const items = [item('a', 1), item('b', 3), item('c', 2)];
    expect(rankStability(items)).to.deep.equal(rankStability(items.toReversed()));
    expect(rankStability(items).map(({ id }) => id)).to.deep.equal(['b', 'c', 'a']);
  });
});

describe('the cost of a link', () => {
  const zones = [zone('dense', 'A', 5_000_000, 0, 0), zone('open', 'A', 1000, 200, 0)];
  const link = {
    mode: 'road' as const,
    class: 'motorway',
    lengthKilometres: 10,
    fromLonLat: [2, 0] as const,
    toLonLat: [2.01, 0] as const,
  };

  it('in open country is length × Σ share × unit cost', () => {
    const shares = COST_TABLE.structureShares.road.open;
    const unit = (structure: string) =>
      COST_TABLE.unitCosts.find((row) => row.currency === 'CNY' && row.class === 'motorway' && row.structure === structure)?.perKilometre ??
      0;
    const expected = 10 * Object.entries(shares).reduce((sum, [structure, share]) => sum + share * unit(structure), 0);
    expect(linkCost(link, zones, 'CNY', 2020, COST_TABLE).capital).to.be.closeTo(expected, 1);
  });

  it('is higher in a dense city, and given structure shares take the place of the table', () => {
    const city = { ...link, fromLonLat: [0, 0] as const, toLonLat: [0.01, 0] as const };
    // 5,000,000 people within 15 km are 7,074 a km²
    expect(settingAt(zones, 0, 0, COST_TABLE.settingBounds)).to.equal('dense');
    expect(linkCost(city, zones, 'CNY', 2020, COST_TABLE).capital).to.be.greaterThan(
      3 * linkCost(link, zones, 'CNY', 2020, COST_TABLE).capital,
    );
    expect(linkCost({ ...link, structure: { tunnel: 1 } }, zones, 'CNY', 2020, COST_TABLE).isMostlyFixedLink).to.equal(true);
  });

  it('is refused for a currency or class without a unit cost', () => {
    expect(() => linkCost(link, zones, 'XXX', 2020, COST_TABLE)).to.throw(/no unit cost for a road of class motorway in XXX/);
    expect(() => linkCost({ ...link, class: 'canal' }, zones, 'CNY', 2020, COST_TABLE)).to.throw(/class canal/);
  });

  it('comes within a factor of two of the published cost for at least 9 of 10 plans of Jing-Jin-Ji that have both', () => {
    const { region } = openRegion('jing-jin-ji');
    const ratios = region.plans.flatMap((plan) => {
      if (plan.cost === null || plan.lengthKilometres === null) return [];
      const speed = plan.speedKilometresPerHour ?? 0;
      const railClass = /Line 22/.test(plan.name) ? 'metro' : speed >= 300 ? 'high-speed' : 'intercity';
      const { fromLonLat, toLonLat, mode, lengthKilometres } = plan;
      const costed = { mode, class: mode === 'road' ? 'motorway' : railClass, lengthKilometres, fromLonLat, toLonLat };
      // plans give hundred millions of CNY
      return [linkCost(costed, region.zones, 'CNY', plan.costYear ?? 2020, COST_TABLE).capital / (plan.cost * 1e8)];
    });
    expect(ratios.length).to.be.at.least(10);
    expect(ratios.filter((ratio) => ratio > 0.5 && ratio < 2).length / ratios.length).to.be.at.least(0.9);
  });
});
