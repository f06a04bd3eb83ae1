import {
  bothSides,
  DEFAULT_BACKTEST,
  type NamedLink,
  pooledRows,
  type SkillRow,
  scoreFor,
  skillRows,
} from '../analysis/backtest/backtest.ts';
import { type BacktestCase, backtestCase } from '../analysis/backtest/backtest-case.ts';
import { FEATURES } from '../analysis/backtest/features.ts';
import { FIT_SEED, fitScores } from '../analysis/backtest/fit-score.ts';
import type { Mode } from '../build/graph-types.ts';
import { DataError, UsageError } from '../model/errors.ts';
import type { KeptParts } from '../model/kept-parts.ts';
import type { Progress } from '../model/progress.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { CORRIDOR_VERSION } from '../model/version.ts';
import type { StoredBacktest } from '../open/open-backtest.ts';
import { LINK_SCORE_FILE, type LinkScore, openLinkScore } from '../open/open-link-score.ts';
import { openRegion, regionFolder } from '../open/open-network.ts';
import { inputHashes } from './output.ts';

/** Cases that the score is fitted and tested on: docs/backtest.md, section 1. */
const FITTED_CASES = [
  ['boston-washington', 1962],
  ['boston-washington', 1975],
  ['jing-jin-ji', 2005],
  ['jing-jin-ji', 2013],
  ['tokyo', 1985],
  ['tokyo', 2000],
] as const;
const NAMED = 5;

const TERMS = [...FEATURES, ...FEATURES.map((name) => `${name}²`)];

/** The stored score made again from the shipped regions, as the text of its file. */
export function fitScoreText(progress: Progress, keep: KeptParts): string {
  const cases = openCases(progress, keep);
  const digits = (value: number) => Number(value.toPrecision(6));
  const fits = fitScores(cases, keep).map((fit) => ({
    ...fit,
    cases: [...fit.cases],
    innerAuc: fit.innerAuc === null ? null : digits(fit.innerAuc),
    coefficients: fit.coefficients.map(digits),
  }));
  const regions = [...new Set(FITTED_CASES.map(([name]) => name))];
  const score: LinkScore = {
    corridor: CORRIDOR_VERSION,
    command: 'corridor missing-links --fit-score',
    protocol: 'docs/backtest.md, section 1',
    seed: FIT_SEED,
    terms: TERMS,
    inputs: regions.flatMap((name) => inputHashes(regionFolder(name)).map(({ file, sha256 }) => ({ file: `${name}/${file}`, sha256 }))),
    fits,
  };
  return `${JSON.stringify(score, null, 1)}\n`;
}

/** @throws DataError where the stored score was fitted on other features than this version has */
function storedScore(): LinkScore {
  const score = openLinkScore();
  if (score.terms.join() === TERMS.join()) return score;
  const expected = 'the terms of this version; run corridor missing-links --fit-score';
  const found = `${score.terms.length} other terms`;
  throw new DataError([
    { severity: 'error', kind: 'stale-score', file: LINK_SCORE_FILE, feature: '–', property: 'terms', found, expected },
  ]);
}

/** Skill over all cases together, each region judged by the score that was fitted without it. */
export function pooledTable(progress: Progress, keep: KeptParts): ResultTable {
  const { fits } = storedScore();
  const cases = openCases(progress, keep);
  const rows = pooledRows(cases, (one) => scoreFor(fits, one.regionId, one.mode), DEFAULT_BACKTEST, keep);
  return {
    command: 'missing-links',
    parameters: { pooled: true, draws: DEFAULT_BACKTEST.draws, seed: DEFAULT_BACKTEST.seed },
    inputs: openLinkScore().inputs,
    columns: COLUMNS,
    rows: rows.map(cells),
    notes: [
      `cases: ${FITTED_CASES.map(([name, year]) => `${name} ${year}`).join(', ')}, road and rail; only candidates of one case, class and length decile are compared`,
      'each region is judged by the score fitted on the other two; precision and recall need one ranking and are told case by case: --backtest YEAR',
    ],
  };
}

/** Pooled and single results of every case with both sides by name, as the text of the file that reports read. */
export function recordText(progress: Progress, keep: KeptParts): string {
  const { fits } = storedScore();
  const cases = openCases(progress, keep);
  const fitOf = (one: BacktestCase) => scoreFor(fits, one.regionId, one.mode);
  const regions = [...new Set(FITTED_CASES.map(([name]) => name))];
  const stored: StoredBacktest = {
    corridor: CORRIDOR_VERSION,
    command: 'corridor missing-links --record-backtest',
    protocol: 'docs/backtest.md, section 1',
    draws: DEFAULT_BACKTEST.draws,
    seed: DEFAULT_BACKTEST.seed,
    inputs: regions.flatMap((name) => inputHashes(regionFolder(name)).map(({ file, sha256 }) => ({ file: `${name}/${file}`, sha256 }))),
    pooled: pooledRows(cases, fitOf, DEFAULT_BACKTEST, keep).map(storedRow),
    cases: cases.flatMap((one) => {
      const fit = fitOf(one);
      if (!fit) return [];
      const { worthUnbuilt, builtLittleWorth } = bothSides(one, NAMED);
      const rows = skillRows(one, fit, DEFAULT_BACKTEST, keep).filter((row) => row.class === 'all');
      return [
        {
          region: one.regionId,
          year: one.year,
          mode: one.mode,
          rows: rows.map(storedRow),
          worthUnbuilt: worthUnbuilt.map(storedLink),
          builtLittleWorth: builtLittleWorth.map(storedLink),
        },
      ];
    }),
  };
  return `${JSON.stringify(stored, null, 1)}\n`;
}

