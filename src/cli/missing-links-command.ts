import type { Command } from 'commander';
import { gravityDemand } from '../analysis/demand.ts';
import { missingLinks, type NewLink, plannedLinks, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../analysis/missing-links/missing-links.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { UsageError } from '../model/errors.ts';
import { type Cell, column } from '../model/results.ts';
import { openNetwork, openRegion, regionFolder, shippedRegions } from '../open/open-network.ts';
import { backtestTable, fitScoreText } from './backtest-command.ts';
import { graphOptions, type NetworkFlags, numberOption, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';
import { terminalProgress } from './progress.ts';

type MissingFlags = NetworkFlags & { plans?: boolean; backtest?: string; fitScore?: boolean; quiet?: boolean };

export function registerMissingLinks(program: Command): void {
  withNetworkOptions(program.command('missing-links [network]'))
    .description('new links with their exact gain under a gravity demand')
    .option('--plans', 'planned links in place of candidates')
    .option('--backtest <year>', 'cut the network back to a year and hold the score against what was opened since')
    .option('--fit-score', 'fit the score of the backtest again on the shipped regions (minutes of work) and print its file')
    .option('--quiet', 'no progress line')
    .addHelpText('after', '\nExample: corridor missing-links boston-washington --mode rail --format json')
    .addHelpText('after', 'Example: corridor missing-links tokyo --backtest 2000 --format csv')
    .action((network: string | undefined, flags: MissingFlags) => {
      const progress = terminalProgress(flags.quiet);
      if (flags.fitScore) return emit(fitScoreText(progress), flags.out);
      if (network === undefined)
        throw new UsageError(`network is missing; expected one of ${shippedRegions().join(', ')} or a region folder`);
      if (flags.backtest === undefined) return missingCommand(network, flags);
      const year = numberOption('--backtest', flags.backtest, 1800, 2200);
      return emit(formatTable(backtestTable(network, year, graphOptions(flags).mode, progress), flags.format), flags.out);
    });
}

const NEW_LINK_COLUMNS = [
  column('rank'),
  column('from'),
  column('to'),
  column('from_name'),
  column('to_name'),
  column('mode'),
  column('length_km', 'km', 2),
  column('minutes', 'min', 2),
  column('gain_person_minutes', 'person-minutes a day', 0),
  column('gain_per_km', 'person-minutes a day and km', 0),
  column('cost'),
  column('benefit_cost_ratio'),
  column('why'),
];

function newLinkRow(link: NewLink): Cell[] {
  const { rank, from, to, fromName, toName, mode, lengthKilometres, minutes, gainPersonMinutes, gainPerKilometre, why } = link;
  return [rank, from, to, fromName, toName, mode, lengthKilometres, minutes, gainPersonMinutes, gainPerKilometre, null, null, why];
}

function missingCommand(network: string, flags: NetworkFlags & { plans?: boolean }): void {
  const options = graphOptions(flags);
  const { region } = openRegion(network, flags.upgrade);
  const rules = options.mode === 'road' ? ROAD_CANDIDATES : RAIL_CANDIDATES;
  const { frozen } = openNetwork(region, options);
  const times = zoneTimes(frozen, region.zones);
  const trips = gravityDemand(times);
  const notes = [
    'demand: gravity, one trip between zones a person and day, decay 0.03 a minute (modelled, not observed)',
    rules.mode === 'road'
      ? 'a new road is a motorway at the harmonised speed of its place, 1.15 × the straight line long; from 15 km on, between named places'
      : 'a new rail link runs at 120 km/h over 1.1 × the straight line, boarding 10.5 min',
  ];
  let links: NewLink[];
  if (flags.plans) {
    const planned = plannedLinks(region, frozen, times, trips, rules);
    links = planned.links;
    if (planned.left.length > 0) notes.push(`ends not in the network, not evaluated: ${planned.left.join(', ')}`);
  } else links = missingLinks(region, frozen, times, trips, rules);
  const table = {
    command: 'missing-links',
    parameters: { ...parameters(options, flags.upgrade), plans: flags.plans ?? false },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns: NEW_LINK_COLUMNS,
    rows: links.map(newLinkRow),
    notes,
  };
  if (flags.format !== 'geojson') {
    emit(formatTable(table, flags.format), flags.out);
    return;
  }
  const features = links.map((link) => ({
    type: 'Feature',
    id: link.id,
    geometry: { type: 'LineString', coordinates: [link.fromLonLat, link.toLonLat] },
    properties: Object.fromEntries(NEW_LINK_COLUMNS.map(({ name }, index) => [name, newLinkRow(link)[index]])),
  }));
  emit(`${JSON.stringify({ type: 'FeatureCollection', features })}\n`, flags.out);
}
