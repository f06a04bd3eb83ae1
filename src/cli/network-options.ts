import type { Command } from 'commander';
import { DEFAULT_GRAPH_OPTIONS, type GraphOptions, type Mode } from '../build/graph-types.ts';
import { DEFAULT_NODING, type NodingOptions } from '../build/plain-graph.ts';
import type { SpeedModel } from '../build/road-speeds.ts';
import { UsageError } from '../model/errors.ts';
import type { Cell } from '../model/results.ts';
import { allThreads } from '../parallel/pool.ts';

export interface NetworkFlags {
  readonly defaultSpeed?: string;
  readonly tolerance?: string;
  readonly mode: string;
  readonly year?: string;
  readonly speeds: string;
  readonly upgrade?: string;
  readonly format: string;
  readonly out?: string;
}

/** The options that every analysis shares. */
export function withNetworkOptions(command: Command, format = 'table'): Command {
  return withSliceOptions(command)
    .option('--format <format>', 'table, json, csv or geojson where the command has places', format)
    .option('--out <file>', 'write to a file instead of standard output');
}

/** The options that say which network: its mode, its year, its speeds. */
export function withSliceOptions(command: Command, speeds: SpeedModel = DEFAULT_GRAPH_OPTIONS.speeds): Command {
  return command
    .option('--mode <mode>', 'road, rail or multimodal', 'multimodal')
    .option('--year <year>', 'only links opened by then; links without a year count as old')
    .option('--speeds <model>', 'as-given or harmonised (one speed model for all regions)', speeds)
    .option('--upgrade <names>', 'upgrades of the region, files of changes, or plans; commas between, applied in this order');
}

/** Options of commands that also take a single file. */
export function withFileOptions(command: Command): Command {
  return command
    .option('--default-speed <kmh>', 'for GeoJSON lines without a speed; each use is counted')
    .option('--tolerance <metres>', 'ends of GeoJSON lines this near are one node', String(DEFAULT_NODING.toleranceMetres));
}

/** @throws UsageError naming the option */
export function nodingOptions({ defaultSpeed, tolerance }: Pick<NetworkFlags, 'defaultSpeed' | 'tolerance'>): NodingOptions {
  return {
    toleranceMetres: tolerance === undefined ? DEFAULT_NODING.toleranceMetres : numberOption('--tolerance', tolerance, 0, 1000),
    defaultSpeedKilometresPerHour: defaultSpeed === undefined ? null : numberOption('--default-speed', defaultSpeed, 1, 450),
  };
}

/** For commands that run on threads. */
export function withThreads(command: Command): Command {
  return command.option('--threads <count>', 'worker threads; results do not depend on it', String(allThreads()));
}

/** @throws UsageError unless it is a whole number from 1 to 1,024 */
export function threadsOption(found: string): number {
  return wholeOption('--threads', found, 1, 1024);
}

/** One of the words expected. @throws UsageError naming the option */
export function oneOf<T extends string>(option: string, found: string, expected: readonly T[]): T {
  const match = expected.find((name) => name === found);
  if (match === undefined) throw new UsageError(`${option} is "${found}"; expected ${expected.join(', ')}`);
  return match;
}

/** A finite number within bounds. @throws UsageError naming the option */
export function numberOption(option: string, found: string, least: number, most: number): number {
  const value = Number(found);
  if (found.trim() === '' || !(value >= least && value <= most)) {
    throw new UsageError(`${option} is "${found}"; expected a number from ${least} to ${most}`);
  }
  return value;
}

/** A whole number within bounds. @throws UsageError naming the option */
export function wholeOption(option: string, found: string, least: number, most: number): number {
  const value = Number(found);
  if (found.trim() === '' || !(value >= least && value <= most && Number.isInteger(value))) {
    throw new UsageError(`${option} is "${found}"; expected a whole number from ${least} to ${most}`);
  }
  return value;
}

/** @throws UsageError naming the option, what was found and what is understood */
export function graphOptions(flags: NetworkFlags): GraphOptions {
  return {
    mode: oneOf<Mode>('--mode', flags.mode, ['road', 'rail', 'multimodal']),
    year: flags.year === undefined ? null : numberOption('--year', flags.year, 1800, 2200),
    speeds: oneOf<SpeedModel>('--speeds', flags.speeds, ['as-given', 'harmonised']),
  };
}

/** What a result was made with; the upgrade only where one is given. */
export function parameters(options: GraphOptions, upgrade?: string): Record<string, Cell> {
  const shared = { mode: options.mode, year: options.year, speeds: options.speeds };
  return upgrade === undefined ? shared : { ...shared, upgrade };
}
