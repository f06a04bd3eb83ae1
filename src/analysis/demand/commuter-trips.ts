import type { ZoneTimes } from '../zone-times.ts';
import { modelTrips, type TripModel } from './fit.ts';
import { commuterSetting, FITTED_COMMUTING, type RegionTrips, WITHIN_SHARE } from './region-demand.ts';
import type { Constraint } from './trip-models.ts';

/**
 * Commuters a day between the zones of a region, modelled with the decay fitted to observed commuting.
 *
 * @param times  door to door, multimodal
 * Cost: see modelTrips.
 */
export function commuterTrips(times: ZoneTimes, model: TripModel, constraint: Constraint): RegionTrips {
  const setting = commuterSetting(times);
  const { decays, commutersPerPerson } = FITTED_COMMUTING;
  const decay = decays[model];
  const { trips, report } = modelTrips(setting, model, decay, constraint);
  const notes = [
    `demand: modelled commuters (${model}, ${constraint} constrained), ${commutersPerPerson} a person, drawn by ${setting.what}; not observed`,
    ...(model === 'radiation'
      ? ['radiation has no parameter; nearer and farther are told by door-to-door multimodal minutes']
      : [
          `decay t^-${decay.alpha} exp(-${decay.betaPerMinute} t) at door-to-door multimodal minutes, fitted to US county commuting and carried here; within a zone t is ${WITHIN_SHARE} of the way to the nearest zone`,
        ]),
  ];
  if (report) notes.push(`balanced in ${report.iterations} rounds to ${report.rowError.toExponential(1)} of the row sums`);
  return { trips, notes };
}
