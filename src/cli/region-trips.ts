import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commuterTrips } from '../analysis/demand/commuter-trips.ts';
import type { TripModel } from '../analysis/demand/fit.ts';
import { type RegionTrips, tripsMatrix } from '../analysis/demand/region-demand.ts';
import type { Constraint } from '../analysis/demand/trip-models.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../build/graph-types.ts';
import { DataError } from '../model/errors.ts';
import type { Region, Zone } from '../model/tables.ts';
import { openNetwork } from '../open/open-network.ts';
import type { TripTable } from '../read/trip-files.ts';
import { readTrips } from '../read/trips.ts';

/** Observed commuters of a region folder, if it keeps any. */
export function commuteFile(folder: string): string | null {
  const file = join(folder, 'commute_flows.csv');
  return existsSync(file) ? file : null;
}

/** @throws DataError with every fault of the file */
export function observedTrips(file: string, zones: readonly Zone[], table: TripTable = readTrips(file)): Float64Array {
  const { trips, problems } = table;
  const faults = problems.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  return tripsMatrix(trips, zones, basename(file));
}

/** Trips a day between the zones of a region: given, or modelled with the decay fitted to observed commuting. */
export function regionTrips(
  region: Region,
  tripsFile: string | null,
  model: TripModel,
  constraint: Constraint,
  table?: TripTable,
): RegionTrips {
  if (tripsFile !== null) {
    const trips = observedTrips(tripsFile, region.zones, table);
    const sum = trips.reduce((total, amount) => total + amount, 0);
    return { trips, notes: [`demand: ${basename(tripsFile)}, ${Math.round(sum)} trips a day as given`] };
  }
  const { frozen } = openNetwork(region, DEFAULT_GRAPH_OPTIONS);
  return commuterTrips(zoneTimes(frozen, region.zones), model, constraint);
}
