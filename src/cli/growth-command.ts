import type { Command } from 'commander';
import { parseMeasures } from '../analysis/accessibility/accessibility.ts';
import { DEFAULT_COMPARE } from '../analysis/compare/compare.ts';
import { growthFigures } from '../analysis/growth/growth.ts';
import { tableLength } from '../analysis/growth/network-lengths.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { DataError } from '../model/errors.ts';
import { type Cell, column, mixedColumn } from '../model/results.ts';
import { regionFolder } from '../open/open-network.ts';
import { networkOf, openSlices, parseSlice, type SliceNetwork } from '../open/slices.ts';
import { upgradeNames } from '../open/upgrades.ts';
import { readHistory } from '../read/history.ts';
import { graphOptions, type NetworkFlags, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';
import { terminalProgress } from './progress.ts';

type GrowthFlags = NetworkFlags & { years: string; measure: string; opportunity: string };

export function registerGrowth(program: Command): void {
  withNetworkOptions(program.command('growth <network>'))
    .description('the same measures through time: years, today, and with all plans; lengths held against published ones')
    .option('--years <slices>', 'years, today, plans or upgrades, in their order; commas between', '2000,2005,2010,2015,2020,today,plans')
    .option('--measure <names>', 'measures of accessibility; commas between', DEFAULT_COMPARE.measures.join(','))
    .option('--opportunity <name>', 'population, jobs, gdp or a zone figure', DEFAULT_COMPARE.opportunity)
    .addHelpText('after', '\nExample: corridor growth jing-jin-ji --years 2000,2010,2020,today,plans --format csv')
    .action((network: string, flags: GrowthFlags) => growthCommand(network, flags));
}

const COLUMNS = [
  column('slice'),
  column('measure'),
  column('unit'),
  mixedColumn('value', 3),
  mixedColumn('published', 3),
  column('ratio', '', 3),
  column('note'),
];

function growthCommand(network: string, flags: GrowthFlags): void {
  const options = graphOptions(flags);
  const always = upgradeNames(flags.upgrade);
  const names = flags.years.split(',').map((text) => parseSlice(text.trim(), '--years'));
  const slices = openSlices(
    network,
    names.map((name) => ({ ...name, upgrades: [...always, ...name.upgrades] })),
  );
  const folder = regionFolder(network);
  const progress = terminalProgress();
  const rows: Cell[][] = [];
  let earlier: SliceNetwork | null = null;
  for (const [index, opened] of slices.entries()) {
    earlier = networkOf(opened, options, earlier);
    const slice = {
      label: opened.label,
      region: opened.region,
      frozen: earlier.frozen,
      times: zoneTimes(earlier.frozen, opened.region.zones),
    };
    for (const { measure, unit, value } of growthFigures(slice, opened.year, parseMeasures(flags.measure).names, flags.opportunity)) {
      rows.push([opened.label, measure, unit, value, null, null, null]);
    }
    progress('slices', index + 1, slices.length);
  }
  const { figures, problems } = readHistory(folder);
  if (problems.length > 0) throw new DataError(problems);
  const [today] = openSlices(network, [parseSlice('today', '--years')]);
  for (const { what, unit, year, value, confidence } of figures) {
    const own = today ? tableLength(today.region, what, year) : null;
    if (!own) continue;
    const old = own.withoutYear > 0 ? `; ${own.withoutYear.toFixed(0)} ${unit} of it on links without a year` : '';
    rows.push([
      String(year),
      `published:${what}`,
      unit,
      own.value,
      value,
      own.value / value,
      `published figure: ${confidence} confidence${old}`,
    ]);
  }
  const table = {
    command: 'growth',
    parameters: {
      ...parameters({ ...options, year: null }, flags.upgrade),
      years: flags.years,
      measure: flags.measure,
      opportunity: flags.opportunity,
    },
    inputs: inputHashes(folder, [...always, ...names.flatMap((name) => name.upgrades)].join(',')),
    columns: COLUMNS,
    rows,
    notes: [
      'people and jobs are those of the tables in every slice: the series shows what the network did',
      'links without a year count as old; junctions that only later links touch are not in an earlier slice',
      'ratio: by the tables over published; lengths of rows named published: count links of several lines between the same places once, but for metro in Jing-Jin-Ji',
      'each slice keeps the access connectors of the one before it, so that a series never falls because a station opened',
      ...new Set(slices.flatMap(({ notes }) => notes)),
    ],
  };
  emit(formatTable(table, flags.format), flags.out);
}
