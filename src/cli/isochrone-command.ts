import type { Command } from 'commander';
import type { Feature, FeatureCollection } from 'geojson';
import { DEFAULT_ISOCHRONES, type IsochroneBand, isochrones } from '../analysis/isochrones/isochrones.ts';
import { POINT_ZONE_ID, timesFromPoint, withPointZone } from '../analysis/isochrones/point-origin.ts';
import { nodeNumber } from '../build/freeze.ts';
import type { GraphOptions, Mode } from '../build/graph-types.ts';
import { oneToAll } from '../kernels/one-to-all.ts';
import { UsageError } from '../model/errors.ts';
import { type Network, UNREACHED } from '../model/network.ts';
import { greatCircleKilometres } from '../model/place.ts';
import { type Cell, column } from '../model/results.ts';
import type { Place, Region } from '../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import { isNetworkFile, openLinks } from '../open/open-links.ts';
import { openNetwork, openRegion, regionFolder } from '../open/open-network.ts';
import { regionLand } from '../open/region-land.ts';
import { sliceNotes } from '../open/slice-notes.ts';
import {
  graphOptions,
  type NetworkFlags,
  nodingOptions,
  numberOption,
  parameters,
  withFileOptions,
  withNetworkOptions,
} from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';

type IsochroneFlags = NetworkFlags & { from: string; minutes: string; cell: string; offNetworkSpeed: string };

export function registerIsochrones(program: Command): void {
  withFileOptions(withNetworkOptions(program.command('isochrones <network>'), 'geojson'))
    .description('areas within minutes of a zone, a station, a coordinate or a node')
    .requiredOption('--from <place>', 'zone id, station id or longitude,latitude; for a single file a node id or longitude,latitude')
    .option('--minutes <list>', '1 to 360, commas between', DEFAULT_ISOCHRONES.minutes.join(','))
    .option('--cell <kilometres>', 'side of a grid cell', String(DEFAULT_ISOCHRONES.cellKilometres))
    .option(
      '--off-network-speed <kmh>',
      'speed off the network, along straight lines',
      String(DEFAULT_ISOCHRONES.offNetworkKilometresPerHour),
    )
    .addHelpText(
      'after',
      '\nExamples: corridor isochrones jing-jin-ji --from 110101 --minutes 30,60,90 --out isochrones.geojson\n' +
        '          corridor isochrones tokyo --from 139.767,35.681 --mode rail --format table',
    )
    .action((network: string, flags: IsochroneFlags) => isochroneCommand(network, flags));
}

interface Origin {
  readonly label: string;
  readonly bands: readonly (Omit<IsochroneBand, 'population'> & { population: number | null })[];
  readonly inputs: readonly { file: string; sha256: string }[];
  readonly notes: readonly string[];
}

function isochroneCommand(network: string, flags: IsochroneFlags): void {
  const options = graphOptions(flags);
  const rules = {
    ...DEFAULT_ISOCHRONES,
    minutes: [...new Set(flags.minutes.split(',').map((text) => numberOption('--minutes', text, 1, 360)))],
    cellKilometres: numberOption('--cell', flags.cell, 0.05, 20),
    offNetworkKilometresPerHour: numberOption('--off-network-speed', flags.offNetworkSpeed, 1, 120),
  };
  const { label, bands, inputs, notes } = isNetworkFile(network)
    ? fromFile(network, flags, options, rules)
    : fromRegion(network, flags, options, rules);
  if (flags.format === 'geojson') {
    emit(`${JSON.stringify(bandFeatures(label, bands))}\n`, flags.out);
    return;
  }
  const table = {
    command: 'isochrones',
    parameters: { ...parameters(options, flags.upgrade), from: flags.from, minutes: flags.minutes },
    inputs,
    columns: [column('origin'), column('minutes', 'min'), column('area_km2', 'km²', 1), column('population', 'persons')],
    rows: bands.map((band): Cell[] => [label, band.minutes, band.areaSquareKilometres, band.population]),
    notes: [
      `off the network ${rules.offNetworkKilometresPerHour} km/h along straight lines, up to ${rules.offNetworkKilometres} km; grid of ${rules.cellKilometres} km`,
      ...notes,
    ],
  };
  emit(formatTable(table, flags.format), flags.out);
}

function bandFeatures(label: string, bands: Origin['bands']): FeatureCollection {
  const features = bands.map(
    (band): Feature => ({
      type: 'Feature',
      geometry: {
        type: 'MultiPolygon',
        coordinates: band.geometry.coordinates.map((polygon) =>
          polygon.map((ring) => ring.map(([x = 0, y = 0]) => [Number(x.toFixed(6)), Number(y.toFixed(6))])),
        ),
      },
      properties: {
        origin: label,
        minutes: band.minutes,
        area_km2: Number(band.areaSquareKilometres.toFixed(1)),
        population: band.population === null ? null : Math.round(band.population),
      },
    }),
  );
  return { type: 'FeatureCollection', features };
}