const sixDigits = (value: number | null) => (value === null ? null : Number(value.toPrecision(6)));

function storedRow(row: SkillRow): StoredBacktest['pooled'][number] {
  const { auc, aucLow, aucHigh, precision, recall100, meanReciprocalRank } = row;
  return {
    ...row,
    auc: sixDigits(auc),
    aucLow: sixDigits(aucLow),
    aucHigh: sixDigits(aucHigh),
    precision: precision.map(sixDigits),
    recall100: sixDigits(recall100),
    meanReciprocalRank: sixDigits(meanReciprocalRank),
  };
}

function storedLink(link: NamedLink): NamedLink {
  return { ...link, kilometres: Number(link.kilometres.toFixed(1)), gainPersonMinutes: Math.round(link.gainPersonMinutes) };
}

function openCases(progress: Progress, keep: KeptParts): BacktestCase[] {
  return FITTED_CASES.flatMap(([name, year]) => {
    const { region } = openRegion(name);
    return (['road', 'rail'] as const).map((mode) => backtestCase(region, year, mode, progress, keep));
  });
}

/** What a region built since a year, against what each score would have picked. */
export function backtestTable(network: string, year: number, mode: Mode, progress: Progress, keep: KeptParts): ResultTable {
  const { fits } = storedScore();
  const { region } = openRegion(network);
  const modes = mode === 'multimodal' ? (['road', 'rail'] as const) : [mode];
  const notes: string[] = [];
  const rows: Cell[][] = [];
  for (const one of modes) {
    const fit = scoreFor(fits, region.manifest.id, one);
    if (!fit) throw new UsageError(`the stored score has no coefficients for ${one}`);
    const tested = backtestCase(region, year, one, progress, keep);
    rows.push(...skillRows(tested, fit, DEFAULT_BACKTEST, keep).map(cells));
    notes.push(...notesOf(tested, fit.cases));
  }
  return {
    command: 'missing-links',
    parameters: { mode, backtest: year, draws: DEFAULT_BACKTEST.draws, seed: DEFAULT_BACKTEST.seed },
    inputs: inputHashes(regionFolder(network)),
    columns: COLUMNS,
    rows,
    notes: [
      'auc: within strata of equal length (ten deciles, urban and intercity apart); 0.5 is no skill; 95% interval over 50 km squares',
      'built: both ends within min(15 km, 0.4 × length) of one piece of a route opened since',
      ...notes,
    ],
  };
}

const COLUMNS = [
  column('score'),
  column('mode'),
  column('class'),
  column('candidates'),
  column('built'),
  column('auc', '–', 3),
  column('auc_low', '–', 3),
  column('auc_high', '–', 3),
  ...[10, 20, 50, 100].map((cut) => column(`precision_${cut}`, '–', 2)),
  column('recall_100', '–', 3),
  column('mean_reciprocal_rank', '–', 3),
];

function cells(row: SkillRow): Cell[] {
  const { score, mode, candidates, built, auc, aucLow, aucHigh, precision, recall100, meanReciprocalRank } = row;
  return [score, mode, row.class, candidates, built, auc, aucLow, aucHigh, ...precision, recall100, meanReciprocalRank];
}

function notesOf(tested: BacktestCase, fittedOn: readonly string[]): string[] {
  const { asOf, mode, year } = tested;
  const { worthUnbuilt, builtLittleWorth } = bothSides(tested, NAMED);
  const told = (link: NamedLink) => {
    const minutes = Math.round(link.gainPersonMinutes).toLocaleString('en');
    return `${link.route === null ? '' : `${link.route}: `}${link.name}, ${link.kilometres.toFixed(0)} km, ${minutes} person-minutes a day`;
  };
  const undated = mode === 'road' ? asOf.undatedRoads : asOf.undatedRail;
  return [
    `${mode}: "corridor" was fitted on ${fittedOn.join(', ')}`,
    `${mode}: ${undated} open links carry no year and count as old; left out as not yet there: ${asOf.laterJunctions.length} junctions, ${asOf.assumedLinksDropped} assumed links, ${asOf.servicesDropped} services`,
    ...worthUnbuilt.map((link) => `${mode}: worth most of what nobody built since ${year}: ${told(link)}`),
    ...builtLittleWorth.map(
      (link) =>
        `${mode}: built since ${year}, with least worth between zones at its best candidate on the network of that year: ${told(link)}`,
    ),
  ];
}
