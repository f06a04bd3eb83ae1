import type { ModeDefaults } from './tables.ts';

/** Rules of access, boarding and waiting that a region starts with where nobody has set its own: assumptions of ours, said with every result. */
export const PLAIN_DEFAULTS: ModeDefaults = {
  feederKilometresPerHour: 25,
  localRoadKilometresPerHour: 30,
  connectorCircuity: 1.3,
  walkKilometresPerHour: 4.5,
  boardingMinutes: 3,
  waitCapMinutes: 15,
  serviceHoursPerDay: 17,
  headwayMinutesByClass: {},
  speedKilometresPerHourByClass: {},
};
