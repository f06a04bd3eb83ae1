import { seededRandom } from '../../kernels/seeded-random.ts';
import { type AppraisalSettings, presentParts, ratioParts, type Scheme, schemeFlows } from './appraise.ts';
import type { ParameterPack } from './parameter-packs.ts';
import { lognormalAt, quantile, type Spread } from './spread.ts';

/** What the record of finished projects says about estimates of one kind: outturn over estimate. */
export interface ReferenceClass {
  readonly cost: Spread;
  readonly demand: Spread;
  readonly source: string;
}

/** A mean of cost over 1 is optimism bias. */
export const REFERENCE_CLASSES: Readonly<Record<'road' | 'rail' | 'fixed-link', ReferenceClass>> = {
  road: {
    cost: { mean: 1.204, deviation: 0.299 },
    demand: { mean: 1, deviation: 0.443 },
    source:
      'Flyvbjerg, Holm and Buhl (2002) doi:10.1080/01944360208976273, 167 roads; traffic (2005) doi:10.1080/01944360508976688, 183 roads',
  },
  rail: {
    cost: { mean: 1.447, deviation: 0.384 },
    demand: { mean: 1, deviation: 0.281 },
    source: 'Flyvbjerg, Holm and Buhl (2002), 58 railways; passengers (2005), 27 railways, mean −51.4% left out: see docs/appraisal.md',
  },
  'fixed-link': {
    cost: { mean: 1.338, deviation: 0.624 },
    demand: { mean: 1, deviation: 0.443 },
    source: 'Flyvbjerg, Holm and Buhl (2002), 33 bridges and tunnels; traffic as of roads',
  },
};

/** Ours: meta-analyses of values of time scatter by about a third around their mean (Wardman, Chintakayala and de Jong 2016). */
export const VALUE_OF_TIME_SPREAD: Spread = { mean: 1, deviation: 0.3 };

export interface RiskOptions {
  readonly runs: number;
  readonly seed: number;
  readonly kind: keyof typeof REFERENCE_CLASSES;
}

export interface RiskRange {
  readonly pack: string;
  readonly netPresentValue: readonly [low: number, middle: number, high: number];
  readonly benefitCostRatio: readonly [low: number, middle: number, high: number];
  /** share of runs with a net present value over 0 */
  readonly shareWorthwhile: number;
}

/**
 * Ranges of a scheme under each pack when its cost, the demand and the value of time are drawn: the 10th, 50th and 90th percentile.
 *
 * Factors are lognormal and independent, the same draws for every pack. A pack that adds an uplift of its own for optimism keeps it, so there
 * the bias is counted twice: the point estimate of that pack is the figure its manual asks for.
 * Cost O(packs · runs). Same seed, same ranges.
 */
export function riskRanges(
  scheme: Scheme,
  packs: readonly ParameterPack[],
  settings: AppraisalSettings,
  options: RiskOptions,
): RiskRange[] {
  const { cost, demand } = REFERENCE_CLASSES[options.kind];
  const random = seededRandom(options.seed);
  const draws = Array.from({ length: options.runs }, () => {
    const costFactor = lognormalAt(cost, random.normal());
    const demandFactor = lognormalAt(demand, random.normal());
    return { cost: costFactor, benefit: demandFactor * lognormalAt(VALUE_OF_TIME_SPREAD, random.normal()) };
  });
  return packs.map((pack) => {
    const parts = presentParts(schemeFlows(scheme, pack, settings), pack);
    const values: number[] = [];
    const ratios: number[] = [];
    for (const draw of draws) {
      const drawn = {
        benefits: parts.benefits * draw.benefit,
        capital: parts.capital * draw.cost,
        upkeep: parts.upkeep * draw.cost,
        residual: parts.residual * draw.cost,
      };
      const { benefits, costs } = ratioParts(drawn, pack);
      values.push(benefits - costs);
      ratios.push(costs > 0 ? benefits / costs : Number.POSITIVE_INFINITY);
    }
    return {
      pack: pack.id,
      netPresentValue: range(values),
      benefitCostRatio: range(ratios),
      shareWorthwhile: values.filter((value) => value > 0).length / Math.max(1, values.length),
    };
  });
}

