import type { Command } from 'commander';
import { parseMeasures } from '../analysis/accessibility/accessibility.ts';
import { PARAMETER_PACKS } from '../analysis/appraisal/parameter-packs.ts';
import { type Comparison, compareSlices, DEFAULT_COMPARE } from '../analysis/compare/compare.ts';
import type { CompareRow } from '../analysis/compare/compare-row.ts';
import type { Slice } from '../analysis/compare/slice-measures.ts';
import { NO_WORTH, type Worth, worthOf } from '../analysis/compare/worth.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import { UsageError } from '../model/errors.ts';
import { type Cell, column, mixedColumn, type ResultTable } from '../model/results.ts';
import { regionFolder } from '../open/open-network.ts';
import { otherModeNotes } from '../open/slice-notes.ts';
import { networkOf, type OpenedSlice, openSlices, parseSlice, type SliceNetwork, sliceOfFlags } from '../open/slices.ts';
import { upgradeNames } from '../open/upgrades.ts';
import { givenTrips } from '../read/trip-files.ts';
import { renderComparison } from '../report/compare/compare-page.ts';
import { type AppraisalFlags, appraisalSettings, withAppraisalOptions } from './appraisal-options.ts';
import { type ComparedFlows, type CompareFlowFlags, comparedFlows, flowQuestion, withFlowOptions } from './compare-flows.ts';
import { compareGeoJson } from './compare-geojson.ts';
import { graphOptions, type NetworkFlags, numberOption, wholeOption, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';

type CompareFlags = NetworkFlags &
  CompareFlowFlags &
  AppraisalFlags & { against: string; measure: string; opportunity: string; minutes: string; links: string; appraisal: boolean };

export function registerCompare(program: Command): void {
  const command = withNetworkOptions(program.command('compare <network>'))
    .description('what changes from one state of a region to another: by zone, jurisdiction and region, with benefit and cost')
    .option('--against <slice>', 'the state before: today, a year, plans, an upgrade, or these joined by +', 'today')
    .option('--measure <names>', 'measures of accessibility; commas between', DEFAULT_COMPARE.measures.join(','))
    .option('--opportunity <name>', 'population, jobs, gdp or a zone figure', DEFAULT_COMPARE.opportunity)
    .option('--minutes <list>', 'isochrones of the primary core', DEFAULT_COMPARE.isochroneMinutes.join(','))
    .option('--links <number>', 'links whose trips change most', String(DEFAULT_COMPARE.links))
    .option('--no-appraisal', 'leave money out');
  withAppraisalOptions(withFlowOptions(command))
    .addHelpText(
      'after',
      '\n--format geojson gives the zones with their changes, --format html one page with maps before and after.' +
        '\nExample: corridor compare jing-jin-ji --upgrade pinggu-line --format html --out pinggu.html',
    )
    .action((network: string, flags: CompareFlags, own: Command) => compareCommand(network, flags, own));
}

async function compareCommand(network: string, flags: CompareFlags, command: Command): Promise<void> {
  const options = graphOptions(flags);
  const asked = flowQuestion(flags, options, command);
  const links = wholeOption('--links', flags.links, 0, 1000);
  const minutes = flags.minutes.split(',').map((text) => numberOption('--minutes', text, 15, 180));
  const given = await givenTrips(flags.trips);
  const after = sliceOfFlags(options.year, upgradeNames(flags.upgrade));
  if (after === null) throw new UsageError('compare needs a state to come to: --upgrade, --year or both');
  const before = parseSlice(flags.against, '--against');
  const [openedBefore, openedAfter] = openSlices(network, [before, after]) as [OpenedSlice, OpenedSlice];
  const networkBefore = networkOf(openedBefore, options);
  const networkAfter = networkOf(openedAfter, options, networkBefore);
  const slices = [sliceOf(openedBefore, networkBefore), sliceOf(openedAfter, networkAfter)] as const;
  const comparison = compareSlices(slices[0], slices[1], {
    measures: parseMeasures(flags.measure).names,
    opportunity: flags.opportunity,
    isochroneMinutes: minutes,
    links,
  });
  const worth = flags.appraisal ? appraised(openedBefore, openedAfter, comparison, flags) : NO_WORTH;
  const flows: ComparedFlows = asked
    ? comparedFlows(network, [openedBefore, openedAfter], options, asked, given, links)
    : { rows: [], notes: [], parameters: {}, inputs: [] };
  const table: ResultTable = {
    command: 'compare',
    parameters: {
      mode: options.mode,
      year: options.year,
      speeds: options.speeds,
      upgrade: flags.upgrade ?? null,
      against: flags.against,
      measure: flags.measure,
      opportunity: flags.opportunity,
      seed: Number(flags.seed),
      ...flows.parameters,
    },
    inputs: [...inputHashes(regionFolder(network), [...before.upgrades, ...after.upgrades].join(',')), ...flows.inputs],
    columns: COLUMNS,
    rows: [...comparison.rows.filter(isOfRegion), ...flows.rows, ...worth.rows, ...comparison.rows.filter((row) => !isOfRegion(row))].map(
      cells,
    ),
    notes: [
      ...notesOf(openedBefore, openedAfter, comparison, options.mode),
      ...modeNotes(options.mode, comparison),
      ...keptNotes(networkAfter),
      ...flows.notes,
      ...worth.notes,
    ],
  };
  if (flags.format === 'geojson') emit(compareGeoJson(slices[0], slices[1], table), flags.out);
  else if (flags.format === 'html') {
    emit(
      renderComparison({
        before: slices[0],
        after: slices[1],
        comparison,
        flows: flows.rows,
        table,
        worth,
        upgrades: openedAfter.upgrades,
      }),
      flags.out,
    );
  } else emit(formatTable(table, flags.format), flags.out);
}

function sliceOf(opened: OpenedSlice, { frozen }: SliceNetwork): Slice {
  return { label: opened.label, region: opened.region, frozen, times: zoneTimes(frozen, opened.region.zones) };
}

const COLUMNS = [
  column('scope'),
  column('id'),
  column('name'),
  column('measure'),
  column('unit'),
  mixedColumn('before', 4),
  mixedColumn('after', 4),
  mixedColumn('change', 4),
];

function isOfRegion(row: CompareRow): boolean {
  return row.scope === 'region';
}

function cells({ scope, id, name, measure, unit, before, after, change }: CompareRow): Cell[] {
  return [scope, id, name, measure, unit, before, after, change];
}

function notesOf(before: OpenedSlice, after: OpenedSlice, { benefit }: Comparison, mode: GraphOptions['mode']): string[] {
  const named = (slice: OpenedSlice) =>
    slice.upgrades.map(
      ({ id, name, status, openingYear }) => `${id}: ${name} (${status}${openingYear === null ? '' : `, ${openingYear}`})`,
    );
  return [
    `before: ${before.label}; after: ${after.label}`,
    ...named(before).map((text) => `before has ${text}`),
    ...named(after).map((text) => `after has ${text}`),
    'zone figures are weighted by people; a zone reaches itself in 0 minutes',
    'trips: gravity, one trip between zones a person and day, decay 0.03 a minute, on the state before (modelled, not observed); link trips all or nothing',
    `${Math.round(benefit.tripsLeftOut)} trips a day are between zones with no way before or after: no saving is told for them`,
    ...(before.year === null && after.year === null
      ? []
      : ['links without a year count as old; people and jobs are of the tables, not of the year']),
    ...otherModeNotes(before.region, after.region, mode),
    ...before.notes,
    ...after.notes,
  ];
}

function keptNotes({ kept }: SliceNetwork): string[] {
  if (kept === 0) return [];
  return [`${kept} connectors of the state before are kept, so that nobody loses a station because another one opened`];
}

/** What the mode chosen hides. */
function modeNotes(mode: GraphOptions['mode'], { benefit }: Comparison): string[] {
  if (mode === 'rail') return ['every trip goes by rail here, whoever drives today: --trip-share counts the part that does'];
  if (mode === 'multimodal' && benefit.fixedDemand === 0) {
    return ['nobody is quicker: roads are free of queues in these tables, so a new railway beside them shows by --mode rail'];
  }
  return [];
}

function appraised(before: OpenedSlice, after: OpenedSlice, { benefit }: Comparison, flags: CompareFlags): Worth {
  const options = { ...appraisalSettings(after.region.manifest, flags), packs: PARAMETER_PACKS };
  return worthOf(before, after, benefit, options);
}
