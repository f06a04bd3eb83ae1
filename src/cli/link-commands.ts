import type { Command } from 'commander';
import { type CentralityRow, centrality } from '../analysis/centrality.ts';
import { DEFAULT_ISOCHRONES, isochrones } from '../analysis/isochrones.ts';
import { nearestPlaces } from '../build/nearest-places.ts';
import { oneToAll } from '../kernels/one-to-all.ts';
import { UsageError } from '../model/errors.ts';
import { UNREACHED } from '../model/network.ts';
import { type Cell, column } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import { openLinks } from '../open/open-links.ts';
import { openNetwork, openRegion, regionFolder } from '../open/open-network.ts';
import { graphOptions, type NetworkFlags, numberOption, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';

export function registerLinkCommands(program: Command): void {
  withNetworkOptions(program.command('centrality <network>'))
    .description('degree, betweenness, closeness, harmonic, straightness, bridges and articulation points')
    .option('--default-speed <kmh>', 'for GeoJSON lines without a speed; each use is counted')
    .option('--tolerance <metres>', 'ends of GeoJSON lines this near are one node', '1')
    .addHelpText('after', '\nExample: corridor centrality tokyo --mode rail --format csv --out centrality.csv')
    .action((network: string, flags: CentralityFlags) => centralityCommand(network, flags));
  withNetworkOptions(program.command('isochrones <network>'), 'geojson')
    .description('areas within minutes of a zone, a station or a coordinate')
    .requiredOption('--from <place>', 'zone id, station id or longitude,latitude')
    .option('--minutes <list>', '15 to 180, separated by commas', DEFAULT_ISOCHRONES.minutes.join(','))
    .addHelpText('after', '\nExample: corridor isochrones jing-jin-ji --from 110101 --minutes 30,60,90 --out isochrones.geojson')
    .action((network: string, flags: NetworkFlags & { from: string; minutes: string }) => isochroneCommand(network, flags));
}

type CentralityFlags = NetworkFlags & { defaultSpeed?: string; tolerance: string };

function centralityCommand(network: string, flags: CentralityFlags): void {
  const options = graphOptions(flags);
  const noding = {
    toleranceMetres: numberOption('--tolerance', flags.tolerance, 0, 1000),
    defaultSpeedKilometresPerHour: flags.defaultSpeed === undefined ? null : numberOption('--default-speed', flags.defaultSpeed, 1, 450),
  };
  const opened = openLinks(network, options, noding, flags.upgrade);
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
    parameters: parameters(options, flags.upgrade),
    inputs: opened.inputs.length > 0 ? opened.inputs : inputHashes(regionFolder(network), flags.upgrade),
    columns,
    rows: rows.map((row: CentralityRow): Cell[] => [row.kind, row.id, row.betweenness, ...names.map((name) => row[name]), row.isCut]),
    notes: ['value is betweenness; closeness and harmonic per minute; is_cut: articulation point or bridge', ...opened.notes],
  };
  emit(formatTable(table, flags.format), flags.out);
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
  const { region } = openRegion(network, flags.upgrade);
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
    parameters: { ...parameters(options, flags.upgrade), from: flags.from, minutes: flags.minutes },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns: [column('origin'), column('minutes', 'min'), column('area_km2', 'km²', 1), column('population', 'persons')],
    rows: bands.map((band): Cell[] => [label, band.minutes, band.areaSquareKilometres, band.population]),
    notes: ['population: zones whose seat is reached in time'],
  };
  emit(formatTable(table, flags.format), flags.out);
}
