import type { Command } from 'commander';
import { type CentralityRow, centrality } from '../analysis/centrality.ts';
import { gravityDemand } from '../analysis/demand.ts';
import { missingLinks, type NewLink, plannedLinks, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../analysis/missing-links.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { type Cell, column } from '../model/results.ts';
import { openLinks } from '../open/open-links.ts';
import { openNetwork, openRegion, regionFolder } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, nodingOptions, parameters, withFileOptions, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';

export function registerLinkCommands(program: Command): void {
  withFileOptions(withNetworkOptions(program.command('centrality <network>')))
    .description('degree, betweenness, closeness, harmonic, straightness, bridges and articulation points')
    .addHelpText('after', '\nExample: corridor centrality tokyo --mode rail --format csv --out centrality.csv')
    .action((network: string, flags: NetworkFlags) => centralityCommand(network, flags));
  withNetworkOptions(program.command('missing-links <network>'))
    .description('new links with their exact gain under a gravity demand; --plans evaluates the planned ones')
    .option('--plans', 'planned links in place of candidates')
    .addHelpText('after', '\nExample: corridor missing-links boston-washington --mode rail --format json')
    .action((network: string, flags: NetworkFlags & { plans?: boolean }) => missingCommand(network, flags));
}

function centralityCommand(network: string, flags: NetworkFlags): void {
  const options = graphOptions(flags);
  const opened = openLinks(network, options, nodingOptions(flags));
  const rows = centrality(opened.network, opened.metres);
  const names = ['degree', 'betweenness', 'closeness', 'harmonic', 'straightness'] as const;
  const columns = [
    column('kind'),
    column('id'),
    column('value', 'share of pairs', 8),
    ...names.map((name) => column(name, '', 8)),
    column('is_cut'),
  ];
  const table = {
    command: 'centrality',
    parameters: parameters(options),
    inputs: opened.inputs.length > 0 ? opened.inputs : inputHashes(regionFolder(network)),
    columns,
    rows: rows.map((row: CentralityRow): Cell[] => [row.kind, row.id, row.betweenness, ...names.map((name) => row[name]), row.isCut]),
    notes: ['value is betweenness; closeness and harmonic per minute; is_cut: articulation point or bridge', ...opened.notes],
  };
  emit(formatTable(table, flags.format), flags.out);
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
  const { region } = openRegion(network);
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
    parameters: { ...parameters(options), plans: flags.plans ?? false },
    inputs: inputHashes(regionFolder(network)),
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
