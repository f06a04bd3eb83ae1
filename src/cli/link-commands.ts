import type { Command } from 'commander';
import { gravityDemand } from '../analysis/demand.ts';
import { DEFAULT_ISOCHRONES, isochrones } from '../analysis/isochrones.ts';
import { missingLinks, type NewLink, plannedLinks, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../analysis/missing-links.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { nearestPlaces } from '../build/nearest-places.ts';
import { oneToAll } from '../kernels/one-to-all.ts';
import { UsageError } from '../model/errors.ts';
import { UNREACHED } from '../model/network.ts';
import { type Cell, column } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import { openNetwork, openRegion, regionFolder } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, numberOption, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';

export function registerLinkCommands(program: Command): void {
  withNetworkOptions(program.command('isochrones <network>'), 'geojson')
    .description('areas within minutes of a zone, a station or a coordinate')
    .requiredOption('--from <place>', 'zone id, station id or longitude,latitude')
    .option('--minutes <list>', '15 to 180, separated by commas', DEFAULT_ISOCHRONES.minutes.join(','))
    .addHelpText('after', '\nExample: corridor isochrones jing-jin-ji --from 110101 --minutes 30,60,90 --out isochrones.geojson')
    .action((network: string, flags: NetworkFlags & { from: string; minutes: string }) => isochroneCommand(network, flags));
  withNetworkOptions(program.command('missing-links <network>'))
    .description('new links with their exact gain under a gravity demand; --plans evaluates the planned ones')
    .option('--plans', 'planned links in place of candidates')
    .addHelpText('after', '\nExample: corridor missing-links boston-washington --mode rail --format json')
    .action((network: string, flags: NetworkFlags & { plans?: boolean }) => missingCommand(network, flags));
}

/** Node that stands for a zone, a station, or the place nearest to a coordinate. */
function originNode(region: Region, from: string, mode: string): { node: string; label: string } {
  const zone = region.zones.find((row) => row.id === from);
  if (zone) return { node: `zone-origin/${zone.id}`, label: zone.name };
  const station = region.stations.find((row) => row.id === from);
  if (station && mode !== 'road') return { node: `station/${station.id}`, label: station.name };
  const [longitude = Number.NaN, latitude = Number.NaN] = from.split(',').map(Number);
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) {
    throw new UsageError(`--from is "${from}"; expected a zone id, a station id (not by road) or longitude,latitude`);
  }
  const seats = region.zones.map((row) => ({ ...row, kind: 'zone', zone: row.id, kept: {} }));
  const nearest = nearestPlaces(seats, { count: 1, kilometres: 1000 })(longitude, latitude)[0];
  if (!nearest) throw new UsageError('--from is a coordinate, and the region has no zones');
  return { node: `zone-origin/${nearest.place.id}`, label: `${from}, from the seat of ${nearest.place.name}` };
}

function isochroneCommand(network: string, flags: NetworkFlags & { from: string; minutes: string }): void {
  const options = graphOptions(flags);
  const minutes = flags.minutes.split(',').map((text) => numberOption('--minutes', text, 15, 180));
  const { region } = openRegion(network);
  const { frozen } = openNetwork(region, options);
  const { node, label } = originNode(region, flags.from, options.mode);
  const origin = frozen.nodeOf.get(node);
  if (origin === undefined) throw new UsageError(`--from ${flags.from} is not in the ${options.mode} network`);
  const costs = oneToAll(frozen.network, origin);
  const zones = region.zones.map((zone) => {
    const cost = costs[frozen.nodeOf.get(`zone-destination/${zone.id}`) ?? 0] ?? UNREACHED;
    return { zone, minutes: cost === UNREACHED ? null : cost / MILLISECONDS_PER_MINUTE };
  });
  const bands = isochrones(frozen.network, costs, zones, { ...DEFAULT_ISOCHRONES, minutes });
  const features = bands.map((band) => ({
    type: 'Feature',
    geometry: band.geometry,
    properties: {
      origin: label,
      minutes: band.minutes,
      area_km2: Number(band.areaSquareKilometres.toFixed(1)),
      population: band.population,
    },
  }));
  const round = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(6)) : value);
  if (flags.format === 'geojson') {
    emit(`${JSON.stringify({ type: 'FeatureCollection', features }, round)}\n`, flags.out);
    return;
  }
  const table = {
    command: 'isochrones',
    parameters: { ...parameters(options), from: flags.from, minutes: flags.minutes },
    inputs: inputHashes(regionFolder(network)),
    columns: [column('origin'), column('minutes', 'min'), column('area_km2', 'km²', 1), column('population', 'persons')],
    rows: bands.map((band): Cell[] => [label, band.minutes, band.areaSquareKilometres, band.population]),
    notes: ['population: zones whose seat is reached in time'],
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