/** longitude,latitude in a text, or null. */
function coordinate(text: string): readonly [number, number] | null {
  const parts = text.split(',');
  const [longitude = Number.NaN, latitude = Number.NaN] = parts.map(Number);
  const isPair = parts.length === 2 && parts.every((part) => part.trim() !== '');
  return isPair && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : null;
}

type Point = Pick<Place, 'longitude' | 'latitude'>;

/** Farther from everything than this, a coordinate is taken for a slip: latitude first, or another region. */
const FAR_KILOMETRES = 100;

/** @throws UsageError for a coordinate far from the whole network */
function refuseFar(from: string, [longitude, latitude]: readonly [number, number], places: readonly Point[]): void {
  let nearest = Number.POSITIVE_INFINITY;
  for (const place of places) {
    nearest = Math.min(nearest, greatCircleKilometres(longitude, latitude, place.longitude, place.latitude));
  }
  if (nearest <= FAR_KILOMETRES) return;
  throw new UsageError(
    `--from is "${from}", ${nearest.toFixed(0)} km from the nearest place of the network; expected longitude,latitude within ${FAR_KILOMETRES} km`,
  );
}

function placesOf({ longitude, latitude }: Network): Point[] {
  return Array.from(longitude, (x, node) => ({ longitude: x, latitude: latitude[node]! })).filter(({ longitude: x }) => !Number.isNaN(x));
}

/** Node of a region that a trip starts at, and the region it lies in: a coordinate brings a zone of its own. */
function regionOrigin(given: Region, from: string, mode: Mode): { region: Region; node: string; label: string } {
  const zone = given.zones.find((row) => row.id === from);
  if (zone) return { region: given, node: `zone-origin/${zone.id}`, label: zone.name };
  const station = given.stations.find((row) => row.id === from);
  if (station && mode !== 'road') return { region: given, node: `station/${station.id}`, label: station.name };
  const place = station ? ([station.longitude, station.latitude] as const) : coordinate(from);
  if (!place)
    throw new UsageError(`--from is "${from}"; expected a zone id, a station id or longitude,latitude in degrees, longitude first`);
  refuseFar(from, place, [...given.junctions, ...given.stations, ...given.zones]);
  return { region: withPointZone(given, place[0], place[1]), node: `zone-origin/${POINT_ZONE_ID}`, label: station?.name ?? from };
}

function fromRegion(network: string, flags: IsochroneFlags, options: GraphOptions, rules: typeof DEFAULT_ISOCHRONES): Origin {
  const { region, node, label } = regionOrigin(openRegion(network, flags.upgrade).region, flags.from, options.mode);
  const { frozen } = openNetwork(region, options);
  const origin = frozen.nodeOf.get(node);
  if (origin === undefined) throw new UsageError(`--from ${flags.from} is not in the ${options.mode} network`);
  const costs = oneToAll(frozen.network, origin);
  const zones = region.zones.map((zone) => {
    const cost = costs[nodeNumber(frozen.nodeOf, `zone-destination/${zone.id}`)] ?? UNREACHED;
    return { zone, minutes: cost === UNREACHED ? null : cost / MILLISECONDS_PER_MINUTE };
  });
  const isCounted = region.zones.some((zone) => zone.population > 0);
  const bands = isochrones(frozen.network, costs, zones, { ...rules, land: regionLand(region) });
  return {
    label,
    bands: isCounted ? bands : bands.map((band) => ({ ...band, population: null })),
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    notes: [
      isCounted ? 'population: zones whose seat is reached in time' : 'no zone of this region has a population on record',
      'areas end at the coast',
      ...sliceNotes(region, options),
    ],
  };
}

function fromFile(network: string, flags: IsochroneFlags, options: GraphOptions, rules: typeof DEFAULT_ISOCHRONES): Origin {
  const opened = openLinks(network, options, nodingOptions(flags), flags.upgrade);
  if (!opened.metres) throw new UsageError(`${network} has no coordinates; isochrones need a network with places`);
  const node = opened.network.nodeIds.indexOf(flags.from);
  const place = coordinate(flags.from);
  if (node < 0 && !place) throw new UsageError(`--from is "${flags.from}"; expected a node id or longitude,latitude`);
  if (node < 0 && place) refuseFar(flags.from, place, placesOf(opened.network));
  const access = { nodes: 4, kilometres: rules.offNetworkKilometres, kilometresPerHour: rules.offNetworkKilometresPerHour };
  const costs = node >= 0 || !place ? oneToAll(opened.network, node) : timesFromPoint(opened.network, place[0], place[1], access);
  return {
    label: flags.from,
    bands: isochrones(opened.network, costs, [], rules).map((band) => ({ ...band, population: null })),
    inputs: opened.inputs,
    notes: ['a single file has no zones: population is not known', ...opened.notes],
  };
}
