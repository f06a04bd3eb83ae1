import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { DataError } from '../model/errors.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import { column } from '../model/results.ts';
import type { TripRow } from '../model/trips.ts';
import { minutesToMilliseconds } from '../model/units.ts';
import { readTntpNet, type TntpNet } from '../read/tntp/net.ts';
import { readPositions } from '../read/tntp/positions.ts';
import { tntpRegion } from '../read/tntp/region.ts';
import { readTrips } from '../read/trips.ts';
import { problemsCsv, writeRegion } from '../write/region-folder.ts';
import { toCsv } from '../write/result-table.ts';
import { numberOption } from './network-options.ts';
import { writeWhole } from './output.ts';

interface TntpFlags {
  readonly nodes?: string;
  readonly trips?: string;
  readonly out: string;
  readonly minutesPerUnit: string;
  readonly kilometresPerUnit?: string;
}

/** Adds `import tntp` to the import command. */
export function registerImportTntp(parent: Command): void {
  parent
    .command('tntp <net>')
    .description('from a TNTP net: a region folder where node positions are degrees, else lines without geometry and an edge list')
    .option('--nodes <file>', 'positions: _node.tntp, or GeoJSON points with an id')
    .option('--trips <file>', '_trips.tntp or CSV from,to,trips')
    .option('--minutes-per-unit <number>', 'minutes in a unit of the free-flow times: see the README of the file', '1')
    .option('--kilometres-per-unit <number>', 'kilometres in a unit of the lengths; without it lengths are measured between positions')
    .requiredOption('--out <folder>', 'the folder to write')
    .addHelpText('after', '\nExample: corridor import tntp Sydney_net.tntp --nodes Sydney_node.tntp --kilometres-per-unit 1 --out sydney')
    .action((path: string, flags: TntpFlags) => importTntp(path, flags));
}

function importTntp(path: string, flags: TntpFlags): void {
  const minutesPerUnit = numberOption('--minutes-per-unit', flags.minutesPerUnit, 1e-9, 1e9);
  const kilometresPerUnit =
    flags.kilometresPerUnit === undefined ? null : numberOption('--kilometres-per-unit', flags.kilometresPerUnit, 1e-9, 1e9);
  const { net, problems } = readTntpNet(path);
  const trips = flags.trips === undefined ? { trips: [], problems: [] } : readTrips(flags.trips);
  const positions = flags.nodes === undefined ? null : readPositions(flags.nodes);
  const all = [...problems, ...trips.problems, ...(positions?.problems ?? [])];
  refuse(all);
  const name = basename(flags.out);
  mkdirSync(flags.out, { recursive: true });
  if (positions?.areDegrees) {
    const made = tntpRegion(name, net, positions.nodes, trips.trips, { kilometresPerUnit, minutesPerUnit });
    refuse(made.problems);
    all.push(...made.problems);
    writeRegion(made.region, all, flags.out);
    const { zones, junctions, roads } = made.region;
    process.stdout.write(
      `${zones.length} zones, ${junctions.length} junctions, ${roads.length} roads, ${trips.trips.length} pairs of trips\n`,
    );
  } else {
    const why = positions ? 'positions are in a plane, not in degrees' : 'no positions were given';
    const expected = 'degrees WGS84 for a region folder; links written without geometry';
    all.push({
      severity: 'warning',
      kind: 'no-degrees',
      file: basename(flags.nodes ?? path),
      feature: '–',
      property: 'position',
      found: why,
      expected,
    });
    writeWhole(join(flags.out, 'network.geojson'), linesWithoutGeometry(net, minutesPerUnit, kilometresPerUnit));
    writeWhole(join(flags.out, 'edges.csv'), edgeList(net, minutesPerUnit));
    writeWhole(join(flags.out, 'import-problems.csv'), problemsCsv(all));
    process.stdout.write(`${net.links.length} links without geometry, ${trips.trips.length} pairs of trips\n`);
  }
  if (trips.trips.length > 0) writeWhole(join(flags.out, 'trips.csv'), tripsCsv(trips.trips));
  for (const problem of all.slice(0, 20)) process.stderr.write(`${describeProblem(problem)}\n`);
  if (all.length > 20) process.stderr.write(`… and ${all.length - 20} more in import-problems.csv\n`);
}

function refuse(problems: readonly Problem[]): void {
  const faults = problems.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
}

/** Links as GeoJSON features with `geometry: null`, from and to. */
function linesWithoutGeometry(net: TntpNet, minutesPerUnit: number, kilometresPerUnit: number | null): string {
  const lines = net.links.map((link, row) => {
    const { capacity, b, power, toll, lanes, type } = link;
    const head = { id: String(row), from: String(link.from), to: String(link.to), class: type, oneway: true };
    const length = kilometresPerUnit === null ? null : link.length * kilometresPerUnit;
    const cost = {
      length_km: length,
      minutes: link.freeTime * minutesPerUnit,
      capacity_veh_h: capacity,
      bpr_b: b,
      bpr_power: power,
      toll,
      lanes,
    };
    return JSON.stringify({ type: 'Feature', id: String(row), geometry: null, properties: { ...head, ...cost } });
  });
  return `{"type": "FeatureCollection", "features": [\n${lines.join(',\n')}\n]}\n`;
}

/** Edge list in whole milliseconds, at least 1: what every command that needs no coordinates reads. */
function edgeList(net: TntpNet, minutesPerUnit: number): string {
  const rows = net.links.map(({ from, to, freeTime }) => [String(from), String(to), minutesToMilliseconds(freeTime * minutesPerUnit)]);
  return csv(['from', 'to', 'weight'], rows, 0);
}

function tripsCsv(trips: readonly TripRow[]): string {
  const rows = trips.map(({ from, to, trips: amount }) => [from, to, amount]);
  return csv(['from', 'to', 'trips'], rows, 9);
}

function csv(names: readonly string[], rows: (string | number)[][], decimals: number): string {
  return toCsv({ command: '', parameters: {}, inputs: [], columns: names.map((name) => column(name, '', decimals)), rows, notes: [] });
}
