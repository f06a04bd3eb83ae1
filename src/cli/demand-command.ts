import { basename } from 'node:path';
import type { Command } from 'commander';
import { decayForMeanMinutes, modelTrips, type TripModel } from '../analysis/demand/fit.ts';
import { BAND_KILOMETRES, fitTripModels, type ModelFit, TRIP_MODELS } from '../analysis/demand/fit-report.ts';
import { commuterSetting, modelMinutes } from '../analysis/demand/region-demand.ts';
import type { Constraint } from '../analysis/demand/trip-models.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { UsageError } from '../model/errors.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { openNetwork, openZonedRegion, regionFolder } from '../open/open-network.ts';
import { type GivenTrips, givenTrips } from '../read/trip-files.ts';
import { graphOptions, type NetworkFlags, numberOption, oneOf, parameters, wholeOption, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes, sha256 } from './output.ts';
import { terminalProgress } from './progress.ts';
import { commuteFile, observedTrips, regionTrips } from './region-trips.ts';

type DemandFlags = NetworkFlags & {
  readonly model: string;
  readonly constraint: string;
  readonly fit?: string | boolean;
  readonly meanMinutes?: string;
  readonly seed: string;
  readonly quiet?: boolean;
};

export function registerDemand(program: Command): void {
  withNetworkOptions(program.command('demand <network>'), 'csv')
    .description('trips a day between zones by a trip model; --fit holds every model against observed trips')
    .option('--model <model>', TRIP_MODELS.join(', '), 'combined')
    .option('--constraint <constraint>', 'production or doubly', 'production')
    .option('--mean-minutes <minutes>', 'exponential decay that gives this mean trip time, in place of the fitted one')
    .option(
      '--fit [file]',
      'observed trips: CSV or Parquet with from,to,trips or home_zone,work_zone,workers, OMX, TNTP; default the commute_flows.csv of the region',
    )
    .option('--seed <number>', 'draws the pairs held out', '1')
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExample: corridor demand boston-washington --fit --format table')
    .action((network: string, flags: DemandFlags) => demandCommand(network, flags));
}

async function demandCommand(network: string, flags: DemandFlags): Promise<void> {
  const table = flags.fit ? fitTable(network, flags, await observedFile(network, flags.fit)) : tripsTable(network, flags);
  emit(formatTable(table, flags.format), flags.out);
}

function tripsTable(network: string, flags: DemandFlags): ResultTable {
  const model = oneOf<TripModel>('--model', flags.model, TRIP_MODELS);
  const constraint = oneOf<Constraint>('--constraint', flags.constraint, ['production', 'doubly']);
  const mean = flags.meanMinutes === undefined ? null : numberOption('--mean-minutes', flags.meanMinutes, 0.1, 1e4);
  const options = graphOptions(flags);
  const { region } = openZonedRegion(network, flags.upgrade);
  let trips: Float64Array;
  let notes: readonly string[];
  if (mean === null) ({ trips, notes } = regionTrips(region, null, model, constraint));
  else {
    const setting = commuterSetting(zoneTimes(openNetwork(region, options).frozen, region.zones));
    const decay = decayForMeanMinutes(setting, mean, constraint);
    ({ trips } = modelTrips(setting, 'exponential', decay, constraint));
    notes = [
      `exponential decay ${decay.betaPerMinute.toFixed(6)} a minute, found so that the mean trip takes ${mean} min; drawn by ${setting.what}`,
    ];
  }
  const { zones } = region;
  const rows: Cell[][] = [];
  trips.forEach((amount, pair) => {
    if (amount > 0) rows.push([zones[Math.floor(pair / zones.length)]?.id ?? '', zones[pair % zones.length]?.id ?? '', amount]);
  });
  return {
    command: 'demand',
    parameters: {
      ...parameters(options, flags.upgrade),
      model: mean === null ? model : 'exponential',
      constraint,
      ...(mean === null ? {} : { mean_minutes: mean }),
    },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns: [column('from'), column('to'), column('trips', 'persons a day', 3)],
    rows,
    notes,
  };
}

const BANDS = BAND_KILOMETRES.slice(0, -1).map((from, band) => {
  const to = BAND_KILOMETRES[band + 1] ?? Number.POSITIVE_INFINITY;
  return { name: `error_${from}_${to === Number.POSITIVE_INFINITY ? 'up' : to}_km` };
});

/** The trips that --fit names, or those that the region folder keeps. */
async function observedFile(network: string, fit: string | boolean): Promise<GivenTrips> {
  const path = typeof fit === 'string' ? fit : commuteFile(regionFolder(network));
  const given = await givenTrips(path ?? undefined, '--fit');
  if (given === null) throw new UsageError(`${network} keeps no commute_flows.csv; expected --fit FILE`);
  return given;
}

function fitTable(network: string, flags: DemandFlags, { file, table }: GivenTrips): ResultTable {
  const folder = regionFolder(network);
  const seed = wholeOption('--seed', flags.seed, 0, 2 ** 31);
  const options = graphOptions(flags);
  const { region } = openZonedRegion(network, flags.upgrade);
  const minutes = modelMinutes(zoneTimes(openNetwork(region, options).frozen, region.zones));
  const observed = observedTrips(file, region.zones, table);
  const fits = fitTripModels(region.zones, minutes, observed, seed, terminalProgress(flags.quiet));
  return {
    command: 'demand',
    parameters: { ...parameters(options, flags.upgrade), fit: true, seed: Number(flags.seed) },
    inputs: [
      ...inputHashes(folder, flags.upgrade),
      ...(typeof flags.fit === 'string' ? [{ file: basename(file), sha256: sha256(file) }] : []),
    ],
    columns: [
      column('model'),
      column('constraint'),
      column('alpha', '', 4),
      column('beta_per_minute', '', 5),
      column('common_part', '', 4),
      column('common_part_between', '', 4),
      column('common_part_held_out', '', 4),
      column('observed_minutes', 'min', 2),
      column('modelled_minutes', 'min', 2),
      column('deviance_per_trip', '', 4),
      ...BANDS.map(({ name }) => column(name, '', 3)),
      column('balance_rounds'),
    ],
    rows: fits.map(fitRow),
    notes: [
      'trips ∝ t^-alpha exp(-beta t) at door-to-door minutes; fitted by least Poisson deviance on all pairs, those within a zone included',
      'common_part: 2 Σ min / (Σ + Σ), 1 is perfect; between: pairs of two zones; held_out: half of those pairs, the decay fitted on the rest alone',
      'error_a_b_km: (modelled - observed) / observed trips between zones whose seats are a to b km apart',
      'row totals are met by every model, column totals by the doubly constrained',
    ],
  };
}

function fitRow({ model, constraint, decay, all, between, heldOut, bands, report }: ModelFit): Cell[] {
  const isFree = model === 'radiation';
  return [
    model,
    constraint,
    isFree ? null : decay.alpha,
    isFree ? null : decay.betaPerMinute,
    all.commonPart,
    between.commonPart,
    heldOut.commonPart,
    all.observedMinutes,
    all.modelledMinutes,
    all.deviancePerTrip,
    ...bands.map(({ relativeError }) => relativeError),
    report?.iterations ?? null,
  ];
}
