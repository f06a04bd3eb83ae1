import type { Command } from 'commander';
import type { AppraisalSettings } from '../analysis/appraisal/appraise.ts';
import { settingsOf } from '../analysis/appraisal/economies.ts';
import { COST_TABLE, type CostTable } from '../analysis/appraisal/unit-costs.ts';
import { DataError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import type { RegionManifest } from '../model/tables.ts';
import { readUnitCosts } from '../read/unit-costs.ts';
import { numberOption, wholeOption } from './network-options.ts';

export interface AppraisalFlags {
  readonly unitCosts?: string;
  readonly productPerHead?: string;
  readonly valueOfTime?: string;
  readonly demandGrowth: string;
  readonly daysPerYear: string;
  readonly tripShare: string;
  readonly runs: string;
  readonly seed: string;
}

/** The options of every command that turns minutes into money. */
export function withAppraisalOptions(command: Command): Command {
  return command
    .option('--unit-costs <file>', 'rows of unit costs that stand in for those of the shipped table (docs/appraisal.md)')
    .option('--product-per-head <money>', 'gross product a head and year, in the currency of the region; shipped regions have theirs')
    .option('--value-of-time <money>', 'money an hour for everybody, in place of the values of each manual')
    .option('--demand-growth <percent>', 'growth of the minutes saved a year', '0')
    .option('--days-per-year <days>', 'days like the modelled one', '365')
    .option(
      '--trip-share <percent>',
      'part of the modelled trips that the minutes saved are counted for, e.g. the share that goes by rail',
      '100',
    )
    .option('--runs <number>', 'draws of the Monte Carlo ranges', '2000')
    .option('--seed <number>', 'of the draws', '1');
}

/** @throws UsageError naming the option; DataError with every fault of the table of unit costs */
export function appraisalSettings(
  manifest: RegionManifest,
  flags: AppraisalFlags,
): { settings: AppraisalSettings; costs: CostTable; runs: number; seed: number } {
  const amount = (option: string, text: string | undefined) => (text === undefined ? null : numberOption(option, text, 1e-6, 1e12));
  const own = settingsOf(manifest, amount('--product-per-head', flags.productPerHead));
  const settings: AppraisalSettings = {
    ...own,
    valueOfTimePerHour: amount('--value-of-time', flags.valueOfTime) ?? own.valueOfTimePerHour,
    tripShare: numberOption('--trip-share', flags.tripShare, 0, 100) / 100,
    demandGrowth: numberOption('--demand-growth', flags.demandGrowth, -20, 20) / 100,
    daysPerYear: numberOption('--days-per-year', flags.daysPerYear, 1, 366),
  };
  return {
    settings,
    costs: flags.unitCosts === undefined ? COST_TABLE : costTable(flags.unitCosts),
    runs: wholeOption('--runs', flags.runs, 10, 1e6),
    seed: wholeOption('--seed', flags.seed, 0, 4294967295),
  };
}

/** The shipped table with the rows of a file in place of those of the same currency, mode, class and structure. */
function costTable(path: string): CostTable {
  const problems: Problem[] = [];
  const rows = readUnitCosts(path, problems);
  if (problems.length > 0) throw new DataError(problems);
  const keyOf = (row: (typeof rows)[number]) => [row.currency, row.mode, row.class, row.structure].join(' ');
  const own = new Set(rows.map(keyOf));
  return { ...COST_TABLE, unitCosts: [...rows, ...COST_TABLE.unitCosts.filter((row) => !own.has(keyOf(row)))] };
}
