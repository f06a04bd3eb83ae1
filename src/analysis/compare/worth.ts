import type { Region } from '../../model/tables.ts';
import type { Upgrade } from '../../model/upgrade.ts';
import { type AppraisalSettings, appraiseUnderAll, type PackAppraisal } from '../appraisal/appraise.ts';
import { appraisalNotes } from '../appraisal/new-link-appraisal.ts';
import { homePacks, type ParameterPack } from '../appraisal/parameter-packs.ts';
import { REFERENCE_CLASSES, type RiskRange, riskRanges, type TornadoBar, tornado } from '../appraisal/risk.ts';
import type { CostTable } from '../appraisal/unit-costs.ts';
import { schemeOf, upgradeCost } from '../appraisal/upgrade-cost.ts';
import { type CompareRow, type CompareSubject, compareRow } from './compare-row.ts';
import type { TimeBenefit } from './time-benefit.ts';

/** What a comparison is worth in money, for tables and the page. */
export interface Worth {
  readonly rows: readonly CompareRow[];
  readonly appraisals: readonly PackAppraisal[];
  readonly ranges: readonly RiskRange[];
  /** under the pack of the region's own country; empty where there is none */
  readonly bars: readonly TornadoBar[];
  readonly notes: readonly string[];
}

export const NO_WORTH: Worth = { rows: [], appraisals: [], ranges: [], bars: [], notes: [] };

export interface WorthOptions {
  readonly settings: AppraisalSettings;
  readonly costs: CostTable;
  readonly packs: readonly ParameterPack[];
  readonly runs: number;
  readonly seed: number;
}

interface State {
  readonly region: Region;
  readonly year: number | null;
  readonly upgrades: readonly Upgrade[];
}

/**
 * The upgrades of the second state appraised by the minutes they save against the first, under every pack.
 *
 * The point estimate holds the trips of the first state; the ratio by the rule of a half lets them react. Cost O(packs · runs).
 */
export function worthOf(before: State, after: State, benefit: TimeBenefit, options: WorthOptions): Worth {
  if (after.upgrades.length === 0) return { ...NO_WORTH, notes: ['no upgrade named, so nothing is priced'] };
  const { settings, costs, packs, runs, seed } = options;
  const estimate = upgradeCost(after.upgrades, before, after, settings, costs);
  if (!estimate) return { ...NO_WORTH, notes: ['nothing is built, so nothing is appraised'] };
  const scheme = schemeOf(estimate, benefit.fixedDemand);
  const home = homePacks(settings.currency)[0] ?? null;
  const ranges = riskRanges(scheme, packs, settings, { runs, seed, kind: estimate.kind });
  const appraisals = appraiseUnderAll(scheme, packs, settings);
  const reacting = appraiseUnderAll(schemeOf(estimate, benefit.ruleOfHalf), packs, settings);
  const { source } = REFERENCE_CLASSES[estimate.kind];
  return {
    appraisals,
    ranges,
    bars: home ? tornado(scheme, home, packs, settings, estimate.kind) : [],
    rows: moneyRows(scheme.capital, packs, appraisals, reacting, ranges, settings),
    notes: [
      ...estimate.notes,
      ...appraisalNotes(settings, home),
      `ranges: 10th and 90th percentile of ${runs} draws, seed ${seed}; cost and demand by the class ${estimate.kind} (${source}), value of time ± 30%`,
    ],
  };
}

function moneyRows(
  capital: number,
  packs: readonly ParameterPack[],
  fixed: readonly PackAppraisal[],
  reacting: readonly PackAppraisal[],
  ranges: readonly RiskRange[],
  { currency, priceYear }: AppraisalSettings,
): CompareRow[] {
  const unit = `${currency} of ${priceYear}`;
  return [
    compareRow({ scope: 'region', id: 'cost', name: 'all packs' }, 'capital-cost', unit, [null, capital]),
    ...fixed.flatMap((result, index) => {
      const { pack } = result;
      const subject: CompareSubject = { scope: 'region', id: pack, name: packs[index]?.name ?? pack };
      const row = (measure: string, own: string, value: number | null) => compareRow(subject, measure, own, [null, value]);
      const range = ranges[index];
      return [
        row('value-of-time', `${unit} an hour`, result.valueOfTimePerHour),
        row('net-present-value', unit, result.netPresentValue),
        row('net-present-value:p10', unit, range?.netPresentValue[0] ?? null),
        row('net-present-value:p90', unit, range?.netPresentValue[2] ?? null),
        row('benefit-cost-ratio', '–', result.benefitCostRatio),
        row('benefit-cost-ratio:rule-of-half', '–', reacting[index]?.benefitCostRatio ?? null),
        row('benefit-cost-ratio:p10', '–', range?.benefitCostRatio[0] ?? null),
        row('benefit-cost-ratio:p90', '–', range?.benefitCostRatio[2] ?? null),
        row('share-of-runs-worthwhile', '–', range?.shareWorthwhile ?? null),
        row('internal-rate-of-return', 'a year', result.internalRate),
        row('first-year-rate', '–', result.firstYearRate),
      ];
    }),
  ];
}
