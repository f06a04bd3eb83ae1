import { greatCircleKilometres } from '../../model/place.ts';
import { pairMinutes, type ZoneTimes } from '../zone-times.ts';

const BAND_KILOMETRES = 20;
const LAST_KILOMETRES = 300;
const FEWEST_PAIRS = 10;

/** Mean straight-line speed of all zone pairs that a way joins, by distance; kilometres are the middle of a band. Cost O(zones²). */
export function distanceSpeeds(times: ZoneTimes): { kilometres: number; speed: number }[] {
  const bands = Array.from({ length: LAST_KILOMETRES / BAND_KILOMETRES }, () => ({ sum: 0, count: 0 }));
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const minutes = from === to ? null : pairMinutes(times, from, to);
      if (!minutes) return;
      const kilometres = greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
      const band = bands[Math.floor(kilometres / BAND_KILOMETRES)];
      if (!band) return;
      band.sum += (kilometres / minutes) * 60;
      band.count += 1;
    });
  });
  return bands.flatMap(({ sum, count }, index) =>
    count >= FEWEST_PAIRS ? [{ kilometres: (index + 0.5) * BAND_KILOMETRES, speed: sum / count }] : [],
  );
}

/** Mean minutes and straight-line km/h between two inhabitants of different zones, over pairs that a way joins; null where none. Cost O(zones²). */
export function meansBetweenPeople(times: ZoneTimes): { minutes: number | null; speed: number | null } {
  let [weightSum, timeSum, lengthSum] = [0, 0, 0];
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const minutes = from === to ? null : pairMinutes(times, from, to);
      if (minutes === null) return;
      const weight = zone.population * other.population;
      weightSum += weight;
      timeSum += weight * minutes;
      lengthSum += weight * greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
    });
  });
  return { minutes: weightSum > 0 ? timeSum / weightSum : null, speed: timeSum > 0 ? (lengthSum / timeSum) * 60 : null };
}
