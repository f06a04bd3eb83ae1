import { greatCircleKilometres } from '../../model/place.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Zone } from '../../model/tables.ts';
import { type Agreement, agreement, type BandError, bandErrors, fitDecay, modelTrips, type TripModel } from './fit.ts';
import type { BalanceReport } from './furness.ts';
import { observedSetting } from './region-demand.ts';
import type { Constraint, Decay } from './trip-models.ts';

export const TRIP_MODELS: readonly TripModel[] = ['exponential', 'power', 'combined', 'radiation'];

/** Kilometres between seats, straight. */
export const BAND_KILOMETRES = [0, 25, 50, 100, 200, Number.POSITIVE_INFINITY] as const;

/** How one model does against observed trips. */
export interface ModelFit {
  readonly model: TripModel;
  readonly constraint: Constraint;
  readonly decay: Decay;
  readonly all: Agreement;
  /** pairs of two different zones */
  readonly between: Agreement;
  /** the half of those pairs that the decay was not fitted on; fitted anew on the other half */
  readonly heldOut: Agreement;
  readonly bands: readonly BandError[];
  readonly report: BalanceReport | null;
}

/**
 * Fit every model to observed trips and say how well it does: on all pairs, between zones, by distance, and on pairs held out.
 *
 * Held-out pairs are drawn by a seeded shuffle; row and column totals are known to the model all the same, as they are in use.
 * Cost: about 600 doubly constrained models of the zones.
 */
export function fitTripModels(
  zones: readonly Zone[],
  minutes: Float64Array,
  observed: Float64Array,
  seed: number,
  progress: Progress = SILENT,
): ModelFit[] {
  const size = zones.length;
  const setting = observedSetting(observed, minutes);
  const everything = new Uint8Array(size * size).fill(1);
  const between = everything.slice();
  for (let zone = 0; zone < size; zone++) between[zone * size + zone] = 0;
  const held = drawHalf(between, seed);
  const rest = everything.map((counts, pair) => counts & (1 - (held[pair] ?? 0)));
  const kilometres = new Float64Array(size * size);
  zones.forEach((a, from) => {
    zones.forEach((b, to) => {
      kilometres[from * size + to] = greatCircleKilometres(a.longitude, a.latitude, b.longitude, b.latitude);
    });
  });
  const constraints: readonly Constraint[] = ['production', 'doubly'];
  const total = constraints.length * TRIP_MODELS.length;
  let done = 0;
  return constraints.flatMap((constraint) =>
    TRIP_MODELS.map((model): ModelFit => {
      const fitOn = (mask: Uint8Array): Decay =>
        model === 'radiation' ? { alpha: 0, betaPerMinute: 0 } : fitDecay(setting, observed, model, constraint, mask);
      const decay = fitOn(everything);
      const { trips, report } = modelTrips(setting, model, decay, constraint);
      const blind = modelTrips(setting, model, fitOn(rest), constraint).trips;
      progress('trip models', ++done, total);
      return {
        model,
        constraint,
        decay,
        all: agreement(observed, trips, minutes, everything),
        between: agreement(observed, trips, minutes, between),
        heldOut: agreement(observed, blind, minutes, held),
        bands: bandErrors(observed, trips, kilometres, between, BAND_KILOMETRES),
        report,
      };
    }),
  );
}

/** Half of the pairs that count, by a multiplicative generator (Lehmer, Park and Miller 1988 doi:10.1145/63039.63042). */
function drawHalf(mask: Uint8Array, seed: number): Uint8Array {
  let state = (Math.trunc(Math.abs(seed)) % 2147483646) + 1;
  return mask.map((counts) => {
    state = (state * 48271) % 2147483647;
    return counts === 1 && state < 2147483647 / 2 ? 1 : 0;
  });
}