function range(values: readonly number[]): [number, number, number] {
  const sorted = Float64Array.from(values).sort();
  return [0.1, 0.5, 0.9].map((share) => quantile(sorted, share) ?? Number.NaN) as [number, number, number];
}

export interface TornadoBar {
  readonly input: string;
  readonly low: string;
  readonly high: string;
  readonly valueAtLow: number;
  readonly valueAtHigh: number;
}

/** Standard normal score of the 90th percentile. */
const SCORE_90 = 1.2815515655446004;

/**
 * Net present value under one pack with one input at a time at its low and its high end, the widest bar first.
 *
 * Cost, demand and value of time at their 10th and 90th percentile; discount rate at the lowest and highest of all packs, operation 20 and 60
 * years, growth of demand 0 and 1.5% a year, 250 and 365 days a year. Cost: 14 appraisals.
 */
export function tornado(
  scheme: Scheme,
  pack: ParameterPack,
  packs: readonly ParameterPack[],
  settings: AppraisalSettings,
  kind: RiskOptions['kind'],
): TornadoBar[] {
  const { cost, demand } = REFERENCE_CLASSES[kind];
  const value = (changes: { scheme?: Partial<Scheme>; pack?: Partial<ParameterPack>; settings?: Partial<AppraisalSettings> }) => {
    const own = { ...pack, ...changes.pack };
    const parts = presentParts(schemeFlows({ ...scheme, ...changes.scheme }, own, { ...settings, ...changes.settings }), own);
    return parts.benefits + parts.residual - parts.capital - parts.upkeep;
  };
  const rates = packs.map(({ discount }) => discount.value[0]?.rate ?? 0);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const percent = (share: number) => `${Number((share * 100).toFixed(1))}%`;
  const ends = (spread: Spread) => [lognormalAt(spread, -SCORE_90), lognormalAt(spread, SCORE_90)] as const;
  const times = (factors: readonly [number, number]) => factors.map((factor) => `× ${factor.toFixed(2)}`) as [string, string];
  const bar = (input: string, [low, high]: readonly [string, string], [valueAtLow, valueAtHigh]: readonly [number, number]): TornadoBar => {
    return { input, low, high, valueAtLow, valueAtHigh };
  };
  const both = <T>([low, high]: readonly [T, T], at: (end: T) => number): [number, number] => [at(low), at(high)];
  const [costs, demands, valuesOfTime] = [ends(cost), ends(demand), ends(VALUE_OF_TIME_SPREAD)];
  const minutes = (factor: number) => value({ scheme: { personMinutesPerDay: scheme.personMinutesPerDay * factor } });
  const bars = [
    bar(
      'building cost',
      times(costs),
      both(costs, (factor) => value({ scheme: { capital: scheme.capital * factor } })),
    ),
    bar('demand', times(demands), both(demands, minutes)),
    bar('value of time', times(valuesOfTime), both(valuesOfTime, minutes)),
    bar(
      'discount rate',
      [percent(most), percent(least)],
      both([most, least], (rate) => value({ pack: { discount: { ...pack.discount, value: [{ fromYear: 0, rate }] } } })),
    ),
    bar(
      'years of operation',
      ['20', '60'],
      both([20, 60], (years) => value({ pack: { operationYears: { ...pack.operationYears, value: years } } })),
    ),
    bar(
      'growth of demand',
      ['0', '1.5%'],
      both([0, 0.015], (demandGrowth) => value({ settings: { demandGrowth } })),
    ),
    bar(
      'days a year',
      ['250', '365'],
      both([250, 365], (daysPerYear) => value({ settings: { daysPerYear } })),
    ),
  ];
  const width = ({ valueAtLow, valueAtHigh }: TornadoBar) => Math.abs(valueAtHigh - valueAtLow);
  return bars.sort((a, b) => width(b) - width(a));
}
